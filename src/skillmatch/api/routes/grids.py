"""Grids: units or people against skills, as heat maps are drawn from."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query
from starlette.responses import Response

from skillmatch.api import schemas
from skillmatch.api.auth.scopes import needs
from skillmatch.api.auth.touches import Touches
from skillmatch.api.kit.answers import answer, answer_about
from skillmatch.api.kit.one_state import from_one_state
from skillmatch.api.kit.parameters import MAX_LIMIT, MAX_NAME, AsOf, Name, OpenWorkspace
from skillmatch.api.routes.groups import Reporter, Role, Units, seen_units
from skillmatch.api.schemas.envelope import judged
from skillmatch.domain.access.caller import Caller, Scope
from skillmatch.domain.base.errors import NotFoundError

router = APIRouter(prefix="/team", tags=["Groups"])

Reader = Annotated[Caller, needs(Scope.READ, touches=Touches.UNITS)]


@router.get("/grid", summary="Units against skills", response_model=schemas.UnitGrid)
@from_one_state
def get_unit_grid(
    caller: Reporter, workspace: OpenWorkspace, unit: Units = None, role: Role = None, as_of: AsOf = None
) -> Response:
    """Each cell says how far what roles ask for is there. Sums over five people or more; nobody is named."""
    found = workspace.team.unit_grid(units=seen_units(workspace, caller, unit), role=role, as_of=as_of)
    return answer(judged(found.to_json()))


@router.get("/people", summary="People of a unit against skills", response_model=schemas.PersonGrid)
@from_one_state
def get_person_grid(
    caller: Reader,
    workspace: OpenWorkspace,
    unit: Annotated[Name, Query(max_length=MAX_NAME, description="Whose people", examples=["Care homes"])],
    role: Role = None,
    limit: Annotated[int, Query(ge=1, le=MAX_LIMIT, description="At most so many, lowest coverage first")] = MAX_LIMIT,
    as_of: AsOf = None,
) -> Response:
    """Where each stands with each skill of their role; everybody in it stands in the audit."""
    if not caller.sees_unit(unit):
        raise NotFoundError("unit", unit)
    try:
        found = workspace.team.person_grid(unit, role=role, most=limit, as_of=as_of)
    except NotFoundError as error:
        if error.what == "unit" and caller.restricted:  # near names would tell of other units
            raise NotFoundError("unit", unit) from None
        raise
    people = [row.person_id for row in found.people]
    return answer_about(workspace, caller, "people.grid", people, judged(found.to_json()), found.versions)
