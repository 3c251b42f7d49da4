"""Small guards that domain values call when they are made, so that wrong data cannot exist."""

from __future__ import annotations

import math
import re
import unicodedata
from collections.abc import Iterable
from datetime import date

from skillmatch.domain.base.errors import InputError

_UNSTORABLE = re.compile("[\x00\ud800-\udfff]")

_UNSEEN = re.compile(
    "[\x00-\x1f\x7f-\x9f\u061c\u115f\u1160\u180e\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\u3164\ufeff\uffa0"
    "\ufff9-\ufffd\ufdd0-\ufdef\ufffe\uffff\ud800-\udfff\U000e0000-\U000e007f]"
)
"""What has no place in a name: controls, line ends, marks of direction, invisible characters, halves of characters, and
the mark that decoders leave where they could not read."""

_JOINERS = re.compile("[\u200c\u200d]")
_SOFT = "\u00ad"

MAX_TEXT = 20_000  # characters; a longer label, title or description is refused
MAX_INTEGER = 10**15  # below 2**53 and 2**63: every float and every database column holds it exactly


def text(value: str, field: str, *, empty: bool = False, most: int = MAX_TEXT) -> None:
    """Require a string without NUL or lone surrogates, not blank unless ``empty``, at most ``most`` characters."""
    if not isinstance(value, str):
        raise InputError(f"needs a text, got {type(value).__name__}.", field=field)
    if not empty and not value.strip():
        raise InputError("must not be empty.", field=field, remedy="Fill it in or leave the row out.")
    if len(value) > most:
        raise InputError(f"has {len(value):,} characters; the limit is {most:,}.", field=field)
    if _UNSTORABLE.search(value):
        raise InputError(
            "holds a NUL or half of a surrogate pair.", field=field, remedy="Save the file as UTF-8 again."
        )


def name(value: str, field: str, *, empty: bool = False, most: int = MAX_TEXT) -> None:
    """Require a :func:`text` on one line in which everything can be seen, as names and titles are.

    The joiners that Persian, the scripts of India and emoji are written with may stand between their characters.
    """
    text(value, field, empty=empty, most=most)
    found = _UNSEEN.search(value)
    if found is not None:
        raise _unseen(found[0], field)
    for joiner in _JOINERS.finditer(value):
        if not _joins(value, joiner.start()):
            raise _unseen(joiner[0], field)


def key(value: str, field: str, *, most: int = MAX_TEXT) -> None:
    """Require a :func:`name` that can be an id: equal to the eye is equal, and an address can hold it.

    So it has no blanks at its ends, no invisible character at all, and no part between slashes is ``.`` or ``..``,
    which programs on the way would take as a step to another address.
    """
    name(value, field, most=most)
    found = _JOINERS.search(value)
    if found is not None or _SOFT in value:
        raise _unseen(_SOFT if found is None else found[0], field)
    if value != value.strip():
        raise InputError(f"{value[:40]!r} has blanks at its ends.", field=field, remedy="Take them away.")
    if not {".", ".."}.isdisjoint(re.split(r"[/\\]", value)):
        raise InputError(
            f"'{value[:40]}' holds '.' or '..' as a part of its own, which no address can hold.",
            field=field,
            remedy="Use another id.",
        )


def _joins(value: str, place: int) -> bool:
    """Whether the joiner there stands between two characters of which the first is one that joiners are made for."""
    if not 0 < place < len(value) - 1 or value[place + 1].isspace():
        return False
    return unicodedata.category(value[place - 1]) in ("Lo", "Mn", "Mc", "So", "Sk")


def _unseen(char: str, field: str) -> InputError:
    called = unicodedata.name(char, "")
    return InputError(
        f"holds U+{ord(char):04X}{f' ({called.lower()})' if called else ''}, which cannot be seen or read there.",
        field=field,
        remedy="Take it out, and check that the text is UTF-8.",
    )


def texts(values: Iterable[str], field: str) -> None:
    """Require that each is a :func:`text` that is not blank, and that none comes twice."""
    listed = tuple(values)
    for value in listed:
        if not isinstance(value, str) or len(value) > MAX_TEXT or not value.strip():
            text(value, field)
    if _UNSTORABLE.search("".join(listed)):  # one search: taxonomies hold a hundred thousand aliases
        for value in listed:
            text(value, field)
    if len(set(listed)) < len(listed):
        unique(listed, field)


def optional_texts(**values: str) -> None:
    """Require that each named value is a :func:`text`; blank ones are fine."""
    for field, value in values.items():
        text(value, field, empty=True)


def number(value: float, field: str, *, least: float = -math.inf, most: float = math.inf, unit: str = "") -> None:
    """Require a finite number within ``least`` and ``most`` (both included); an integer at most 10**15 in size."""
    if isinstance(value, bool) or not isinstance(value, (int, float)):
        raise InputError(f"needs a number, got {value!r}.", field=field)
    # Asked first: a larger integer may not become a float, not even to be shown.
    if isinstance(value, int) and abs(value) > MAX_INTEGER:
        span = _span(max(least, -MAX_INTEGER), min(most, MAX_INTEGER), unit)
        raise InputError(f"is far too large; it must be {span}.", field=field)
    if not math.isfinite(value) or not least <= value <= most:
        raise InputError(f"is {value:g}; it must be {_span(least, most, unit)}.", field=field)


def whole(value: int, field: str, *, least: float = 0, most: float = math.inf) -> None:
    """Require an integer within ``least`` and ``most`` (both included); 3.0 is none, so that no column holds both."""
    if isinstance(value, float):
        raise InputError(f"needs a whole number, got {value!r}.", field=field, remedy="Leave the decimals out.")
    number(value, field, least=least, most=most)


def _span(least: float, most: float, unit: str) -> str:
    if most < math.inf:
        span = f"between {least:g} and {most:g}"
    else:
        span = f"{least:g} or more" if least > -math.inf else "a finite number"
    return f"{span} {unit}" if unit else span


def ordered(first: date | None, last: date | None, field: str) -> None:
    """Require that two dates, where both are given, are in order."""
    if first is not None and last is not None and last < first:
        raise InputError(f"{last} lies before {first}.", field=field, remedy="Swap or correct the dates.")


def unique(values: Iterable[str], field: str) -> None:
    """Require that no value comes twice."""
    seen: set[str] = set()
    for value in values:
        if value in seen:
            raise InputError(f"'{value}' comes twice.", field=field, remedy="Keep one of them.")
        seen.add(value)
