"""Groups: supply and demand of units, what nobody teaches, and the gaps of many people at once."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any

from fastapi import APIRouter, Query
from starlette.responses import Response

from skillmatch.api import schemas
from skillmatch.api.auth.scopes import needs, visible_person
from skillmatch.api.auth.touches import Touches
from skillmatch.api.kit.answers import answer, answer_about
from skillmatch.api.kit.one_state import from_one_state
from skillmatch.api.kit.parameters import MAX_NAME, AsOf, Name, OpenWorkspace
from skillmatch.api.schemas.envelope import Standing, enveloped, judged
from skillmatch.domain.access.caller import Caller, Scope
from skillmatch.domain.base.answer import Status
from skillmatch.domain.base.errors import InputError, NotFoundError
from skillmatch.service.workspace import Workspace

router = APIRouter(tags=["Groups"])

Reporter = Annotated[Caller, needs(Scope.REPORT, Scope.READ, Scope.PLAN, touches=Touches.UNITS)]
Reader = Annotated[Caller, needs(Scope.READ, touches=Touches.PEOPLE)]

Units = Annotated[
    list[Name] | None,
    Query(max_length=500, description="Only these units; may be repeated", examples=["Care homes"]),
]
Role = Annotated[
    Name | None,
    Query(min_length=1, max_length=MAX_NAME, description="Hold all against this role", examples=["own/R-B03"]),
]


@router.get("/team", summary="Supply and demand by skill and unit", response_model=schemas.Team)
@from_one_state
def get_team(
    caller: Reporter, workspace: OpenWorkspace, unit: Units = None, role: Role = None, as_of: AsOf = None
) -> Response:
    """Sums over five people or more; smaller units stand together or are left out. Nobody is named."""
    found = workspace.team.gap(units=seen_units(workspace, caller, unit), role=role, as_of=as_of)
    return answer(judged(found.to_json()))


@router.get("/team/unmet", summary="What is wanted and taught by nobody", response_model=schemas.Unmet)
@from_one_state
def get_unmet(
    caller: Reporter,
    workspace: OpenWorkspace,
    unit: Units = None,
    role: Role = None,
    by: Annotated[date | None, Query(description="To be taught by this day", examples=["2027-11-30"])] = None,
    as_of: AsOf = None,
) -> Response:
    """Briefs that a provider can build from: skill, level, learners, hours, latest day."""
    found = workspace.team.unmet(units=seen_units(workspace, caller, unit), role=role, by=by, as_of=as_of)
    return answer(judged(found.to_json()))


@router.post("/gaps", summary="The gaps of many people", response_model=schemas.Gaps)
def get_gaps(caller: Reader, workspace: OpenWorkspace, body: schemas.GapsRequest) -> Response:
    """At most 200 people at once. An id that is unknown, or not to be known, refuses the whole request."""
    items: list[dict[str, Any]] = []
    people = []
    for place, name in enumerate(body.people):
        try:
            person = visible_person(workspace, caller, name)
        except NotFoundError as error:
            raise InputError(error.message, field=f"people/{place}", remedy=error.remedy) from error
        role = body.role or person.role_id
        if role is None:
            remedy = "Name a role for all, or leave this person out."
            raise InputError(f"'{name}' has no role.", field=f"people/{place}", remedy=remedy)
        people.append(person.id)
        items.append(judged(workspace.gap(person, role, as_of=body.as_of).to_json()))
    snapshot, day = workspace.present()
    whole = all(item["status"] != Standing.INSUFFICIENT_DATA for item in items)
    document = enveloped({"items": items}, snapshot.versions, body.as_of or day, Status.OK if whole else Status.PARTIAL)
    return answer_about(workspace, caller, "people.gaps", people, document, snapshot.versions)


def seen_units(workspace: Workspace, caller: Caller, units: list[str] | None) -> list[str] | None:
    """The units that a caller may have figures of: those asked for, else those granted in which somebody is.

    ``NotFoundError`` for another one, as for one that nobody is in; whoever sees some units only is told of no others.
    """
    if caller.units is None:
        return units
    peopled = workspace.people.units()
    asked = units or [unit for unit in caller.units if unit in peopled] or list(caller.units)
    for unit in asked:
        if unit not in peopled or not caller.sees_unit(unit):
            raise NotFoundError("unit", unit)
    return asked
