"""Cells: one row's texts turned into the numbers, dates and choices that domain values are built from."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime
from enum import Enum
from typing import TypeVar

from skillmatch.domain import checks
from skillmatch.domain.errors import InputError
from skillmatch.interop.references import split_items, unescape

_NUMBER = re.compile(r"[+-]?[0-9]+(\.[0-9]+)?([eE][+-]?[0-9]{1,3})?")
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}(?: [0-9]{2}:[0-9]{2}:[0-9]{2})?")

E = TypeVar("E", bound=Enum)


@dataclass(frozen=True, slots=True)
class Cells:
    """A row by our column names; a column that the file lacks reads as blank. Every method raises ``InputError``."""

    line: int
    texts: dict[str, str]

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
        """A number with a decimal point, 0 or more; None for a blank cell."""
        given = self.text(field)
        if not given:
            return None
        if not _NUMBER.fullmatch(given):
            raise InputError(
                f"'{given[:40]}' is not a number.",
                field=field,
                remedy='Write it as 1234.5; a column map reads "1,234" or "1.2k" (format = "number").',
            )
        value = float(given)
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
        """A date written YYYY-MM-DD, with a time of day that is left out; None for a blank cell."""
        given = self.text(field)
        if not given:
            return None
        try:
            if _DAY.fullmatch(given):
                return datetime.fromisoformat(given).date()
        except ValueError:
            pass  # the 31st of February looks like a date too
        raise InputError(f"'{given[:40]}' is not a date.", field=field, remedy="Write it as YYYY-MM-DD.")

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

    def choice(self, field: str, choices: type[E], blank: E | None = None) -> E:
        """One of the values of an enum, in upper or lower case; ``blank`` stands for a blank cell."""
        given = self.text(field)
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


def _blank(field: str) -> InputError:
    return InputError("must not be blank.", field=field, remedy="Fill it in or leave the row out.")
