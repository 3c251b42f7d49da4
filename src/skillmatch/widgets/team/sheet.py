"""Sheets: a grid as it is drawn, whatever its rows are, and its bytes for the browser."""

from __future__ import annotations

import struct
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any, NamedTuple

from skillmatch.domain.people.gap import GapState
from skillmatch.domain.team.grid import GridSkill, PersonGrid, PersonRow, Stand, UnitGrid, supply_state
from skillmatch.domain.team.team import MINIMUM_GROUP, SupplyLine
from skillmatch.widgets.kit.choices import person_label_of
from skillmatch.widgets.kit.html import share
from skillmatch.widgets.kit.states import LOOKS

HIDDEN = len(LOOKS) + 1
CODES: dict[GapState, int] = {state: code for code, state in enumerate(LOOKS, start=1)}
"""1 to 5 in the order of the looks; 0 is a blank cell, ``HIDDEN`` one behind which there are too few people."""

_CELL = struct.Struct("<HHBB4H")
_MOST = 65_535
_NOTHING = 65_535


class Cell(NamedTuple):
    """What one cell says: its code, how far it is covered (0-1), and four whole numbers whose meaning the kind gives.

    Of units: wanted, ready, unknown, holders. Of people: level attained and wanted in hundredths, essential, unused.
    """

    code: int
    covered: float | None
    numbers: tuple[int, int, int, int]


@dataclass(frozen=True, slots=True)
class RowHead:
    """A row's name and what stands beside it; ``key`` is what it is of: a unit's name, a person's id, None for all."""

    key: str | None
    label: str
    sub: str
    covered: float | None
    size: int = 0


@dataclass(frozen=True)
class Sheet:
    """Rows and columns, and the cells that are not blank by (row, column)."""

    kind: str
    title: str
    note: str
    rows: tuple[RowHead, ...]
    columns: tuple[GridSkill, ...]
    column_covered: tuple[float | None, ...]
    cells: Mapping[tuple[int, int], Cell]

    def frame(self, number: int) -> dict[str, Any]:
        """Everything but the cells, as the browser wants it; ``number`` tells one sheet from the next."""
        return {
            "id": number,
            "kind": self.kind,
            "title": self.title,
            "note": self.note,
            "rows": [
                {"label": row.label, "sub": row.sub, "covered": _covered(row.covered), "all": row.key is None}
                for row in self.rows
            ],
            "columns": [
                {"label": item.label, "type": item.type.value, "soft": item.soft, "field": item.field}
                for item in self.columns
            ],
        }

    @cached_property
    def packed(self) -> bytes:
        """The cells, 14 bytes each: row, column, code, covered in per cent, the four numbers; all little-endian."""
        return b"".join(
            _CELL.pack(
                row, column, cell.code, 255 if cell.covered is None else round(cell.covered * 100), *cell.numbers
            )
            for (row, column), cell in self.cells.items()
        )


NO_SHEET = Sheet("units", "", "", (), (), (), {})


def unit_sheet(grid: UnitGrid) -> Sheet:
    """Units as rows, below one row for all of them together."""
    columns = {skill.skill_id: place for place, skill in enumerate(grid.skills)}
    places: dict[str | None, int] = {None: 0}
    places |= {unit: place for place, (unit, _) in enumerate(grid.units, start=1)}
    cells = {(places[line.unit], columns[line.skill_id]): _of_units(line) for line in grid.lines}
    wanted = [0] * len(places)
    ready = [0] * len(places)
    for line in grid.lines:
        if line.ready is not None:
            wanted[places[line.unit]] += line.wanted
            ready[places[line.unit]] += line.ready
    shares = [ready[place] / wanted[place] if wanted[place] else None for place in range(len(places))]
    rows = [RowHead(None, "All units", _people(grid.people), shares[0], grid.people)]
    for place, (unit, people) in enumerate(grid.units, start=1):
        rows.append(RowHead(unit, unit or "No unit", _people(people), shares[place], people))
    covered = tuple(line.coverage for line in grid.lines if line.unit is None)
    note = (
        f"{grid.people:,} people, {len(grid.skills):,} skills. A cell adds up the people of a unit whose role asks for "
        f"the skill; nothing is shown about fewer than {MINIMUM_GROUP}."
    )
    return Sheet("units", _units(grid), note, tuple(rows), grid.skills, covered, cells)


def person_sheet(grid: PersonGrid, *, pseudonyms: bool) -> Sheet:
    """The people of a unit as rows."""
    columns = {skill.skill_id: place for place, skill in enumerate(grid.skills)}
    cells: dict[tuple[int, int], Cell] = {}
    asked = [0] * len(columns)
    ready = [0] * len(columns)
    for place, row in enumerate(grid.people):
        for stand in row.stands:
            column = columns[stand.skill_id]
            cells[place, column] = _of_people(stand)
            asked[column] += 1
            ready[column] += stand.state in (GapState.MET, GapState.EXCEEDS)
    note = _people(grid.total) + " with a role"
    if len(grid.people) < grid.total:
        note = f"The {len(grid.people):,} of {grid.total:,} people with the lowest coverage are drawn"
    if grid.without_role:
        note += f"; {grid.without_role:,} more have no role with requirements"
    return Sheet(
        kind="people",
        title=grid.unit or "No unit",
        note=f"{note}.",
        rows=tuple(_person(row, pseudonyms=pseudonyms) for row in grid.people),
        columns=grid.skills,
        column_covered=tuple(count / asked[column] for column, count in enumerate(ready)),
        cells=cells,
    )


def _person(row: PersonRow, *, pseudonyms: bool) -> RowHead:
    label = person_label_of(row.name, row.person_id, row.unit, row.number, pseudonyms=pseudonyms)
    return RowHead(row.person_id, label, row.role_title, row.coverage)


def _of_units(line: SupplyLine) -> Cell:
    state = supply_state(line)
    numbers = (line.wanted, line.ready or 0, line.unknown or 0, line.holders)
    few = tuple(min(number, _MOST) for number in numbers)
    return Cell(HIDDEN if state is None else CODES[state], line.coverage, (few[0], few[1], few[2], few[3]))


def _of_people(stand: Stand) -> Cell:
    attained = _NOTHING if stand.attained is None else round(stand.attained * 100)
    covered = min(1.0, (stand.attained or 0.0) / stand.required)
    return Cell(CODES[stand.state], covered, (attained, round(stand.required * 100), int(stand.essential), 0))


def _units(grid: UnitGrid) -> str:
    return "1 unit" if len(grid.units) == 1 else f"{len(grid.units):,} units"


def _people(count: int) -> str:
    return "1 person" if count == 1 else f"{count:,} people"


def _covered(value: float | None) -> str:
    return "" if value is None else share(value)
