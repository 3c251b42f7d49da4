"""Gap, recommendations and pathway by query, from before people had addresses; they will go."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any

from fastapi import APIRouter
from starlette.responses import Response

from skillmatch.api import schemas
from skillmatch.api.auth.scopes import needs, visible_person
from skillmatch.api.auth.touches import Touches
from skillmatch.api.http.deprecation import deprecated
from skillmatch.api.kit import asking
from skillmatch.api.kit.etags import Known
from skillmatch.api.kit.one_state import from_one_state
from skillmatch.api.kit.parameters import (
    AsOf,
    HoursPerWeek,
    LearnerLimits,
    Limit,
    OpenWorkspace,
    PersonName,
    RoleName,
    Weeks,
)
from skillmatch.domain.access.caller import Caller, Scope
from skillmatch.domain.advice.pathway import Pace
from skillmatch.service.advice.case import DEFAULT_LIMIT

router = APIRouter(tags=["Advice"])

Asker = Annotated[Caller, needs(Scope.READ, Scope.SELF, touches=Touches.PEOPLE)]


def _below_a_person(what: str) -> dict[str, Any]:
    return deprecated(date(2026, 11, 28), date(2027, 11, 28), f"/v1/people/{{source}}/{{external_id}}/{what}")


@router.get("/gap", summary="Where a person stands with a role", response_model=schemas.Gap, **_below_a_person("gap"))
@from_one_state
def gap(
    caller: Asker, workspace: OpenWorkspace, person: PersonName, role: RoleName, known: Known, as_of: AsOf = None
) -> Response:
    """As the address below a person, for one named by our id or only by your own."""
    return asking.gap(workspace, caller, visible_person(workspace, caller, person), role, as_of, known)


@router.get(
    "/recommendations",
    summary="The credentials that close most of the gap for their effort",
    response_model=schemas.Recommendations,
    **_below_a_person("recommendations"),
)
@from_one_state
def recommendations(
    caller: Asker,
    workspace: OpenWorkspace,
    person: PersonName,
    role: RoleName,
    limits: LearnerLimits,
    known: Known,
    limit: Limit = DEFAULT_LIMIT,
    as_of: AsOf = None,
) -> Response:
    """As the address below a person, for one named by our id or only by your own."""
    found = visible_person(workspace, caller, person)
    return asking.recommendations(workspace, caller, found, role, limit, limits, as_of, known)


@router.get(
    "/pathway",
    summary="Credentials in an order, on a calendar",
    response_model=schemas.Pathway,
    **_below_a_person("pathway"),
)
@from_one_state
def pathway(
    caller: Asker,
    workspace: OpenWorkspace,
    person: PersonName,
    role: RoleName,
    hours_per_week: HoursPerWeek,
    weeks: Weeks,
    limits: LearnerLimits,
    known: Known,
    as_of: AsOf = None,
) -> Response:
    """As the address below a person, for one named by our id or only by your own."""
    found = visible_person(workspace, caller, person)
    return asking.pathway(workspace, caller, found, role, Pace(hours_per_week, weeks), limits, as_of, known)
