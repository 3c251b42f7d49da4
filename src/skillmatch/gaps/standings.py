"""Standings: where everybody stands with each requirement of their role, kept in a few bytes for each."""

from __future__ import annotations

from array import array
from collections import defaultdict
from collections.abc import Iterable, Iterator
from heapq import nsmallest
from typing import NamedTuple

from skillmatch.domain.people.gap import Gap, GapState
from skillmatch.domain.people.person import Person
from skillmatch.domain.team.grid import PersonRow, Stand

_STATES = tuple(GapState)
_PLACES = {state: place for place, state in enumerate(_STATES)}
_NOTHING_KNOWN = -1.0


class _Place(NamedTuple):
    """Whose standing it is, and which part of the columns holds it."""

    person_id: str
    name: str
    number: int
    unit: str
    role_id: str
    role_title: str
    coverage: float
    first: int
    last: int


class Standings:
    """The gaps of many people to their roles, without the evidence that they rest on.

    A requirement takes 14 bytes, so that an organisation of 50,000 people fits in a few megabytes.
    """

    def __init__(self) -> None:
        self._skills: dict[str, int] = {}
        self._units: defaultdict[str, list[_Place]] = defaultdict(list)
        self._skill = array("i")
        self._state = array("B")
        self._essential = array("B")
        self._attained = array("f")
        self._required = array("f")

    def add(self, person: Person, number: int, gap: Gap) -> None:
        """Keep the gap of a person who is the ``number``-th of their unit."""
        first = len(self._skill)
        for item in gap.items:
            need = item.requirement
            self._skill.append(self._skills.setdefault(need.skill_id, len(self._skills)))
            self._state.append(_PLACES[item.state])
            self._essential.append(need.essential)
            self._attained.append(_NOTHING_KNOWN if item.attained is None else item.attained)
            self._required.append(need.level)
        self._units[person.unit].append(
            _Place(
                person.id,
                person.name,
                number,
                person.unit,
                gap.role_id,
                gap.role_title,
                gap.coverage,
                first,
                len(self._skill),
            )
        )

    def count(self, units: Iterable[str]) -> int:
        """How many people of some units are kept."""
        return sum(len(self._units.get(unit, ())) for unit in units)

    def lowest(self, units: Iterable[str], most: int) -> Iterator[PersonRow]:
        """At most so many people of some units, those with the lowest coverage first; equal ones by id."""
        skills = tuple(self._skills)
        places = [place for unit in units for place in self._units.get(unit, ())]
        for place in nsmallest(most, places, key=lambda one: (one.coverage, one.person_id)):
            stands = tuple(self._stand(number, skills) for number in range(place.first, place.last))
            yield PersonRow(*place[:-2], stands)

    def _stand(self, number: int, skills: tuple[str, ...]) -> Stand:
        attained = self._attained[number]
        return Stand(
            skill_id=skills[self._skill[number]],
            state=_STATES[self._state[number]],
            attained=None if attained == _NOTHING_KNOWN else round(attained, 4),
            required=round(self._required[number], 4),
            essential=bool(self._essential[number]),
        )
