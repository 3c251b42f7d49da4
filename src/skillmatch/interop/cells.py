"""Cells: one row's texts turned into the numbers, dates and choices that domain values are built from."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import Enum
from types import MappingProxyType
from typing import Any, TypeVar

from skillmatch.domain.base import checks
from skillmatch.domain.base.errors import InputError
from skillmatch.domain.base.report import Severity
from skillmatch.interop.batch import FindingLog
from skillmatch.interop.notation.blanks import is_blank
from skillmatch.interop.notation.days import DayStyle, read_day
from skillmatch.interop.notation.durations import read_duration
from skillmatch.interop.notation.ids import check_id, check_width
from skillmatch.interop.notation.money import split_price
from skillmatch.interop.notation.numbers import SCIENTIFIC, plain_number
from skillmatch.interop.references import split_items, unescape
from skillmatch.interop.survey import Ways

AS_WRITTEN = Ways()
"""Nothing was decided: dates with dots begin with the day, numbers have a decimal point."""

AS_DAYS = DayStyle.decided_by(())
NO_WORDS: Mapping[str, Any] = MappingProxyType({})

E = TypeVar("E", bound=Enum)


@dataclass(frozen=True, slots=True)
class Cells:
    """A row by our column names; a column that the file lacks reads as blank. Every method raises ``InputError``."""

    line: int
    texts: dict[str, str]
    ways: Ways = AS_WRITTEN
    log: FindingLog | None = None

    def text(self, field: str) -> str:
        """The text without blanks around it; empty for a blank cell."""
        return self.texts.get(field, "")

    def needed(self, field: str) -> str:
        """The text of a cell that must not be blank."""
        given = self.text(field)
        if not given:
            raise _blank(field)
        return given

    def number(self, field: str) -> float | None:
        """A number, 0 or more, with the decimal mark that its column shows; None for a blank cell."""
        return self._number(self.text(field), field)

    def share(self, field: str) -> float | None:
        """A number, or a percentage as the share that it is ("45 %" is 0.45); None for a blank cell."""
        given = self.text(field)
        if given.endswith("%"):
            value = self._number(given[:-1].strip(), field)
            return None if value is None else round(value / 100, 6)
        return self._number(given, field)

    def duration(self, field: str, unit: str) -> float | None:
        """Hours of work or weeks of the calendar (``unit``), as catalogues write them; None for "self-paced"."""
        given = self.text(field)
        if SCIENTIFIC.fullmatch(given) or not any(char.isalpha() or char == ":" for char in given):
            return self._number(given, field)
        try:
            value = read_duration(given, unit=unit)
        except InputError as error:
            raise error.at(field=field) from None
        return None if value is None else round(value, 2)

    def price(self, field: str) -> tuple[float | None, str]:
        """What something costs, and the code of the currency beside the amount ("" for none)."""
        try:
            amount, code, least = split_price(self.text(field))
        except InputError as error:
            raise error.at(field=field) from None
        if least:
            self._note("least_price", "prices are the least of several ('from ...'): taken as they stand.", field)
        return self._number(amount, field), code

    def _number(self, given: str, field: str) -> float | None:
        if is_blank(given):
            return None
        try:
            value = float(plain_number(given, self.ways.decimals.get(field, ".")))
        except InputError as error:
            raise error.at(field=field) from None
        checks.number(value, field, least=0)
        return value

    def whole(self, field: str) -> int | None:
        """A whole number, 0 or more; None for a blank cell."""
        value = self.number(field)
        if value is None:
            return None
        if not value.is_integer():
            raise InputError(f"{value:g} is not a whole number.", field=field, remedy="Leave the decimals out.")
        return int(value)

    def day(self, field: str) -> date | None:
        """A date in any of the usual forms, a time of day left out; None for a blank cell and for the year 9999."""
        given = self.text(field)
        if is_blank(given):
            return None
        try:
            found = read_day(given, self.ways.days.get(field, AS_DAYS))
        except InputError as error:
            raise error.at(field=field) from None
        if found.supposed:
            self._note("date_supposed", f"dates were taken as {found.supposed}.", field)
        return None if found.day.year == date.max.year else found.day

    def needed_day(self, field: str) -> date:
        """A date in a cell that must not be blank."""
        day = self.day(field)
        if day is None:
            raise _blank(field)
        return day

    def past_day(self, field: str, today: date) -> date:
        """A date that must not be blank nor lie after ``today``."""
        day = self.needed_day(field)
        if day > today:
            raise InputError(f"{day} lies in the future.", field=field, remedy=f"Today is {today}: correct the date.")
        return day

    def own_id(self, field: str) -> str:
        """The text of a cell that must hold an id; refused where a spreadsheet has changed it."""
        given = self.needed(field)
        check_id(given, field)
        check_width(given, self.ways.widths.get(field), field)
        return given

    def past_day_or(self, field: str, today: date, blank: date) -> date:
        """A date that must not lie after ``today``; ``blank`` for a blank cell."""
        return blank if is_blank(self.text(field)) else self.past_day(field, today)

    def choice(self, field: str, choices: type[E], blank: E | None = None, words: Mapping[str, E] = NO_WORDS) -> E:
        """One of the values of an enum, in upper or lower case, or one of the ``words`` (in lower case) that are used
        for them; ``blank`` stands for a blank cell."""
        given = self.text(field)
        meant = words.get(" ".join(given.casefold().replace("_", " ").replace("-", " ").split()))
        if meant is not None:
            return meant
        if not given and blank is not None:
            return blank
        for item in choices:
            if str(item.value) == given.lower():
                return item
        known = ", ".join(str(item.value) for item in choices)
        said = f"'{given[:40]}' is not known." if given else "must not be blank."
        raise InputError(said, field=field, remedy=f"Use one of: {known}.")

    def items(self, field: str) -> list[str]:
        """The items of a list cell (separated by |)."""
        return [unescape(item) for item in split_items(self.text(field))]

    def _note(self, kind: str, message: str, field: str) -> None:
        if self.log is not None:
            self.log.tally(kind, Severity.NOTE, message, field)


def _blank(field: str) -> InputError:
    return InputError("must not be blank.", field=field, remedy="Fill it in or leave the row out.")
