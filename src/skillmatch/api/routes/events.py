"""Learning events: completions and scores, which every answer heeds at once."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter
from starlette.responses import Response

from skillmatch.api import schemas
from skillmatch.api.auth.scopes import needs, visible_person
from skillmatch.api.auth.touches import Touches
from skillmatch.api.kit.answers import answer_about
from skillmatch.api.kit.parameters import OpenWorkspace
from skillmatch.api.schemas.envelope import enveloped
from skillmatch.domain.access.caller import Caller, Scope
from skillmatch.domain.base.errors import InputError

router = APIRouter(tags=["Learning"])

Writer = Annotated[Caller, needs(Scope.WRITE, touches=Touches.PEOPLE)]


@router.post("/learning-events", summary="Tell what was learnt", response_model=schemas.TakenEvents)
def take_events(caller: Writer, workspace: OpenWorkspace, body: schemas.EventRequest) -> Response:
    """All or none. An event that was told before does nothing again; a completion is an award from its day on."""
    events = []
    for place, item in enumerate(body.items):
        visible_person(workspace, caller, item.person)
        try:
            events.append(item.event())
        except InputError as error:
            where = f"items/{place}/{error.place.field or ''}".rstrip("/")
            raise InputError(error.message, field=where, remedy=error.remedy) from error
    taken = workspace.learning.take(events)
    snapshot, day = workspace.present()
    document = enveloped({"items": [item.to_json() for item in taken]}, snapshot.versions, day)
    people = sorted({item.event.person_id for item in taken})
    return answer_about(workspace, caller, "events.take", people, document, snapshot.versions)
