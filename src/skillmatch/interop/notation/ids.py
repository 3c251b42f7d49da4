"""Ids that a spreadsheet has changed: they can be seen to be damaged, and cannot be mended."""

from __future__ import annotations

import re

from skillmatch.domain.base.errors import InputError

_SCIENTIFIC = re.compile(r"[0-9](?:[.,][0-9]+)?[eE]\+?[0-9]{2}")
KEPT_DIGITS = 15

_REMEDY = "Format the column as text before the ids are put in, or take the file from the system without a spreadsheet."


def check_id(given: str, field: str) -> None:
    """Refuse an id that shows a spreadsheet's hand: 1.23E+18, or more than 15 digits of which the last are all 0."""
    if _SCIENTIFIC.fullmatch(given):
        raise InputError(
            f"'{given[:40]}' is an id that a spreadsheet turned into a number.", field=field, remedy=_REMEDY
        )
    if given.isdigit() and len(given) > KEPT_DIGITS and not given[KEPT_DIGITS:].strip("0"):
        message = f"'{given[:40]}' is an id of more than {KEPT_DIGITS} digits that a spreadsheet rounded."
        raise InputError(message, field=field, remedy=_REMEDY)


def padded_width(ids: list[str]) -> int | None:
    """The length of ids that begin with 0 where all that do are as long, and longer than ids without; else None.

    Then an id of digits that is shorter has lost its zeros.
    """
    widths = {len(item) for item in ids if item.isdigit() and item.startswith("0") and item != "0"}
    return widths.pop() if len(widths) == 1 else None


def check_width(given: str, width: int | None, field: str) -> None:
    """Refuse an id of digits that is shorter than the ``padded_width`` of its column."""
    if width is not None and given.isdigit() and len(given) < width:
        message = f"'{given[:40]}' has lost the zeros before it: other ids have {width} digits."
        raise InputError(message, field=field, remedy=_REMEDY)
