"""Whether the workspace can answer."""

from __future__ import annotations

from fastapi import APIRouter

from skillmatch.api import schemas
from skillmatch.api.parameters import OpenWorkspace
from skillmatch.domain.errors import WorkspaceError
from skillmatch.service.health import Verdict

router = APIRouter(tags=["Health"])


@router.get("/health", summary="Check that everything is sound")
def health(workspace: OpenWorkspace) -> schemas.Health:
    """Checks the database, the taxonomy, the catalogue, the roles, the people and the encoder.

    Warnings leave the answer at 200; a fault makes it a 503 that names the fault and its remedy.
    """
    found = workspace.health()
    for check in found.checks:
        if check.verdict is Verdict.FAULT:
            raise WorkspaceError(f"{check.name}: {check.seen}.", remedy=check.remedy)
    return schemas.Health.model_validate(found.to_json())
