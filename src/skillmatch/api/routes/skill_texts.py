"""Free text to skills."""

from __future__ import annotations

from fastapi import APIRouter
from starlette.responses import Response

from skillmatch.api import schemas
from skillmatch.api.auth.scopes import OPEN_TO_ALL
from skillmatch.api.kit.answers import answer
from skillmatch.api.kit.parameters import OpenWorkspace
from skillmatch.api.schemas.envelope import enveloped

router = APIRouter(prefix="/skills", tags=["Skills"], dependencies=[OPEN_TO_ALL])


@router.post("/normalise", summary="Match texts to skills", response_model=schemas.LinkAnswers)
def normalise(workspace: OpenWorkspace, body: schemas.LinkRequest) -> Response:
    """Each text gets its most probable skills, or an honest "no skill". Stores nothing.

    The first request after a start takes longer: it loads the encoder.
    """
    snapshot, day = workspace.present()
    answers = workspace.link(body.texts, top=body.top, abstain=body.abstain)
    document = {"items": [item.to_json() for item in answers]}
    return answer(enveloped(document, snapshot.versions, day))


@router.post("/extract", summary="Find the skills in a long text", response_model=schemas.Extraction)
def extract(workspace: OpenWorkspace, body: schemas.ExtractRequest) -> Response:
    """The skills of an advert, a CV or a description, each with its places, and what was left out. Stores nothing."""
    found = workspace.extract(body.text, threshold=body.threshold)
    snapshot, day = workspace.present()
    document = found.to_json()
    del document["versions"], document["status"]
    return answer(enveloped(document, found.versions or snapshot.versions, day, found.status))
