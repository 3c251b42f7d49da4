"""Credentials are tagged like an import's and recommended at once; nothing that somebody else needs is removed."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from starlette.testclient import TestClient

from skillmatch.domain.skills.feedback import Verdict
from skillmatch.service.workspace import Workspace

Grant = Callable[..., TestClient]

HERE = "/v1/credentials/own/A-002"
NEW = "/v1/credentials/lms/C%2F1"
ANY = {"If-Match": "*"}
DEMENTIA = {
    "title": "Dementia care, all of it",
    "teaches": [{"skill": "care.dementia-care", "level": 5}],
    "hours": 2,
    "cost": 0,
    "language": "EN",
}


def recommended(client: TestClient) -> list[str]:
    found = client.get("/v1/people/own/P-037/recommendations?role=R-B03&limit=50").json()
    return [item["credential_id"] for item in found["recommendations"]]


def test_what_is_added_now_is_recommended_now(own_client: TestClient, own: Workspace) -> None:
    assert "lms/C/1" not in recommended(own_client)

    added = own_client.put(NEW, json=DEMENTIA)

    assert (added.status_code, added.headers["location"]) == (201, NEW)
    assert added.json()["outcomes"][0]["label"] == "Dementia care"
    assert added.json()["language"] == "en"
    assert "lms/C/1" in recommended(own_client)
    assert own_client.get(NEW).headers["etag"] == added.headers["etag"]
    assert own_client.delete(NEW, headers=ANY).status_code == 204
    assert "lms/C/1" not in recommended(own_client)


def test_words_are_matched_as_in_an_import(own_client: TestClient) -> None:
    teaches = [{"skill": "communication skill"}, {"skill": "zzzz qqqq", "level": 4}]
    made = own_client.put(NEW, json={"title": "zzzz", "teaches": teaches, "level": 3}).json()
    (outcome,) = made["outcomes"]
    assert (outcome["skill_id"], outcome["given"], outcome["level"]) == (
        "transversal.communication",
        "communication skill",
        3,
    )
    assert 0 < outcome["probability"] < 1
    assert made["unmapped"] == ["zzzz qqqq"]
    assert "lms/C/1" in [item["id"] for item in own_client.get("/v1/credentials?unmapped=true").json()["items"]]


def test_what_people_decided_about_words_counts(own_client: TestClient, own: Workspace) -> None:
    own_client.put(NEW, json={"title": "zzzz", "teaches": [{"skill": "zzzz qqqq"}]})
    own.matching.feedback.give(Verdict.ACCEPT, "zzzz qqqq", "Teamwork", author="Ann")
    settled = own_client.get(NEW)
    assert [item["label"] for item in settled.json()["outcomes"]] == ["Teamwork"]
    assert settled.json()["unmapped"] == []

    changed = own_client.patch(NEW, json={"hours": 3}, headers={"If-Match": settled.headers["etag"]})
    assert [item["label"] for item in changed.json()["outcomes"]] == ["Teamwork"]
    assert own_client.get(NEW).headers["etag"] == changed.headers["etag"]


def test_a_patch_leaves_the_skills_where_nothing_they_are_read_from_changes(
    own_client: TestClient, own: Workspace
) -> None:
    before = own.catalogue.credentials.get("own/A-002")
    done = own_client.patch(HERE, json={"hours": 99, "cost": None}, headers=ANY)
    after = own.catalogue.credentials.get("own/A-002")
    assert done.status_code == 200, done.text
    assert (after.hours, after.cost) == (99, None)
    assert (after.outcomes, after.requires_skills, after.offerings) == (
        before.outcomes,
        before.requires_skills,
        before.offerings,
    )
    again = own_client.patch(HERE, json={"teaches": [{"skill": "Teamwork", "level": 1}]}, headers=ANY)
    assert "Teamwork" in [item["label"] for item in again.json()["outcomes"] if item["basis"] == "stated"]


def test_a_change_names_the_state_that_was_seen(own_client: TestClient, own: Workspace) -> None:
    seen = own_client.get(HERE).headers["etag"]
    assert own_client.get(HERE, headers={"If-None-Match": seen}).status_code == 304
    for method in ("PUT", "PATCH", "DELETE"):
        body = None if method == "DELETE" else DEMENTIA
        assert own_client.request(method, HERE, json=body).status_code == 428
        assert own_client.request(method, HERE, json=body, headers={"If-Match": '"x"'}).status_code == 412
    first = own_client.patch(HERE, json={"hours": 1}, headers={"If-Match": seen})
    second = own_client.patch(HERE, json={"hours": 2}, headers={"If-Match": seen})
    assert (first.status_code, second.status_code) == (200, 412)
    assert own.catalogue.credentials.get("own/A-002").hours == 1


def test_post_refuses_what_is_there_and_a_repeated_request_is_answered_alike(own_client: TestClient) -> None:
    body = {**DEMENTIA, "source": "lms", "external_id": "C/1"}
    made = own_client.post("/v1/credentials", json=body, headers={"Idempotency-Key": "k"})
    again = own_client.post("/v1/credentials", json=body, headers={"Idempotency-Key": "k"})
    assert (made.status_code, made.headers["location"]) == (201, NEW)
    assert (again.status_code, again.content) == (201, made.content)
    assert own_client.post("/v1/credentials", json=body).status_code == 409


@pytest.mark.parametrize(
    ("body", "pointer"),
    [
        ({}, "#/title"),
        ({"title": "A", "teaches": [{"skill": "Teamwork", "level": 6}]}, "#/teaches/0/level"),
        ({"title": "A", "teaches": [{"skill": "Teamwork"}, {"skill": "Teamwork"}]}, "#/teaches/1/skill"),
        ({"title": "A", "requires_skills": [{"skill": "zzzz qqqq", "level": 1}]}, "#/requires_skills"),
        ({"title": "A", "requires_credentials": ["A-001", "none"]}, "#/requires_credentials/1"),
        ({"title": "A", "requires_credentials": ["A-002"]}, "#/requires_credentials"),
        ({"title": "A", "hours": -1}, "#/hours"),
        ({"title": "A", "rating": 6}, "#/rating"),
        ({"title": "A", "completed": 3}, "#/completed"),
        ({"title": "A", "valid_from": "2027-01-01", "valid_until": "2026-01-01"}, "#/valid_until"),
        ({"title": "A", "outcomes": []}, "#/outcomes"),
        ({"title": "A", "id": "x"}, "#/id"),
    ],
)
def test_a_wrong_body_is_pointed_at_and_changes_nothing(
    own_client: TestClient, own: Workspace, body: dict[str, Any], pointer: str
) -> None:
    before = own.catalogue.credentials.get("own/A-002")
    response = own_client.put(HERE, json=body, headers=ANY)
    assert (response.status_code, response.json()["code"]) == (422, "invalid_input"), response.text
    assert [error["pointer"] for error in response.json()["errors"]] == [pointer]
    assert own.catalogue.credentials.get("own/A-002") == before


def test_a_credential_cannot_require_itself_by_a_detour(own_client: TestClient) -> None:
    refusal = own_client.patch("/v1/credentials/own/A-001", json={"requires_credentials": ["A-002"]}, headers=ANY)
    assert (refusal.status_code, refusal.json()["errors"][0]["pointer"]) == (422, "#/requires_credentials")


def test_what_others_need_is_not_removed(own_client: TestClient) -> None:
    refusal = own_client.delete("/v1/credentials/own/A-001", headers=ANY)
    assert refusal.status_code == 409
    assert own_client.delete("/v1/credentials/own/none", headers=ANY).status_code == 404


def test_credentials_are_found_by_what_they_teach(own_client: TestClient, own: Workspace) -> None:
    found = own_client.get("/v1/credentials?teaches=Communication&limit=200").json()["items"]
    taught = {own_id for own_id, _ in own.catalogue.all().teaching["transversal.communication"]}
    assert {item["id"] for item in found} == taught
    first = own_client.get("/v1/credentials?limit=2")
    second = own_client.get(first.headers["link"].split(";")[0].strip("<>"))
    ids = [item["id"] for page in (first, second) for item in page.json()["items"]]
    assert ids == list(own.catalogue.all().credentials)[:4]
    assert own_client.get("/v1/credentials?teaches=zzzz").status_code == 404


def test_credentials_can_be_found_by_skill_and_language(client: TestClient) -> None:
    found = client.get("/v1/credentials", params={"teaches": "Dementia care", "limit": 200}).json()["items"]
    assert {"own/B-020", "own/B-021"} <= {item["id"] for item in found}
    for item in found:
        one = client.get(f"/v1/credentials/{item['id']}")
        assert "Dementia care" in [taught["label"] for taught in one.json()["outcomes"]]
    german = client.get("/v1/credentials?language=de&limit=200").json()["items"]
    assert german
    assert {item["language"] for item in german} == {"de"}


def test_every_credential_is_on_exactly_one_page(client: TestClient, demo: Workspace) -> None:
    seen, address = [], "/v1/credentials?limit=100"
    while address:
        page = client.get(address)
        seen += [item["id"] for item in page.json()["items"]]
        address = page.links.get("next", {}).get("url", "")
    assert seen == sorted(demo.catalogue.all().credentials)


def test_a_credential_that_has_not_changed_is_not_sent_again(client: TestClient) -> None:
    first = client.get("/v1/credentials/own/B-025")
    again = client.get("/v1/credentials/own/B-025", headers={"If-None-Match": first.headers["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
    assert client.get("/v1/credentials/own/B-999").status_code == 404


OFFERING = "/v1/offerings/own/A-005-1"
STACK = "/v1/stacks/own/A-S1"
COHORT = {"credential": "A-005", "start": "2027-01-11", "end": "2027-02-05", "seats": 4}
PAIR = {"title": "Pair", "credentials": ["A-001", "own/A-002"]}


@pytest.mark.parametrize(("what", "body"), [("offerings", COHORT), ("stacks", PAIR)])
def test_cohorts_and_stacks_are_added_changed_and_removed(
    own_client: TestClient, own: Workspace, what: str, body: dict[str, Any]
) -> None:
    new = f"/v1/{what}/lms/x%2F1"
    made = own_client.post(f"/v1/{what}", json={**body, "source": "lms", "external_id": "x/1"})
    assert (made.status_code, made.headers["location"]) == (201, new)
    assert own_client.post(f"/v1/{what}", json={**body, "source": "lms", "external_id": "x/1"}).status_code == 409
    assert own_client.get(new, headers={"If-None-Match": made.headers["etag"]}).status_code == 304
    assert "lms/x/1" in [item["id"] for item in own_client.get(f"/v1/{what}?limit=200").json()["items"]]
    assert own_client.put(new, json=body).status_code == 428
    seen = {"If-Match": made.headers["etag"]}
    assert own_client.put(new, json=body, headers=seen).headers["etag"] == made.headers["etag"]
    field = "seats" if what == "offerings" else "description"
    changed = own_client.patch(new, json={field: 9 if field == "seats" else "x"}, headers=seen)
    assert changed.status_code == 200, changed.text
    assert own_client.patch(new, json={field: None}, headers=seen).status_code == 412
    assert own_client.delete(new, headers=seen).status_code == 412
    assert own_client.delete(new, headers=ANY).status_code == 204
    assert own_client.get(new).status_code == own_client.delete(new, headers=ANY).status_code == 404
    actions = [line.action for line in own.audit.lines().items]
    assert actions == [f"{what}.{done}" for done in ("add", "change", "change", "remove")]


@pytest.mark.parametrize(
    ("address", "body", "pointer"),
    [
        (OFFERING, {**COHORT, "credential": "none"}, "#/credential"),
        (OFFERING, {**COHORT, "end": "2027-01-01"}, "#/end"),
        (OFFERING, {**COHORT, "seats": -1}, "#/seats"),
        (OFFERING, {**COHORT, "id": "x"}, "#/id"),
        (STACK, {**PAIR, "credentials": ["A-001", "none"]}, "#/credentials/1"),
        (STACK, {**PAIR, "credentials": ["A-001", "own/A-001"]}, "#/credentials"),
        (STACK, {**PAIR, "credentials": ["A-001"]}, "#/credentials"),
        (STACK, {**PAIR, "required": 3}, "#/required"),
    ],
)
def test_wrong_cohorts_and_stacks_are_pointed_at(
    own_client: TestClient, own: Workspace, address: str, body: dict[str, Any], pointer: str
) -> None:
    before = own.snapshot().content_hash
    refusal = own_client.put(address, json=body, headers=ANY)
    assert (refusal.status_code, [item["pointer"] for item in refusal.json()["errors"]]) == (422, [pointer])
    assert own.snapshot().content_hash == before


def test_cohorts_are_listed_by_credential_and_go_with_it(own_client: TestClient) -> None:
    own_client.put(NEW, json=DEMENTIA)
    own_client.put("/v1/offerings/lms/x", json={**COHORT, "credential": "lms/C/1"})
    listed = own_client.get("/v1/offerings?credential=lms/C/1").json()["items"]
    assert [item["id"] for item in listed] == ["lms/x"]
    own_client.patch(NEW, json={"hours": 1}, headers=ANY)
    assert own_client.get("/v1/offerings/lms/x").status_code == 200
    own_client.delete(NEW, headers=ANY)
    assert own_client.get("/v1/offerings/lms/x").status_code == 404


CHANGES = [
    (method, address, body)
    for address, body in ((HERE, DEMENTIA), (OFFERING, COHORT), (STACK, PAIR))
    for method in ("PUT", "PATCH", "DELETE")
] + [(("POST"), f"/v1/{what}", {}) for what in ("credentials", "offerings", "stacks")]


@pytest.mark.parametrize(("method", "address", "body"), CHANGES, ids=[f"{one[0]} {one[1][4:12]}" for one in CHANGES])
def test_changes_need_the_scope_write(as_caller: Grant, own: Workspace, method: str, address: str, body: Any) -> None:
    before = own.snapshot().content_hash
    refusal = as_caller("read", "report", "plan").request(
        method, address, json=None if method == "DELETE" else body, headers=ANY
    )
    assert (refusal.status_code, refusal.json()["code"]) in ((403, "scope_missing"), (422, "invalid_input"))
    assert as_caller().get(address).status_code == 401
    assert own.snapshot().content_hash == before
