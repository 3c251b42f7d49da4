"""Which kept plans a caller may know of: those that speak only of people whom the caller sees."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from skillmatch.domain.access.caller import Caller
from skillmatch.domain.base.errors import NotFoundError
from skillmatch.domain.plans.kept_plan import KeptPlan
from skillmatch.service.workspace import Workspace

if TYPE_CHECKING:
    from skillmatch.service.plans.planning import PlanFile


def visible_plans(
    workspace: Workspace, caller: Caller, *, limit: int | None = None, before: tuple[datetime, str] | None = None
) -> list[KeptPlan]:
    """The kept plans that a caller may know of, the latest first; ``before`` as in ``Workspace.plans.all``."""
    return list(workspace.plans.all(units=caller.units, limit=limit, before=before).items)


def visible_plan(workspace: Workspace, caller: Caller, plan_id: str) -> tuple[KeptPlan, PlanFile]:
    """A kept plan that a caller may know of, with its file.

    Else ``NotFoundError``, worded as for a plan that is not there: that one is kept is not told either. Whoever sees
    everybody sees every plan; whoever is bound to units sees those whose scenario names only such units and in which
    everybody is in one of them today, whoever solved it: once somebody in it has moved out of sight, so has the plan.
    """
    kept, file = workspace.plans.get(plan_id)
    if not workspace.plans.keeps_to(file, caller.units):
        raise NotFoundError("plan", plan_id)
    return kept, file
