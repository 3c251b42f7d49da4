"""API1:2023 Broken object level authorization: every operation, asked about somebody or something of others."""

from __future__ import annotations

import re
from typing import Any

import httpx
import pytest
from starlette.testclient import TestClient

from skillmatch.service.workspace import Workspace

from ..calls import ALL, PERSON, UNIT, Call, problem_code, with_things

PERSONAL = [name for name, call in ALL.items() if call.personal]
IN_PLACES = [name for name, call in ALL.items() if call.parameters("path") and not call.personal]
NOBODY = "own/Z-999"


@pytest.fixture(scope="module")
def stranger(victim: Workspace) -> str:
    """Somebody of another unit, of whom everything is known that can be known."""
    found = next(person for person in victim.people.all() if person.unit != UNIT and person.evidence and person.awards)
    victim.claims.submit(found.id, skill="Conflict resolution", level=3, text="Mine.")
    victim.disputes.submit(found.id, skill=found.evidence[0].skill_id, reason="Mine.")
    assert len(found.id) == len(PERSON) == len(NOBODY)
    return found.id


def everything_about(workspace: Workspace, person: str) -> tuple[Any, ...]:
    claims, disputes = workspace.claims.all(person).to_json(), workspace.disputes.all(person).to_json()
    return workspace.people.get(person), workspace.people.evidence(person), claims, disputes


def refusal(response: httpx.Response, person: str) -> tuple[int, dict[str, Any]]:
    """What a refusal says, with the id that was asked for taken out: all that is left to tell people apart by."""
    problem_code(response)
    said = {name: value for name, value in response.json().items() if name != "request_id"}
    text = str(said).replace(person, "?").replace(person.partition("/")[2], "?")
    return response.status_code, {"said": text, **{name: response.headers.get(name) for name in ("etag", "location")}}


def test_the_description_has_operations_to_attack() -> None:
    assert len(PERSONAL) >= 25
    assert {ALL[name].method for name in PERSONAL} == {"GET", "POST", "PUT", "PATCH", "DELETE"}


@pytest.mark.parametrize("operation", PERSONAL)
def test_somebody_of_another_unit_answers_like_nobody(
    victim: Workspace, manager: TestClient, stranger: str, operation: str
) -> None:
    call, before = with_things(ALL[operation], victim), everything_about(victim, stranger)

    theirs, nobodys = call.about(stranger).send(manager), call.about(NOBODY).send(manager)

    assert theirs.status_code in (404, 422), theirs.text
    assert refusal(theirs, stranger) == refusal(nobodys, NOBODY)
    assert victim.people.get(stranger).name not in theirs.text
    assert everything_about(victim, stranger) == before


@pytest.mark.parametrize("operation", PERSONAL)
def test_an_employee_reaches_nobody_else(
    victim: Workspace, employee: TestClient, stranger: str, operation: str
) -> None:
    call, before = with_things(ALL[operation], victim), everything_about(victim, stranger)
    colleague = next(one.id for one in victim.people.all() if one.unit == UNIT and one.id != PERSON)
    for other in (stranger, colleague):
        theirs, nobodys = call.about(other).send(employee), call.about(NOBODY).send(employee)
        assert theirs.status_code == (404 if "self" in call.scopes else 403), theirs.text
        assert refusal(theirs, other) == refusal(nobodys, NOBODY)
    assert everything_about(victim, stranger) == before


@pytest.mark.parametrize("operation", sorted(PERSONAL, key=lambda name: ("GET", "DELETE").count(ALL[name].method) < 1))
def test_the_same_request_about_somebody_of_theirs_is_answered(
    victim: Workspace, manager: TestClient, operation: str
) -> None:
    call = with_things(ALL[operation], victim)
    if (call.method, call.path) == ("DELETE", "/v1/people/{source}/{external_id}"):
        assert call.send(manager, headers={"If-Match": '"another"'}).status_code == 412  # known, and not erased
        return
    assert call.send(manager).status_code not in (401, 403, 404)


@pytest.mark.parametrize("operation", [name for name in PERSONAL if {"thing_id", "piece_id"} & ALL[name].given.keys()])
def test_a_thing_of_one_person_is_not_reached_through_another(
    victim: Workspace, admin: TestClient, manager: TestClient, stranger: str, operation: str
) -> None:
    call, before = with_things(ALL[operation], victim), everything_about(victim, stranger)
    # as one who sees both people: the example's own thing at the address of the stranger
    assert problem_code(call.about(stranger).send(admin)) == "not_found"
    # as one who sees one of them: things of the stranger at the address of one's own person
    others = [item.id for item in victim.people.evidence(stranger)] + [
        line.claim.id for line in victim.claims.all(stranger).lines
    ]
    others += [line.dispute.id for line in victim.disputes.all(stranger).lines]
    for other in others:
        for name in {"thing_id", "piece_id"} & call.given.keys():
            assert problem_code(call.send(manager, given={name: other})) == "not_found"
    assert everything_about(victim, stranger) == before


@pytest.mark.parametrize("operation", [name for name in IN_PLACES if "job_id" in ALL[name].given])
def test_a_job_of_somebody_else_is_none(victim: Workspace, manager: TestClient, operation: str) -> None:
    call = with_things(ALL[operation], victim)
    theirs, none = call.send(manager), call.send(manager, given={"job_id": "job-0000000000000000"})
    assert theirs.status_code == 404
    assert theirs.json()["detail"].replace(call.given["job_id"], "?") == none.json()["detail"].replace(
        "job-0000000000000000", "?"
    )


@pytest.mark.parametrize("operation", ALL)
def test_no_answer_at_all_names_somebody_who_may_not_be_known(
    victim: Workspace, manager: TestClient, employee: TestClient, operation: str
) -> None:
    """Whatever is asked, with an example that others may ask: lists, groups, plans, jobs and files, too."""
    call = with_things(ALL[operation], victim)
    if call.path.endswith("/{external_id}") and call.method == "DELETE":
        return
    for client, known in (
        (manager, {person.id for person in victim.people.all([UNIT])}),
        (employee, {PERSON}),
    ):
        hidden = {person.id: person.name for person in victim.people.all() if person.id not in known}
        said = quick(call).send(client).text
        named = set(re.findall(r"own/P-\d+", said)) | {key for key, name in hidden.items() if name in said}
        assert not named & hidden.keys()


def quick(call: Call) -> Call:
    """The call without a long search for a plan."""
    if isinstance(call.body, dict) and "time_limit" in call.body:
        return Call(**{**vars(call), "body": {**call.body, "time_limit": 0.2}})
    return call
