"""Asking about one person: a question to the workspace, put down in the audit with its answer, then answered."""

from __future__ import annotations

from datetime import date

from starlette.responses import Response

from skillmatch.api.kit.answers import advice
from skillmatch.api.kit.etags import Match
from skillmatch.api.schemas.envelope import judged
from skillmatch.domain.access.caller import Caller
from skillmatch.domain.advice.advice import Limits
from skillmatch.domain.advice.pathway import Pace
from skillmatch.domain.people.person import Person
from skillmatch.service.audit.questions import question
from skillmatch.service.workspace import Workspace


def gap(workspace: Workspace, caller: Caller, person: Person, role: str, as_of: date | None, match: Match) -> Response:
    """Where a person stands with a role."""
    found = workspace.gap(person, role, as_of=as_of)
    said = found.to_json()
    asked = question("gap", person.id, found.role_id, found.as_of)
    return advice(workspace, caller, person.id, said, asked, judged(said), found.versions, match)


def recommendations(
    workspace: Workspace,
    caller: Caller,
    person: Person,
    role: str,
    limit: int,
    limits: Limits,
    as_of: date | None,
    match: Match,
) -> Response:
    """The best credentials for a person towards a role."""
    found = workspace.recommend(person, role, limit=limit, limits=limits, as_of=as_of)
    said = found.to_json()
    asked = question("recommend", person.id, found.role_id, found.as_of, limit=limit, limits=limits)
    return advice(workspace, caller, person.id, said, asked, judged(said), found.versions, match)


def pathway(
    workspace: Workspace,
    caller: Caller,
    person: Person,
    role: str,
    pace: Pace,
    limits: Limits,
    as_of: date | None,
    match: Match,
) -> Response:
    """Credentials in an order, on a calendar."""
    found = workspace.pathway(person, role, pace, limits=limits, as_of=as_of)
    said = found.to_json()
    asked = question("pathway", person.id, found.role_id, found.as_of, limits=limits, pace=pace)
    return advice(workspace, caller, person.id, said, asked, judged(said), found.versions, match)


def why(
    workspace: Workspace,
    caller: Caller,
    person: Person,
    role: str,
    credential: str,
    limit: int,
    limits: Limits,
    as_of: date | None,
    match: Match,
) -> Response:
    """Why a credential is recommended or not."""
    found = workspace.why(person, role, credential, limit=limit, limits=limits, as_of=as_of)
    said = found.to_json()
    asked = question(
        "why", person.id, found.role_id, found.as_of, limit=limit, limits=limits, credential_id=found.credential_id
    )
    return advice(workspace, caller, person.id, said, asked, judged(said), found.versions, match)
