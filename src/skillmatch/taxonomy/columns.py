"""Columns found by their header, so that neither their order nor additional ones matter."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from skillmatch.domain.base.errors import InputError, Place
from skillmatch.files.tables import Row, Table


@dataclass(frozen=True, slots=True)
class Columns:
    """Which header stands for which of the columns that a reader knows."""

    headers: dict[str, str]

    def __contains__(self, name: str) -> bool:
        return name in self.headers

    def cell(self, row: Row, name: str) -> str:
        """The row's text in a column; blank when the table has no such column."""
        header = self.headers.get(name)
        return "" if header is None else row.cells[header]

    def header(self, name: str) -> str:
        """The header of a column that the table is known to have."""
        return self.headers[name]


def find_columns(table: Table, required: Sequence[str | tuple[str, ...]], optional: Sequence[str] = ()) -> Columns:
    """Find columns by header; case does not count. A tuple lists other names of the column called like its first.

    Raises ``InputError`` that names what is missing and what is there.
    """
    by_name = {header.casefold(): header for header in reversed(table.header)}
    headers: dict[str, str] = {}
    missing: list[str] = []
    for column in (*required, *optional):
        names = (column,) if isinstance(column, str) else column
        found = next((by_name[name.casefold()] for name in names if name.casefold() in by_name), None)
        if found is not None:
            headers[names[0]] = found
        elif column in required:
            missing.append(" or ".join(f"'{name}'" for name in names))
    if missing:
        there = ", ".join(f"'{header[:40]}'" for header in table.header[:20])
        raise InputError(
            f"lacks the column {', '.join(missing)}; it has {there}.",
            remedy="Check that it is the right file and that its first line holds the column names.",
            place=Place(file=table.file, line=1),
        )
    return Columns(headers)
