"""Claims and disputes: handed in, decided by somebody named, heeded by the next answer."""

from __future__ import annotations

import pytest
from starlette.testclient import TestClient
from tests.api.conftest import Grant

from skillmatch.service.workspace import Workspace

PERSON = "/v1/people/own/P-037"
GAP = f"{PERSON}/gap?role=own/R-B03"


def state_of(client: TestClient, label: str) -> str:
    items = client.get(GAP).json()["items"]
    return str(next(item["state"] for item in items if item["label"] == label))


def short(own_id: str) -> str:
    return own_id.partition("/")[2]


def test_a_claim_counts_once_somebody_named_accepts_it(own_client: TestClient) -> None:
    claim = {"skill": "Giving feedback", "level": 3, "text": "Trained the ward's mentors."}
    made = own_client.post(f"{PERSON}/claims", json=claim)
    assert made.status_code == 201
    assert state_of(own_client, "Giving feedback") == "unknown"
    decision = {"verdict": "accept", "by": "Mia Holt", "reason": "Seen at work."}
    done = own_client.post(f"{PERSON}/claims/{short(made.json()['id'])}/decision", json=decision)
    assert done.json()["decision"]["by"] == "Mia Holt"
    assert state_of(own_client, "Giving feedback") == "met"
    again = own_client.post(
        f"{PERSON}/claims/{short(made.json()['id'])}/decision", json=decision | {"verdict": "reject"}
    )
    assert (again.status_code, again.json()["code"]) == (409, "conflict")


def test_an_upheld_dispute_changes_the_answer(own_client: TestClient) -> None:
    assert state_of(own_client, "Conflict resolution") == "met"
    made = own_client.post(
        f"{PERSON}/disputes", json={"skill": "Conflict resolution", "reason": "Never did it."}
    ).json()
    address = f"{PERSON}/disputes/{short(made['id'])}/decision"
    own_name = own_client.get(PERSON).json()["name"]
    ruling = {"verdict": "upheld", "note": "Mixed up with a colleague."}
    assert own_client.post(address, json=ruling | {"by": own_name}).status_code == 409  # nobody decides their own
    assert own_client.post(address, json=ruling | {"by": "Mia Holt"}).status_code == 200
    assert state_of(own_client, "Conflict resolution") != "met"


def test_the_claim_of_another_person_is_not_theirs(own: Workspace, own_client: TestClient) -> None:
    other = own.claims.submit("own/P-001", skill="Giving feedback", level=3, text="Said so.").claim.id
    decision = {"verdict": "accept", "by": "Mia Holt", "reason": "Seen."}
    found = own_client.post(f"{PERSON}/claims/{short(other)}/decision", json=decision)
    assert (found.status_code, found.json()["code"]) == (404, "not_found")


def test_people_hand_in_for_themselves_and_decide_nothing(as_caller: Grant) -> None:
    client = as_caller("self", person="own/P-037")
    made = client.post(f"{PERSON}/claims", json={"skill": "Giving feedback", "level": 3, "text": "Often."})
    assert made.status_code == 201
    decision = {"verdict": "accept", "by": "Me", "reason": "Sure."}
    assert client.post(f"{PERSON}/claims/{short(made.json()['id'])}/decision", json=decision).status_code == 403
    assert client.get("/v1/people/own/P-001/claims").status_code == 404
    assert client.post("/v1/people/own/P-001/disputes", json={"skill": "English", "reason": "x"}).status_code == 404


@pytest.mark.parametrize("body", [{"text": "Nothing named."}, {"skill": "No such skill", "level": 3, "text": "x"}])
def test_a_claim_of_nothing_is_refused(own: Workspace, own_client: TestClient, body: dict[str, object]) -> None:
    assert own_client.post(f"{PERSON}/claims", json=body).status_code in (404, 422)
    assert own.claims.all("own/P-037").lines == ()
