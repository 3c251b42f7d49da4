"""Reshaping: one row of theirs as several of ours, from one column per skill or from a cell with many skills."""

from __future__ import annotations

from collections.abc import Container, Mapping

from skillmatch.domain.base.errors import InputError
from skillmatch.domain.base.levels import LEVEL_NAMES
from skillmatch.interop.column_map import ColumnMap
from skillmatch.interop.notation.blanks import is_blank
from skillmatch.interop.notation.lists import items_with_levels


def several_of(
    given: dict[str, str], theirs: Mapping[str, str], column_map: ColumnMap, names: Container[str]
) -> list[dict[str, str]]:
    """Our rows from a mapped row and the cells it came from; no row where there is nothing to make one of.

    An item's own level wins over the row's. Raises ``InputError`` for a cell that cannot be split.
    """
    turned = column_map.unpivot
    if turned is not None:
        named = {column for rule in column_map.columns.values() for column in rule.sources}
        chosen = turned.columns or [column for column in theirs if column and column not in named]
        cells = ((column, theirs[column].strip()) for column in chosen)
        return [
            given | {turned.name: column, turned.value: cell}
            for column, cell in cells
            if cell in LEVEL_NAMES or not is_blank(cell)
        ]
    rows = [given]
    for field, rule in column_map.columns.items():
        if rule.split is None:
            continue
        try:
            items = [(row, item) for row in rows for item in items_with_levels(row[field], names, rule.separators)]
        except InputError as error:
            raise error.at(field=field) from None
        rows = [row | {field: name} | ({"level": level} if level else {}) for row, (name, level) in items]
    return [{"level": "", **row} if any(rule.split for rule in column_map.columns.values()) else row for row in rows]
