"""Stacks: credentials that together earn a larger one."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter
from starlette.responses import Response

from skillmatch.api import schemas
from skillmatch.api.auth.scopes import OPEN_TO_ALL, needs
from skillmatch.api.auth.touches import Touches
from skillmatch.api.kit.answers import answer, written
from skillmatch.api.kit.cursors import Paged
from skillmatch.api.kit.etags import Known, Seen, etag_of
from skillmatch.api.kit.one_state import from_one_state
from skillmatch.api.kit.parameters import OpenWorkspace, StackId
from skillmatch.api.kit.patching import patched
from skillmatch.api.kit.resource_ids import address_of
from skillmatch.api.openapi.description import CREATED, NO_CONTENT
from skillmatch.api.schemas.cohorts import stack_json
from skillmatch.api.schemas.envelope import enveloped
from skillmatch.domain.access.caller import Caller, Scope
from skillmatch.domain.base.errors import ConflictError, NotFoundError
from skillmatch.domain.base.identity import make_id
from skillmatch.domain.catalogue.credential import Stack
from skillmatch.service.catalogue.offerings import WrittenStack
from skillmatch.service.workspace import Workspace

router = APIRouter(prefix="/stacks", tags=["Catalogue"])

_ONE = "/{source}/{external_id}"

Writer = Annotated[Caller, needs(Scope.WRITE, touches=Touches.SHARED)]


@router.get("", summary="List the stacks", response_model=schemas.Stacks, dependencies=[OPEN_TO_ALL])
@from_one_state
def list_stacks(workspace: OpenWorkspace, paging: Paged) -> Response:
    """Stacks in the order of their ids, page by page."""
    snapshot, day = workspace.present()
    page = paging.page_of_all(snapshot.catalogue.stacks, lambda item: item.id)
    document = {"items": [stack_json(item) for item in page.items], "next_cursor": page.next_cursor}
    return answer(enveloped(document, snapshot.versions, day), headers=page.headers)


@router.post("", summary="Add a stack", response_model=schemas.Stack, status_code=201, responses=CREATED)
def add_stack(caller: Writer, workspace: OpenWorkspace, body: schemas.NewStack) -> Response:
    """A stack that is there already is a conflict: PUT to its address changes it."""
    stack_id = make_id(body.source, body.external_id)

    def new(stored: Stack | None) -> Stack:
        if stored is not None:
            raise ConflictError(f"'{stack_id}' is there already.", remedy=f"PUT to {address_of('stacks', stack_id)}.")
        return body.stack(stack_id)

    return _written(workspace, workspace.catalogue.stacks.write(stack_id, new, by=caller.id))


@router.get(_ONE, summary="Get one stack", response_model=schemas.Stack, dependencies=[OPEN_TO_ALL])
@from_one_state
def get_stack(workspace: OpenWorkspace, stack_id: StackId, known: Known) -> Response:
    """The credentials that earn it, and how many of them are needed."""
    document = stack_json(workspace.catalogue.stacks.get(stack_id))
    snapshot, day = workspace.present()
    return answer(enveloped(document, snapshot.versions, day), tag=etag_of(document), match=known)


@router.put(_ONE, summary="Add or change a stack", response_model=schemas.Stack, responses=CREATED)
def put_stack(
    caller: Writer, workspace: OpenWorkspace, stack_id: StackId, body: schemas.StackFields, seen: Seen
) -> Response:
    """201 for one that is new, else 200."""

    def put(stored: Stack | None) -> Stack:
        seen.check(_tag(stored))
        return body.stack(stack_id)

    return _written(workspace, workspace.catalogue.stacks.write(stack_id, put, by=caller.id))


@router.patch(_ONE, summary="Change fields of a stack", response_model=schemas.Stack)
def patch_stack(
    caller: Writer, workspace: OpenWorkspace, stack_id: StackId, body: schemas.StackPatch, seen: Seen
) -> Response:
    """A merge patch (RFC 7396): what is left out stays, null takes away, the credentials are replaced as a whole."""

    def patch(stored: Stack | None) -> Stack:
        seen.check(_tag(stored))
        if stored is None:
            raise NotFoundError("stack", stack_id)
        whole = stack_json(stored)
        sent = {name: whole[name] for name in ("title", "issuer", "description", "required")}
        return patched(schemas.StackFields, sent | {"credentials": whole["credential_ids"]}, body).stack(stack_id)

    return _written(workspace, workspace.catalogue.stacks.write(stack_id, patch, by=caller.id))


@router.delete(_ONE, summary="Remove a stack", status_code=204, responses=NO_CONTENT)
def remove_stack(caller: Writer, workspace: OpenWorkspace, stack_id: StackId, seen: Seen) -> Response:
    """Its credentials stay."""
    workspace.catalogue.stacks.remove(stack_id, allow=lambda stored: seen.check(_tag(stored)), by=caller.id)
    return Response(status_code=204)


def _tag(stored: Stack | None) -> str | None:
    return None if stored is None else etag_of(stack_json(stored))


def _written(workspace: Workspace, found: WrittenStack) -> Response:
    where = address_of("stacks", found.stack.id)
    return written(workspace.present(), where, stack_json(found.stack), created=found.created)
