"""Offerings: the cohorts of credentials, with their days and seats."""

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
from skillmatch.api.kit.parameters import MAX_NAME, OfferingId, OpenWorkspace
from skillmatch.api.kit.patching import patched
from skillmatch.api.kit.resource_ids import address_of
from skillmatch.api.openapi.description import CREATED, NO_CONTENT
from skillmatch.api.schemas.cohorts import offering_json
from skillmatch.api.schemas.envelope import enveloped
from skillmatch.domain.access.caller import Caller, Scope
from skillmatch.domain.base.errors import ConflictError, NotFoundError
from skillmatch.domain.base.identity import make_id
from skillmatch.domain.catalogue.credential import Offering
from skillmatch.service.catalogue.offerings import WrittenOffering
from skillmatch.service.core.lookups import find_credential
from skillmatch.service.workspace import Workspace

router = APIRouter(prefix="/offerings", tags=["Catalogue"])

_ONE = "/{source}/{external_id}"

Writer = Annotated[Caller, needs(Scope.WRITE, touches=Touches.SHARED)]


@router.get("", summary="List the cohorts", response_model=schemas.Offerings, dependencies=[OPEN_TO_ALL])
@from_one_state
def list_offerings(
    workspace: OpenWorkspace,
    paging: Paged,
    credential: Annotated[
        str | None,
        Query(min_length=1, max_length=MAX_NAME, description="Only those of this credential", examples=["own/A-005"]),
    ] = None,
) -> Response:
    """Cohorts in the order of their ids, page by page."""
    snapshot, day = workspace.present()
    found = workspace.catalogue.offerings.all()
    if credential is not None:
        wanted = find_credential(snapshot, credential).id
        found = [item for item in found if item.credential_id == wanted]
    page = paging.page_of_all(found, lambda item: item.id)
    document = {"items": [offering_json(item) for item in page.items], "next_cursor": page.next_cursor}
    return answer(enveloped(document, snapshot.versions, day), headers=page.headers)


@router.post("", summary="Add a cohort", response_model=schemas.Offering, status_code=201, responses=CREATED)
def add_offering(caller: Writer, workspace: OpenWorkspace, body: schemas.NewOffering) -> Response:
    """A cohort that is there already is a conflict: PUT to its address changes it."""
    offering_id = make_id(body.source, body.external_id)

    def new(stored: Offering | None) -> Offering:
        if stored is not None:
            remedy = f"PUT to {address_of('offerings', offering_id)}."
            raise ConflictError(f"'{offering_id}' is there already.", remedy=remedy)
        return body.offering(offering_id)

    return _written(workspace, workspace.catalogue.offerings.write(offering_id, new, by=caller.id))


@router.get(_ONE, summary="Get one cohort", response_model=schemas.Offering, dependencies=[OPEN_TO_ALL])
@from_one_state
def get_offering(workspace: OpenWorkspace, offering_id: OfferingId, known: Known) -> Response:
    """When it runs and how many seats it has."""
    document = offering_json(workspace.catalogue.offerings.get(offering_id))
    snapshot, day = workspace.present()
    return answer(enveloped(document, snapshot.versions, day), tag=etag_of(document), match=known)


@router.put(_ONE, summary="Add or change a cohort", response_model=schemas.Offering, responses=CREATED)
def put_offering(
    caller: Writer, workspace: OpenWorkspace, offering_id: OfferingId, body: schemas.OfferingFields, seen: Seen
) -> Response:
    """201 for one that is new, else 200."""

    def put(stored: Offering | None) -> Offering:
        seen.check(_tag(stored))
        return body.offering(offering_id)

    return _written(workspace, workspace.catalogue.offerings.write(offering_id, put, by=caller.id))


@router.patch(_ONE, summary="Change fields of a cohort", response_model=schemas.Offering)
def patch_offering(
    caller: Writer, workspace: OpenWorkspace, offering_id: OfferingId, body: schemas.OfferingPatch, seen: Seen
) -> Response:
    """A merge patch (RFC 7396): what is left out stays, null takes away (of seats: no limit)."""

    def patch(stored: Offering | None) -> Offering:
        seen.check(_tag(stored))
        if stored is None:
            raise NotFoundError("offering", offering_id)
        whole = offering_json(stored)
        sent = {"credential": whole["credential_id"], **{name: whole[name] for name in ("start", "end", "seats")}}
        return patched(schemas.OfferingFields, sent, body).offering(offering_id)

    return _written(workspace, workspace.catalogue.offerings.write(offering_id, patch, by=caller.id))


@router.delete(_ONE, summary="Remove a cohort", status_code=204, responses=NO_CONTENT)
def remove_offering(caller: Writer, workspace: OpenWorkspace, offering_id: OfferingId, seen: Seen) -> Response:
    """No pathway and no plan made from now on counts on it."""
    workspace.catalogue.offerings.remove(offering_id, allow=lambda stored: seen.check(_tag(stored)), by=caller.id)
    return Response(status_code=204)


def _tag(stored: Offering | None) -> str | None:
    return None if stored is None else etag_of(offering_json(stored))


def _written(workspace: Workspace, found: WrittenOffering) -> Response:
    where = address_of("offerings", found.offering.id)
    return written(workspace.present(), where, offering_json(found.offering), created=found.created)
