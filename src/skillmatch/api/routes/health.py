"""Whether the workspace can answer."""

from __future__ import annotations

from fastapi import APIRouter
from starlette.responses import Response

from skillmatch.api import schemas
from skillmatch.api.auth.scopes import needs
from skillmatch.api.auth.touches import Touches
from skillmatch.api.kit.answers import answer
from skillmatch.api.kit.one_state import from_one_state
from skillmatch.api.kit.parameters import OpenWorkspace
from skillmatch.api.schemas.envelope import enveloped
from skillmatch.domain.access.caller import Scope
from skillmatch.domain.base.errors import WorkspaceError
from skillmatch.service.core.health import Verdict

router = APIRouter(tags=["Health"], dependencies=[needs(Scope.ADMIN, touches=Touches.SHARED)])


@router.get("/health", summary="Check that everything is sound", response_model=schemas.Health)
@from_one_state
def health(workspace: OpenWorkspace) -> Response:
    """Checks the database, the taxonomy, the catalogue, the roles, the people and the encoder.

    Warnings leave the answer at 200; a fault makes it a 503 that names the fault and its remedy.
    """
    found = workspace.health()
    for check in found.checks:
        if check.verdict is Verdict.FAULT:
            raise WorkspaceError(f"{check.name}: {check.seen}.", remedy=check.remedy)
    return answer(enveloped(found.to_json(), found.versions, workspace.today()))
