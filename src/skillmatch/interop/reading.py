"""Reading: the loop that all readers of customers' tables share; a bad row is rejected whole, the others go on."""

from __future__ import annotations

import re
from collections.abc import Callable, Container, Iterator
from typing import TypeVar

from skillmatch.domain.base.errors import InputError, Place
from skillmatch.domain.base.report import Severity
from skillmatch.files.tables import Row, Table
from skillmatch.files.writing import plain
from skillmatch.interop.batch import FindingLog, Located
from skillmatch.interop.cells import Cells
from skillmatch.interop.column_map import ColumnMap, listed, other_sheets
from skillmatch.interop.columns import COLUMNS, NAMES, REQUIRED
from skillmatch.interop.reshaping import several_of
from skillmatch.interop.survey import Ways, survey

T = TypeVar("T")

_NO_WIDTH = re.compile("[\u200b\u2060\ufeff]")  # what web pages leave between the words of a title
_BREAKS = re.compile(r" *[\t\r\n]+ *")


def read_each(
    table: Table,
    what: str,
    column_map: ColumnMap | None,
    log: FindingLog,
    build: Callable[[Cells], T],
    names: Container[str] = (),
) -> list[Located[T]]:
    """What ``build`` makes of each row, with its line; rows for which it raises ``InputError`` go to the log.

    How cells are to be read is decided for each column by all its values. A row that says what another one says
    already is passed over, and so are names of columns that are repeated among the rows. ``names`` are the folded
    names of skills that are known, for telling the items of a list in a cell.

    Raises ``InputError`` itself when the table as a whole does not fit: a column is missing, the map is one for
    another kind of table, or the file is malformed.
    """
    _check_columns(table, what, column_map, log)
    for said in table.notes:
        log.note("layout", said)
    if column_map is not None:
        log.columns = {name: column_map.column_of(name) for name in column_map.columns}
    ways = survey(table, column_map)
    seen: set[tuple[str, ...]] = set()
    built: list[Located[T]] = []
    for row in table:
        if row.line == ways.second_header or _repeats_header(row):
            log.note("second_header", "holds names of columns, not values: it is passed over.", row.line)
            continue
        try:
            parts = _parts(row, column_map, ways, log, names)
        except InputError as error:
            log.reject(error.at(line=row.line))
            continue
        for cells in parts:
            whole = tuple(cells.texts.values())
            if whole in seen:
                log.tally("identical_row", Severity.CLEANED, "rows say what another row says already: they are one.")
                continue
            seen.add(whole)
            try:
                built.append(Located(build(cells), row.line))
            except InputError as error:
                log.reject(error.at(line=row.line))
    return built


def source_of(source: str | None, column_map: ColumnMap | None) -> str | None:
    """The source that ids without one belong to: the caller's word, else the map's; None leaves it to the ids."""
    return source if source is not None or column_map is None else column_map.source


class FirstLines:
    """Remembers where each key came first, so that the error for its second coming can name both lines."""

    def __init__(self, field: str) -> None:
        self.field = field
        self._lines: dict[str, int] = {}

    def __contains__(self, key: object) -> bool:
        return key in self._lines

    def add(self, key: str, line: int) -> None:
        """Raises ``InputError`` when the key was there before."""
        first = self._lines.setdefault(key, line)
        if first != line:
            raise InputError(
                f"'{key}' comes twice: on line {first:,} and on line {line:,}.",
                field=self.field,
                remedy="Keep one of the two rows.",
            )


def _check_columns(table: Table, what: str, column_map: ColumnMap | None, log: FindingLog) -> None:
    if column_map is not None:
        if column_map.what != what:
            raise InputError(
                f"is a map for {column_map.what}, not for {what}.",
                remedy=f'Use another map, or set what = "{what}".',
                place=Place(file=column_map.file, field="what"),
            )
        column_map.check(table)
        return
    for name in REQUIRED[what]:
        if name not in table.header:
            raise InputError(
                f"has no column '{name}', which {what} need.",
                remedy=f"Its columns are: {listed(table.header)}. Rename the column, or give a column map that says "
                f"which of them is '{name}'.{other_sheets(table)}",
                place=Place(file=table.file, line=1),
            )
    unknown = tuple(name for name in table.header if name not in COLUMNS[what])
    if unknown:
        log.note("unknown_column", f"Columns that are not used: {listed(unknown) or '(one without a name)'}.", line=1)


def _repeats_header(row: Row) -> bool:
    """Whether the row holds the names of its own columns, as tables do that were put together from several."""
    return all(text.strip() == name for name, text in row.cells.items())


def _parts(
    row: Row, column_map: ColumnMap | None, ways: Ways, log: FindingLog, names: Container[str]
) -> Iterator[Cells]:
    """The rows of ours that a row of theirs becomes: several where columns are unpivoted or a cell is split."""
    # What exports put before texts that look like formulas is taken off again; a map's file is none of our exports.
    if column_map is None:
        return iter([_cells(row.line, {name: plain(text) for name, text in row.cells.items()}, ways, log)])
    given = column_map.apply(row, ways.decimals).cells
    several = several_of(given, row.cells, column_map, names)
    return iter([_cells(row.line, one, ways, log) for one in several])


def _cells(line: int, given: dict[str, str], ways: Ways, log: FindingLog) -> Cells:
    texts = {}
    for name, text in given.items():
        texts[name] = (_BREAKS.sub(" ", _NO_WIDTH.sub("", text)) if name in NAMES else text).strip()
        if texts[name] != text:
            log.tally("stray_blanks", Severity.CLEANED, "cells had blanks around their text.")
    return Cells(line, texts, ways, log)
