"""What is new about people: everybody about whom something was written from a moment on, page by page."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from starlette.testclient import TestClient

from skillmatch.service.workspace import Workspace

Grant = Callable[..., TestClient]
ANY = {"If-Match": "*"}


def changed(client: TestClient, since: str, **params: Any) -> list[str]:
    found: list[str] = []
    response = client.get("/v1/people", params={"updated_since": since, **params})
    while True:
        assert response.status_code == 200, response.text
        found += [item["id"] for item in response.json()["items"]]
        if "next" not in response.links:
            return found
        response = client.get(response.links["next"]["url"])


@pytest.fixture
def soon(own: Workspace) -> str:
    """A moment behind whatever was written so far."""
    own.pin_day(None)
    return datetime.now(UTC).isoformat()


def test_who_was_changed_by_whatever_way_is_listed(own_client: TestClient, own: Workspace, soon: str) -> None:
    assert changed(own_client, soon) == []
    own_client.put("/v1/people/own/P-001", json={"name": "Ann"}, headers=ANY)
    own_client.post(
        "/v1/people/own/P-002/evidence",
        json={"skill": "Communication", "level": 3, "source": "manager", "on": "2026-01-01"},
    )
    piece = own_client.get("/v1/people/own/P-003/evidence").json()["items"][0]["id"]
    assert own_client.delete(f"/v1/people/own/P-003/evidence/{piece}", headers=ANY).status_code == 204
    own_client.put("/v1/people/hris/new", json={"name": "New"})
    own.disputes.submit("own/P-037", skill="Dementia care", reason="Long ago.")
    expected = ["hris/new", "own/P-001", "own/P-002", "own/P-003", "own/P-037"]

    assert changed(own_client, soon) == expected
    assert changed(own_client, soon, limit=2) == expected
    assert changed(own_client, (datetime.now(UTC) + timedelta(hours=1)).isoformat()) == []


def test_what_changes_nothing_is_no_change(own_client: TestClient, own: Workspace, soon: str, tmp_path: Path) -> None:
    same = own_client.get("/v1/people/own/P-001").json()
    fields = {name: same[name] for name in ("name", "unit", "role_id", "languages", "hours_per_week")}
    assert own_client.put("/v1/people/own/P-001", json=fields, headers=ANY).status_code == 200
    for name in ("people", "evidence", "awards"):
        (tmp_path / f"{name}.csv").write_bytes(own_client.get(f"/v1/exports/{name}.csv").content)
    report = own.people.import_from(tmp_path)
    assert report.applied
    assert report.added == report.changed == 0
    assert changed(own_client, soon) == []


def test_an_import_is_told_of(own_client: TestClient, own: Workspace, soon: str, tmp_path: Path) -> None:
    (tmp_path / "people.csv").write_text("id,name\nP-900,Ada Berg\n")
    (tmp_path / "evidence.csv").write_text(
        "person,skill,level,scale,source,date\nP-005,Communication,3,0-5,manager,2026-01-01\n"
    )
    assert own.people.import_from(tmp_path).applied
    assert changed(own_client, soon) == ["own/P-005", "own/P-900"]


def test_asking_with_next_since_misses_nobody(own_client: TestClient) -> None:
    first = own_client.get("/v1/people?limit=1").json()["next_since"]
    own_client.put("/v1/people/own/P-001", json={"name": "Ann"}, headers=ANY)
    assert "own/P-001" in changed(own_client, first)
    assert datetime.fromisoformat(first) < datetime.now(UTC)


def test_only_people_of_the_granted_units(as_caller: Grant, own_client: TestClient, own: Workspace, soon: str) -> None:
    other = next(person.id for person in own.people.all() if person.unit != "Care homes")
    for person in ("own/P-037", other):
        own_client.patch(f"/v1/people/{person}", json={"hours_per_week": 9}, headers=ANY)
    assert changed(as_caller("read", units=["Care homes"]), soon) == ["own/P-037"]


@pytest.mark.parametrize("since", ["2026-01-01", "2026-01-01T00:00:00", "yesterday", "0001-01-01T00:00:00+14:00"])
def test_a_moment_needs_its_offset(client: TestClient, since: str) -> None:
    refusal = client.get("/v1/people", params={"updated_since": since})
    assert refusal.status_code == 422
    assert refusal.json()["errors"][0]["pointer"] == "#/updated_since"
