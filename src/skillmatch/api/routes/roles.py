"""Roles and what they ask for."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter

from skillmatch.api import schemas
from skillmatch.api.parameters import EXAMPLE_ROLE, OpenWorkspace, path_id

router = APIRouter(tags=["Roles"])


@router.get("/roles", summary="List the roles")
def list_roles(workspace: OpenWorkspace) -> schemas.Roles:
    """All roles, in the order of their ids."""
    return schemas.Roles(items=[schemas.RoleSummary.of(role) for role in workspace.roles()])


@router.get("/roles/{id:path}", summary="Get one role with its requirements")
def get_role(
    workspace: OpenWorkspace, role: Annotated[str, path_id("Our id, your own id, or the title of a role", EXAMPLE_ROLE)]
) -> schemas.Role:
    """A role with every skill it asks for."""
    return schemas.Role.of(workspace.role(role), workspace.snapshot().labels)
