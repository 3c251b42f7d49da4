"""Roles and what they ask for: listed, read, and written one at a time."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Query
from starlette.responses import Response

from skillmatch.api import schemas
from skillmatch.api.auth.scopes import OPEN_TO_ALL, needs
from skillmatch.api.auth.signing import signature
from skillmatch.api.auth.touches import Touches
from skillmatch.api.kit.answers import answer, written
from skillmatch.api.kit.cursors import Paged
from skillmatch.api.kit.etags import Known, Seen, etag_of
from skillmatch.api.kit.one_state import from_one_state
from skillmatch.api.kit.parameters import NewRoleId, OpenWorkspace, RoleId
from skillmatch.api.kit.patching import patched
from skillmatch.api.kit.resource_ids import address_of
from skillmatch.api.openapi.description import CREATED, NO_CONTENT
from skillmatch.api.schemas.envelope import enveloped
from skillmatch.api.schemas.role_fields import sent_json
from skillmatch.api.schemas.roles import Role, RoleSummary
from skillmatch.domain.access.caller import Caller, Scope
from skillmatch.domain.base.errors import ConflictError, NotFoundError
from skillmatch.domain.base.identity import make_id
from skillmatch.domain.roles.role import RequirementState
from skillmatch.domain.roles.role import Role as DomainRole
from skillmatch.service.core.lookups import near_ids
from skillmatch.service.core.snapshot import Snapshot
from skillmatch.service.roles.changes import WrittenRole
from skillmatch.service.workspace import Workspace

router = APIRouter(prefix="/roles", tags=["Roles"])

_ONE = "/{source}/{external_id}"

Writer = Annotated[Caller, needs(Scope.WRITE, touches=Touches.SHARED)]


@router.get("", summary="List the roles", response_model=schemas.Roles, dependencies=[OPEN_TO_ALL])
@from_one_state
def list_roles(
    workspace: OpenWorkspace,
    paging: Paged,
    suggested: Annotated[
        bool | None,
        Query(description="`true`: only roles with a requirement that is only suggested; `false`: the others"),
    ] = None,
) -> Response:
    """All roles, in the order of their ids, page by page."""
    found = [role for role in workspace.roles.all() if suggested is None or _has_suggested(role) is suggested]
    page = paging.page_of_all(found, lambda role: role.id)
    snapshot, day = workspace.present()
    document: dict[str, Any] = {
        "items": [RoleSummary.of(role).model_dump(mode="json") for role in page.items],
        "next_cursor": page.next_cursor,
    }
    return answer(enveloped(document, snapshot.versions, day), headers=page.headers)


@router.post("", summary="Add a role", response_model=schemas.WrittenRole, status_code=201, responses=CREATED)
def add_role(caller: Writer, workspace: OpenWorkspace, body: schemas.NewRole) -> Response:
    """A role that is there already is a conflict: PUT to its address changes it.

    A skill that is neither an id nor a name is matched; such a requirement is only suggested.
    """
    role_id = make_id(body.source, body.external_id)

    def new(stored: DomainRole | None) -> DomainRole:
        if stored is not None:
            remedy = f"PUT to {address_of('roles', role_id)}."
            raise ConflictError(f"'{role_id}' is there already.", remedy=remedy)
        return body.role(role_id)

    return _written(workspace, workspace.roles.write(role_id, new, by=caller.id, author=signature(caller)))


@router.get(
    _ONE, summary="Get one role with its requirements", response_model=schemas.OneRole, dependencies=[OPEN_TO_ALL]
)
@from_one_state
def get_role(workspace: OpenWorkspace, role_id: RoleId, known: Known) -> Response:
    """A role with every skill it asks for."""
    snapshot, day = workspace.present()
    document = role_json(known_role(snapshot, role_id), snapshot)
    return answer(enveloped(document, snapshot.versions, day), tag=etag_of(document), match=known)


@router.put(_ONE, summary="Add or change a role", response_model=schemas.WrittenRole, responses=CREATED)
def put_role(
    caller: Writer, workspace: OpenWorkspace, role_id: RoleId, body: schemas.RoleFields, seen: Seen
) -> Response:
    """201 for a role that is new, else 200. What a named person decided about a requirement stays as it is."""

    def put(stored: DomainRole | None) -> DomainRole:
        seen.check(None if stored is None else _tag(stored, workspace.snapshot()))
        return body.role(role_id)

    return _written(workspace, workspace.roles.write(role_id, put, by=caller.id, author=signature(caller)))


@router.patch(_ONE, summary="Change fields of a role", response_model=schemas.WrittenRole)
def patch_role(
    caller: Writer, workspace: OpenWorkspace, role_id: RoleId, body: schemas.RolePatch, seen: Seen
) -> Response:
    """A merge patch (RFC 7396): what is left out stays, null takes away, requirements are replaced as a whole."""

    def patch(stored: DomainRole | None) -> DomainRole:
        snapshot = workspace.snapshot()
        seen.check(None if stored is None else _tag(stored, snapshot))
        if stored is None:
            raise _unknown(snapshot, role_id)
        return patched(schemas.RoleFields, sent_json(stored), body).role(role_id)

    return _written(workspace, workspace.roles.write(role_id, patch, by=caller.id, author=signature(caller)))


@router.delete(_ONE, summary="Remove a role", status_code=204, responses=NO_CONTENT)
def remove_role(caller: Writer, workspace: OpenWorkspace, role_id: NewRoleId, seen: Seen) -> Response:
    """A role that people have is a conflict. Its history stays: decisions count again if it comes back."""
    snapshot = workspace.snapshot()

    def allow(stored: DomainRole) -> None:
        seen.check(_tag(stored, snapshot))

    workspace.roles.remove(role_id, allow=allow, by=caller.id, author=signature(caller))
    return Response(status_code=204)


def role_json(role: DomainRole, snapshot: Snapshot) -> dict[str, Any]:
    """A role as :class:`Role` says it, without the envelope; its tag is made from it."""
    return Role.of(role, snapshot.labels).model_dump(mode="json")


def known_role(snapshot: Snapshot, role_id: str) -> DomainRole:
    """The role with exactly this id. Raises ``NotFoundError``."""
    if role_id not in snapshot.roles:
        raise _unknown(snapshot, role_id)
    return snapshot.roles[role_id]


def _has_suggested(role: DomainRole) -> bool:
    return any(need.state is RequirementState.SUGGESTED for need in role.requirements)


def _unknown(snapshot: Snapshot, role_id: str) -> NotFoundError:
    return NotFoundError("role", role_id, near_ids(role_id, snapshot.roles))


def _tag(role: DomainRole, snapshot: Snapshot) -> str:
    return etag_of(role_json(role, snapshot))


def _written(workspace: Workspace, found: WrittenRole) -> Response:
    linked = [
        {"given": one.given, "skill_id": one.skill_id, "label": one.label, "probability": one.probability}
        for one in found.linked
    ]
    present, where = workspace.present(), address_of("roles", found.role.id)
    more = {"kept": list(found.kept), "linked": linked}
    return written(present, where, role_json(found.role, present[0]), created=found.created, more=more)
