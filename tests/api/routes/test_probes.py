"""Probes: alive at once, ready only with the snapshot in memory, figures for those who may see them."""

from __future__ import annotations

import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from fastapi import FastAPI
from starlette.testclient import TestClient

from skillmatch.api.app import create_app
from skillmatch.api.http.access import OPEN
from skillmatch.domain.base.errors import WorkspaceError
from skillmatch.matching.encoders.ngram_encoder import NgramEncoder
from skillmatch.service.workspace import Workspace

ClientOf = Callable[..., TestClient]


class Held(Workspace):
    """A workspace whose snapshot comes when it is let go, after it failed once."""

    gate = threading.Event()
    tries = 0

    def snapshot(self) -> Any:
        self.gate.wait(10)
        self.tries += 1
        if self.tries == 1:
            raise WorkspaceError("away for a moment.")
        return super().snapshot()


def ready_of(client: TestClient, *, until: int, seconds: float = 10.0) -> int:
    stop = threading.Event()
    status = 0
    for _ in range(int(seconds / 0.05)):
        status = client.get("/ready").status_code
        if status == until:
            break
        stop.wait(0.05)
    return status


def test_ready_only_once_the_snapshot_is_there_and_alive_all_the_time(client_of: ClientOf, tmp_path: Path) -> None:
    Held.gate.clear()
    with Held.open(tmp_path / "w", create=True, encoder=NgramEncoder()) as workspace:
        with client_of(create_app(workspace, access=OPEN, allow_remote=False)) as client:
            answer = client.get("/ready")
            assert (answer.status_code, answer.json()["code"]) == (503, "not_ready")
            assert answer.headers["content-type"] == "application/problem+json"
            assert answer.headers["retry-after"] == "1"
            assert client.get("/health").json() == {"status": "ok"}
            Held.gate.set()
            assert ready_of(client, until=200) == 200
            assert client.get("/ready").json()["snapshot"] == workspace.snapshot().versions.snapshot
        assert client.get("/ready").status_code == 503  # about to stop: nobody should be sent here


def test_a_workspace_that_breaks_is_not_ready(client_of: ClientOf, tmp_path: Path) -> None:
    workspace = Workspace.open(tmp_path / "w", create=True, encoder=NgramEncoder())
    with client_of(create_app(workspace, access=OPEN, allow_remote=False)) as client:
        assert ready_of(client, until=200) == 200
        workspace.close()
        assert client.get("/ready").status_code == 503
        assert client.get("/health").status_code == 200


@pytest.fixture
def remote_app(demo: Workspace) -> FastAPI:
    return create_app(demo, access=OPEN, allow_remote=True)


@pytest.mark.parametrize(
    ("client", "host", "forwarded", "status"),
    [
        ("127.0.0.1", "127.0.0.1:8000", None, 200),
        ("127.0.0.1", "localhost", None, 200),
        ("127.0.0.1", "skills.example", None, 401),
        ("127.0.0.1", "127.0.0.1:8000", "X-Forwarded-For", 401),
        ("127.0.0.1", "127.0.0.1:8000", "Forwarded", 401),
        ("10.1.2.3", "127.0.0.1:8000", None, 401),
        ("10.1.2.3", "skills.example", None, 401),
    ],
)
def test_figures_are_for_this_machine_and_no_proxy(
    client_of: ClientOf, demo: Workspace, client: str, host: str, forwarded: str | None, status: int
) -> None:
    app = closed_app(demo)
    headers = {} if forwarded is None else {forwarded: "10.1.2.3"}
    assert client_of(app, client=client, host=host).get("/metrics", headers=headers).status_code == status


def closed_app(demo: Workspace) -> FastAPI:
    """The application where nobody is let in unasked."""
    from skillmatch.api.http.access import Access

    return create_app(demo, access=Access(open=False), allow_remote=True)


def test_figures_name_templates_and_never_what_they_were_filled_with(client_of: ClientOf, demo: Workspace) -> None:
    client = client_of(create_app(demo, access=OPEN, allow_remote=False))
    for path in ("/v1/people/own/P-001", "/v1/people/own/P-999", "/v1/nothing/P-001", "/docs"):
        client.get(path)
    client.request("BREW", "/v1/people/own/P-001")
    text = client.get("/metrics").text
    assert 'skillmatch_requests_total{method="GET",route="/v1/people/{source}/{external_id}",status="200"} 1.0' in text
    assert 'route="unknown",status="404"' in text
    assert 'method="unknown"' in text
    assert "BREW" not in text
    assert "P-001" not in text
    assert "skillmatch_build_info" in text
    assert "skillmatch_request_seconds_bucket" in text
