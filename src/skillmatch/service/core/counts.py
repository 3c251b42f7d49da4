"""Counting: everybody held against a role once for each state of the store, and remembered until it moves on."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from typing import Any, TypeVar, cast

from skillmatch.domain.people.person import Person
from skillmatch.domain.roles.role import Role
from skillmatch.gaps import profiled
from skillmatch.gaps.standings import Standings
from skillmatch.gaps.supply import Supply
from skillmatch.service.core.progress import Progress, silent
from skillmatch.service.core.snapshot import Snapshot
from skillmatch.store import Kind, View

MOST_KEPT = 4
EVERY = 100

Made = TypeVar("Made")


@dataclass(frozen=True)
class Counted:
    """What one pass over everybody found, and the answers that were made of it."""

    supply: Supply
    standings: Standings
    _made: dict[tuple[Any, ...], Any] = field(default_factory=dict)

    def once(self, key: tuple[Any, ...], make: Callable[[], Made]) -> Made:
        """The answer of a key, made when it is first asked for."""
        if key not in self._made:
            self._made[key] = make()
        return cast(Made, self._made[key])


class Counts:
    """The latest counts, each for a goal and a day; all are forgotten as soon as anything in the store changes."""

    def __init__(self) -> None:
        self._counting = threading.Lock()
        self._revision: int | None = None
        self._kept: dict[tuple[str | None, date], Counted] = {}

    def current(
        self, view: View, snapshot: Snapshot, goal: Role | None, day: date, progress: Progress = silent
    ) -> Counted:
        """Everybody that ``view`` sees, held against ``goal`` or their own role; a second caller waits for the first.

        Nothing is kept of a pass that ``progress`` stops.
        """
        key = (None if goal is None else goal.id, day)
        with self._counting:
            if self._revision != view.revision():
                self._revision = view.revision()
                self._kept.clear()
            if key not in self._kept:
                counted = _count_all(view, snapshot, goal, day, progress)
                if len(self._kept) >= MOST_KEPT:
                    self._kept.pop(next(iter(self._kept)))
                self._kept[key] = counted
            return self._kept[key]


def _count_all(view: View, snapshot: Snapshot, goal: Role | None, day: date, progress: Progress) -> Counted:
    counted = Counted(Supply(snapshot.roles.values()), Standings())
    total = view.counts()[Kind.PERSON]
    for place, person in enumerate(view.people()):
        if place % EVERY == 0:
            progress("looking at people", place, total)
        _count(counted, snapshot, snapshot.person(person), goal, day)
    progress("looking at people", total, total)
    return counted


def _count(counted: Counted, snapshot: Snapshot, person: Person, goal: Role | None, day: date) -> None:
    role = goal or snapshot.roles.get(person.role_id or "")
    known = profiled(person, day, snapshot.reference)
    if role is None or not role.requirements:
        counted.supply.add(person, known.levels, None)
        return
    found = known.towards(role)
    own = {skill: item.level for skill, item in found.profile.attainments.items() if item.through is None}
    counted.supply.add(person, own, found.gap)
    counted.standings.add(person, counted.supply.people[person.unit], found.gap)
