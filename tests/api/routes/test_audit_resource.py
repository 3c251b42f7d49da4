"""The audit over HTTP: read page by page, checked, and answers given back to the byte; all of it noted, too."""

from __future__ import annotations

import hashlib
import sqlite3
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from starlette.testclient import TestClient

from skillmatch.domain.access.audit import AccessNote
from skillmatch.service.workspace import Workspace

Grant = Callable[..., TestClient]

HERE = "/v1/people/own/P-037"


def pages(client: TestClient, address: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = []
    while address:
        page = client.get(address)
        assert page.status_code == 200, page.text
        found += page.json()["items"]
        address = page.links.get("next", {}).get("url", "")
    return found


@pytest.mark.parametrize("limit", [1, 2, 50])
def test_a_list_ends_where_the_audit_ended_when_it_was_begun(
    own_client: TestClient, own: Workspace, limit: int
) -> None:
    for place in range(5):
        own_client.get(f"/v1/people/own/P-00{place + 1}")
    found = pages(own_client, f"/v1/audit?limit={limit}")
    assert [line["seq"] for line in found] == [1, 2, 3, 4, 5]
    assert [line["action"] for line in found] == ["people.read"] * 5
    assert [line["about"][0]["person"] for line in found] == [f"own/P-00{place + 1}" for place in range(5)]
    assert all("P-00" not in line["about"][0]["subject"] for line in found)
    assert found[1]["previous"] == found[0]["hash"]
    assert {line.action for line in own.audit.lines(after=5).items} == {"audit.read"}  # reading it stands in it


def test_who_whom_what_and_when_narrow_it_down(own_client: TestClient, own: Workspace) -> None:
    noon = datetime.now(UTC)
    own.audit.record(AccessNote("key:one", "people.read", ("own/P-001",)))
    own.audit.record(AccessNote("key:one", "people.gap", ("own/P-002", "own/P-001")))
    own.audit.record(AccessNote("key:two", "people.gap", ("own/P-002",)))

    def seqs(**params: str) -> list[int]:
        response = own_client.get("/v1/audit", params=params)
        assert response.status_code == 200, response.text
        return [line["seq"] for line in response.json()["items"] if line["seq"] <= 3]

    assert seqs() == [1, 2, 3]
    assert seqs(person="own/P-001") == seqs(person="P-001") == [1, 2]
    assert seqs(by="key:one") == [1, 2]
    assert seqs(action="people.gap") == [2, 3]
    assert seqs(action="people.gap", by="key:two", person="P-002") == [3]
    assert seqs(person="nobody-at-all") == []
    assert seqs(since=(noon - timedelta(hours=1)).isoformat()) == [1, 2, 3]
    assert seqs(since=(noon + timedelta(hours=1)).isoformat()) == []
    assert seqs(until=noon.astimezone().isoformat()) == []
    assert seqs(until=(noon + timedelta(hours=1)).isoformat()) == [1, 2, 3]


@pytest.mark.parametrize(
    "query",
    [
        "since=2026-01-01T00:00:00",
        "until=yesterday",
        "since=0001-01-01T00:00:00%2B14:00",
        "until=9999-12-31T23:59:59-14:00",
        "cursor=NDI",
        "cursor=wrong",
        "limit=201",
    ],
)
def test_what_makes_no_sense_is_refused(own_client: TestClient, query: str) -> None:
    refusal = own_client.get(f"/v1/audit?{query}")
    assert (refusal.status_code, refusal.json()["code"]) == (422, "invalid_input")


def test_a_recommendation_is_given_back_to_the_byte(own_client: TestClient, own: Workspace) -> None:
    served = own_client.get(f"{HERE}/recommendations?role=R-B03&limit=3")
    (line,) = own_client.get("/v1/audit?action=people.recommend").json()["items"]
    assert line["answer"] == hashlib.sha256(served.content).hexdigest()

    bytes_again = own_client.get(f"/v1/audit/{line['seq']}/answer")

    assert bytes_again.content == served.content
    assert bytes_again.headers["content-type"] == "application/json"
    replay = own_client.get(f"/v1/audit/{line['seq']}/replay").json()
    assert (replay["again"], replay["moved"], replay["answer"]) == ("same", [], served.text)
    assert replay["line"] == line
    looks = own.audit.lines(person="own/P-037", action="audit.replay").items
    assert [look.detail for look in looks] == [{"line": line["seq"]}] * 2


def test_what_moved_since_is_told(own_client: TestClient, own: Workspace) -> None:
    served = own_client.get(f"{HERE}/recommendations?role=R-B03")
    seq = own.audit.lines().items[-1].seq
    body = {"kind": "alias", "skill": "Communication", "text": "saying it", "author": "Mia Holt"}
    assert own_client.post("/v1/overlay/entries", json=body).status_code == 201
    replay = own_client.get(f"/v1/audit/{seq}/replay").json()
    assert replay["answer"] == served.text
    assert set(replay["moved"]) == {"taxonomy", "snapshot"}


def test_an_answer_goes_with_an_erased_person(own_client: TestClient, own: Workspace) -> None:
    own_client.get(f"{HERE}/recommendations?role=R-B03")
    seq = own.audit.lines().items[-1].seq
    assert own_client.delete(HERE, headers={"If-Match": "*"}).status_code == 200
    replay = own_client.get(f"/v1/audit/{seq}/replay").json()
    assert (replay["answer"], replay["again"]) == (None, "unknown")
    assert replay["line"]["about"][0]["person"] is None
    gone = own_client.get(f"/v1/audit/{seq}/answer")
    assert (gone.status_code, gone.json()["code"]) == (404, "not_found")
    assert own_client.get("/v1/audit/999/replay").status_code == 404
    assert own_client.get("/v1/audit/verification").json()["whole"] is True


def test_a_changed_line_is_found(own_client: TestClient, own: Workspace) -> None:
    for _ in range(3):
        own_client.get(HERE)
    whole = own_client.get("/v1/audit/verification").json()
    assert (whole["whole"], whole["lines"], whole["wrong"]) == (True, 3, [])
    kept = f"{whole['lines']}:{whole['head']}"
    own_client.get(HERE)
    assert own_client.get("/v1/audit/verification", params={"kept": kept}).json()["whole"] is True
    assert own_client.get("/v1/audit/verification", params={"kept": f"3:{'0' * 64}"}).json()["whole"] is False
    assert own_client.get("/v1/audit/verification", params={"kept": "3"}).status_code == 422
    with sqlite3.connect(own.folder / "audit.db") as connection:
        connection.execute("UPDATE lines SET caller = 'nobody' WHERE seq = 2")
    connection.close()
    found = own_client.get("/v1/audit/verification").json()
    assert found["whole"] is False
    assert any("line 2" in item for item in found["wrong"])


def test_only_admins_may(as_caller: Grant, own: Workspace) -> None:
    own.audit.record(AccessNote("t", "people.read", ("own/P-037",)), b"{}")
    for client in (as_caller("read", "write", "plan", "report"), as_caller("self", person="own/P-037")):
        for path in ("", "/verification", "/1/replay", "/1/answer"):
            assert client.get(f"/v1/audit{path}").status_code == 403
    admin = as_caller("admin")
    assert admin.get("/v1/audit/1/answer").content == b"{}"
