"""Overlay: the organisation's own changes to the taxonomy, signed, in force at once, never deleted."""

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
from skillmatch.api.schemas.overlay import Signed
from skillmatch.domain.access.audit import AccessNote
from skillmatch.domain.access.caller import Caller, Scope
from skillmatch.domain.base.errors import InputError, NotFoundError
from skillmatch.domain.skills.overlay import ChangeKind, EntryState, OverlayChange
from skillmatch.service.workspace import Workspace

router = APIRouter(prefix="/overlay", tags=["Overlay"])

Reader = Annotated[Caller, needs(Scope.READ, Scope.WRITE, touches=Touches.NOTHING)]
Curator = Annotated[Caller, needs(Scope.WRITE, touches=Touches.SHARED)]

MAX_NUMBER = 1_000_000_000

Number = Annotated[
    int, Path(ge=1, le=MAX_NUMBER, description="The number of an entry, as the list shows it", examples=[1])
]


@router.get("", summary="List the overlay's entries, page by page", response_model=schemas.Overlay)
@from_one_state
def list_overlay(
    caller: Reader,  # noqa: ARG001 - the caller is let in
    workspace: OpenWorkspace,
    paging: Paged,
    state: Annotated[EntryState | None, Query(description="Only entries that fare so", examples=["applied"])] = None,
) -> Response:
    """In the order in which they were made, withdrawn ones too. `dangling` and `clashing` ones need a look."""
    found = workspace.taxonomy.overlay.all()
    after = paging.after_number
    wanted = [line for line in found.lines if line.entry.number > after and state in (None, line.state)]
    page = paging.page(wanted, lambda line: str(line.entry.number))
    document: dict[str, Any] = {
        "taxonomy": found.taxonomy,
        "counts": [{"state": name, "count": count} for name, count in found.counts().items()],
        "items": [line.to_json() for line in page.items],
        "next_cursor": page.next_cursor,
    }
    snapshot, day = workspace.present()
    return answer(enveloped(document, snapshot.versions, day), headers=page.headers)


@router.post(
    "/entries",
    summary="Change the taxonomy",
    response_model=schemas.OneOverlayEntry,
    status_code=201,
    responses=CREATED,
)
def add_overlay_entry(caller: Curator, workspace: OpenWorkspace, body: schemas.NewOverlayEntry) -> Response:
    """Every answer heeds it from now on, and it outlives every import. 409 says what it would contradict."""
    return _made(workspace, caller, body.change(), body)


@router.get("/entries/{number}", summary="Get one entry", response_model=schemas.OneOverlayEntry)
@from_one_state
def get_overlay_entry(caller: Reader, workspace: OpenWorkspace, number: Number, known: Known) -> Response:  # noqa: ARG001
    """What it changes, who made it, and how it fares on the taxonomy in use."""
    document = _entry(workspace, number)
    snapshot, day = workspace.present()
    return answer(enveloped(document, snapshot.versions, day), tag=etag_of(document), match=known)


@router.post(
    "/entries/{number}/withdrawal",
    summary="Withdraw an entry",
    response_model=schemas.OneOverlayEntry,
    status_code=201,
    responses=CREATED,
)
def withdraw_overlay_entry(
    caller: Curator, workspace: OpenWorkspace, number: Number, body: schemas.Withdrawal
) -> Response:
    """It counts no more but stays in the list, as does its withdrawal, which is the answer."""
    _entry(workspace, number)
    return _made(workspace, caller, OverlayChange.withdraw(number), body)


def _made(workspace: Workspace, caller: Caller, change: OverlayChange, given: Signed) -> Response:
    author = signed(caller, given.author, "author").name
    workspace.audit.record(AccessNote(caller.id, "overlay.change", detail={"kind": change.kind.value}))
    try:
        entry = workspace.taxonomy.overlay.change(change, author=author, reason=given.reason, on=given.on)
    except NotFoundError as error:
        if change.kind is ChangeKind.WITHDRAW:
            raise
        raise InputError(error.message, field=_named(change, error.name), remedy=error.remedy) from error
    document = _entry(workspace, entry.number)
    snapshot, day = workspace.present()
    where = {"Location": f"/v1/overlay/entries/{entry.number}"}
    return answer(enveloped(document, snapshot.versions, day), tag=etag_of(document), status=201, headers=where)


def _named(change: OverlayChange, name: str) -> str:
    """The field of the body that named a skill which nobody knows."""
    if name in change.broader:
        return f"broader/{change.broader.index(name)}"
    return "other" if name == change.other_id != change.skill_id else "skill"


def _entry(workspace: Workspace, number: int) -> dict[str, Any]:
    lines = workspace.taxonomy.overlay.all().lines
    if number > len(lines):
        raise NotFoundError("overlay entry", str(number))
    return lines[number - 1].to_json()
