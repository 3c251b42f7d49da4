"""Claims of prior learning and disputes: handed in about a person, decided by somebody who is named."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Path
from starlette.responses import Response

from skillmatch.api import schemas
from skillmatch.api.auth.scopes import known_person, needs
from skillmatch.api.auth.signing import signed
from skillmatch.api.auth.touches import Touches
from skillmatch.api.http.segments import segment
from skillmatch.api.kit.answers import answer_about
from skillmatch.api.kit.one_state import from_one_state
from skillmatch.api.kit.parameters import OpenWorkspace, PersonId
from skillmatch.api.openapi.description import CREATED
from skillmatch.api.schemas.envelope import enveloped
from skillmatch.domain.access.audit import AccessNote
from skillmatch.domain.access.caller import Caller, Scope
from skillmatch.domain.access.signer import Signer
from skillmatch.domain.base.errors import NotFoundError
from skillmatch.service.workspace import Workspace

router = APIRouter(prefix="/people/{source}/{external_id}", tags=["Decisions"])

Reader = Annotated[Caller, needs(Scope.READ, Scope.SELF, touches=Touches.PEOPLE)]
Submitter = Annotated[Caller, needs(Scope.WRITE, Scope.SELF, touches=Touches.PEOPLE)]
Decider = Annotated[Caller, needs(Scope.WRITE, touches=Touches.PEOPLE)]

ThingId = Annotated[
    str, Path(min_length=1, max_length=200, description="Its id; `source/` may be left out", examples=["claim-1"])
]


@router.get("/claims", summary="The claims of a person", response_model=schemas.Claims)
@from_one_state
def list_claims(caller: Reader, workspace: OpenWorkspace, person_id: PersonId) -> Response:
    """What they say that they can do already, and what was decided about it."""
    person = known_person(workspace, caller, person_id)
    return _told(workspace, caller, "claims.read", person.id, workspace.claims.all(person.id).to_json())


@router.post("/claims", summary="Hand in a claim", response_model=schemas.OneClaim, status_code=201, responses=CREATED)
def submit_claim(caller: Submitter, workspace: OpenWorkspace, person_id: PersonId, body: schemas.NewClaim) -> Response:
    """It counts nothing until somebody decides. The same claim handed in twice on a day is one."""
    person = known_person(workspace, caller, person_id)
    workspace.audit.record(AccessNote(caller.id, "claims.submit", (person.id,)))
    made = workspace.claims.submit(
        person.id,
        credential=body.credential,
        skill=body.skill,
        level=body.level,
        text=body.text,
        by=Signer.caller(caller),
    )
    return _told(workspace, caller, "claims.read", person.id, made.to_json(), status=201)


@router.post("/claims/{thing_id}/decision", summary="Decide a claim", response_model=schemas.OneClaim)
def decide_claim(
    caller: Decider, workspace: OpenWorkspace, person_id: PersonId, thing_id: ThingId, body: schemas.ClaimDecision
) -> Response:
    """Once and for all, by somebody else than the person or whoever handed it in; it counts from then on."""
    person = known_person(workspace, caller, person_id)
    claim = _own_id(thing_id, "claim", [line.claim.id for line in workspace.claims.all(person.id).lines])
    signer = signed(caller, body.by, "by")
    workspace.audit.record(AccessNote(caller.id, "claims.decide", (person.id,), {"claim": claim, "by": signer.name}))
    done = workspace.claims.decide(claim, body.verdict, by=signer, reason=body.reason, level=body.level)
    return _told(workspace, caller, "claims.read", person.id, done.line.to_json())


@router.get("/disputes", summary="The disputes of a person", response_model=schemas.Disputes)
@from_one_state
def list_disputes(caller: Reader, workspace: OpenWorkspace, person_id: PersonId) -> Response:
    """What they object to, and what was decided about it."""
    person = known_person(workspace, caller, person_id)
    return _told(workspace, caller, "disputes.read", person.id, workspace.disputes.all(person.id).to_json())


@router.post(
    "/disputes", summary="Object to something", response_model=schemas.OneDispute, status_code=201, responses=CREATED
)
def raise_dispute(
    caller: Submitter, workspace: OpenWorkspace, person_id: PersonId, body: schemas.NewDispute
) -> Response:
    """To what is said of a skill, or to a credential that is recommended."""
    person = known_person(workspace, caller, person_id)
    workspace.audit.record(AccessNote(caller.id, "disputes.raise", (person.id,)))
    made = workspace.disputes.submit(
        person.id,
        skill=body.skill,
        credential=body.credential,
        source=body.source,
        reason=body.reason,
        by=Signer.caller(caller),
    )
    return _told(workspace, caller, "disputes.read", person.id, made.to_json(), status=201)


@router.post("/disputes/{thing_id}/decision", summary="Decide a dispute", response_model=schemas.OneDispute)
def decide_dispute(
    caller: Decider, workspace: OpenWorkspace, person_id: PersonId, thing_id: ThingId, body: schemas.DisputeRuling
) -> Response:
    """By somebody else than who objected; every answer from that day on heeds it."""
    person = known_person(workspace, caller, person_id)
    dispute = _own_id(thing_id, "dispute", [line.dispute.id for line in workspace.disputes.all(person.id).lines])
    signer = signed(caller, body.by, "by")
    detail = {"dispute": dispute, "by": signer.name}
    workspace.audit.record(AccessNote(caller.id, "disputes.decide", (person.id,), detail))
    done = workspace.disputes.decide(dispute, body.verdict, by=signer, note=body.note, level=body.level)
    return _told(workspace, caller, "disputes.read", person.id, done.to_json())


def _own_id(given: str, what: str, own: list[str]) -> str:
    """Which of a person's own ids is meant, with or without its source; any other one is as if nobody had it."""
    wanted = segment(given)
    for known in own:
        if wanted in (known, known.partition("/")[2]):
            return known
    raise NotFoundError(what, wanted)


def _told(
    workspace: Workspace, caller: Caller, action: str, person_id: str, said: dict[str, Any], *, status: int = 200
) -> Response:
    snapshot, day = workspace.present()
    document = enveloped(said, snapshot.versions, day)
    found = answer_about(workspace, caller, action, (person_id,), document, snapshot.versions)
    found.status_code = status
    return found
