"""Dates as other systems write them; whether the day or the month comes first is decided by all values of a column."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from enum import StrEnum

from skillmatch.domain.base.errors import InputError
from skillmatch.interop.notation.months import MONTHS

FIRST_SERIAL, LAST_SERIAL = 18_264, 73_050
"""Spreadsheets count days from 30 December 1899: these are 1 January 1950 and 31 December 2099."""

_CLOCK = (
    r"(?:(?:\s*,?\s+|T)(?:[01]?\d|2[0-3]):[0-5]\d(?::[0-5]\d(?:[.,]\d+)?)?\s*"
    r"(?:[AaPp]\.?[Mm]\.?)?\s*(?:Z|UTC|GMT|[+-]\d{2}:?\d{2})?)?"
)
_ISO = re.compile(rf"(\d{{4}})([-/.])(\d{{1,2}})\2(\d{{1,2}}){_CLOCK}")
_PARTS = re.compile(rf"(\d{{1,2}})([./-])(\d{{1,2}})\2(\d{{4}}){_CLOCK}")
_COMPACT = re.compile(r"((?:19|20)\d{2})(\d{2})(\d{2})")
_YEAR_MONTH = re.compile(r"(\d{4})[-/.](\d{1,2})|(\d{1,2})[/.](\d{4})")
_SERIAL = re.compile(r"\d{5}(?:\.\d+)?")
_JSON_DATE = re.compile(r"\\?/Date\((-?\d{1,14})(?:[+-]\d{4})?\)\\?/")
_NAMED = re.compile(
    rf"(?:[^\W\d_]{{2,10}}\.?,\s+)?(?:(?P<day>\d{{1,2}})(?:st|nd|rd|th|\.)?[\s-]+(?:(?:of|de)\s+)?)?(?P<month>[^\W\d_]{{3,10}})\.?"
    rf"(?:[\s-]+(?P<after>\d{{1,2}})(?:st|nd|rd|th)?)?(?:,\s*|[\s-]+(?:de\s+)?)(?P<year>\d{{4}}){_CLOCK}"
)


class Order(StrEnum):
    """Which part of 08/11/2024 is the day."""

    DAY_FIRST = "day first"
    MONTH_FIRST = "month first"


@dataclass(frozen=True, slots=True)
class DayStyle:
    """How the dates of a column are to be read: patterns that were said, else the order of parts by their separator."""

    patterns: tuple[str, ...] = ()
    orders: Mapping[str, Order] = field(default_factory=dict)

    @classmethod
    def decided_by(cls, texts: Iterable[str], patterns: tuple[str, ...] = ()) -> DayStyle:
        """The order that the values themselves show: one whose first part is above 12 begins with the day.

        Dots mean that the day comes first unless a value shows the other order. A separator whose values show both
        orders, or none, is left open, and its ambiguous values are refused.
        """
        shown: dict[str, set[Order]] = {}
        for text in texts:
            found = _PARTS.fullmatch(text)
            if found is None:
                continue
            first, second = int(found[1]), int(found[3])
            orders = shown.setdefault(found[2], set())
            if first > 12 >= second:
                orders.add(Order.DAY_FIRST)
            elif second > 12 >= first:
                orders.add(Order.MONTH_FIRST)
        if not shown.get("."):
            shown["."] = {Order.DAY_FIRST}
        return cls(patterns, {mark: next(iter(orders)) for mark, orders in shown.items() if len(orders) == 1})


@dataclass(frozen=True, slots=True)
class ReadDay:
    """A date, and what had to be supposed to get it ("" for nothing)."""

    day: date
    supposed: str = ""


def read_day(text: str, style: DayStyle) -> ReadDay:
    """The date that a cell states; a time of day and its zone are left out, the date stays as it is written.

    Raises ``InputError`` for what is no date, and for one that could be two different days.
    """
    for pattern in style.patterns:
        try:
            return ReadDay(datetime.strptime(text, pattern).date())
        except ValueError:
            continue
    try:
        found = _read(text, style)
    except (ValueError, OverflowError):
        found = None
    if found is not None:
        return found
    remedy = 'Write it as YYYY-MM-DD, or say in a column map how it is written, such as date = "%d.%m.%Y".'
    raise InputError(f"'{text[:40]}' is not a date.", remedy=remedy)


def _read(text: str, style: DayStyle) -> ReadDay | None:
    if found := _ISO.fullmatch(text):
        return ReadDay(date(int(found[1]), int(found[3]), int(found[4])))
    if found := _PARTS.fullmatch(text):
        return ReadDay(_in_order(text, found, style))
    if found := _COMPACT.fullmatch(text):
        return ReadDay(date(*map(int, found.groups())))
    if found := _YEAR_MONTH.fullmatch(text):
        year, month = (found[1], found[2]) if found[1] else (found[4], found[3])
        return ReadDay(date(int(year), int(month), 1), "the first day of its month")
    if found := _NAMED.fullmatch(text):
        return _named(found)
    if found := _JSON_DATE.fullmatch(text):
        return ReadDay((datetime(1970, 1, 1, tzinfo=UTC) + timedelta(milliseconds=int(found[1]))).date())
    if _SERIAL.fullmatch(text) and FIRST_SERIAL <= float(text) < LAST_SERIAL + 1:
        return ReadDay(date(1899, 12, 30) + timedelta(days=int(float(text))), "a spreadsheet's count of days from 1900")
    return None


def _in_order(text: str, found: re.Match[str], style: DayStyle) -> date:
    first, mark, second, year = int(found[1]), found[2], int(found[3]), int(found[4])
    order = style.orders.get(mark)
    if first > 12 or first == second:
        order = Order.DAY_FIRST
    elif second > 12:
        order = Order.MONTH_FIRST
    if order is None:
        parts = f"%d{mark}%m{mark}%Y", f"%m{mark}%d{mark}%Y"
        raise InputError(
            f"'{text[:40]}' can be two days, and no other value of the column decides which.",
            remedy=f'Say in a column map how it is written: date = "{parts[0]}" or date = "{parts[1]}".',
        )
    day, month = (first, second) if order is Order.DAY_FIRST else (second, first)
    return date(year, month, day)


def _named(found: re.Match[str]) -> ReadDay | None:
    month = MONTHS.get(found["month"].casefold())
    if month is None or (found["day"] and found["after"]):
        return None
    day = found["day"] or found["after"]
    supposed = "" if day else "the first day of its month"
    return ReadDay(date(int(found["year"]), month, int(day or 1)), supposed)
