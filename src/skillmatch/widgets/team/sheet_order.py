"""The order of a sheet: which of its columns are shown, how they are grouped, and in what order the rows stand."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from skillmatch.domain.skills.skill import SkillType
from skillmatch.domain.skills.taxonomy import fold
from skillmatch.domain.team.grid import GridSkill
from skillmatch.widgets.team.sheet import HIDDEN, Sheet

KINDS = {"all": "soft and technical", "soft": "soft", "technical": "technical"}
SKILL_ORDERS = {"need": "most needed first", "covered": "least covered first", "name": "by name"}
GROUPS = {"none": "nothing", "type": "type", "field": "field"}
ROW_ORDERS = {"covered": "least covered first", "name": "by name", "size": "largest first", "skill": "by one skill"}

_TYPES = {SkillType.TRANSVERSAL: "Soft skills", SkillType.SKILL: "Skills", SkillType.KNOWLEDGE: "Knowledge"}


@dataclass(frozen=True, slots=True)
class Band:
    """Columns that stand together: those from ``first`` up to and without ``last``, in the order shown."""

    label: str
    first: int
    last: int


def columns_of(
    sheet: Sheet, *, kind: str, sort: str, group: str, search: str
) -> tuple[tuple[int, ...], tuple[Band, ...]]:
    """The columns to show in their order, and the bands they fall into (none where nothing is grouped)."""
    wanted = fold(search)
    places = [
        place
        for place, skill in enumerate(sheet.columns)
        if (kind == "all" or skill.soft is (kind == "soft")) and wanted in fold(skill.label)
    ]
    if sort == "name":
        places.sort(key=lambda place: (fold(sheet.columns[place].label), place))
    elif sort == "covered":
        places.sort(key=lambda place: (_last(sheet.column_covered[place]), place))
    if group == "none":
        return tuple(places), ()
    name = _by_type if group == "type" else _by_field
    # The band of the first column comes first, so that what matters most stays at the left.
    names = list(dict.fromkeys(name(sheet.columns[place]) for place in places))
    bands: list[Band] = []
    shown: list[int] = []
    for label in names:
        own = [place for place in places if name(sheet.columns[place]) == label]
        bands.append(Band(label, len(shown), len(shown) + len(own)))
        shown += own
    return tuple(shown), tuple(bands)


def rows_of(sheet: Sheet, *, sort: str, column: int | None) -> tuple[int, ...]:
    """All rows in their order; the one for all together stays on top. ``column`` is the skill to order by, if any."""
    keys: dict[str, Callable[[int], tuple[float, ...]]] = {
        "covered": lambda place: (_last(sheet.rows[place].covered),),
        "size": lambda place: (-sheet.rows[place].size,),
        "skill": lambda place: _standing(sheet, place, column),
    }
    rows = range(len(sheet.rows))
    by_name = sorted(rows, key=lambda place: (_natural(sheet.rows[place].label), place))
    ordered = sorted(by_name, key=keys[sort]) if sort in keys else by_name
    return tuple(sorted(ordered, key=lambda place: sheet.rows[place].key is not None))


def _standing(sheet: Sheet, row: int, column: int | None) -> tuple[float, ...]:
    """By one skill: worst first, then what may not be shown, then whoever is not asked for it."""
    cell = None if column is None else sheet.cells.get((row, column))
    if cell is None:
        return (2.0,)
    return (1.0,) if cell.code == HIDDEN else (0.0, _last(cell.covered))


def _last(value: float | None) -> float:
    return 2.0 if value is None else value


def _natural(label: str) -> list[tuple[int, int, str]]:
    """So that person 2 comes before person 10."""
    parts = re.split(r"([0-9]+)", fold(label))
    return [(0, int(part), "") if part.isdecimal() else (1, 0, part) for part in parts if part]


def _by_type(skill: GridSkill) -> str:
    return _TYPES[skill.type]


def _by_field(skill: GridSkill) -> str:
    return skill.field or "No field"
