"""Webhooks over HTTP: for admins, with a secret shown once, to allowed hosts only."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from starlette.testclient import TestClient

from skillmatch.api.app import create_app
from skillmatch.api.http.access import OPEN
from skillmatch.service.access.outbound import HOSTS
from skillmatch.service.workspace import Workspace

ADDRESS = "https://hooks.example/in"


@pytest.fixture
def hooks(own: Workspace, client_of: Callable[..., TestClient], monkeypatch: pytest.MonkeyPatch) -> TestClient:
    """A client of a server that may reach one host."""
    monkeypatch.setenv(HOSTS, "hooks.example")
    return client_of(create_app(own, access=OPEN, allow_remote=False))


def test_a_webhook_is_made_seen_told_again_and_removed(hooks: TestClient) -> None:
    made = hooks.post("/v1/webhooks", json={"url": ADDRESS, "events": ["job.finished", "plan.approved"]})
    assert made.status_code == 201
    document = made.json()
    assert document["secret"].startswith("whsec_")
    address = made.headers["location"]
    assert address == f"/v1/webhooks/{document['id']}"
    shown = hooks.get(address).json()
    assert (shown["url"], shown["events"], shown["created_by"]) == (ADDRESS, ["job.finished", "plan.approved"], "open")
    assert "secret" not in shown
    assert [item["id"] for item in hooks.get("/v1/webhooks").json()["items"]] == [document["id"]]
    assert hooks.get(f"{address}/deliveries").json()["items"] == []
    again = hooks.post(f"{address}/replay", json={"since": "2026-01-01T00:00:00Z"})
    assert (again.status_code, again.json()["deliveries"]) == (200, 0)
    assert hooks.delete(address).status_code == 204
    assert hooks.get(address).status_code == hooks.delete(address).status_code == 404


@pytest.mark.parametrize(
    ("body", "status"),
    [
        ({"url": "https://evil.example/", "events": ["job.finished"]}, 422),
        ({"url": "http://169.254.169.254/", "events": ["job.finished"]}, 422),
        ({"url": ADDRESS, "events": []}, 422),
        ({"url": ADDRESS, "events": ["everything"]}, 422),
        ({"url": ADDRESS, "events": ["job.finished"], "secret": "mine"}, 422),
        ({"url": ADDRESS}, 422),
    ],
)
def test_webhooks_that_make_no_sense_are_refused(hooks: TestClient, body: dict[str, object], status: int) -> None:
    assert hooks.post("/v1/webhooks", json=body).status_code == status
    assert hooks.get("/v1/webhooks").json()["items"] == []


def test_only_admins_may(own: Workspace, client_of: Callable[..., TestClient]) -> None:
    client = client_of(create_app(own, allow_remote=False))
    key = own.keys.create("k", ["read", "write", "plan", "report"], by="t").text
    for method, path in (("GET", "/v1/webhooks"), ("POST", "/v1/webhooks"), ("DELETE", "/v1/webhooks/hook-1")):
        body = {"url": ADDRESS, "events": ["job.finished"]} if method == "POST" else None
        answer = client.request(method, path, json=body, headers={"Authorization": f"Bearer {key}"})
        assert answer.status_code == 403
