"""Durations as catalogues write them, as hours of work or weeks of the calendar."""

from __future__ import annotations

import re

from skillmatch.domain.base.errors import InputError
from skillmatch.interop.notation.blanks import is_blank
from skillmatch.interop.notation.numbers import plain_number

HOURS_IN_A_WEEK = 168
WEEKS_IN: dict[str, float] = {"day": 1 / 7, "week": 1.0, "month": 52 / 12, "year": 52.0}
HOURS_IN: dict[str, float] = {"minute": 1 / 60, "hour": 1.0}
HOURS_OF_ECTS = 27.5
"""One credit is 25 to 30 hours of work (ECTS Users' Guide 2015): the middle."""

_FREE = frozenset(
    (
        "self-paced",
        "self paced",
        "selfpaced",
        "own pace",
        "at your own pace",
        "flexible",
        "varies",
        "variable",
        "on demand",
        "on-demand",
        "open",
        "open-ended",
        "unlimited",
        "nach absprache",
        "individuell",
        "eigenes tempo",
    )
)
_NUMBER = r"([0-9]+(?:[.,][0-9]+)?)"
_UNITS = {
    "minute": r"minutes?|mins?|minuten",
    "hour": r"hours?|hrs?|h|std\.?|stunden?|uren",
    "day": r"days?|d|tage?n?|dagen",
    "week": r"weeks?|wks?|w|wochen?|weken",
    "month": r"months?|mos?|monate?n?",
    "year": r"years?|yrs?|jahre?n?",
}
_UNIT = "|".join(_UNITS.values())
_ABOUT = r"(?:(less than|under|up to|about|approx\.?|approximately|ca\.?|circa|around|etwa|~|bis zu)\s*)?"
_SPAN = re.compile(rf"{_ABOUT}{_NUMBER}\s*(?:(?:-|\u2013|to|bis)\s*{_NUMBER}\s*)?({_UNIT})")
_BARE = re.compile(rf"{_ABOUT}{_NUMBER}(?:\s*(?:-|\u2013|to|bis)\s*{_NUMBER})?")
_MIXED = re.compile(rf"{_NUMBER}\s*(?:hours?|hrs?|h|std\.?)\s*(?:and\s+)?{_NUMBER}\s*(?:minutes?|mins?|m)")
_CLOCK = re.compile(r"([0-9]{1,4}):([0-5][0-9])(?::([0-5][0-9]))?")
_ECTS = re.compile(rf"{_NUMBER}\s*(?:ects|cp|credits?\s*\(ects\)|ects[ -](?:credits?|points?|punkte))")
_A_WEEK = (
    rf"{_NUMBER}\s*(?:(?:-|\u2013|to)\s*{_NUMBER}\s*)?(?:hours?|hrs?|h|std\.?|stunden)\s*"
    r"(?:a|per|each|/|pro|die)\s*(?:weeks?|wk|woche)"
)
_WEEKLY = re.compile(rf"{_A_WEEK},?\s*(?:for|over|x|\u00d7|\*|f\u00fcr)\s*(.+)")
_WEEKLY_AFTER = re.compile(rf"(.+?)[\s,]*(?:\(|at\s+|@\s*)\s*{_A_WEEK}\s*\)?")
_ISO = re.compile(
    r"P(?=.)(?:([0-9.]+)Y)?(?:([0-9.]+)M)?(?:([0-9.]+)W)?(?:([0-9.]+)D)?(?:T(?=.)(?:([0-9.]+)H)?(?:([0-9.]+)M)?)?",
    re.IGNORECASE,
)
_ISO_UNITS = ("year", "month", "week", "day", "hour", "minute")
_FROM_NOTHING = ("less than", "under", "up to", "bis zu")

Ends = tuple[dict[str, float], dict[str, float]]
"""The low and the high end of a duration, each as amounts by unit."""


def read_duration(text: str, *, unit: str, of: str = "middle", hours_per_week: float | None = None) -> float | None:
    """A duration or a range of them in ``unit`` ("hours" of work or "weeks"); None for "self-paced" and the like.

    It reads "3 - 6 Months", "Less Than 2 Hours", "1:30", "2 ECTS", "PT40H", "3-5 hours per week for 6 weeks" and
    numbers alone, which are in ``unit``. ``of`` picks the low end, the middle or the high end of a range. A month
    counts 52/12 weeks. Between hours of work and calendar time ``hours_per_week`` converts; without it an hour
    is taken for an
    hour of the calendar, and calendar time cannot become hours. Raises ``InputError`` for what is no duration.
    """
    given = " ".join(text.lower().split())
    if given in _FREE or is_blank(given):
        return None
    weekly = _weekly(given, unit, of)
    if weekly is not None:
        return weekly
    low, high = (_amount(parts, unit, hours_per_week, text.strip()) for parts in _ends(given, unit, text.strip()))
    return _picked(low, high, of)


def _picked(low: float, high: float, of: str) -> float:
    return {"low": low, "middle": (low + high) / 2, "high": high}[of]


def _weekly(given: str, unit: str, of: str) -> float | None:
    """So many hours a week for so many weeks; None for what is not written so."""
    before, after = _WEEKLY.fullmatch(given), _WEEKLY_AFTER.fullmatch(given)
    if before is not None:
        first, last, span = before[1], before[2], before[3]
    elif after is not None:
        span, first, last = after[1], after[2], after[3]
    else:
        return None
    low, high = (_amount(parts, "weeks", None, given) for parts in _ends(span, "weeks", given))
    if unit == "weeks":
        return _picked(low, high, of)
    return _picked(low * _number(first), high * _number(last or first), of)


def _ends(given: str, unit: str, shown: str) -> Ends:
    try:
        return _read(given, unit)
    except ValueError:
        raise InputError(
            f"'{shown[:40]}' is not a duration.",
            remedy='It reads "3 - 6 Months", "1 - 4 Weeks", "Less Than 2 Hours", "1:30", "2 ECTS" and "PT40H".',
        ) from None


def _read(given: str, unit: str) -> Ends:
    iso = _ISO.fullmatch(given)
    if iso is not None:
        amounts = {name: float(part) for name, part in zip(_ISO_UNITS, iso.groups(), strict=True) if part}
        return amounts, amounts
    if clock := _CLOCK.fullmatch(given):
        amounts = {"hour": float(clock[1]), "minute": float(clock[2])}
        return amounts, amounts
    if mixed := _MIXED.fullmatch(given):
        amounts = {"hour": _number(mixed[1]), "minute": _number(mixed[2])}
        return amounts, amounts
    if ects := _ECTS.fullmatch(given):
        amounts = {"hour": _number(ects[1]) * HOURS_OF_ECTS}
        return amounts, amounts
    found = _SPAN.fullmatch(given)
    if found is not None:
        word, first, last, called = found.groups()
        name = next(name for name, words in _UNITS.items() if re.fullmatch(words, called))
    elif (found := _BARE.fullmatch(given)) is not None:
        word, first, last = found.groups()
        name = unit.removesuffix("s")
    else:
        name, word, first, last = unit.removesuffix("s"), None, plain_or_fail(given), None
    low, high = _number(first), _number(last or first)
    if high < low or (word in _FROM_NOTHING and last):
        raise ValueError
    return {name: 0.0 if word in _FROM_NOTHING else low}, {name: high}


def plain_or_fail(given: str) -> str:
    """A plain number, or ``ValueError``."""
    try:
        return plain_number(given, None)
    except InputError:
        raise ValueError from None


def _number(text: str) -> float:
    if re.fullmatch(r"[1-9][0-9]{0,2}[.,][0-9]{3}", text):
        raise ValueError  # thousands or thousandths: nobody can say
    return float(text.replace(",", "."))


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
