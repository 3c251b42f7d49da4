"""What one person could do next: gap, recommendations, why, pathway, and the roles that are near."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter
from starlette.responses import Response

from skillmatch.api import schemas
from skillmatch.api.auth.scopes import known_person, needs
from skillmatch.api.auth.touches import Touches
from skillmatch.api.kit import asking
from skillmatch.api.kit.answers import answer_about
from skillmatch.api.kit.etags import Known, etag_of
from skillmatch.api.kit.one_state import from_one_state
from skillmatch.api.kit.parameters import (
    AsOf,
    Credential,
    HoursPerWeek,
    LearnerLimits,
    Limit,
    OpenWorkspace,
    PersonId,
    RoleName,
    Weeks,
)
from skillmatch.api.schemas.envelope import judged
from skillmatch.domain.access.caller import Caller, Scope
from skillmatch.domain.advice.pathway import Pace
from skillmatch.service.advice.case import DEFAULT_LIMIT

router = APIRouter(prefix="/people/{source}/{external_id}", tags=["Advice"])

Asker = Annotated[Caller, needs(Scope.READ, Scope.SELF, touches=Touches.PEOPLE)]


@router.get("/gap", summary="Where this person stands with a role", response_model=schemas.Gap)
@from_one_state
def person_gap(
    caller: Asker, workspace: OpenWorkspace, person_id: PersonId, role: RoleName, known: Known, as_of: AsOf = None
) -> Response:
    """Each requirement in one of five states, with the evidence it rests on.

    A skill that nobody said anything about is `unknown`, never `missing`.
    """
    return asking.gap(workspace, caller, known_person(workspace, caller, person_id), role, as_of, known)


@router.get(
    "/recommendations",
    summary="The credentials that close most of this person's gap for their effort",
    response_model=schemas.Recommendations,
)
@from_one_state
def person_recommendations(
    caller: Asker,
    workspace: OpenWorkspace,
    person_id: PersonId,
    role: RoleName,
    limits: LearnerLimits,
    known: Known,
    limit: Limit = DEFAULT_LIMIT,
    as_of: AsOf = None,
) -> Response:
    """Best first, each with reasons that add up exactly to its score; and what was left out and why.

    A recommendation is advice for a conversation; a person decides.
    """
    found = known_person(workspace, caller, person_id)
    return asking.recommendations(workspace, caller, found, role, limit, limits, as_of, known)


@router.get("/why", summary="Why a credential is recommended to this person, or not", response_model=schemas.Why)
@from_one_state
def person_why(
    caller: Asker,
    workspace: OpenWorkspace,
    person_id: PersonId,
    role: RoleName,
    credential: Credential,
    limits: LearnerLimits,
    known: Known,
    limit: Limit = DEFAULT_LIMIT,
    as_of: AsOf = None,
) -> Response:
    """How close it was, and for each kind of thing the smallest change that flips the answer."""
    found = known_person(workspace, caller, person_id)
    return asking.why(workspace, caller, found, role, credential, limit, limits, as_of, known)


@router.get("/pathway", summary="Credentials in an order, on this person's calendar", response_model=schemas.Pathway)
@from_one_state
def person_pathway(
    caller: Asker,
    workspace: OpenWorkspace,
    person_id: PersonId,
    role: RoleName,
    hours_per_week: HoursPerWeek,
    weeks: Weeks,
    limits: LearnerLimits,
    known: Known,
    as_of: AsOf = None,
) -> Response:
    """One after the other, each after its prerequisites, within the hours per week and the weeks."""
    found = known_person(workspace, caller, person_id)
    return asking.pathway(workspace, caller, found, role, Pace(hours_per_week, weeks), limits, as_of, known)


@router.get("/adjacent", summary="The roles that are nearest to this person", response_model=schemas.Adjacent)
@from_one_state
def person_adjacent(
    caller: Asker,
    workspace: OpenWorkspace,
    person_id: PersonId,
    limits: LearnerLimits,
    known: Known,
    limit: Limit = DEFAULT_LIMIT,
    as_of: AsOf = None,
) -> Response:
    """Nearest first, each with what makes the difference and what a pathway to it would take."""
    person = known_person(workspace, caller, person_id)
    found = workspace.adjacent(person, limit=limit, limits=limits, as_of=as_of)
    said = found.to_json()
    return answer_about(
        workspace,
        caller,
        "people.adjacent",
        (person.id,),
        judged(said),
        found.versions,
        tag=etag_of(said),
        match=known,
    )
