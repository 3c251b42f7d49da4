"""The audit for administrators: who asked what about whom, whether nobody changed it, and answers given back."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import datetime
from typing import Annotated, Any

from fastapi import APIRouter, Path, Query
from starlette.responses import Response

from skillmatch.api import schemas
from skillmatch.api.auth.scopes import needs
from skillmatch.api.auth.touches import Touches
from skillmatch.api.kit.answers import MEDIA_TYPE, answer, answer_about
from skillmatch.api.kit.cursors import Paged, Paging
from skillmatch.api.kit.one_state import from_one_state
from skillmatch.api.kit.parameters import MAX_NAME, OpenWorkspace
from skillmatch.api.schemas.audit import line_json
from skillmatch.api.schemas.envelope import enveloped
from skillmatch.domain.access.audit import AccessNote, AuditLines
from skillmatch.domain.access.caller import Caller, Scope
from skillmatch.domain.base.errors import InputError, NotFoundError
from skillmatch.service.workspace import Workspace

router = APIRouter(prefix="/audit", tags=["Audit"])

Admin = Annotated[Caller, needs(Scope.ADMIN, touches=Touches.SHARED)]

Line = Annotated[
    int, Path(ge=1, le=1_000_000_000_000, description="The number of a line, as the list shows it", examples=[1])
]

_PLACE = re.compile(r"(\d{1,15})-(\d{1,15})", re.ASCII)


@router.get("", summary="List the audit, page by page", response_model=schemas.AuditLines)
@from_one_state
def list_audit(
    caller: Admin,
    workspace: OpenWorkspace,
    paging: Paged,
    person: Annotated[
        str | None,
        Query(min_length=1, max_length=MAX_NAME, description="Only lines about this person", examples=["own/P-037"]),
    ] = None,
    by: Annotated[
        str | None,
        Query(
            min_length=1, max_length=MAX_NAME, description="Only lines of this caller", examples=["key:0123456789ab"]
        ),
    ] = None,
    action: Annotated[
        str | None, Query(min_length=1, max_length=100, description="Only this action", examples=["people.recommend"])
    ] = None,
    since: Annotated[
        datetime | None,
        Query(description="From this moment on, with its offset", examples=["2026-01-01T00:00:00Z"]),
    ] = None,
    until: Annotated[
        datetime | None,
        Query(description="Before this moment, with its offset", examples=["2030-01-01T00:00:00Z"]),
    ] = None,
) -> Response:
    """The oldest line first. Reading it stands in it, too: a list that was begun ends where the audit ended then."""
    after, upto = _place(paging, workspace)
    found = workspace.audit.lines(
        after=after,
        upto=upto,
        limit=paging.enough,
        person=person,
        caller=by,
        action=action,
        since=since,
        until=until,
    )
    page = paging.page(found.items, lambda line: f"{line.seq}-{upto}")
    document: dict[str, Any] = {
        "items": [line_json(line, found.people) for line in page.items],
        "next_cursor": page.next_cursor,
    }
    snapshot, day = workspace.present()
    asked = {"action": action or "", "by": by or "", "lines": len(page.items)}
    return answer_about(
        workspace,
        caller,
        "audit.read",
        () if person is None else _about(found),
        enveloped(document, snapshot.versions, day),
        snapshot.versions,
        detail=asked,
        headers=page.headers,
    )


@router.get("/verification", summary="Check that nobody changed the audit", response_model=schemas.AuditCheck)
@from_one_state
def verify_audit(
    caller: Admin,  # noqa: ARG001 - the caller is let in
    workspace: OpenWorkspace,
    kept: Annotated[
        str | None,
        Query(max_length=100, description="Number and hash of a line that you noted elsewhere, as `N:HASH`"),
    ] = None,
) -> Response:
    """Reads every line and every kept answer. Without `kept`, an audit that was written anew as a whole would pass."""
    found = workspace.audit.verify(None if kept is None else _noted(kept)).to_json()
    snapshot, day = workspace.present()
    return answer(enveloped(found, snapshot.versions, day))


@router.get("/{line}/replay", summary="Give an answer back", response_model=schemas.AuditReplay)
@from_one_state
def replay_answer(caller: Admin, workspace: OpenWorkspace, line: Line) -> Response:
    """What was answered then, and whether today's program and data give the same."""
    people = _noted_look(workspace, caller, line)
    found = workspace.audit.replay(line)
    document = {**found.to_json(), "line": line_json(found.line, people)}
    snapshot, day = workspace.present()
    return answer(enveloped(document, snapshot.versions, day))


@router.get(
    "/{line}/answer",
    summary="Get an answer's bytes",
    response_class=Response,
    responses={200: {"description": "The answer, byte for byte as it was sent", "content": {MEDIA_TYPE: {}}}},
)
@from_one_state
def get_answer(caller: Admin, workspace: OpenWorkspace, line: Line) -> Response:
    """As they were sent; their SHA-256 is the line's `answer`. 404 where none are kept (any more)."""
    _noted_look(workspace, caller, line)
    found = workspace.audit.replay(line)
    if found.answer is None:
        raise NotFoundError("kept answer", f"that of line {line}")
    return Response(found.answer, media_type=MEDIA_TYPE)


def _place(paging: Paging, workspace: Workspace) -> tuple[int, int]:
    """Behind which line a page begins, and where its list ends."""
    if not paging.after:
        return 0, workspace.audit.end()
    found = _PLACE.fullmatch(paging.after)
    if found is None:
        raise InputError("is not a cursor of this list.", field="cursor", remedy="Send next_cursor as it came.")
    return int(found[1]), int(found[2])


def _noted_look(workspace: Workspace, caller: Caller, seq: int) -> Mapping[str, str]:
    """Put down that somebody looks at an old answer; gives whom it is about."""
    found = workspace.audit.line(seq)
    workspace.audit.record(AccessNote(caller.id, "audit.replay", _about(found), {"line": seq}))
    return found.people


def _about(found: AuditLines) -> tuple[str, ...]:
    return tuple(dict.fromkeys(found.people.values()))


def _noted(text: str) -> tuple[int, str]:
    number, _, digest = text.partition(":")
    if not (number.isascii() and number.isdecimal()) or len(number) > 15 or len(digest) != 64:
        raise InputError(f"is '{text[:40]}'.", field="kept", remedy="Send N:HASH, such as lines and head of a check.")
    return int(number), digest
