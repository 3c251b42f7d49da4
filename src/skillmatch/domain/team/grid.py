"""Grids: units or people against skills, each cell saying how far what is wanted is there."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from skillmatch.domain.base.answer import Status, Versions
from skillmatch.domain.base.display import Tabular
from skillmatch.domain.people.gap import GapState
from skillmatch.domain.skills.skill import SkillType
from skillmatch.domain.team.team import MINIMUM_GROUP, SupplyLine

READY_ENOUGH = 0.9
"""From this share of those wanted on, a unit counts as supplied: somebody is always new (our assumption)."""

HARDLY_THERE = 0.25
"""Below this mean coverage a skill counts as missing in a unit (our assumption)."""


@dataclass(frozen=True, slots=True)
class GridSkill:
    """A column: a skill that roles ask for, with its type and the field that the taxonomy puts it in ("" for none)."""

    skill_id: str
    label: str
    type: SkillType
    field: str = ""

    @property
    def soft(self) -> bool:
        """Whether it is a skill for any job."""
        return self.type is SkillType.TRANSVERSAL

    def to_json(self) -> dict[str, Any]:
        """The documented shape."""
        return {"skill_id": self.skill_id, "label": self.label, "type": self.type.value, "field": self.field}


def supply_state(line: SupplyLine) -> GapState | None:
    """Where a unit stands with a skill, in the five words of a gap; None where too few people stand behind it.

    ``unknown``: of more than half of those wanted nothing is known. ``met``: nine in ten or more are ready;
    ``exceeds``: and the unit holds it more often than it is wanted. ``missing``: the mean coverage is below a quarter.
    """
    if line.ready is None or line.unknown is None or line.coverage is None:
        return None
    if line.unknown * 2 > line.wanted:
        return GapState.UNKNOWN
    if line.ready >= READY_ENOUGH * line.wanted:
        return GapState.EXCEEDS if line.holders > line.wanted else GapState.MET
    return GapState.MISSING if line.coverage < HARDLY_THERE else GapState.PARTIAL


@dataclass(frozen=True, repr=False)
class UnitGrid(Tabular):
    """Units x skills: of the people whose role asks for a skill, how many are ready, and who else holds it.

    ``lines`` hold those of all units together (``unit`` None) and those of each unit that may be shown; ``units``
    with their people, ``skills`` most needed first. ``left_out`` people are in no sum; ``status`` and ``detail`` are
    as for a ``Team``.
    """

    status: Status
    detail: str
    role_id: str | None
    units: tuple[tuple[str, int], ...]
    left_out: int
    without_role: int
    skills: tuple[GridSkill, ...]
    lines: tuple[SupplyLine, ...]
    as_of: date
    versions: Versions

    @property
    def people(self) -> int:
        """How many people the grid is about."""
        return sum(count for _, count in self.units)

    def headline(self) -> str:
        if self.status is Status.INSUFFICIENT_DATA:
            return f"Insufficient data: {self.detail}"
        note = f"; {self.detail}" if self.detail else ""
        return f"{self.people:,} people in {len(self.units):,} units, {len(self.skills):,} skills wanted{note}"

    def rows(self) -> Sequence[dict[str, Any]]:
        types = {skill.skill_id: skill.type for skill in self.skills}
        return [
            {
                "unit": "all" if line.unit is None else line.unit,
                "skill": line.label,
                "type": types[line.skill_id].value,
                "state": _word(supply_state(line)),
                "wanted": line.wanted,
                "ready": line.ready,
                "of these unknown": line.unknown,
                "holders": line.holders,
                "covered": line.coverage,
            }
            for line in self.lines
        ]

    def to_json(self) -> dict[str, Any]:
        """The documented shape."""
        return {
            "status": self.status.value,
            "detail": self.detail,
            "role": self.role_id,
            "people": self.people,
            "units": [{"unit": unit, "people": people} for unit, people in self.units],
            "left_out": self.left_out,
            "without_role": self.without_role,
            "minimum_group": MINIMUM_GROUP,
            "skills": [skill.to_json() for skill in self.skills],
            "lines": [{**line.to_json(), "state": _word(supply_state(line))} for line in self.lines],
            "as_of": self.as_of.isoformat(),
            "versions": self.versions.to_json(),
        }


@dataclass(frozen=True, slots=True)
class Stand:
    """Where a person stands with one requirement; ``attained`` is None exactly when the state is unknown."""

    skill_id: str
    state: GapState
    attained: float | None
    required: float
    essential: bool

    def to_json(self) -> dict[str, Any]:
        """The documented shape."""
        return {
            "skill_id": self.skill_id,
            "state": self.state.value,
            "attained": self.attained,
            "required": self.required,
            "essential": self.essential,
        }


@dataclass(frozen=True, slots=True)
class PersonRow:
    """A person with the role that they are held against, its coverage (0-1), and where they stand with each skill.

    ``number`` is their place among all people of the unit in the order of ids, 1 for the first.
    """

    person_id: str
    name: str
    number: int
    unit: str
    role_id: str
    role_title: str
    coverage: float
    stands: tuple[Stand, ...]

    def to_json(self) -> dict[str, Any]:
        """The documented shape; the name is left out, as everywhere but in a person's own record."""
        return {
            "person": self.person_id,
            "unit": self.unit,
            "role": self.role_id,
            "role_title": self.role_title,
            "coverage": self.coverage,
            "stands": [stand.to_json() for stand in self.stands],
        }


@dataclass(frozen=True, repr=False)
class PersonGrid(Tabular):
    """The people of one unit x the skills that their roles ask for.

    Of ``total`` people with a role those with the lowest coverage are held, lowest first, at most as many as were
    asked for; ``without_role`` more have none that asks for anything. ``skills`` most wanted first.
    """

    unit: str
    status: Status
    detail: str
    role_id: str | None
    people: tuple[PersonRow, ...]
    total: int
    without_role: int
    skills: tuple[GridSkill, ...]
    as_of: date
    versions: Versions

    def headline(self) -> str:
        if self.status is Status.INSUFFICIENT_DATA:
            return f"Insufficient data: {self.detail}"
        count = f"{len(self.people):,} of {self.total:,} people" if self.detail else f"{self.total:,} people"
        return f"{self.unit or 'No unit'}: {count}, {len(self.skills):,} skills wanted"

    def rows(self) -> Sequence[dict[str, Any]]:
        labels = {skill.skill_id: skill.label for skill in self.skills}
        return [
            {
                "person": row.person_id,
                "role": row.role_title,
                "skill": labels[stand.skill_id],
                "state": stand.state.value,
                "attained": stand.attained,
                "required": stand.required,
                "essential": stand.essential,
            }
            for row in self.people
            for stand in row.stands
        ]

    def to_json(self) -> dict[str, Any]:
        """The documented shape."""
        return {
            "unit": self.unit,
            "status": self.status.value,
            "detail": self.detail,
            "role": self.role_id,
            "people": [row.to_json() for row in self.people],
            "total": self.total,
            "without_role": self.without_role,
            "skills": [skill.to_json() for skill in self.skills],
            "as_of": self.as_of.isoformat(),
            "versions": self.versions.to_json(),
        }


def _word(state: GapState | None) -> str | None:
    return None if state is None else state.value
