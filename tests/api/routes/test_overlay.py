"""The overlay over HTTP: signed changes are in force with the next answer, and taken back by withdrawals."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from starlette.testclient import TestClient

from skillmatch.service.workspace import Workspace

Grant = Callable[..., TestClient]

ENTRIES = "/v1/overlay/entries"
SIGNED = {"author": "Mia Holt", "reason": "ours", "on": "2026-12-01"}


def made(client: TestClient, kind: str, **fields: Any) -> dict[str, Any]:
    response = client.post(ENTRIES, json={"kind": kind, **fields, **SIGNED})
    assert response.status_code == 201, response.text
    found: dict[str, Any] = response.json()
    assert response.headers["location"] == f"{ENTRIES}/{found['number']}"
    return found


def best(client: TestClient, text: str) -> str | None:
    (item,) = client.post("/v1/skills/normalise", json={"texts": [text]}).json()["items"]
    return None if item["abstained"] else str(item["links"][0]["skill_id"])


def test_an_alias_counts_in_the_next_answer_and_no_more_once_withdrawn(own_client: TestClient) -> None:
    text = "zorbing with the whole crew"
    assert best(own_client, text) != "transversal.communication"
    before = own_client.get("/v1/overlay").json()

    entry = made(own_client, "alias", skill="Communication", text=text)

    assert (entry["skill"], entry["state"], entry["author"], entry["date"]) == (
        "transversal.communication",
        "applied",
        "Mia Holt",
        "2026-12-01",
    )
    assert best(own_client, text) == "transversal.communication"
    after = own_client.get("/v1/overlay").json()
    assert (before["taxonomy"], after["taxonomy"]) == ("starter@1.0.0", "starter@1.0.0+1")
    assert after["snapshot"] != before["snapshot"]

    back = own_client.post(f"{ENTRIES}/{entry['number']}/withdrawal", json={"author": "Mia Holt", "reason": "no"})

    assert (back.status_code, back.json()["kind"], back.json()["withdraws"]) == (201, "withdraw", 1)
    assert best(own_client, text) != "transversal.communication"
    states = [item["state"] for item in own_client.get("/v1/overlay").json()["items"]]
    assert states == ["withdrawn", "applied"]
    again = own_client.post(f"{ENTRIES}/1/withdrawal", json=SIGNED)
    assert (again.status_code, again.json()["code"]) == (409, "conflict")


def test_a_merge_moves_what_a_role_asks_for(own_client: TestClient) -> None:
    role = "/v1/roles/own/R-B03"
    asked = own_client.get(role)
    one, other = (need["skill_id"] for need in asked.json()["requirements"][:2])

    made(own_client, "merge", skill=one, other=other)

    after = own_client.get(role)
    assert one not in {need["skill_id"] for need in after.json()["requirements"]}
    assert after.headers["etag"] != asked.headers["etag"]
    assert own_client.get(f"/v1/skills/{one}").json()["id"] == other


def test_a_skill_of_our_own_is_found_at_once(own_client: TestClient) -> None:
    entry = made(own_client, "add", text="Beekeeping", broader=["Communication"], description="Keeps bees.")
    assert (entry["skill"], entry["broader"], entry["type"]) == (
        "org/beekeeping",
        ["transversal.communication"],
        "skill",
    )
    (found,) = own_client.get("/v1/skills?q=beekeep").json()["items"]
    assert (found["id"], found["description"]) == ("org/beekeeping", "Keeps bees.")
    made(own_client, "rename", skill="beekeeping", text="Apiculture")
    assert own_client.get("/v1/skills/org%2Fbeekeeping").json()["aliases"] == ["Beekeeping"]
    made(own_client, "unalias", skill="Apiculture", text="beekeeping")
    made(own_client, "broader", skill="Apiculture", other="Teamwork")
    made(own_client, "deprecate", skill="Apiculture", other="Communication")
    assert own_client.get("/v1/skills/Apiculture").json()["deprecated"] is True


def test_entries_come_page_by_page_and_by_state(own_client: TestClient, own: Workspace) -> None:
    for place in range(5):
        made(own_client, "alias", skill="Communication", text=f"saying it, way {place}")
    own_client.post(f"{ENTRIES}/2/withdrawal", json=SIGNED)
    found, address = [], "/v1/overlay?limit=2"
    while address:
        page = own_client.get(address)
        found += page.json()["items"]
        address = page.links.get("next", {}).get("url", "")
    assert [item["number"] for item in found] == [1, 2, 3, 4, 5, 6]
    assert found == own.taxonomy.overlay.all().rows()
    (withdrawn,) = own_client.get("/v1/overlay?state=withdrawn").json()["items"]
    assert withdrawn["number"] == 2
    assert own_client.get(f"{ENTRIES}/2").json()["state"] == "withdrawn"
    assert own_client.get(f"{ENTRIES}/7").status_code == 404
    assert own_client.post(f"{ENTRIES}/7/withdrawal", json=SIGNED).status_code == 404


@pytest.mark.parametrize(
    ("body", "status", "pointer"),
    [
        ({"kind": "alias", "text": "x"}, 422, "#/skill"),
        ({"kind": "alias", "skill": "Communication"}, 422, "#/text"),
        ({"kind": "alias", "skill": "no such skill at all", "text": "x"}, 422, "#/skill"),
        ({"kind": "alias", "skill": "Communication", "text": " x "}, 422, "#/text"),
        ({"kind": "alias", "skill": "Communication", "text": "x", "other": "Teamwork"}, 422, "#/other"),
        ({"kind": "merge", "skill": "Communication"}, 422, "#/other"),
        ({"kind": "merge", "skill": "Communication", "other": "no such skill at all"}, 422, "#/other"),
        ({"kind": "merge", "skill": "Communication", "other": "Communication"}, 422, "#/other"),
        ({"kind": "add", "text": "New", "broader": ["Teamwork", "no such skill at all"]}, 422, "#/broader/1"),
        ({"kind": "add", "text": "New", "slug": "a/b"}, 422, "#/slug"),
        ({"kind": "add", "text": "New", "skill": "Teamwork"}, 422, "#/skill"),
        ({"kind": "add", "text": "Communication"}, 409, None),
        ({"kind": "alias", "skill": "Teamwork", "text": "Communication"}, 409, None),
        ({"kind": "withdraw", "skill": "Teamwork"}, 422, "#/kind"),
        ({"kind": "alias", "skill": "Teamwork", "text": "x", "number": 9}, 422, "#/number"),
        ({"kind": "alias", "skill": "Teamwork", "text": "x", "author": ""}, 422, "#/author"),
    ],
)
def test_what_cannot_be_is_pointed_at_and_changes_nothing(
    own_client: TestClient, own: Workspace, body: dict[str, Any], status: int, pointer: str | None
) -> None:
    response = own_client.post(ENTRIES, json={**SIGNED, **body})
    assert response.status_code == status, response.text
    assert [error["pointer"] for error in response.json()["errors"]] == ([] if pointer is None else [pointer])
    assert own.taxonomy.overlay.all().lines == ()


def test_one_key_one_entry(own_client: TestClient, own: Workspace) -> None:
    body = {"kind": "alias", "skill": "Communication", "text": "saying it", **SIGNED}
    first = own_client.post(ENTRIES, json=body, headers={"Idempotency-Key": "o1"})
    again = own_client.post(ENTRIES, json=body, headers={"Idempotency-Key": "o1"})
    assert first.content == again.content
    assert len(own.taxonomy.overlay.all().lines) == 1


def test_who_may_change_what_counts_for_all(as_caller: Grant, own: Workspace) -> None:
    body = {"kind": "alias", "skill": "Communication", "text": "saying it"}
    assert as_caller("read").post(ENTRIES, json=body).status_code == 403
    assert as_caller("report").get("/v1/overlay").status_code == 403
    bound = as_caller("read", "write", units=["Care homes"])
    assert bound.get("/v1/overlay").status_code == 200
    assert bound.post(ENTRIES, json=body).status_code == 403
    writer = as_caller("write")
    assert writer.post(ENTRIES, json=body).status_code == 201
    assert bound.post(f"{ENTRIES}/1/withdrawal", json=SIGNED).status_code == 403
    line = own.audit.lines().items[-1]
    assert (line.action, line.detail) == ("overlay.change", {"kind": "alias"})
    assert line.caller.startswith("key:")


@pytest.mark.parametrize("text", ["<script>alert(1)</script>", "'; DROP TABLE overlay; --", "=cmd|' /C calc'!A0"])
def test_texts_come_back_as_they_were_sent(own_client: TestClient, text: str) -> None:
    made(own_client, "alias", skill="Communication", text=text)
    assert own_client.get(f"{ENTRIES}/1").json()["text"] == text
    assert text in own_client.get("/v1/skills/Communication").json()["aliases"]
