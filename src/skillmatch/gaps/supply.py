"""Supply and demand, counted person by person; nothing is kept of a person but counts and who came first."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import NamedTuple

from skillmatch.domain.people.gap import Gap, GapState
from skillmatch.domain.people.person import Person
from skillmatch.domain.roles.role import Role
from skillmatch.gaps.reach import attains, share

_REACHED = (GapState.MET, GapState.EXCEEDS)


@dataclass(slots=True)
class Cell:
    """What the people of one unit are asked for in one skill, and how they stand with it."""

    level: float = 0.0
    wanted: int = 0
    ready: int = 0
    unknown: int = 0
    covered: float = 0.0


class Spot(NamedTuple):
    """A skill at a level in a unit."""

    unit: str
    skill_id: str
    level: float


class Supply:
    """Counts by unit; ``roles`` are those that people may be held against, their levels are what is counted.

    The order in which people are added changes nothing but which of several holders is remembered.
    """

    def __init__(self, roles: Iterable[Role]) -> None:
        asked: dict[str, set[float]] = {}
        for role in roles:
            for need in role.requirements:
                asked.setdefault(need.skill_id, set()).add(need.level)
        self._asked = {skill_id: sorted(levels) for skill_id, levels in asked.items()}
        self.people: Counter[str] = Counter()
        self.without_role: Counter[str] = Counter()
        self.cells: dict[tuple[str, str], Cell] = {}
        self.wanted: Counter[Spot] = Counter()
        self.holders: Counter[Spot] = Counter()
        self.holder: dict[Spot, Person] = {}

    def add(self, person: Person, levels: Mapping[str, float], gap: Gap | None) -> None:
        """Count a person with the levels that evidence shows; ``gap`` is the one to their role, None without one.

        What a narrower skill shows for a requirement of their role counts as shown, too.
        """
        self.people[person.unit] += 1
        shown = dict(levels)
        if gap is None:
            self.without_role[person.unit] += 1
        else:
            for item in gap.items:
                self._demand(person.unit, item.requirement.skill_id, item.requirement.level)
                cell = self.cells[person.unit, item.requirement.skill_id]
                cell.ready += item.state in _REACHED
                cell.unknown += item.state is GapState.UNKNOWN
                cell.covered += share(item.requirement, item.attained or 0.0)
                if item.state in _REACHED and item.attained is not None:
                    shown[item.requirement.skill_id] = max(shown.get(item.requirement.skill_id, 0.0), item.attained)
        for skill_id, level in shown.items():
            for asked in self._asked.get(skill_id, ()):
                if attains(level, asked):
                    spot = Spot(person.unit, skill_id, asked)
                    self.holders[spot] += 1
                    self.holder.setdefault(spot, person)

    def _demand(self, unit: str, skill_id: str, level: float) -> None:
        cell = self.cells.setdefault((unit, skill_id), Cell())
        cell.wanted += 1
        cell.level = max(cell.level, level)
        self.wanted[Spot(unit, skill_id, level)] += 1
