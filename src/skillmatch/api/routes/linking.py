"""Free text to skills."""

from __future__ import annotations

from fastapi import APIRouter

from skillmatch.api import schemas
from skillmatch.api.parameters import OpenWorkspace

router = APIRouter(tags=["Skills"])


@router.post("/link", summary="Match texts to skills")
def link(workspace: OpenWorkspace, body: schemas.LinkRequest) -> schemas.LinkAnswers:
    """Each text gets its most probable skills, or an honest "no skill". Stores nothing.

    The first request after a start takes longer: it loads the encoder.
    """
    versions = workspace.snapshot().versions
    answers = workspace.link(body.texts, top=body.top, abstain=body.abstain)
    return schemas.LinkAnswers(
        items=[schemas.LinkAnswer.model_validate(answer) for answer in answers],
        versions=schemas.Versions.model_validate(versions),
    )
