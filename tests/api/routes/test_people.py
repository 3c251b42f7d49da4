"""People are written one at a time: added, changed, erased; never over a state that nobody has seen."""

from __future__ import annotations

from typing import Any

import pytest
from starlette.testclient import TestClient

from skillmatch.service.workspace import Workspace

HERE = "/v1/people/own/P-037"
NEW = "/v1/people/hris/E%2F1"
ANN = {"name": "Ann", "unit": "Hotels", "role_id": "R-B03", "languages": ["EN"], "hours_per_week": 3}
ANY = {"If-Match": "*"}


def test_put_adds_then_changes(own_client: TestClient, own: Workspace) -> None:
    added = own_client.put(NEW, json=ANN)
    assert added.status_code == 201
    assert added.headers["location"] == NEW
    assert added.json()["id"] == "hris/E/1"
    assert added.json()["role_id"] == "own/R-B03"
    assert added.json()["languages"] == ["en"]

    changed = own_client.put(NEW, json={"name": "Anna"}, headers={"If-Match": added.headers["etag"]})

    assert changed.status_code == 200
    assert own.people.get("hris/E/1").name == "Anna"
    assert own.people.get("hris/E/1").role_id is None  # what a PUT leaves out is not recorded
    assert own_client.get(NEW).headers["etag"] == changed.headers["etag"]


def test_a_change_names_the_state_that_was_seen(own_client: TestClient, own: Workspace) -> None:
    seen = own_client.get(HERE).headers["etag"]
    body = {"name": "K"}

    assert own_client.put(HERE, json=body).status_code == 428
    assert own_client.patch(HERE, json=body).status_code == 428
    assert own_client.delete(HERE).status_code == 428
    assert own_client.put(HERE, json=body, headers={"If-Match": '"other"'}).status_code == 412
    assert own_client.put(HERE, json=body, headers={"If-None-Match": "*"}).status_code == 412
    assert own_client.put(NEW, json=body, headers={"If-Match": '"other"'}).status_code == 412
    assert own.people.get("own/P-037").name == "Kerem Demirci"

    first = own_client.patch(HERE, json=body, headers={"If-Match": seen})
    second = own_client.patch(HERE, json={"name": "L"}, headers={"If-Match": seen})
    assert (first.status_code, second.status_code) == (200, 412)
    assert second.headers["etag"] == first.headers["etag"]


def test_a_state_that_is_known_is_not_sent_again(own_client: TestClient, own: Workspace) -> None:
    seen = own_client.get(HERE).headers["etag"]
    again = own_client.get(HERE, headers={"If-None-Match": f'"x", W/{seen}'})
    assert (again.status_code, again.content, again.headers["etag"]) == (304, b"", seen)
    assert own.audit.lines(person="own/P-037").items[-1].action == "people.read"

    own_client.patch(HERE, json={"hours_per_week": 7}, headers=ANY)
    assert own_client.get(HERE, headers={"If-None-Match": seen}).status_code == 200


def test_a_tag_does_not_hang_on_what_else_is_imported(own_client: TestClient, own: Workspace) -> None:
    seen = own_client.get(HERE).headers["etag"]
    other = own_client.get("/v1/people/own/P-001").headers["etag"]
    own_client.post(f"{HERE}/evidence", json=evidence())
    assert own_client.get(HERE).headers["etag"] == seen
    assert other != seen


def test_post_refuses_who_is_there(own_client: TestClient) -> None:
    made = own_client.post("/v1/people", json={**ANN, "source": "hris", "external_id": "E/1"})
    assert (made.status_code, made.headers["location"]) == (201, NEW)
    again = own_client.post("/v1/people", json={**ANN, "source": "hris", "external_id": "E/1"})
    assert (again.status_code, again.json()["code"]) == (409, "conflict")


@pytest.mark.parametrize("media", ["application/json", "application/merge-patch+json"])
def test_a_patch_changes_what_it_names_and_null_takes_away(own_client: TestClient, own: Workspace, media: str) -> None:
    before = own.people.get("own/P-037")
    headers = {**ANY, "Content-Type": media}

    response = own_client.patch(HERE, content=b'{"unit": "Hotels", "role_id": null}', headers=headers)

    after = own.people.get("own/P-037")
    assert response.status_code == 200, response.text
    assert (after.unit, after.role_id) == ("Hotels", None)
    assert (after.name, after.languages, after.evidence) == (before.name, before.languages, before.evidence)
    refusal = own_client.patch(HERE, json={"name": None}, headers=ANY)
    assert (refusal.status_code, refusal.json()["errors"][0]["pointer"]) == (422, "#/name")


@pytest.mark.parametrize(
    ("body", "pointer"),
    [
        ({}, "#/name"),
        ({"name": ""}, "#/name"),
        ({"name": "  "}, "#/name"),
        ({"name": "x" * 501}, "#/name"),
        ({"name": "a\0b"}, "#/name"),
        ({"name": "A", "hours_per_week": 169}, "#/hours_per_week"),
        ({"name": "A", "languages": ["en", "EN"]}, "#/languages"),
        ({"name": "A", "languages": "en"}, "#/languages"),
        ({"name": "A", "role_id": "no such role"}, "#/role_id"),
        ({"name": "A", "id": "own/P-001"}, "#/id"),
        ({"name": "A", "source": "own"}, "#/source"),
        ({"name": "A", "evidence": []}, "#/evidence"),
        ({"name": "A", "scopes": ["admin"]}, "#/scopes"),
    ],
)
def test_a_wrong_body_is_pointed_at_and_changes_nothing(
    own_client: TestClient, own: Workspace, body: dict[str, Any], pointer: str
) -> None:
    before = own.people.get("own/P-037")
    response = own_client.put(HERE, json=body, headers=ANY)
    assert (response.status_code, response.json()["code"]) == (422, "invalid_input"), response.text
    assert [error["pointer"] for error in response.json()["errors"]] == [pointer]
    assert own.people.get("own/P-037") == before


@pytest.mark.parametrize("address", ["a%20b/1", "own/%20x", "a%3Ab/1", f"own/{'x' * 201}"])
def test_an_id_that_cannot_be_is_refused(own_client: TestClient, address: str) -> None:
    assert own_client.put(f"/v1/people/{address}", json={"name": "A"}).status_code == 422


@pytest.mark.parametrize("address", ["own/%00", "own/%E2%80%AE", "own/%FF"])
def test_an_address_that_cannot_be_read_is_refused(own_client: TestClient, address: str) -> None:
    response = own_client.put(f"/v1/people/{address}", json={"name": "A"})
    assert (response.status_code, response.json()["code"]) == (400, "malformed_address")


NASTY = ["<script>alert(1)</script>", "'; DROP TABLE people; --", "=cmd|' /C calc'!A0"]
UNSEEN = ["‮abc", "a\r\nSet-Cookie: b"]


@pytest.mark.parametrize("text", NASTY)
def test_texts_come_back_as_they_were_sent(own_client: TestClient, text: str) -> None:
    made = own_client.put("/v1/people/hris/n", json={"name": text, "unit": text})
    assert made.status_code == 201
    assert "set-cookie" not in made.headers
    read = own_client.get("/v1/people/hris/n")
    assert (read.json()["name"], read.json()["unit"]) == (text, text)
    assert read.headers["content-type"] == "application/json"


@pytest.mark.parametrize("text", UNSEEN)
def test_a_name_that_cannot_be_read_is_refused(own_client: TestClient, text: str) -> None:
    made = own_client.put("/v1/people/hris/n", json={"name": text})
    assert (made.status_code, made.json()["errors"][0]["pointer"]) == (422, "#/name")
    assert "set-cookie" not in made.headers


def test_an_erased_person_is_gone_and_their_kept_answers_too(own_client: TestClient, own: Workspace) -> None:
    key = {"Idempotency-Key": "k1"}
    own_client.put(NEW, json=ANN, headers=key)

    erased = own_client.delete(NEW, headers={**ANY, "Idempotency-Key": "k2"})

    assert erased.status_code == 200
    assert "Ann" not in erased.text
    assert own_client.get(NEW).status_code == 404
    again = own_client.put(NEW, json=ANN, headers=key)
    assert (again.status_code, again.json()["code"]) == (409, "key_forgotten")
    assert own_client.delete(NEW, headers={**ANY, "Idempotency-Key": "k2"}).content == erased.content
    assert own.audit.lines().items[-1].action in ("people.erase", "people.read")


def evidence(**other: Any) -> dict[str, Any]:
    return {"skill": "Communication", "level": 3, "source": "manager", "on": "2026-11-02", "note": "talk"} | other


def test_evidence_is_added_once_and_counts_at_once(own_client: TestClient, own: Workspace) -> None:
    before = own.profile("own/P-037").level_of("transversal.communication")

    made = own_client.post(f"{HERE}/evidence", json=evidence(level=5, source="assessment"))

    assert made.status_code == 201
    assert own_client.get(made.headers["location"]).json() == made.json()
    assert made.json()["skill_id"] == "transversal.communication"
    assert own.profile("own/P-037").level_of("transversal.communication") != before
    again = own_client.post(f"{HERE}/evidence", json=evidence(level=5, source="assessment"))
    assert again.status_code == 409
    assert made.json()["id"] in again.json()["detail"]


def test_evidence_is_erased_piece_by_piece_or_said_anew(own_client: TestClient, own: Workspace) -> None:
    listed = own_client.get(f"{HERE}/evidence")
    first, *others = listed.json()["items"]
    gone = own_client.delete(f"{HERE}/evidence/{first['id']}")
    assert (gone.status_code, gone.content) == (204, b"")
    assert own_client.delete(f"{HERE}/evidence/{first['id']}").status_code == 404
    assert [item["id"] for item in own_client.get(f"{HERE}/evidence").json()["items"]] == [one["id"] for one in others]

    body = {"items": [evidence()]}
    assert own_client.put(f"{HERE}/evidence", json=body).status_code == 428
    stale = own_client.put(f"{HERE}/evidence", json=body, headers={"If-Match": listed.headers["etag"]})
    assert stale.status_code == 412
    anew = own_client.put(f"{HERE}/evidence", json=body, headers=ANY)
    assert [item["note"] for item in anew.json()["items"]] == ["talk"]
    assert own_client.get(f"{HERE}/evidence").headers["etag"] == anew.headers["etag"]
    assert len(own.people.get("own/P-037").evidence) == 1


@pytest.mark.parametrize(
    ("other", "field"),
    [({"skill": "zzzz"}, "skill"), ({"on": "2999-01-01"}, "on"), ({"level": 6}, "level"), ({"id": "x"}, "id")],
)
def test_wrong_evidence_is_pointed_at(own_client: TestClient, other: dict[str, Any], field: str) -> None:
    one = own_client.post(f"{HERE}/evidence", json=evidence(**other))
    many = own_client.put(f"{HERE}/evidence", json={"items": [evidence(), evidence(**other)]}, headers=ANY)
    assert [one.status_code, many.status_code] == [422, 422]
    assert one.json()["errors"][0]["pointer"] == f"#/{field}"
    assert many.json()["errors"][0]["pointer"] == f"#/items/1/{field}"


def test_evidence_about_nobody_is_refused(own_client: TestClient) -> None:
    assert own_client.post("/v1/people/own/nobody/evidence", json=evidence()).status_code == 404
