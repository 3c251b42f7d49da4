"""API8:2023 Security misconfiguration: headers, methods, other sites, and what a fault gives away.

That only this machine may ask, unless somebody says otherwise in so many words, stands in ``test_access.py``.
"""

from __future__ import annotations

import json
import logging
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from fastapi import FastAPI
from starlette.testclient import TestClient

from skillmatch.api.app import create_app
from skillmatch.api.http.guards import SECURITY_HEADERS
from skillmatch.service.workspace import Workspace

from ..calls import ALL, problem_code, with_things
from .test_1_object_level import quick

EVIL = "https://evil.example"
METHODS = ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "CONNECT", "PROPFIND", "DEBUG", "X")


@pytest.mark.parametrize("operation", sorted(ALL, key=lambda name: name == "erase_person"))
def test_every_answer_good_or_bad_carries_the_headers(
    victim: Workspace, admin: TestClient, keyed: Callable[..., TestClient], operation: str
) -> None:
    call = quick(with_things(ALL[operation], victim))
    sites = {"Origin": EVIL, "Access-Control-Request-Method": call.method, "Access-Control-Request-Headers": "*"}
    for response in (
        call.send(admin, headers=sites),
        call.send(keyed(), headers=sites),
        call.send(admin, content=b"{", headers=sites),
        admin.options(call.path.format(**call.given), headers=sites),
    ):
        headers = response.headers
        for name, value in SECURITY_HEADERS.items():
            assert headers[name] == value
        assert headers["cache-control"] == "no-store"
        assert re.fullmatch("[0-9a-f]{32}", headers["x-request-id"])
        assert not [
            name for name in headers if name.startswith("access-control-") or name in ("server", "x-powered-by")
        ]
        assert "set-cookie" not in headers
        assert headers.get("content-type", "application/json").partition(";")[0] in (
            "application/json",
            "application/problem+json",
            "text/csv",
        )


@pytest.mark.parametrize("path", sorted({call.path for call in ALL.values()}))
def test_an_address_takes_the_methods_that_it_describes_and_no_others(
    victim: Workspace, admin: TestClient, path: str
) -> None:
    call = next(call for call in ALL.values() if call.path == path)
    where = call.path.format(**call.given)
    fitting = {one.path: re.fullmatch(re.sub(r"{\w+}", "[^/]+", one.path), where) for one in ALL.values()}
    described = {one.method for one in ALL.values() if fitting[one.path]}
    for method in METHODS:
        if method not in described:
            response = admin.request(method, where, headers={"If-Match": '"none"'})
            assert response.status_code == 405, (method, response.text)
            assert set(response.headers["allow"].split(", ")) <= described
            if method != "HEAD":
                assert problem_code(response) == "method_not_allowed"


class Faulty:
    """Stands before a workspace: whatever is asked of it goes wrong in a way that nobody foresaw."""

    SECRET = "postgresql://admin:hunter2@db/prod"

    def __init__(self, behind: Workspace) -> None:
        self._behind = behind

    def __getattr__(self, name: str) -> Any:
        if name == "keys":
            return FaultyKeys(self._behind)
        if name.startswith("_") or name in ("idempotency", "folder"):
            return getattr(self._behind, name)
        raise ZeroDivisionError(self.SECRET)


class FaultyKeys:
    """Knows who asks, and nothing else of keys."""

    def __init__(self, behind: Workspace) -> None:
        self._behind = behind

    def __getattr__(self, name: str) -> Any:
        if name in ("create", "get", "revoke", "rotate", "states"):
            raise ZeroDivisionError(Faulty.SECRET)
        return getattr(self._behind.keys, name)


@pytest.mark.parametrize("operation", ALL)
def test_a_fault_of_ours_gives_nothing_away(
    victim: Workspace,
    client_of: Callable[..., TestClient],
    operation: str,
    caplog: pytest.LogCaptureFixture,
) -> None:
    app: FastAPI = create_app(victim, allow_remote=False)
    client = client_of(app)
    client.headers["Authorization"] = f"Bearer {victim.keys.create('fault', ['admin'], by='test').text}"
    app.state.workspace = Faulty(victim)
    with caplog.at_level(logging.CRITICAL):
        response = ALL[operation].send(client)
    if response.status_code == 422:  # refused before the workspace was asked
        return
    assert (response.status_code, problem_code(response)) == (500, "internal")
    for word in (
        Faulty.SECRET,
        "hunter2",
        "ZeroDivision",
        "Traceback",
        str(victim.folder),
        ".py",
        "skillmatch.service",
    ):
        assert word not in response.text


def test_errors_of_the_store_do_not_tell_where_it_lies(own: Workspace, as_caller: Callable[..., TestClient]) -> None:
    """A caller learns that the workspace cannot be used, not the server's folders."""
    client = as_caller("admin")
    assert client.get("/v1/roles").status_code == 200
    own.close()
    response = client.get("/v1/roles")
    assert response.status_code == 503
    assert str(own.folder) not in response.text
    assert str(Path.home()) not in response.text


@pytest.mark.parametrize("path", ["/docs", "/openapi.json", "/health", "/ready", "/v1/roles", "/nothing"])
def test_nothing_is_loaded_from_elsewhere_and_no_page_may_frame_it(admin: TestClient, path: str) -> None:
    response = admin.get(path)
    assert "frame-ancestors 'none'" in response.headers["content-security-policy"]
    assert "unsafe" not in response.headers["content-security-policy"]
    assert not re.search(r"<(script|link|img|iframe)[^>]+(https?:)?//", response.text)


def test_debugging_is_off_and_the_frameworks_own_pages_are_not_there(victim_app: FastAPI, admin: TestClient) -> None:
    assert victim_app.debug is False
    for path in (
        "/redoc",
        "/docs/oauth2-redirect",
        "/v1/docs",
        "/v1/openapi.json",
        "/console",
        "/debug",
        "/.env",
        "/.git",
    ):
        assert admin.get(path).status_code == 404


def test_a_body_of_another_type_is_not_taken_for_json(admin: TestClient) -> None:
    """Else a form on another site could send it: those types need no question beforehand."""
    call = ALL["add_person"]
    body = {**call.body, "external_id": "forged"}
    for kind in ("text/plain", "application/x-www-form-urlencoded", "multipart/form-data; boundary=x", ""):
        response = call.send(admin, content=json.dumps(body).encode(), headers={"Content-Type": kind})
        assert response.status_code in (415, 422), kind
    assert admin.get("/v1/people/hris/forged").status_code == 404
