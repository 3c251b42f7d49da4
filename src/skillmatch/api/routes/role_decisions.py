"""What people decide about a role's requirements, who decided what, and where suggestions come from."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query
from starlette.responses import Response

from skillmatch.api import schemas
from skillmatch.api.auth.scopes import OPEN_TO_ALL, needs
from skillmatch.api.auth.signing import signature
from skillmatch.api.auth.touches import Touches
from skillmatch.api.kit.answers import answer
from skillmatch.api.kit.etags import Known, Match, etag_of
from skillmatch.api.kit.one_state import from_one_state
from skillmatch.api.kit.parameters import MAX_NAME, Name, OpenWorkspace, RoleId
from skillmatch.api.kit.resource_ids import address_of
from skillmatch.api.routes.roles import known_role, role_json
from skillmatch.api.schemas.envelope import enveloped
from skillmatch.domain.access.caller import Caller, Scope
from skillmatch.domain.roles.role_history import RoleHistory
from skillmatch.service.core.words import pointed
from skillmatch.service.workspace import Workspace

router = APIRouter(prefix="/roles", tags=["Roles"])

_ONE = "/{source}/{external_id}"

Writer = Annotated[Caller, needs(Scope.WRITE, touches=Touches.SHARED)]


@router.post(
    "/from-text",
    summary="Suggest a role from an advert",
    response_model=schemas.RoleSuggestion,
    dependencies=[needs(Scope.WRITE, touches=Touches.SHARED)],
)
def suggest_from_text(workspace: OpenWorkspace, body: schemas.RoleFromText) -> Response:
    """Reads requirements from a text, each with its quote, and keeps them as suggestions.

    What is governed or was decided stays. Where the text asks for no skill, the status is `insufficient_data` and
    nothing is changed.
    """
    found = workspace.roles.from_text(body.text, title=body.title, role_id=body.external_id or "")
    snapshot, day = workspace.present()
    document = found.to_json()
    del document["status"]
    headers = {"Location": address_of("roles", found.role.id)} if found.role.id in snapshot.roles else {}
    return answer(enveloped(document, snapshot.versions, day, found.status), headers=headers)


@router.post(
    "/from-occupation",
    summary="Start a role from an occupation",
    response_model=schemas.OneRole,
    dependencies=[needs(Scope.WRITE, touches=Touches.SHARED)],
)
def suggest_from_occupation(workspace: OpenWorkspace, body: schemas.RoleFromOccupation) -> Response:
    """Its requirements are suggestions until somebody decides; what is governed already stays."""
    with pointed("occupation"):
        role = workspace.roles.from_occupation(body.occupation, role_id=body.external_id or "", title=body.title or "")
    snapshot, day = workspace.present()
    document = role_json(role, snapshot)
    headers = {"Location": address_of("roles", role.id)}
    return answer(enveloped(document, snapshot.versions, day), tag=etag_of(document), headers=headers)


@router.post(f"{_ONE}/requirements/govern", summary="Say what a role requires", response_model=schemas.RoleHistory)
def govern_requirement(
    caller: Writer, workspace: OpenWorkspace, role_id: RoleId, body: schemas.GovernRequirement
) -> Response:
    """Signed by the caller: from then on no import and no suggestion changes it, only another decision."""
    known_role(workspace.snapshot(), role_id)
    with pointed("skill"):
        done = workspace.roles.govern_requirement(
            role_id,
            body.skill,
            author=signature(caller),
            level=body.level,
            weight=body.weight,
            essential=body.essential,
            reason=body.reason.strip(),
        )
    return _history(workspace, done)


@router.post(
    f"{_ONE}/requirements/accept", summary="Take suggested requirements as they are", response_model=schemas.RoleHistory
)
def accept_requirements(
    caller: Writer, workspace: OpenWorkspace, role_id: RoleId, body: schemas.AcceptRequirements
) -> Response:
    """One, or all that are suggested; signed by the caller. They are governed from then on."""
    known_role(workspace.snapshot(), role_id)
    with pointed("skill"):
        done = workspace.roles.accept_requirement(
            role_id, body.skill, author=signature(caller), reason=body.reason.strip()
        )
    return _history(workspace, done)


@router.post(
    f"{_ONE}/requirements/reject", summary="Take a requirement out for good", response_model=schemas.RoleHistory
)
def reject_requirement(
    caller: Writer, workspace: OpenWorkspace, role_id: RoleId, body: schemas.RejectRequirement
) -> Response:
    """Signed by the caller: no import and no suggestion brings it back, only another decision."""
    known_role(workspace.snapshot(), role_id)
    with pointed("skill"):
        done = workspace.roles.reject_requirement(
            role_id, body.skill, author=signature(caller), reason=body.reason.strip()
        )
    return _history(workspace, done)


@router.get(
    f"{_ONE}/history",
    summary="Who changed what a role requires",
    response_model=schemas.RoleHistory,
    dependencies=[needs(Scope.READ, touches=Touches.NOTHING)],
)
@from_one_state
def role_history(workspace: OpenWorkspace, role_id: RoleId, known: Known) -> Response:
    """Every change of its requirements in order, with who made it and why."""
    known_role(workspace.snapshot(), role_id)
    return _history(workspace, workspace.roles.history(role_id), known)


@router.get(
    f"{_ONE}/comparison",
    summary="Compare two roles",
    response_model=schemas.RoleComparison,
    dependencies=[OPEN_TO_ALL],
)
@from_one_state
def compare_roles(
    workspace: OpenWorkspace,
    role_id: RoleId,
    other: Annotated[
        Name, Query(min_length=1, max_length=MAX_NAME, description="The other role, by id or title", examples=["R-A01"])
    ],
    known: Known,
) -> Response:
    """Skills in common (heavier first), those of one alone, and how much of the work they share."""
    known_role(workspace.snapshot(), role_id)
    document = workspace.roles.compare(role_id, other).to_json()
    snapshot, day = workspace.present()
    return answer(enveloped(document, snapshot.versions, day), tag=etag_of(document), match=known)


def _history(workspace: Workspace, found: RoleHistory, known: Match | None = None) -> Response:
    snapshot, day = workspace.present()
    document = found.to_json()
    return answer(enveloped(document, snapshot.versions, day), tag=etag_of(document), match=known)
