"""Groups over HTTP: figures of five or more, gaps of many, learning events that count once."""

from __future__ import annotations

from starlette.testclient import TestClient
from tests.api.conftest import Grant

from skillmatch.service.workspace import Workspace

COMPLETED = {"id": "e-1", "person": "own/P-037", "kind": "completed", "on": "2026-11-30", "credential_id": "own/B-025"}


def test_a_report_speaks_of_groups_and_of_nobody(as_caller: Grant) -> None:
    client = as_caller("report")
    team = client.get("/v1/team")
    assert team.status_code == 200
    assert all(item["people"] >= team.json()["minimum_group"] == 5 for item in team.json()["units"])
    assert "own/P-" not in team.text
    assert client.get("/v1/team/unmet").json()["items"]
    assert client.get("/v1/people/own/P-037").status_code == 403


def test_units_that_were_not_granted_are_unknown(as_caller: Grant) -> None:
    client = as_caller("report", units=["Care homes"])
    assert [item["unit"] for item in client.get("/v1/team").json()["units"]] == ["Care homes"]
    other, unknown = (client.get("/v1/team", params={"unit": unit}).json() for unit in ("IT and data", "Nowhere"))
    assert (other["status"], other["code"]) == (unknown["status"], unknown["code"]) == (404, "not_found")


def test_a_granted_unit_that_nobody_is_in_any_more_hides_nothing_and_tells_nothing(as_caller: Grant) -> None:
    client = as_caller("report", units=["Care homes", "Hotel"])
    assert [item["unit"] for item in client.get("/v1/team").json()["units"]] == ["Care homes"]
    refused = client.get("/v1/team?unit=Hotel")
    assert refused.status_code == 404
    assert "Hotels" not in refused.text
    assert as_caller("report", units=["Hotel"]).get("/v1/team/unmet").status_code == 404


def test_the_gaps_of_many_are_the_gaps_of_each(client: TestClient) -> None:
    found = client.post("/v1/gaps", json={"people": ["own/P-037", "P-017"], "role": "own/R-B03"}).json()
    one = client.get("/v1/people/own/P-037/gap?role=own/R-B03").json()
    assert [item["person"] for item in found["items"]] == ["own/P-037", "own/P-017"]
    assert found["items"][0]["items"] == one["items"]


def test_one_who_may_not_be_known_refuses_the_whole_request(as_caller: Grant) -> None:
    client = as_caller("read", units=["Care homes"])
    for other in ("own/P-001", "own/P-nobody"):  # somebody of another unit, and nobody
        answer = client.post("/v1/gaps", json={"people": ["own/P-037", other], "role": "own/R-B03"})
        assert answer.status_code == 422
        assert answer.json()["errors"][0]["pointer"] == "#/people/1"


def test_a_completion_changes_the_answer_and_counts_once(own: Workspace, own_client: TestClient) -> None:
    question = "/v1/people/own/P-037/recommendations?role=own/R-B03"
    before = [item["credential_id"] for item in own_client.get(question).json()["recommendations"]]
    assert "own/B-025" in before
    told = own_client.post("/v1/learning-events", json={"items": [COMPLETED]}).json()
    assert (told["items"][0]["outcome"], told["items"][0]["changed"]) == ("taken", True)
    after = own_client.get(question).json()
    assert "own/B-025" not in [item["credential_id"] for item in after["recommendations"]]
    again = own_client.post("/v1/learning-events", json={"items": [COMPLETED]}).json()
    assert (again["items"][0]["outcome"], again["items"][0]["changed"]) == ("known", False)
    assert len(own.learning.events().items) == 1


def test_events_are_taken_all_or_none(own: Workspace, own_client: TestClient) -> None:
    wrong = COMPLETED | {"id": "e-2", "kind": "progress"}  # progress needs a value
    answer = own_client.post("/v1/learning-events", json={"items": [COMPLETED, wrong]})
    assert answer.status_code == 422
    assert answer.json()["errors"][0]["pointer"].startswith("#/items/1/")
    assert own.learning.events().items == ()
    other = own_client.post("/v1/learning-events", json={"items": [COMPLETED, COMPLETED | {"on": "2026-11-01"}]})
    assert other.status_code == 422
    assert own.learning.events().items == ()
