"""Plans as a part of the workspace: solved, asked about, exported, kept and approved."""

from __future__ import annotations

from skillmatch.service.context import WorkspaceContext
from skillmatch.service.fairness import PlanFairness
from skillmatch.service.planning import Planning
from skillmatch.service.stored_plans import PlanArchive


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
