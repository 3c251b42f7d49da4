"""Ratings of O*NET: importance and level of an element for an occupation, which stand on rows of their own."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from skillmatch.domain.base import checks
from skillmatch.domain.base.errors import InputError, Place
from skillmatch.files.tables import Row, Table
from skillmatch.taxonomy.cleaning import tidy
from skillmatch.taxonomy.columns import Columns, find_columns
from skillmatch.taxonomy.reading import Findings

IMPORTANCE, LEVEL = "IM", "LV"
_RANGES = {IMPORTANCE: (1.0, 5.0), LEVEL: (0.0, 7.0)}
_COLUMNS = ("O*NET-SOC Code", "Element ID", "Element Name", "Scale ID", "Data Value")
_FLAGS = ("Recommend Suppress", "Not Relevant")


@dataclass(frozen=True, slots=True)
class Rating:
    """How important (1-5) an element is to an occupation and at what level (0-7); ``at`` is the level's row."""

    code: str
    element: str
    importance: float
    level: float
    at: Place


class Ratings:
    """Gathers the rows of rating files and pairs importance with level.

    ``elements`` holds, for each element that occurs, the names it goes by and the first of its rows.
    """

    def __init__(self, findings: Findings) -> None:
        self.elements: dict[str, tuple[set[str], Place]] = {}
        self._findings = findings
        self._values: dict[tuple[str, str], dict[str, tuple[float, Place]]] = {}
        self._dropped: set[tuple[str, str]] = set()

    def read(self, table: Table) -> None:
        """Take the rows of one file; other scales than importance and level are passed over."""
        columns = find_columns(table, _COLUMNS, _FLAGS)
        for row in table:
            scale = columns.cell(row, "Scale ID").strip()
            if scale in _RANGES:
                self._take(columns, row, scale, Place(table.file, row.line))

    def _take(self, columns: Columns, row: Row, scale: str, at: Place) -> None:
        code, element = columns.cell(row, "O*NET-SOC Code").strip(), columns.cell(row, "Element ID").strip()
        if not code or not element:
            self._findings.reject("blank_id", "has no occupation code or no element id; it was left out.", at)
            return
        names, _ = self.elements.setdefault(element, (set(), at))
        names.add(tidy(columns.cell(row, "Element Name")))
        key = (code, element)
        if columns.cell(row, "Not Relevant").strip() == "Y":
            message = f"'{element}' is not relevant to '{code}'; the row was dropped."
            self._findings.clean("not_relevant_row", message, at, "Not Relevant")
            self._dropped.add(key)
        elif columns.cell(row, "Recommend Suppress").strip() == "Y":
            message = f"the rating of '{element}' for '{code}' is too imprecise to be used; the row was dropped."
            self._findings.clean("suppressed_row", message, at, "Recommend Suppress")
            self._dropped.add(key)
        else:
            self._keep(key, scale, columns.cell(row, "Data Value"), at)

    def _keep(self, key: tuple[str, str], scale: str, given: str, at: Place) -> None:
        try:
            value = float(given)
            checks.number(value, "Data Value", least=_RANGES[scale][0], most=_RANGES[scale][1], unit=f"({scale})")
        except ValueError:
            error = InputError(f"'{given[:40]}' is not a number.", field="Data Value")
            self._findings.refuse(error, at)
            return
        except InputError as error:
            self._findings.refuse(error, at)
            return
        values = self._values.setdefault(key, {})
        if scale in values:
            message = f"'{key[1]}' is rated twice for '{key[0]}' on {scale}; the first was kept."
            self._findings.clean("duplicate_row", message, at, "Scale ID")
        else:
            values[scale] = (value, at)

    def whole(self) -> Iterator[Rating]:
        """The ratings that have both halves, by occupation and element."""
        for (code, element), values in sorted(self._values.items(), key=lambda item: item[0]):
            if len(values) == len(_RANGES):
                (importance, _), (level, at) = values[IMPORTANCE], values[LEVEL]
                yield Rating(code, element, importance, level, at)
            elif (code, element) not in self._dropped:
                ((scale, (_, at)),) = values.items()
                message = f"'{element}' has only {scale} for '{code}'; it is not required."
                self._findings.clean("incomplete_rating", message, at, "Scale ID")
