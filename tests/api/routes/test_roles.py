"""Roles are written one at a time, and what a named person decided about them outlives whatever is sent."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from starlette.testclient import TestClient

from skillmatch.service.workspace import Workspace

Grant = Callable[..., TestClient]

HERE = "/v1/roles/own/R-B03"
NEW = "/v1/roles/hris/J%2F1"
ANY = {"If-Match": "*"}
SKILL = "care.dementia-care"


def need(skill: str = "Communication", **other: Any) -> dict[str, Any]:
    return {"skill": skill, "level": 3} | other


NURSE = {"title": "Wound nurse", "occupation_id": "occupation.care-team-leader", "requirements": [need()]}


def levels(client: TestClient, address: str) -> dict[str, float]:
    return {item["skill_id"]: item["level"] for item in client.get(address).json()["requirements"]}


def test_put_adds_then_changes(own_client: TestClient, own: Workspace) -> None:
    added = own_client.put(NEW, json=NURSE)
    assert (added.status_code, added.headers["location"]) == (201, NEW)
    assert added.json()["id"] == "hris/J/1"
    assert added.json()["requirements"][0]["skill_id"] == "transversal.communication"
    assert own_client.get(NEW).headers["etag"] == added.headers["etag"]

    changed = own_client.put(NEW, json={"title": "Nurse"}, headers={"If-Match": added.headers["etag"]})

    assert changed.status_code == 200
    assert own.roles.get("hris/J/1").requirements == ()
    assert own_client.get(NEW).headers["etag"] == changed.headers["etag"]


def test_a_change_names_the_state_that_was_seen(own_client: TestClient, own: Workspace) -> None:
    seen = own_client.get(HERE).headers["etag"]
    assert own_client.put(HERE, json=NURSE).status_code == 428
    assert own_client.patch(HERE, json={"title": "X"}).status_code == 428
    assert own_client.delete(HERE).status_code == 428
    assert own_client.put(HERE, json=NURSE, headers={"If-Match": '"other"'}).status_code == 412
    assert own_client.put(HERE, json=NURSE, headers={"If-None-Match": "*"}).status_code == 412
    assert own_client.put(NEW, json=NURSE, headers=ANY).status_code == 412
    first = own_client.patch(HERE, json={"title": "X"}, headers={"If-Match": seen})
    second = own_client.patch(HERE, json={"title": "Y"}, headers={"If-Match": seen})
    assert (first.status_code, second.status_code) == (200, 412)
    assert own.roles.get("own/R-B03").title == "X"


def test_post_refuses_what_is_there(own_client: TestClient) -> None:
    body = {**NURSE, "source": "hris", "external_id": "J/1"}
    made = own_client.post("/v1/roles", json=body)
    assert (made.status_code, made.headers["location"]) == (201, NEW)
    again = own_client.post("/v1/roles", json=body)
    assert (again.status_code, again.json()["code"]) == (409, "conflict")


def test_a_repeated_request_adds_once_and_is_answered_alike(own_client: TestClient, own: Workspace) -> None:
    body, key = {**NURSE, "external_id": "J1"}, {"Idempotency-Key": "k"}
    first = own_client.post("/v1/roles", json=body, headers=key)
    again = own_client.post("/v1/roles", json=body, headers=key)
    assert (again.status_code, again.content) == (201, first.content)
    assert [line.action for line in own.audit.lines().items] == ["roles.add"]


def test_a_patch_keeps_what_it_does_not_name(own_client: TestClient, own: Workspace) -> None:
    before = own.roles.get("own/R-B03")
    done = own_client.patch(HERE, json={"title": "Leader", "description": None}, headers=ANY)
    after = own.roles.get("own/R-B03")
    assert done.status_code == 200, done.text
    assert (after.title, after.description) == ("Leader", "")
    assert (after.requirements, after.occupation_id) == (before.requirements, before.occupation_id)
    assert own_client.patch(HERE, json={"title": None}, headers=ANY).json()["errors"][0]["pointer"] == "#/title"
    assert own_client.patch("/v1/roles/own/none", json={"title": "X"}).status_code == 404


@pytest.mark.parametrize(
    ("body", "pointer"),
    [
        ({}, "#/title"),
        ({"title": " "}, "#/title"),
        ({"title": "A\0"}, "#/title"),
        ({"title": "A", "occupation_id": "no such work"}, "#/occupation_id"),
        ({"title": "A", "requirements": [need(), need("zzzz qqqq")]}, "#/requirements/1/skill"),
        ({"title": "A", "requirements": [need(level=6)]}, "#/requirements/0/level"),
        ({"title": "A", "requirements": [need(level=0)]}, "#/requirements/0/level"),
        ({"title": "A", "requirements": [need(state="decided")]}, "#/requirements/0/state"),
        ({"title": "A", "requirements": [need(), need()]}, "#/requirements"),
        ({"title": "A", "id": "own/R-A01"}, "#/id"),
    ],
)
def test_a_wrong_body_is_pointed_at_and_changes_nothing(
    own_client: TestClient, own: Workspace, body: dict[str, Any], pointer: str
) -> None:
    before = own.roles.get("own/R-B03")
    response = own_client.put(HERE, json=body, headers=ANY)
    assert (response.status_code, response.json()["code"]) == (422, "invalid_input"), response.text
    assert [error["pointer"] for error in response.json()["errors"]] == [pointer]
    assert own.roles.get("own/R-B03") == before


def test_matched_words_are_only_suggested(own_client: TestClient) -> None:
    done = own_client.put(NEW, json={"title": "N", "requirements": [need("communication skill")]})
    assert done.status_code == 201, done.text
    (one,) = done.json()["linked"]
    assert one["given"] == "communication skill"
    assert 0 < one["probability"] < 1
    assert [item["state"] for item in done.json()["requirements"]] == ["suggested"]
    assert own_client.get("/v1/roles?suggested=true").json()["items"][0]["id"] == "hris/J/1"


def test_what_a_person_decided_outlives_what_is_sent(as_caller: Grant, own: Workspace) -> None:
    client = as_caller("write", "read")
    done = client.post(f"{HERE}/requirements/govern", json={"skill": SKILL, "level": 5, "reason": "Agreed"})
    assert done.status_code == 200, done.text
    last = done.json()["items"][-1]
    assert (last["action"], last["author"], last["note"]) == ("governed", "test", "Agreed")
    assert last["after"]["level"] == 5

    sent = client.put(HERE, json={"title": "Leader", "requirements": [need(SKILL, level=1)]}, headers=ANY)

    assert sent.json()["kept"] == [SKILL]
    assert levels(client, HERE) == {SKILL: 5}
    history = client.get(f"{HERE}/history")
    assert {item["action"] for item in history.json()["items"]} == {"governed", "imported"}
    assert client.get(f"{HERE}/history", headers={"If-None-Match": history.headers["etag"]}).status_code == 304


def test_a_rejected_requirement_stays_away(own_client: TestClient) -> None:
    assert SKILL in levels(own_client, HERE)
    assert own_client.post(f"{HERE}/requirements/reject", json={"skill": SKILL}).status_code == 200
    own_client.patch(HERE, json={"requirements": [need(), need(SKILL)]}, headers=ANY)
    assert levels(own_client, HERE) == {"transversal.communication": 3}
    again = own_client.post(f"{HERE}/requirements/reject", json={"skill": SKILL})
    assert (again.status_code, again.json()["errors"][0]["pointer"]) == (422, "#/skill")


def test_suggestions_come_from_occupations_and_are_accepted(own_client: TestClient) -> None:
    made = own_client.post("/v1/roles/from-occupation", json={"occupation": "occupation.care-team-leader"})
    assert made.status_code == 200, made.text
    address = made.headers["location"]
    assert {item["state"] for item in own_client.get(address).json()["requirements"]} == {"suggested"}
    done = own_client.post(f"{address}/requirements/accept", json={})
    assert {item["action"] for item in done.json()["items"][-3:]} == {"accepted"}
    assert {item["state"] for item in own_client.get(address).json()["requirements"]} == {"governed"}
    unknown = own_client.post("/v1/roles/from-occupation", json={"occupation": "no such work"})
    assert (unknown.status_code, unknown.json()["errors"][0]["pointer"]) == (422, "#/occupation")


def test_suggestions_come_from_adverts_with_their_quotes(own_client: TestClient) -> None:
    body = {"title": "Helper", "text": "Requirements\n- Communication\n- Teamwork\n"}
    made = own_client.post("/v1/roles/from-text", json=body)
    assert made.json()["status"] == "ok", made.text
    assert {item["quote"] for item in made.json()["items"]} >= {"Communication"}
    assert set(levels(own_client, made.headers["location"])) == {item["skill_id"] for item in made.json()["items"]}
    nothing = own_client.post("/v1/roles/from-text", json={"title": "Nobody", "text": "zzzz qqqq"})
    assert nothing.json()["status"] == "insufficient_data"
    assert own_client.get("/v1/roles/own/nobody").status_code == 404


def test_two_roles_are_compared(own_client: TestClient) -> None:
    same = own_client.get(f"{HERE}/comparison?other=R-B03").json()
    assert (same["similarity"], same["only_a"], same["only_b"]) == (1.0, [], [])
    other = own_client.get(f"{HERE}/comparison?other=R-A01").json()
    assert 0 <= other["similarity"] < 1
    assert own_client.get(f"{HERE}/comparison?other=none").status_code == 404


def test_a_role_that_people_have_cannot_be_removed(own_client: TestClient, own: Workspace) -> None:
    refusal = own_client.delete(HERE, headers=ANY)
    assert (refusal.status_code, refusal.json()["code"]) == (409, "conflict")
    own_client.put(NEW, json=NURSE)
    gone = own_client.delete(NEW, headers=ANY)
    assert (gone.status_code, gone.content) == (204, b"")
    assert own_client.get(NEW).status_code == own_client.delete(NEW, headers=ANY).status_code == 404
    assert own.audit.lines().items[-1].action == "roles.remove"


def test_decisions_outlive_the_removal_of_a_role(own_client: TestClient) -> None:
    own_client.put(NEW, json=NURSE)
    own_client.post(f"{NEW}/requirements/reject", json={"skill": "Communication"})
    own_client.delete(NEW, headers=ANY)
    assert own_client.put(NEW, json=NURSE).json()["requirements"] == []


CHANGES = [
    ("POST", "/v1/roles", {**NURSE, "external_id": "x"}),
    ("PUT", HERE, NURSE),
    ("PATCH", HERE, {"title": "X"}),
    ("DELETE", HERE, None),
    ("POST", f"{HERE}/requirements/govern", {"skill": SKILL, "level": 1}),
    ("POST", f"{HERE}/requirements/accept", {}),
    ("POST", f"{HERE}/requirements/reject", {"skill": SKILL}),
    ("POST", "/v1/roles/from-text", {"title": "X", "text": "Communication"}),
    ("POST", "/v1/roles/from-occupation", {"occupation": "x"}),
]


@pytest.mark.parametrize(("method", "address", "body"), CHANGES, ids=[f"{one[0]} {one[1][-14:]}" for one in CHANGES])
def test_changes_need_the_scope_write(as_caller: Grant, own: Workspace, method: str, address: str, body: Any) -> None:
    before = own.snapshot().content_hash
    refusal = as_caller("read", "report", "plan").request(method, address, json=body, headers=ANY)
    assert (refusal.status_code, refusal.json()["code"]) == (403, "scope_missing")
    assert as_caller().request(method, address, json=body, headers=ANY).status_code == 401
    assert own.snapshot().content_hash == before
