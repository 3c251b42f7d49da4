"""From counts and standings to grids: which columns there are, in which order, and whom a grid of people holds."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date

from skillmatch.domain.base.answer import Status, Versions
from skillmatch.domain.people.gap import GapState
from skillmatch.domain.skills.skill import Skill, SkillType
from skillmatch.domain.team.grid import GridSkill, PersonGrid, PersonRow, UnitGrid
from skillmatch.domain.team.team import Team

_OPEN = (GapState.MISSING, GapState.PARTIAL, GapState.UNKNOWN)


def unit_grid(team: Team, skills: Mapping[str, Skill]) -> UnitGrid:
    """A team's lines as a grid, its columns most needed first."""
    return UnitGrid(
        status=team.status,
        detail=team.detail,
        role_id=team.role_id,
        units=team.units,
        left_out=team.left_out,
        without_role=team.without_role,
        skills=tuple(_column(line.skill_id, line.label, skills) for line in team.together()),
        lines=team.lines,
        as_of=team.as_of,
        versions=team.versions,
    )


def person_grid(
    unit: str,
    held: Sequence[PersonRow],
    total: int,
    without_role: int,
    skills: Mapping[str, Skill],
    as_of: date,
    versions: Versions,
    *,
    role_id: str | None = None,
) -> PersonGrid:
    """The people who are held of a unit's ``total``, in their order; columns most often open first."""
    wanted: Counter[str] = Counter()
    still: Counter[str] = Counter()
    for row in held:
        for stand in row.stands:
            wanted[stand.skill_id] += 1
            still[stand.skill_id] += stand.state in _OPEN
    order = sorted(wanted, key=lambda skill_id: (-still[skill_id], -wanted[skill_id], skill_id))
    status, detail = Status.OK, ""
    if not total:
        status, detail = Status.INSUFFICIENT_DATA, "nobody here has a role with requirements"
    elif len(held) < total:
        status = Status.PARTIAL
        detail = f"the {len(held):,} of {total:,} people with the lowest coverage"
    return PersonGrid(
        unit=unit,
        status=status,
        detail=detail,
        role_id=role_id,
        people=tuple(held),
        total=total,
        without_role=without_role,
        skills=tuple(_column(skill_id, skill_id, skills) for skill_id in order),
        as_of=as_of,
        versions=versions,
    )


def _column(skill_id: str, label: str, skills: Mapping[str, Skill]) -> GridSkill:
    """A skill that is not in the taxonomy any more keeps its column, under what there is of a name."""
    found = skills.get(skill_id)
    if found is None:
        return GridSkill(skill_id, label, SkillType.SKILL)
    return GridSkill(skill_id, found.label, found.type, found.field)
