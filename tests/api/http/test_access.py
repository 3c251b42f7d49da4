"""Only this machine may ask, and a browser may not be used to ask for somebody else."""

from __future__ import annotations

import socket
from collections.abc import Callable
from pathlib import Path

import pytest
from fastapi import FastAPI
from starlette.testclient import TestClient

from skillmatch.api.app import create_app
from skillmatch.api.http.access import OPEN, check_host, is_loopback, remote_allowed
from skillmatch.api.server.serve import listen, serve
from skillmatch.domain.base.errors import InputError, WorkspaceError
from skillmatch.matching.encoders.ngram_encoder import NgramEncoder
from skillmatch.service.workspace import Workspace

ClientOf = Callable[..., TestClient]


@pytest.mark.parametrize(
    "host", ["127.0.0.1", "127.8.9.10", "localhost", "LOCALHOST.", "::1", "[::1]", "::ffff:127.0.0.1"]
)
def test_loopback_is_this_machine(host: str) -> None:
    assert is_loopback(host)
    check_host(host, remote=False)


@pytest.mark.parametrize(
    "host",
    [
        "0.0.0.0",
        "::",
        "",
        "192.168.1.4",
        "example.org",
        "localhost.example.org",
        "127.0.0.1.example.org",
        "::ffff:10.0.0.1",
    ],
)
def test_a_host_that_others_can_reach_is_refused_unless_allowed(host: str) -> None:
    with pytest.raises(InputError, match="SKILLMATCH_ALLOW_REMOTE=1"):
        check_host(host, remote=False)
    check_host(host, remote=True)


def test_the_application_and_the_server_refuse_such_a_host(
    demo: Workspace, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("SKILLMATCH_ALLOW_REMOTE", raising=False)
    with pytest.raises(InputError, match="reachable from other machines"):
        create_app(demo, host="0.0.0.0")
    with pytest.raises(InputError, match="reachable from other machines"):
        serve(tmp_path / "never-opened", host="0.0.0.0")
    monkeypatch.setenv("SKILLMATCH_ALLOW_REMOTE", "1")
    assert create_app(demo, host="0.0.0.0")


@pytest.mark.parametrize(("value", "allowed"), [(None, False), ("", False), ("0", False), ("1", True)])
def test_the_environment_decides(value: str | None, allowed: bool) -> None:
    environment = {} if value is None else {"SKILLMATCH_ALLOW_REMOTE": value}
    assert remote_allowed(environment) is allowed


def test_nonsense_in_the_environment_is_refused() -> None:
    with pytest.raises(InputError, match="SKILLMATCH_ALLOW_REMOTE"):
        remote_allowed({"SKILLMATCH_ALLOW_REMOTE": "yes please"})


@pytest.mark.parametrize(("client", "status"), [("127.0.0.1", 200), ("::1", 200), ("10.1.2.3", 403), ("nonsense", 403)])
def test_requests_from_elsewhere_are_refused_however_the_server_listens(
    client_of: ClientOf, app: FastAPI, client: str, status: int
) -> None:
    assert client_of(app, client=client).get("/v1/roles").status_code == status


@pytest.mark.parametrize(
    ("host", "status"),
    [
        ("localhost:8000", 200),
        ("[::1]:8000", 200),
        ("127.0.0.1", 200),
        ("evil.example", 421),
        ("127.0.0.1.evil.example", 421),
    ],
)
def test_a_page_whose_name_was_pointed_at_this_machine_reads_nothing(
    client_of: ClientOf, app: FastAPI, host: str, status: int
) -> None:
    response = client_of(app).get("/v1/people", headers={"Host": host})
    assert response.status_code == status
    assert ("own/P-001" in response.text) is (status == 200)


def test_where_it_is_allowed_whoever_has_a_key_may_ask_by_any_name(client_of: ClientOf, own: Workspace) -> None:
    client = client_of(create_app(own, host="0.0.0.0", allow_remote=True), client="10.1.2.3", host="skills.example")
    key = own.keys.create("far away", ["read"], by="test").text

    assert client.get("/v1/roles").status_code == 401
    assert client.get("/v1/roles", headers={"Authorization": f"Bearer {key}"}).status_code == 200


@pytest.mark.parametrize(("host", "remote"), [("0.0.0.0", True), ("0.0.0.0", False), ("127.0.0.1", True)])
def test_without_keys_nobody_else_is_ever_let_in(demo: Workspace, host: str, remote: bool) -> None:
    with pytest.raises(InputError, match="this machine only"):
        create_app(demo, access=OPEN, host=host, allow_remote=remote)


def test_it_is_closed_unless_somebody_says_otherwise(client_of: ClientOf, demo: Workspace) -> None:
    client = client_of(create_app(demo, allow_remote=False))
    assert client.get("/v1/people").status_code == 401
    assert client.get("/docs").status_code == 200


@pytest.mark.parametrize("address", ["/v1/people/own/P-001", "/v1/nothing", "/docs", "/v1/gap"])
def test_every_response_carries_the_security_headers(client: TestClient, address: str) -> None:
    headers = client.get(address).headers

    assert headers["content-security-policy"].startswith("default-src 'self';")
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["cache-control"] == "no-store"
    assert headers["referrer-policy"] == "no-referrer"
    assert "server" not in headers


def test_no_other_site_is_let_in_by_cross_origin_headers(client: TestClient) -> None:
    response = client.get("/v1/people", headers={"Origin": "https://evil.example"})
    assert not [name for name in response.headers if name.startswith("access-control-")]


def test_a_port_that_is_taken_is_named_before_anything_is_served() -> None:
    with listen("127.0.0.1", 0) as taken:
        port = taken.getsockname()[1]
        with pytest.raises(InputError, match=f"127.0.0.1, port {port}"):
            listen("127.0.0.1", port)


@pytest.mark.parametrize("port", [-1, 65_536])
def test_a_port_off_the_scale_is_refused(port: int) -> None:
    with pytest.raises(InputError, match="0 to 65535"):
        listen("127.0.0.1", port)


def test_a_listener_on_the_loopback_listens_there_only() -> None:
    with listen("localhost", 0) as listener:
        assert is_loopback(listener.getsockname()[0])
        assert listener.getsockopt(socket.SOL_SOCKET, socket.SO_ACCEPTCONN)


def test_a_missing_workspace_is_said_before_anything_listens(tmp_path: Path) -> None:
    with pytest.raises(WorkspaceError, match="no workspace"):
        serve(tmp_path / "missing")


def test_a_folder_is_opened_at_the_start_and_closed_at_the_end(client_of: ClientOf, tmp_path: Path) -> None:
    Workspace.open(tmp_path / "own", create=True, encoder=NgramEncoder()).close()
    app = create_app(tmp_path / "own", access=OPEN, allow_remote=False)
    with client_of(app) as client:
        assert client.get("/v1/roles").json()["items"] == []
    assert client_of(app).get("/v1/roles").status_code == 503
