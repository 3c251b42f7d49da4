"""The catalogue: credentials and stacks, as answers see them."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Query
from starlette.responses import Response

from skillmatch.api import schemas
from skillmatch.api.answers import answer
from skillmatch.api.cursors import Paged
from skillmatch.api.envelope import enveloped
from skillmatch.api.etags import Known, etag_of
from skillmatch.api.parameters import MAX_NAME, CredentialId, OpenWorkspace
from skillmatch.api.schemas.credentials import credential_json, stack_json, summary_json
from skillmatch.api.scopes import ANY, needs
from skillmatch.domain.errors import NotFoundError
from skillmatch.service.lookups import near_ids

router = APIRouter(tags=["Catalogue"], dependencies=[needs(*ANY)])


@router.get("/credentials", summary="List the credentials, page by page", response_model=schemas.Credentials)
def list_credentials(
    workspace: OpenWorkspace,
    paging: Paged,
    skill: Annotated[
        str | None,
        Query(min_length=1, max_length=MAX_NAME, description="Only those that teach this skill (id, label or alias)"),
    ] = None,
    issuer: Annotated[str | None, Query(max_length=MAX_NAME, description="Only those of this issuer")] = None,
    language: Annotated[str | None, Query(max_length=35, description="Only those in this language")] = None,
) -> Response:
    """In the order of their ids."""
    snapshot, day = workspace.present()
    wanted = None if skill is None else workspace.skill(skill).id
    teachers = None if wanted is None else {name for name, _ in snapshot.catalogue.teaching.get(wanted, ())}
    found = [
        item
        for item in snapshot.catalogue.credentials.values()
        if (teachers is None or item.id in teachers)
        and (issuer is None or item.issuer == issuer)
        and (language is None or item.language == language)
    ]
    page = paging.page_of_all(found, lambda item: item.id)
    document: dict[str, Any] = {"items": [summary_json(item) for item in page.items], "next_cursor": page.next_cursor}
    return answer(enveloped(document, snapshot.versions, day), headers=page.headers)


@router.get("/credentials/{source}/{external_id}", summary="Get one credential", response_model=schemas.OneCredential)
def get_credential(workspace: OpenWorkspace, credential_id: CredentialId, known: Known) -> Response:
    """What it teaches and asks for, its cohorts, and the provider's words that match no skill."""
    snapshot, day = workspace.present()
    found = snapshot.catalogue.credentials.get(credential_id)
    if found is None:
        raise NotFoundError("credential", credential_id, near_ids(credential_id, snapshot.catalogue.credentials))
    document = credential_json(found, snapshot.labels)
    return answer(enveloped(document, snapshot.versions, day), tag=etag_of(document), match=known)


@router.get("/stacks", summary="List the stacks", response_model=schemas.Stacks)
def list_stacks(workspace: OpenWorkspace) -> Response:
    """Credentials that together earn a larger one."""
    snapshot, day = workspace.present()
    items = [stack_json(item) for item in sorted(snapshot.catalogue.stacks, key=lambda item: item.id)]
    return answer(enveloped({"items": items}, snapshot.versions, day))
