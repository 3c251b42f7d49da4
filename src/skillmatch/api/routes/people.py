"""People: listed, read, written one at a time, and erased."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated

from fastapi import APIRouter, Query
from starlette.responses import Response

from skillmatch.api import schemas
from skillmatch.api.auth.scopes import known_person, needs, require_sight
from skillmatch.api.auth.touches import Touches
from skillmatch.api.http.problems import ProblemError
from skillmatch.api.kit.answers import answer, answer_about, written
from skillmatch.api.kit.cursors import Paged
from skillmatch.api.kit.etags import Known, Match, Seen, etag_of
from skillmatch.api.kit.one_state import from_one_state
from skillmatch.api.kit.parameters import MAX_NAME, Name, OpenWorkspace, PersonId
from skillmatch.api.kit.patching import patched
from skillmatch.api.kit.resource_ids import address_of
from skillmatch.api.openapi.description import CREATED
from skillmatch.api.schemas.envelope import enveloped
from skillmatch.api.schemas.people import person_json, summary_json
from skillmatch.domain.access.caller import Caller, Scope
from skillmatch.domain.base.errors import ConflictError, NotFoundError
from skillmatch.domain.base.identity import make_id
from skillmatch.domain.people.person import StoredPerson
from skillmatch.service.people.changes import Written
from skillmatch.service.workspace import Workspace

router = APIRouter(prefix="/people", tags=["People"])

_ONE = "/{source}/{external_id}"

Reader = Annotated[Caller, needs(Scope.READ, touches=Touches.UNITS)]
ReaderOrSelf = Annotated[Caller, needs(Scope.READ, Scope.SELF, touches=Touches.PEOPLE)]
Writer = Annotated[Caller, needs(Scope.WRITE, touches=Touches.PEOPLE)]
Adder = Annotated[Caller, needs(Scope.WRITE, touches=Touches.SHARED)]  # a conflict tells who is in other units


@router.get("", summary="List people, page by page", response_model=schemas.People)
@from_one_state
def list_people(
    caller: Reader,
    workspace: OpenWorkspace,
    paging: Paged,
    unit: Annotated[Name | None, Query(max_length=MAX_NAME, description="Only the people of this unit")] = None,
    updated_since: Annotated[
        datetime | None,
        Query(
            description="Only people about whom something was written from this moment (with its offset) on",
            examples=["2026-01-01T00:00:00Z"],
        ),
    ] = None,
) -> Response:
    """People in the order of their ids. The Link header leads to the next page, too.

    A page holds whoever comes after the last person of the page before, even when people come or go in between.
    Callers who see some units only get the people of these. To learn what is new now and then, send the `next_since`
    of the first page as `updated_since` the next time; erased people are not told of.
    """
    units = caller.units if unit is None else [unit] if caller.sees_unit(unit) else []
    following = workspace.people.next_since()  # before anything is read
    found = workspace.people.page(paging.enough, after=paging.after, units=units, updated_since=updated_since)
    page = paging.page(found, lambda item: item.id)
    snapshot, day = workspace.present()
    document = {
        "items": [summary_json(item) for item in page.items],
        "next_cursor": page.next_cursor,
        "next_since": following.isoformat(),
    }
    return answer_about(
        workspace,
        caller,
        "people.list",
        [item.id for item in page.items],
        enveloped(document, snapshot.versions, day),
        snapshot.versions,
        headers=page.headers,
    )


@router.post("", summary="Add a person", response_model=schemas.Person, status_code=201, responses=CREATED)
def add_person(caller: Adder, workspace: OpenWorkspace, body: schemas.NewPerson) -> Response:
    """A person who is there already is a conflict: PUT to their address changes them."""
    person_id = make_id(body.source, body.external_id)

    def new(stored: StoredPerson | None) -> StoredPerson:
        if stored is not None:
            raise ConflictError(f"'{person_id}' is there already.", remedy=f"PUT to {address_of('people', person_id)}.")
        return body.laid_on(person_id, None)

    return _written(workspace, workspace.people.write(person_id, new, by=caller.id))


@router.get(_ONE, summary="Get one person", response_model=schemas.Person)
@from_one_state
def get_person(caller: ReaderOrSelf, workspace: OpenWorkspace, person_id: PersonId, known: Known) -> Response:
    """Their own fields; what is known of their skills stands below: evidence, awards, profile."""
    person = known_person(workspace, caller, person_id)
    snapshot, day = workspace.present()
    document = person_json(person)
    return answer_about(
        workspace,
        caller,
        "people.read",
        (person.id,),
        enveloped(document, snapshot.versions, day),
        snapshot.versions,
        tag=etag_of(document),
        match=known,
    )


@router.put(_ONE, summary="Add or change a person", response_model=schemas.Person, responses=CREATED)
def put_person(
    caller: Writer, workspace: OpenWorkspace, person_id: PersonId, body: schemas.PersonFields, seen: Seen
) -> Response:
    """201 for a person who is new, else 200. Evidence and awards stay. A field that is left out is not recorded."""

    def put(stored: StoredPerson | None) -> StoredPerson:
        _check(caller, person_id, stored, seen)
        if stored is None and caller.restricted:  # that an id is free is not told either
            raise NotFoundError("person", person_id)
        _require_unit(caller, body.unit)
        return body.laid_on(person_id, stored)

    return _written(workspace, workspace.people.write(person_id, put, by=caller.id))


@router.patch(_ONE, summary="Change fields of a person", response_model=schemas.Person)
def patch_person(
    caller: Writer,
    workspace: OpenWorkspace,
    person_id: PersonId,
    body: schemas.PersonPatch,
    seen: Seen,
) -> Response:
    """A merge patch (RFC 7396): what is left out stays, null takes away."""

    def patch(stored: StoredPerson | None) -> StoredPerson:
        _check(caller, person_id, stored, seen)
        if stored is None:
            raise NotFoundError("person", person_id)
        whole = person_json(stored)
        fields = patched(schemas.PersonFields, {name: whole[name] for name in schemas.PersonFields.model_fields}, body)
        _require_unit(caller, fields.unit)
        return fields.laid_on(person_id, stored)

    return _written(workspace, workspace.people.write(person_id, patch, by=caller.id))


@router.delete(_ONE, summary="Erase a person", response_model=schemas.Erasure)
def erase_person(caller: Writer, workspace: OpenWorkspace, person_id: PersonId, seen: Seen) -> Response:
    """Everything about them goes and is overwritten; the audit keeps lines that cannot be told to be about them.

    Backups and exports made before are not in the workspace: delete them yourself.
    """
    person = known_person(workspace, caller, person_id)
    seen.check(etag_of(person_json(person)))
    erased = workspace.people.erase(person.id, by=caller.id)
    snapshot, day = workspace.present()
    document = erased.to_json()
    document["counts"] = [{"what": what, "count": count} for what, count in erased.counts.items()]
    return answer(enveloped(document, snapshot.versions, day))


def _check(caller: Caller, person_id: str, stored: StoredPerson | None, seen: Match) -> None:
    """Whether a caller may change a person, and means the state that is stored."""
    if stored is not None:
        require_sight(caller, stored, person_id)
        seen.check(etag_of(person_json(stored)))
    elif not caller.restricted:
        seen.check(None)


def _require_unit(caller: Caller, unit: str) -> None:
    if not caller.sees_unit(unit):
        raise ProblemError(
            "scope_missing",
            f"The caller may not put people into the unit '{unit}'.",
            remedy="Use one of the units that were granted.",
        )


def _written(workspace: Workspace, found: Written) -> Response:
    where = address_of("people", found.person.id)
    return written(workspace.present(), where, person_json(found.person), created=found.created)
