"""Keys: made, listed, replaced and revoked by administrators; a secret is shown once and kept nowhere."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Annotated, Any

from fastapi import APIRouter, Path, Query, Request
from starlette.responses import Response

from skillmatch.api import schemas
from skillmatch.api.auth.scopes import needs
from skillmatch.api.auth.touches import Touches
from skillmatch.api.http.idempotency import keep_secret
from skillmatch.api.kit.answers import answer
from skillmatch.api.kit.cursors import Paged
from skillmatch.api.kit.one_state import from_one_state
from skillmatch.api.kit.parameters import OpenWorkspace
from skillmatch.api.openapi.description import CREATED
from skillmatch.api.schemas.envelope import enveloped
from skillmatch.api.schemas.keys import EXAMPLE_KEY
from skillmatch.domain.access.api_key import ApiKey, KeyState, NewKey
from skillmatch.domain.access.audit import AccessNote
from skillmatch.domain.access.caller import Caller, Scope
from skillmatch.domain.base.errors import ConflictError, InputError, NotFoundError
from skillmatch.service.workspace import Workspace

router = APIRouter(prefix="/keys", tags=["Keys"])

Admin = Annotated[Caller, needs(Scope.ADMIN, touches=Touches.SHARED)]

KeyId = Annotated[
    str, Path(min_length=1, max_length=100, description="Id of a key, as the list shows it", examples=[EXAMPLE_KEY])
]


@router.post("", summary="Make a key", response_model=schemas.KeyWithSecret, status_code=201, responses=CREATED)
def create_key(caller: Admin, workspace: OpenWorkspace, request: Request, body: schemas.NewKey) -> Response:
    """The answer holds the key's text, this once; it is stored nowhere.

    Under an `Idempotency-Key` the request makes one key, too, but sent again it is answered with 409 (`key_forgotten`)
    and not with the secret: revoke the key that nobody got, and make another.
    """
    try:
        made = workspace.keys.create(
            body.name,
            body.scopes,
            by=caller.id,
            units=body.units,
            person=body.person,
            expires=body.expires,
            grantor=caller,
        )
    except NotFoundError as error:
        raise InputError(error.message, field="person", remedy=error.remedy) from error
    return _made(workspace, caller, request, "keys.create", made)


@router.get("", summary="List the keys", response_model=schemas.Keys)
@from_one_state
def list_keys(
    caller: Admin,  # noqa: ARG001 - the caller is let in
    workspace: OpenWorkspace,
    paging: Paged,
    state: Annotated[KeyState | None, Query(description="Only keys of this state", examples=["valid"])] = None,
) -> Response:
    """In the order in which they were made, with what each may do and when it was last used; never a secret or hash."""
    found = [key for key, stands in workspace.keys.states() if state in (None, stands)]
    page = paging.page_of_all(found, lambda key: f"{key.created.isoformat()} {key.id}")
    now = datetime.now(UTC)
    return _told(
        workspace, {"items": [key.to_json(now) for key in page.items], "next_cursor": page.next_cursor}, page.headers
    )


@router.get("/{key_id}", summary="Get one key", response_model=schemas.OneKey)
@from_one_state
def get_key(caller: Admin, workspace: OpenWorkspace, key_id: KeyId) -> Response:  # noqa: ARG001
    """What it may do, until when, and when it was last used; never its secret."""
    return _told(workspace, workspace.keys.get(key_id).to_json(datetime.now(UTC)))


@router.post(
    "/{key_id}/rotation",
    summary="Replace a key",
    response_model=schemas.KeyWithSecret,
    status_code=201,
    responses=CREATED,
)
def rotate_key(
    caller: Admin, workspace: OpenWorkspace, request: Request, key_id: KeyId, body: schemas.KeyRotation
) -> Response:
    """A new key with the same grants and as long a life; the secret is shown once, as when a key is made.

    The old one stays valid for a while, so that programs can change over.
    """
    overlap = timedelta(hours=body.overlap_hours)
    made = workspace.keys.rotate(key_id, by=caller.id, overlap=overlap, grantor=caller)
    return _made(workspace, caller, request, "keys.rotate", made)


@router.post("/{key_id}/revocation", summary="Revoke a key", response_model=schemas.OneKey)
def revoke_key(caller: Admin, workspace: OpenWorkspace, key_id: KeyId) -> Response:
    """From now on it opens nothing, in whatever program; it stays in the list. Once more changes nothing.

    409 for the very key that asks: whoever revoked their last one by mistake could not make another here.
    """
    key = workspace.keys.get(key_id)
    if caller.id == key.caller().id:
        remedy = "Make or replace a key first, and revoke this one with the other."
        raise ConflictError(f"the key {key_id} is the one that asks.", remedy=remedy)
    workspace.audit.record(AccessNote(caller.id, "keys.revoke", _subjects(key), {"key": key_id}))
    return _told(workspace, workspace.keys.revoke(key_id).to_json(datetime.now(UTC)))


def _made(workspace: Workspace, caller: Caller, request: Request, action: str, made: NewKey) -> Response:
    """The answer that shows a secret. A key that the audit does not know of is never shown, so it opens nothing."""
    keep_secret(request)
    key = made.key
    detail = {"key": key.id, "scopes": sorted(key.scopes), "replaces": key.replaces or ""}
    workspace.audit.record(AccessNote(caller.id, action, _subjects(key), detail))
    found = _told(workspace, made.to_json(datetime.now(UTC)), {"Location": f"/v1/keys/{key.id}"})
    found.status_code = 201
    return found


def _subjects(key: ApiKey) -> tuple[str, ...]:
    return () if key.person_id is None else (key.person_id,)


def _told(workspace: Workspace, document: dict[str, Any], headers: dict[str, str] | None = None) -> Response:
    snapshot, day = workspace.present()
    return answer(enveloped(document, snapshot.versions, day), headers=headers)
