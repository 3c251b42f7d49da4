"""API9:2023 Improper inventory management: everything that is served is described, versioned and known."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from fastapi import FastAPI
from starlette.testclient import TestClient

from skillmatch.api.openapi.description import describe, routes_of
from skillmatch.service.core.snapshot import program_version

from ..calls import ALL

OUTSIDE = {"/health", "/ready", "/metrics", "/", "/docs", "/docs/{name}", "/docs/try/{operation_id}", "/openapi.json"}
"""What is served beside the API itself: the probes and the page that explains it."""


def served(app: FastAPI) -> set[tuple[str, str]]:
    return {
        (str(route.path), method)
        for route in routes_of(app)
        for method in (route.methods or ())
        if method not in ("HEAD", "OPTIONS")
    }


def test_every_route_is_described_and_everything_described_is_served(victim_app: FastAPI) -> None:
    described = {(call.path, call.method) for call in ALL.values()}
    assert {place for place in served(victim_app) if place[0].startswith("/v1/")} == described


def test_nothing_is_served_outside_the_version_but_what_is_listed(victim_app: FastAPI) -> None:
    assert {path for path, _ in served(victim_app) if not path.startswith("/v1/")} <= OUTSIDE
    mounted = [route for route in victim_app.routes if type(route).__name__ in ("Mount", "Host", "WebSocketRoute")]
    assert mounted == []


def test_every_operation_has_a_version_a_name_and_an_explanation(victim_app: FastAPI) -> None:
    document = describe(victim_app)
    assert document["info"]["version"] == program_version()
    for call in ALL.values():
        assert call.path.startswith("/v1/")
        assert call.spec["summary"] and call.spec["description"] and call.spec["tags"]
    names = [spec["operationId"] for methods in document["paths"].values() for spec in methods.values()]
    assert len(set(names)) == len(names)


def test_what_is_deprecated_says_so_on_every_answer(admin: TestClient) -> None:
    for call in ALL.values():
        if call.spec.get("deprecated"):
            assert "deprecation" in call.send(admin).headers, call.id


@pytest.mark.parametrize(
    "path",
    [
        *("/v0/people", "/v2/people", "/people", "/api/v1/people", "/v1", "/v1/", "/v1/admin", "/v1/keys/.."),
        *("/internal", "/v1beta/people", "/V1/people", "/graphql", "/swagger.json", "/actuator", "/server-status"),
        *("/admin", "/static/x"),
    ],
)
def test_there_is_no_other_version_and_no_back_door(
    admin: TestClient, keyed: Callable[..., TestClient], path: str
) -> None:
    assert admin.get(path).status_code == 404
    assert keyed().get(path).status_code in (401, 404)


def test_strangers_learn_no_address(keyed: Callable[..., TestClient]) -> None:
    """Below /v1 what is there and what is not answer alike to somebody without a key."""
    stranger = keyed()
    there, nowhere = stranger.get("/v1/people"), stranger.get("/v1/nothing")
    assert there.status_code == nowhere.status_code == 401
    assert {**there.json(), "request_id": ""} == {**nowhere.json(), "request_id": ""}
