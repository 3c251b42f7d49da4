"""Fairness: whether a plan takes from all units alike."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from skillmatch.domain.selection import Selection
from skillmatch.gaps.selection import find_selection
from skillmatch.service.context import WorkspaceContext

if TYPE_CHECKING:
    from skillmatch.planning.plan_file import PlanFile


class PlanFairness:
    """Signals to look at, never findings: units differ in what they were asked for."""

    def __init__(self, context: WorkspaceContext) -> None:
        self._context = context

    def selection(self, file: PlanFile) -> Selection:
        """How many of each unit's people in scope a plan trains, moves or recognises; no group of fewer than five."""
        units, roles = file.scenario.units, set(file.scenario.roles)
        with self._context.store.reading() as view:
            everybody = view.units()
            people = view.people(units=units or None)
            scope = Counter(person.unit for person in people if not roles or person.role_id in roles)
        return find_selection(file.plan, everybody, scope)
