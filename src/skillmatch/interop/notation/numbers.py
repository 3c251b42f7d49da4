"""Numbers with a decimal point or comma and thousands set off; which is which is decided by all values of a column."""

from __future__ import annotations

import re
from collections.abc import Iterable
from decimal import Decimal

from skillmatch.domain.base.errors import InputError

_SHAPE = re.compile(r"([+-]?)([0-9][0-9.,'\u2019 \u00a0\u202f]*|[.,][0-9]+)\s?([kKmM]?)")
SCIENTIFIC = re.compile(r"[+-]?[0-9]+(?:\.[0-9]+)?[eE][+-]?[0-9]{1,3}")
"""As programs write very small and very large numbers."""
_FACTOR = {"": 1, "k": 1_000, "m": 1_000_000}
_QUIET = re.compile("['\u2019 \u00a0\u202f]")


def decided_decimal(texts: Iterable[str]) -> str | None:
    """The decimal mark that the values show, "." or ","; None where they show both or none."""
    shown = {mark for text in texts if (mark := _shows(text)) is not None}
    return shown.pop() if len(shown) == 1 else None


def plain_number(text: str, decimal: str | None) -> str:
    """A number as a plain one with a decimal point: "1.200,50", "1,200.50", "4 500", "12'000", "1.2k", "38,5".

    Without ``decimal`` a value that shows its decimal mark itself is read by it. Raises ``InputError`` for what is no
    number, and for one like "1,200" that may be a thousand or one and a bit.
    """
    given = text.strip()
    if SCIENTIFIC.fullmatch(given):
        return _shortest(Decimal(given))
    found = _SHAPE.fullmatch(given)
    mark = decimal or (found and _shows(given))
    if found is None:
        raise _no_number(given)
    digits = found[2].strip()
    if mark is None and "." not in digits and "," not in digits:
        mark = "."
    if mark is None:
        raise InputError(
            f"'{given[:40]}' may have thousands or decimals, and no other value of the column decides which.",
            remedy='Say in a column map which it is: decimal = "," or decimal = ".".',
        )
    thousands = "," if mark == "." else "."
    whole, *rest = digits.split(mark)
    if len(rest) > 1 or (rest and not rest[0].isdigit()) or not _is_grouped(whole, thousands):
        raise _no_number(given, mark if decimal else "")
    plain = re.sub(r"[^0-9]", "", whole) or "0"
    return _shortest(Decimal(f"{found[1]}{plain}{'.' + rest[0] if rest else ''}") * _FACTOR[found[3].lower()])


def _shows(text: str) -> str | None:
    """The decimal mark that this value can only have."""
    found = _SHAPE.fullmatch(text.strip())
    if found is None:
        return None
    digits = found[2].strip()
    points, commas = digits.count("."), digits.count(",")
    if points and commas:
        return "." if digits.rindex(".") > digits.rindex(",") else ","
    if points > 1 or commas > 1:
        return "," if points > 1 else "."
    if not points and not commas:
        return None
    mark = "." if points else ","
    before, after = digits.split(mark)
    lone = re.sub(r"[^0-9]", "", before)
    may_be_thousands = len(after) == 3 and 1 <= len(lone) <= 3 and lone[0] != "0" and not _QUIET.search(before)
    return None if may_be_thousands else mark


def _is_grouped(whole: str, thousands: str) -> bool:
    """Whether the digits before the decimals stand together, or in threes with one and the same mark between."""
    if whole.isdigit() or not whole:
        return True
    marks = set(re.sub(r"[0-9]", "", whole))
    if len(marks) != 1 or not (marks <= {thousands} or _QUIET.fullmatch(next(iter(marks)))):
        return False
    first, *groups = whole.split(marks.pop())
    return 1 <= len(first) <= 3 and all(len(group) == 3 and group.isdigit() for group in groups)


def _shortest(value: Decimal) -> str:
    plain = format(value, "f")
    return plain.rstrip("0").rstrip(".") if "." in plain else plain


def _no_number(given: str, mark: str = "") -> InputError:
    said = f" with '{mark}' before its decimals" if mark else ""
    return InputError(
        f"'{given[:40]}' is not a number{said}.",
        remedy='It reads "6,706", "4 500", "12.5", "12,5" and "1.2k".',
    )
