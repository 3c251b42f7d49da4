"""Credentials: the micro-credentials on offer, written one at a time and recommended from the next answer on."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query
from starlette.responses import Response

from skillmatch.api import schemas
from skillmatch.api.auth.scopes import OPEN_TO_ALL, needs
from skillmatch.api.auth.touches import Touches
from skillmatch.api.kit.answers import answer, written
from skillmatch.api.kit.cursors import Paged
from skillmatch.api.kit.etags import Known, Seen, etag_of
from skillmatch.api.kit.one_state import from_one_state
from skillmatch.api.kit.parameters import MAX_NAME, CredentialId, NewCredentialId, OpenWorkspace
from skillmatch.api.kit.patching import patched
from skillmatch.api.kit.resource_ids import address_of
from skillmatch.api.openapi.description import CREATED, NO_CONTENT
from skillmatch.api.schemas.credential_fields import sent_json
from skillmatch.api.schemas.credentials import credential_json, summary_json
from skillmatch.api.schemas.envelope import enveloped
from skillmatch.domain.access.caller import Caller, Scope
from skillmatch.domain.base.errors import ConflictError, NotFoundError
from skillmatch.domain.base.identity import make_id
from skillmatch.domain.catalogue.credential import Credential
from skillmatch.service.catalogue.credentials import KeptCredential, WrittenCredential
from skillmatch.service.core.lookups import near_ids
from skillmatch.service.core.snapshot import Snapshot
from skillmatch.service.workspace import Workspace

router = APIRouter(prefix="/credentials", tags=["Catalogue"])

_ONE = "/{source}/{external_id}"

Writer = Annotated[Caller, needs(Scope.WRITE, touches=Touches.SHARED)]


@router.get("", summary="List the credentials", response_model=schemas.Credentials, dependencies=[OPEN_TO_ALL])
@from_one_state
def list_credentials(
    workspace: OpenWorkspace,
    paging: Paged,
    teaches: Annotated[
        str | None,
        Query(
            min_length=1,
            max_length=MAX_NAME,
            description="Only those that teach this skill: its id, label or alias",
            examples=["Communication"],
        ),
    ] = None,
    issuer: Annotated[
        str | None,
        Query(max_length=MAX_NAME, description="Only those of this issuer", examples=["Meridian Business School"]),
    ] = None,
    language: Annotated[
        str | None, Query(max_length=35, description="Only those in this language", examples=["en"])
    ] = None,
    unmapped: Annotated[
        bool | None, Query(description="`true`: those with words that mean no skill surely enough; `false`: the others")
    ] = None,
) -> Response:
    """The catalogue in the order of its ids, page by page."""
    snapshot, day = workspace.present()
    everything = list(snapshot.catalogue.credentials.values())
    if teaches is not None:
        taught = {own_id for own_id, _ in snapshot.catalogue.teaching.get(workspace.taxonomy.skill(teaches).id, ())}
        everything = [item for item in everything if item.id in taught]
    found = [
        item
        for item in everything
        if (unmapped is None or bool(item.unmapped) is unmapped)
        and (issuer is None or item.issuer == issuer)
        and (language is None or language.lower() in item.languages)
    ]
    page = paging.page_of_all(found, lambda item: item.id)
    document = {"items": [summary_json(item) for item in page.items], "next_cursor": page.next_cursor}
    return answer(enveloped(document, snapshot.versions, day), headers=page.headers)


@router.post("", summary="Add a credential", response_model=schemas.Credential, status_code=201, responses=CREATED)
def add_credential(caller: Writer, workspace: OpenWorkspace, body: schemas.NewCredential) -> Response:
    """What it teaches is matched to skills as in an import, and it is recommended from the next answer on.

    Words that mean no skill surely enough stand in `unmapped`. One that is there already is a conflict.
    """
    credential_id = make_id(body.source, body.external_id)

    def new(kept: KeptCredential | None) -> Credential:
        if kept is not None:
            remedy = f"PUT to {address_of('credentials', credential_id)}."
            raise ConflictError(f"'{credential_id}' is there already.", remedy=remedy)
        return body.credential(credential_id)

    return _written(workspace, workspace.catalogue.credentials.write(credential_id, new, by=caller.id))


@router.get(_ONE, summary="Get one credential", response_model=schemas.Credential, dependencies=[OPEN_TO_ALL])
@from_one_state
def get_credential(workspace: OpenWorkspace, credential_id: CredentialId, known: Known) -> Response:
    """What it teaches (stated or inferred), asks for, takes and costs."""
    snapshot, day = workspace.present()
    document = credential_json(known_credential(snapshot, credential_id), snapshot)
    return answer(enveloped(document, snapshot.versions, day), tag=etag_of(document), match=known)


@router.put(_ONE, summary="Add or change a credential", response_model=schemas.Credential, responses=CREATED)
def put_credential(
    caller: Writer,
    workspace: OpenWorkspace,
    credential_id: CredentialId,
    body: schemas.CredentialFields,
    seen: Seen,
) -> Response:
    """201 for one that is new, else 200. Its offerings stay. What people decided about words counts."""

    def put(kept: KeptCredential | None) -> Credential:
        seen.check(None if kept is None else _tag(kept.shown, workspace.snapshot()))
        return body.credential(credential_id)

    return _written(workspace, workspace.catalogue.credentials.write(credential_id, put, by=caller.id))


@router.patch(_ONE, summary="Change fields of a credential", response_model=schemas.Credential)
def patch_credential(
    caller: Writer,
    workspace: OpenWorkspace,
    credential_id: CredentialId,
    body: schemas.CredentialPatch,
    seen: Seen,
) -> Response:
    """A merge patch (RFC 7396): what is left out stays, null takes away, lists are replaced as a whole.

    Its skills are read anew only where the title, the description or what it teaches or asks for is other than before.
    """

    def patch(kept: KeptCredential | None) -> Credential:
        snapshot = workspace.snapshot()
        seen.check(None if kept is None else _tag(kept.shown, snapshot))
        if kept is None:
            raise _unknown(snapshot, credential_id)
        return patched(schemas.CredentialFields, sent_json(kept.sent), body).credential(credential_id)

    return _written(workspace, workspace.catalogue.credentials.write(credential_id, patch, by=caller.id))


@router.delete(_ONE, summary="Remove a credential", status_code=204, responses=NO_CONTENT)
def remove_credential(caller: Writer, workspace: OpenWorkspace, credential_id: NewCredentialId, seen: Seen) -> Response:
    """Its offerings go too; awards stay with the people who have them.

    One that another credential requires, or that a stack holds, is a conflict.
    """
    snapshot = workspace.snapshot()
    workspace.catalogue.credentials.remove(
        credential_id, allow=lambda stored: seen.check(_tag(stored, snapshot)), by=caller.id
    )
    return Response(status_code=204)


def known_credential(snapshot: Snapshot, credential_id: str) -> Credential:
    """The credential with exactly this id. Raises ``NotFoundError``."""
    if credential_id not in snapshot.catalogue.credentials:
        raise _unknown(snapshot, credential_id)
    return snapshot.catalogue.credentials[credential_id]


def _unknown(snapshot: Snapshot, credential_id: str) -> NotFoundError:
    return NotFoundError("credential", credential_id, near_ids(credential_id, snapshot.catalogue.credentials))


def _tag(item: Credential, snapshot: Snapshot) -> str:
    return etag_of(credential_json(item, snapshot))


def _written(workspace: Workspace, found: WrittenCredential) -> Response:
    present, where = workspace.present(), address_of("credentials", found.credential.id)
    return written(present, where, credential_json(found.credential, present[0]), created=found.created)
