"""Plans as a part of the workspace: solved, asked about, exported, kept and approved."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from skillmatch.domain.team.selection import Selection
from skillmatch.gaps.selection import find_selection
from skillmatch.service.core.context import WorkspaceContext
from skillmatch.service.plans.archive import PlanArchive
from skillmatch.service.plans.planning import Planning

if TYPE_CHECKING:
    from skillmatch.planning.plan_file import PlanFile


class Plans:
    """From a scenario to a plan and what becomes of it. A scenario is a value or the path of its file."""

    def __init__(self, context: WorkspaceContext) -> None:
        planning = Planning(context)
        self.solve = planning.solve
        self.session = planning.session
        self.find_contradictions = planning.find_contradictions
        self.list_contradictions = planning.list_contradictions
        self.check = planning.check
        self.prices = planning.prices
        self.curve = planning.curve
        self.robust = planning.robust
        self.stress = planning.stress
        self.export = planning.export
        self.selection = PlanFairness(context).selection
        archive = PlanArchive(context, planning)
        self.keep = archive.keep
        self.all = archive.all
        self.get = archive.get
        self.keeps_to = archive.keeps_to
        self.remember_signer = archive.remember_signer
        self.approve = archive.approve
        self.diff = archive.diff
        self.remove = archive.remove


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
