"""Formats: how other systems write lists, numbers, durations and addresses, turned into our own cells."""

from __future__ import annotations

import re
from decimal import Decimal
from urllib.parse import urlsplit

from skillmatch.domain.errors import InputError
from skillmatch.interop.references import escape, join_items

HOURS_IN_A_WEEK = 168
WEEKS_IN: dict[str, float] = {"day": 1 / 7, "week": 1.0, "month": 52 / 12, "year": 52.0}
HOURS_IN: dict[str, float] = {"minute": 1 / 60, "hour": 1.0}

_QUOTED = re.compile(r"""'((?:[^'\\]|\\.)*)'|"((?:[^"\\]|\\.)*)\"""", re.DOTALL)
_BETWEEN = re.compile(r"[\s,]*")
_ESCAPES = re.compile(r"\\(U00(?:0[0-9a-fA-F]|10)[0-9a-fA-F]{4}|u[0-9a-fA-F]{4}|x[0-9a-fA-F]{2}|.)", re.DOTALL)
_NAMED = {"n": "\n", "t": "\t", "r": "\r", "b": "", "f": ""}
_GROUPED = re.compile(
    r"([+-]?)([0-9]+|[0-9]{1,3}(?:([, \u00a0\u202f'])[0-9]{3})(?:\3[0-9]{3})*)(\.[0-9]+)?\s?([kKmM]?)"
)
_UNIT = r"(minutes?|mins?|hours?|hrs?|h|days?|weeks?|wks?|months?|years?|yrs?)"
_SPAN = re.compile(
    rf"(less than|under|up to|about|approx\.?|approximately|ca\.?|~)?\s*([0-9]+(?:\.[0-9]+)?)\s*"
    rf"(?:(?:-|–|to)\s*([0-9]+(?:\.[0-9]+)?)\s*)?{_UNIT}",
)
_ISO = re.compile(
    r"P(?=.)(?:([0-9.]+)Y)?(?:([0-9.]+)M)?(?:([0-9.]+)W)?(?:([0-9.]+)D)?(?:T(?=.)(?:([0-9.]+)H)?(?:([0-9.]+)M)?)?",
    re.IGNORECASE,
)
_ISO_UNITS = ("year", "month", "week", "day", "hour", "minute")
_FROM_NOTHING = ("less than", "under", "up to")


def list_cell(text: str, separator: str | None) -> str:
    """A list as other systems write it, as one of our list cells.

    With a ``separator`` the text is split there. Without, it must be a list in brackets as Python, NumPy or JSON
    print it: quoted items with or without commas between them, or bare words with commas. Blank items are left out.
    """
    given = text.strip()
    if not given:
        return ""
    items = given.split(separator) if separator else _bracketed(given)
    return join_items(escape(item.strip()) for item in items if item.strip())


def _bracketed(given: str) -> list[str]:
    inner = given[1:-1].strip()
    if (given[0], given[-1]) not in (("[", "]"), ("(", ")")) or len(given) < 2:
        raise InputError(
            f"'{given[:40]}' is not a list in brackets.", remedy='Say how its items are separated: separator = ";".'
        )
    if inner[:1] not in ("'", '"'):
        if any(mark in inner for mark in "[](){}"):
            raise InputError(f"'{given[:40]}' is a list of lists.", remedy="Only a plain list of texts can be read.")
        return inner.split(",")
    items, position = [], 0
    while position < len(inner):
        found = _QUOTED.match(inner, position)
        if found is None:
            raise InputError(
                f"'{inner[position : position + 40]}' is not an item of a list.",
                remedy="Quote every item, with commas between them.",
            )
        items.append(_unescaped(found[1] if found[1] is not None else found[2]))
        between = _BETWEEN.match(inner, found.end())
        position = between.end() if between else found.end()
    return items


def _unescaped(text: str) -> str:
    def character(found: re.Match[str]) -> str:
        code = found[1]
        return chr(int(code[1:], 16)) if len(code) > 1 else _NAMED.get(code, code)

    plain = _ESCAPES.sub(character, text)
    # JSON writes one rare character as two halves; a half on its own stays one and is refused further on.
    return plain.encode("utf-16", "surrogatepass").decode("utf-16", "surrogatepass") if plain != text else plain


def number_cell(text: str) -> str:
    """A number with thousands set off ("6,706", "4 500", "12'000") or shortened ("1.2k", "3M"), as a plain one."""
    given = text.strip()
    if not given:
        return ""
    found = _GROUPED.fullmatch(given)
    if found is None:
        raise InputError(
            f"'{given[:40]}' is not a number.",
            remedy='It reads "6,706", "4 500", "12.5" and "1.2k" (decimals with a point).',
        )
    sign, digits, _, decimals, factor = found.groups()
    value = Decimal(sign + re.sub(r"[^0-9]", "", digits) + (decimals or ""))
    value *= {"": 1, "k": 1_000, "m": 1_000_000}[factor.lower()]
    plain = format(value, "f")
    return plain.rstrip("0").rstrip(".") if "." in plain else plain


def duration_cell(text: str, *, unit: str, of: str, hours_per_week: float | None) -> str:
    """A duration or a range of them ("3 - 6 Months", "Less Than 2 Hours", "2 days", "PT40H") in hours or weeks.

    ``of`` picks the low end, the middle or the high end of a range; "less than" begins at 0. A month counts 52/12
    weeks. Between hours of work and calendar time ``hours_per_week`` converts; without it an hour is taken for an
    hour of the calendar, and calendar time cannot become hours.
    """
    given = text.strip()
    if not given:
        return ""
    low, high = (_amount(parts, unit, hours_per_week, given) for parts in _span(given))
    value = {"low": low, "middle": (low + high) / 2, "high": high}[of]
    return f"{round(value, 2):g}" if value < 100_000 else f"{value:.0f}"


def _span(given: str) -> tuple[dict[str, float], dict[str, float]]:
    """The low and the high end, each as amounts by unit."""
    iso = _ISO.fullmatch(given)
    try:
        if iso is not None:
            amounts = {name: float(part) for name, part in zip(_ISO_UNITS, iso.groups(), strict=True) if part}
            return amounts, amounts
        found = _SPAN.fullmatch(" ".join(given.lower().split()))
        if found is None:
            raise ValueError
        word, first, last, unit = found.groups()
        name = {"m": "minute", "h": "hour", "d": "day", "w": "week", "y": "year"}[unit[0]]
        name = "month" if unit.startswith("mo") else name
        low, high = float(first), float(last or first)
        if high < low or (word in _FROM_NOTHING and last):
            raise ValueError
        return {name: 0.0 if word in _FROM_NOTHING else low}, {name: high}
    except ValueError:
        raise InputError(
            f"'{given[:40]}' is not a duration.",
            remedy='It reads "3 - 6 Months", "1 - 4 Weeks", "Less Than 2 Hours", "2 days" and "PT40H".',
        ) from None


def _amount(parts: dict[str, float], unit: str, hours_per_week: float | None, given: str) -> float:
    hours = sum(amount * HOURS_IN[name] for name, amount in parts.items() if name in HOURS_IN)
    weeks = sum(amount * WEEKS_IN[name] for name, amount in parts.items() if name in WEEKS_IN)
    if unit == "weeks":
        return weeks + hours / (hours_per_week or HOURS_IN_A_WEEK)
    if weeks and hours_per_week is None:
        raise InputError(
            f"'{given[:40]}' is calendar time, not hours of work.",
            remedy="Say in the column map how many hours of work a week has: hours_per_week = 5.",
        )
    return hours + weeks * (hours_per_week or 0)


def slug_cell(text: str, segments: int) -> str:
    """The last ``segments`` of an address's path in lower case: "learn/python" of "https://x.org/Learn/Python/"."""
    given = text.strip()
    if not given:
        return ""
    try:
        parts = [part for part in urlsplit(given).path.split("/") if part]
    except ValueError:
        parts = []
    if len(parts) < segments:
        raise InputError(
            f"'{given[:80]}' has no path of {segments} part{'s' if segments > 1 else ''}.",
            remedy="Use another column for this, or fewer segments.",
        )
    return "/".join(parts[-segments:]).lower()
