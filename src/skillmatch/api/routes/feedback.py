"""Feedback: people say what a text means; every link, import and extraction heeds it from then on."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Path, Query
from starlette.responses import Response

from skillmatch.api import schemas
from skillmatch.api.auth.scopes import needs
from skillmatch.api.auth.signing import signed
from skillmatch.api.auth.touches import Touches
from skillmatch.api.kit.answers import answer
from skillmatch.api.kit.cursors import Paged
from skillmatch.api.kit.etags import Known, etag_of
from skillmatch.api.kit.one_state import from_one_state
from skillmatch.api.kit.parameters import OpenWorkspace
from skillmatch.api.openapi.description import CREATED
from skillmatch.api.schemas.envelope import enveloped
from skillmatch.domain.access.audit import AccessNote
from skillmatch.domain.access.caller import Caller, Scope
from skillmatch.domain.base.errors import InputError, NotFoundError
from skillmatch.domain.skills.feedback import FeedbackState, Verdict
from skillmatch.service.workspace import Workspace

router = APIRouter(prefix="/feedback", tags=["Feedback"])

Reader = Annotated[Caller, needs(Scope.READ, Scope.WRITE, touches=Touches.SHARED)]  # words about people of any unit
Decider = Annotated[Caller, needs(Scope.WRITE, touches=Touches.SHARED)]

Number = Annotated[
    int, Path(ge=1, le=1_000_000_000, description="The number of a decision, as the list shows it", examples=[1])
]


@router.get("", summary="List what was decided about texts", response_model=schemas.Feedback)
@from_one_state
def list_feedback(
    caller: Reader,  # noqa: ARG001 - the caller is let in
    workspace: OpenWorkspace,
    paging: Paged,
    state: Annotated[FeedbackState | None, Query(description="Only those that stand so", examples=["in_force"])] = None,
    verdict: Annotated[Verdict | None, Query(description="Only these", examples=["accept"])] = None,
) -> Response:
    """In their order. A decision is never taken away: a later one about the same text overrules it."""
    found = workspace.matching.feedback.all()
    after = paging.after_number
    wanted = [
        line
        for line in found.lines
        if line.entry.number > after and state in (None, line.state) and verdict in (None, line.entry.decision.verdict)
    ]
    page = paging.page(wanted, lambda line: str(line.entry.number))
    document: dict[str, Any] = {
        "taxonomy": found.taxonomy,
        "items": [line.to_json() for line in page.items],
        "next_cursor": page.next_cursor,
    }
    snapshot, day = workspace.present()
    return answer(enveloped(document, snapshot.versions, day), headers=page.headers)


@router.post(
    "",
    summary="Say what a text means",
    response_model=schemas.GivenFeedback,
    status_code=200,
    responses=CREATED,
)
def give_feedback(caller: Decider, workspace: OpenWorkspace, body: schemas.NewFeedback) -> Response:
    """201 for a decision that is new; 200 for one that is in force already, which is not written again."""
    author = signed(caller, body.author, "author").name
    workspace.audit.record(AccessNote(caller.id, "feedback.give", detail={"verdict": body.verdict.value}))
    try:
        given = workspace.matching.feedback.give(
            body.verdict,
            body.text,
            body.skill,
            author=author,
            note=body.note,
            context=body.context,
            on=body.on,
        )
    except NotFoundError as error:
        raise InputError(error.message, field="skill", remedy=error.remedy) from error
    document = {**_line(workspace, given.entry.number), "new": given.new}
    snapshot, day = workspace.present()
    whole = enveloped(document, snapshot.versions, day)
    where = {"Location": f"/v1/feedback/{given.entry.number}"} if given.new else {}
    return answer(whole, status=201 if given.new else 200, headers=where)


@router.get("/{number}", summary="Get one decision about a text", response_model=schemas.OneFeedback)
@from_one_state
def get_feedback(caller: Reader, workspace: OpenWorkspace, number: Number, known: Known) -> Response:  # noqa: ARG001
    """What was decided by whom, and whether it counts now."""
    document = _line(workspace, number)
    snapshot, day = workspace.present()
    return answer(enveloped(document, snapshot.versions, day), tag=etag_of(document), match=known)


def _line(workspace: Workspace, number: int) -> dict[str, Any]:
    lines = workspace.matching.feedback.all().lines
    if number > len(lines):
        raise NotFoundError("decision about a text", str(number))
    return lines[number - 1].to_json()
