"""Where a scenario can start from: those of the demo, or a new one made for the workspace's own roles."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import timedelta
from pathlib import Path

from skillmatch.domain.plans.scenario import Demand, PlanLimits, Scenario
from skillmatch.service.plans.scenarios import read_scenario_file, scenario_templates
from skillmatch.service.workspace import Workspace

Start = tuple[str, Path | None]
"""What a place to start from is called, and its file; a new scenario has none."""

WEEKS = 52
BUDGET = 10_000.0
HOURS_PER_WEEK = 4.0


def places_to_start(taxonomy: str, roles: Sequence[str]) -> tuple[Start, ...]:
    """The scenarios of the demo where the workspace has its taxonomy, and a new one wherever there are roles."""
    offered: list[Start] = []
    if taxonomy.partition("@")[0] == "starter":
        offered = [(read_scenario_file(path).name, path) for path in scenario_templates()]
    return (*offered, *([("A new one", None)] if roles else []))


def new_scenario(workspace: Workspace, roles: Sequence[str]) -> Scenario:
    """One more than there are of the role that most people have, within a year and usual limits."""
    counts = Counter(person.role_id for person in workspace.people.all())
    role = max(roles, key=lambda item: (counts[item], item))
    demand = Demand(role, counts[role] + 1, workspace.today() + timedelta(weeks=WEEKS))
    return Scenario("A new scenario", (demand,), PlanLimits(budget=BUDGET, hours_per_week=HOURS_PER_WEEK))
