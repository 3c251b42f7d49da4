"""What is known of one person's skills: evidence, awards, and the profile that they add up to on a day."""

from __future__ import annotations

from typing import Annotated
from urllib.parse import quote

from fastapi import APIRouter, Path
from starlette.responses import Response

from skillmatch.api import schemas
from skillmatch.api.auth.scopes import known_person, needs, require_sight
from skillmatch.api.auth.touches import Touches
from skillmatch.api.kit.answers import answer, answer_about
from skillmatch.api.kit.etags import Known, Seen, etag_of
from skillmatch.api.kit.one_state import from_one_state
from skillmatch.api.kit.parameters import EXAMPLE_EVIDENCE, AsOf, OpenWorkspace, PersonId
from skillmatch.api.openapi.description import CREATED, NO_CONTENT
from skillmatch.api.schemas.envelope import enveloped
from skillmatch.api.schemas.evidence import award_json, evidence_json, profile_json
from skillmatch.domain.access.caller import Caller, Scope
from skillmatch.domain.base.errors import NotFoundError
from skillmatch.domain.base.identity import split_id
from skillmatch.domain.people.person import StoredPerson
from skillmatch.service.core.snapshot import Snapshot
from skillmatch.service.people.changes import KeptEvidence

router = APIRouter(prefix="/people/{source}/{external_id}", tags=["People"])

Reader = Annotated[Caller, needs(Scope.READ, Scope.SELF, touches=Touches.PEOPLE)]
Writer = Annotated[Caller, needs(Scope.WRITE, touches=Touches.PEOPLE)]

PieceId = Annotated[
    str,
    Path(
        min_length=1,
        max_length=64,
        description="Id of a piece of evidence",
        examples=[EXAMPLE_EVIDENCE],
    ),
]


@router.get("/profile", summary="What the evidence for a person adds up to", response_model=schemas.Profile)
@from_one_state
def get_profile(
    caller: Reader, workspace: OpenWorkspace, person_id: PersonId, known: Known, as_of: AsOf = None
) -> Response:
    """The level in each skill with how sure that is. A skill that is not in it is unknown, not absent."""
    person = known_person(workspace, caller, person_id)
    profile = workspace.profile(person, as_of=as_of)
    snapshot = workspace.snapshot()
    document = enveloped(profile_json(profile, snapshot), snapshot.versions, profile.as_of)
    return answer_about(
        workspace,
        caller,
        "people.profile",
        (person.id,),
        document,
        snapshot.versions,
        tag=etag_of(document),
        match=known,
    )


@router.get("/awards", summary="The credentials that a person holds or has begun", response_model=schemas.PersonAwards)
@from_one_state
def list_awards(caller: Reader, workspace: OpenWorkspace, person_id: PersonId, known: Known) -> Response:
    """By credential and day. Learning events add to them."""
    person = known_person(workspace, caller, person_id)
    snapshot, day = workspace.present()
    document = {"person": person.id, "items": [award_json(item, snapshot) for item in person.awards]}
    return answer_about(
        workspace,
        caller,
        "people.awards",
        (person.id,),
        enveloped(document, snapshot.versions, day),
        snapshot.versions,
        tag=etag_of(document),
        match=known,
    )


@router.get("/evidence", summary="Everything that was said about a person", response_model=schemas.PersonEvidence)
@from_one_state
def list_evidence(caller: Reader, workspace: OpenWorkspace, person_id: PersonId, known: Known) -> Response:
    """In the order of skill, day and source."""
    known_person(workspace, caller, person_id)
    snapshot, day = workspace.present()
    document = _list_json(person_id, workspace.people.evidence(person_id), snapshot)
    return answer_about(
        workspace,
        caller,
        "people.evidence",
        (person_id,),
        enveloped(document, snapshot.versions, day),
        snapshot.versions,
        tag=etag_of(document),
        match=known,
    )


@router.post(
    "/evidence",
    summary="Add one piece of evidence",
    response_model=schemas.OneEvidence,
    status_code=201,
    responses=CREATED,
)
def add_evidence(
    caller: Writer, workspace: OpenWorkspace, person_id: PersonId, body: schemas.EvidenceFields
) -> Response:
    """What was said before in the very same words is a conflict. Nothing that was said otherwise is changed."""

    def allow(stored: StoredPerson) -> None:
        require_sight(caller, stored, person_id)

    known_person(workspace, caller, person_id)
    made = workspace.people.add_evidence(person_id, body.piece(), allow=allow, by=caller.id)
    snapshot, day = workspace.present()
    document = evidence_json(made, snapshot)
    place = "/".join(quote(part, safe="") for part in split_id(person_id))
    headers = {"Location": f"/v1/people/{place}/evidence/{made.id}"}
    whole = enveloped(document, snapshot.versions, day)
    return answer(whole, tag=etag_of(document), status=201, headers=headers)


@router.put("/evidence", summary="Say all anew about a person", response_model=schemas.PersonEvidence)
def put_evidence(
    caller: Writer, workspace: OpenWorkspace, person_id: PersonId, body: schemas.EvidenceList, seen: Seen
) -> Response:
    """What is sent is all that is said about them then; what was said otherwise is erased."""
    snapshot, day = workspace.present()

    def allow(stored: StoredPerson, kept: tuple[KeptEvidence, ...]) -> None:
        require_sight(caller, stored, person_id)
        seen.check(etag_of(_list_json(person_id, kept, snapshot)))

    known_person(workspace, caller, person_id)
    pieces = [item.piece() for item in body.items]
    kept = workspace.people.replace_evidence(person_id, pieces, allow=allow, by=caller.id)
    document = _list_json(person_id, kept, snapshot)
    return answer(enveloped(document, snapshot.versions, day), tag=etag_of(document))


@router.get("/evidence/{piece_id}", summary="Get one piece of evidence", response_model=schemas.OneEvidence)
@from_one_state
def get_evidence(
    caller: Reader, workspace: OpenWorkspace, person_id: PersonId, piece_id: PieceId, known: Known
) -> Response:
    """One statement. Its id is made from what it says, so it never changes."""
    known_person(workspace, caller, person_id)
    found = next((item for item in workspace.people.evidence(person_id) if item.id == piece_id), None)
    if found is None:
        raise NotFoundError("piece of evidence", piece_id)
    snapshot, day = workspace.present()
    document = evidence_json(found, snapshot)
    return answer_about(
        workspace,
        caller,
        "people.evidence",
        (person_id,),
        enveloped(document, snapshot.versions, day),
        snapshot.versions,
        tag=etag_of(document),
        match=known,
    )


@router.delete("/evidence/{piece_id}", summary="Erase one piece of evidence", status_code=204, responses=NO_CONTENT)
def remove_evidence(caller: Writer, workspace: OpenWorkspace, person_id: PersonId, piece_id: PieceId) -> Response:
    """It is overwritten. No If-Match is needed: a statement never changes."""

    def allow(stored: StoredPerson) -> None:
        require_sight(caller, stored, person_id)

    known_person(workspace, caller, person_id)
    workspace.people.remove_evidence(person_id, piece_id, allow=allow, by=caller.id)
    return Response(status_code=204)


def _list_json(person_id: str, kept: tuple[KeptEvidence, ...], snapshot: Snapshot) -> dict[str, object]:
    return {"person": person_id, "items": [evidence_json(item, snapshot) for item in kept]}
