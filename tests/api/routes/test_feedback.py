"""Feedback over HTTP: what people say that a text means counts in the next answer, until they say otherwise."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from starlette.testclient import TestClient

from skillmatch.service.workspace import Workspace

Grant = Callable[..., TestClient]

TEXT = "zorbing with the whole crew"
SIGNED = {"author": "Mia Holt", "note": "asked"}


def say(client: TestClient, verdict: str, text: str = TEXT, **fields: Any) -> Any:
    return client.post("/v1/feedback", json={"verdict": verdict, "text": text, **SIGNED, **fields})


def best(client: TestClient, text: str = TEXT) -> str | None:
    (item,) = client.post("/v1/skills/normalise", json={"texts": [text]}).json()["items"]
    return None if item["abstained"] else str(item["links"][0]["skill_id"])


def test_a_decision_counts_in_the_next_answer_and_the_opposite_overrules_it(own_client: TestClient) -> None:
    assert best(own_client) != "transversal.communication"

    given = say(own_client, "accept", skill="Communication")

    assert (given.status_code, given.headers["location"]) == (201, "/v1/feedback/1")
    assert (given.json()["new"], given.json()["skill"], given.json()["label"], given.json()["state"]) == (
        True,
        "transversal.communication",
        "Communication",
        "in_force",
    )
    assert best(own_client, TEXT.upper()) == "transversal.communication"

    assert say(own_client, "reject", skill="Communication").status_code == 201

    assert best(own_client) != "transversal.communication"
    items = own_client.get("/v1/feedback").json()["items"]
    assert [(item["verdict"], item["state"]) for item in items] == [("accept", "overruled"), ("reject", "in_force")]
    assert own_client.get("/v1/feedback/1").json()["state"] == "overruled"


def test_what_is_in_force_is_not_written_again(own_client: TestClient, own: Workspace) -> None:
    first = say(own_client, "pin", skill="Communication")
    again = say(own_client, "pin", f"  {TEXT.title()} ", skill="transversal.communication", author="Other")
    assert (again.status_code, again.json()["new"], again.json()["number"]) == (200, False, first.json()["number"])
    assert "location" not in again.headers
    assert again.json()["author"] == "Mia Holt"
    assert len(own.matching.feedback.all().lines) == 1


def test_a_block_without_a_skill_means_any(own_client: TestClient) -> None:
    assert best(own_client, "Communication") == "transversal.communication"
    assert say(own_client, "block", "Communication").json()["skill"] == ""
    assert best(own_client, "Communication") is None


def test_decisions_come_page_by_page_and_by_what_they_are(own_client: TestClient, own: Workspace) -> None:
    for place in range(5):
        say(own_client, "accept" if place % 2 else "block", f"text number {place}", skill="Communication")
    found, address = [], "/v1/feedback?limit=2"
    while address:
        page = own_client.get(address)
        found += page.json()["items"]
        address = page.links.get("next", {}).get("url", "")
    assert found == own.matching.feedback.all().rows()
    assert [item["number"] for item in own_client.get("/v1/feedback?verdict=accept").json()["items"]] == [2, 4]
    assert own_client.get("/v1/feedback?state=overruled").json()["items"] == []
    assert own_client.get("/v1/feedback/6").status_code == 404


@pytest.mark.parametrize(
    ("body", "status", "pointer"),
    [
        ({"verdict": "accept", "skill": None}, 422, "#/skill"),
        ({"verdict": "accept", "skill": "no such skill at all"}, 422, "#/skill"),
        ({"verdict": "like", "skill": "Communication"}, 422, "#/verdict"),
        ({"verdict": "accept", "skill": "Communication", "text": "  "}, 422, "#/text"),
        ({"verdict": "accept", "skill": "Communication", "text": "a\0b"}, 422, "#/text"),
        ({"verdict": "accept", "skill": "Communication", "text": "x" * 20_001}, 422, "#/text"),
        ({"verdict": "accept", "skill": "Communication", "context": "everywhere"}, 422, "#/context"),
        ({"verdict": "accept", "skill": "Communication", "author": " "}, 422, "#/author"),
        ({"verdict": "accept", "skill": "Communication", "number": 3}, 422, "#/number"),
    ],
)
def test_what_cannot_be_is_pointed_at_and_changes_nothing(
    own_client: TestClient, own: Workspace, body: dict[str, Any], status: int, pointer: str
) -> None:
    response = own_client.post("/v1/feedback", json={"text": TEXT, **SIGNED, **body})
    assert response.status_code == status, response.text
    assert [error["pointer"] for error in response.json()["errors"]] == [pointer]
    assert own.matching.feedback.all().lines == ()


def test_a_deprecated_skill_is_not_accepted(own_client: TestClient) -> None:
    change = {"kind": "deprecate", "skill": "Communication", "other": "Teamwork", "author": "Mia Holt"}
    assert own_client.post("/v1/overlay/entries", json=change).status_code == 201
    refusal = say(own_client, "accept", skill="Communication")
    assert (refusal.status_code, refusal.json()["code"]) == (409, "conflict")
    assert "Teamwork" in refusal.json()["remedy"]


def test_who_may_decide_and_read(as_caller: Grant, own: Workspace) -> None:
    assert say(as_caller("read"), "accept", skill="Communication").status_code == 403
    assert as_caller("report").get("/v1/feedback").status_code == 403
    bound = as_caller("read", "write", units=["Care homes"])
    assert say(bound, "accept", skill="Communication").status_code == 403
    assert bound.get("/v1/feedback").status_code == bound.get("/v1/feedback/1").status_code == 403
    given = say(as_caller("write"), "accept", skill="Communication", author=None)
    assert (given.status_code, given.json()["author"]) == (201, "test")
    assert as_caller("read").get("/v1/feedback/1").json()["text"] == TEXT
    line = own.audit.lines().items[-1]
    assert (line.action, line.detail) == ("feedback.give", {"verdict": "accept"})
