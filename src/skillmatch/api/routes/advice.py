"""Gap, recommendations and pathway of one person towards one role."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query

from skillmatch.api import schemas
from skillmatch.api.parameters import AsOf, Limit, MaxCost, MaxHours, OpenWorkspace, PersonName, RoleName
from skillmatch.domain.advice import Limits
from skillmatch.domain.pathway import Pace
from skillmatch.service.advise import DEFAULT_LIMIT

router = APIRouter(tags=["Advice"])


@router.get("/gap", summary="Where a person stands with a role")
def gap(workspace: OpenWorkspace, person: PersonName, role: RoleName, as_of: AsOf = None) -> schemas.Gap:
    """Each requirement in one of five states, with the evidence it rests on.

    A skill that nobody said anything about is `unknown`, never `missing`.
    """
    return schemas.Gap.model_validate(workspace.gap(person, role, as_of=as_of).to_json())


@router.get("/recommendations", summary="The credentials that close most of the gap for their effort")
def recommendations(
    workspace: OpenWorkspace,
    person: PersonName,
    role: RoleName,
    limit: Limit = DEFAULT_LIMIT,
    max_hours: MaxHours = None,
    max_cost: MaxCost = None,
    as_of: AsOf = None,
) -> schemas.Recommendations:
    """Best first, each with reasons that add up exactly to its score; and what was left out and why.

    A recommendation is advice for a conversation; a person decides.
    """
    limits = Limits(hours=max_hours, cost=max_cost)
    advice = workspace.recommend(person, role, limit=limit, limits=limits, as_of=as_of)
    return schemas.Recommendations.model_validate(advice.to_json())


@router.get("/pathway", summary="Credentials in an order, on a calendar")
def pathway(
    workspace: OpenWorkspace,
    person: PersonName,
    role: RoleName,
    hours_per_week: Annotated[
        float, Query(gt=0, le=168, allow_inf_nan=False, description="Hours a week for learning", examples=[4])
    ],
    weeks: Annotated[int, Query(ge=1, le=520, description="Weeks until it has to be done", examples=[26])],
    as_of: AsOf = None,
) -> schemas.Pathway:
    """One after the other, each after its prerequisites, within the hours per week and the weeks."""
    found = workspace.pathway(person, role, Pace(hours_per_week, weeks), as_of=as_of)
    return schemas.Pathway.model_validate(found.to_json())
