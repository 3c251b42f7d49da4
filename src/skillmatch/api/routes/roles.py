"""Roles and what they ask for."""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter
from starlette.responses import Response

from skillmatch.api import schemas
from skillmatch.api.answers import answer
from skillmatch.api.cursors import Paged
from skillmatch.api.envelope import enveloped
from skillmatch.api.etags import Known, etag_of
from skillmatch.api.parameters import OpenWorkspace, RoleId
from skillmatch.api.schemas.roles import Role, RoleSummary
from skillmatch.api.scopes import ANY, needs
from skillmatch.domain.errors import NotFoundError
from skillmatch.service.lookups import near_ids

router = APIRouter(tags=["Roles"], dependencies=[needs(*ANY)])


@router.get("/roles", summary="List the roles", response_model=schemas.Roles)
def list_roles(workspace: OpenWorkspace, paging: Paged) -> Response:
    """All roles, in the order of their ids, page by page."""
    page = paging.page_of_all(workspace.roles(), lambda role: role.id)
    snapshot, day = workspace.present()
    document: dict[str, Any] = {
        "items": [RoleSummary.of(role).model_dump(mode="json") for role in page.items],
        "next_cursor": page.next_cursor,
    }
    return answer(enveloped(document, snapshot.versions, day), headers=page.headers)


@router.get(
    "/roles/{source}/{external_id}", summary="Get one role with its requirements", response_model=schemas.OneRole
)
def get_role(workspace: OpenWorkspace, role_id: RoleId, known: Known) -> Response:
    """A role with every skill it asks for."""
    snapshot, day = workspace.present()
    if role_id not in snapshot.roles:
        raise NotFoundError("role", role_id, near_ids(role_id, snapshot.roles))
    document = Role.of(snapshot.roles[role_id], snapshot.labels).model_dump(mode="json")
    return answer(enveloped(document, snapshot.versions, day), tag=etag_of(document), match=known)
