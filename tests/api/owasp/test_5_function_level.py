"""API5:2023 Broken function level authorization: every operation by every kind of caller, as the description says."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from fastapi import FastAPI
from starlette.testclient import TestClient

from skillmatch.api.auth.scopes import needs_of
from skillmatch.api.openapi.description import routes_of
from skillmatch.domain.access.caller import Scope
from skillmatch.service.workspace import Workspace

from ..calls import ALL, PERSON, problem_code, with_things
from .test_1_object_level import everything_about, quick


@pytest.fixture(scope="module")
def clients(keyed: Callable[..., TestClient]) -> dict[str, TestClient]:
    """A client for each scope alone."""
    return {scope.value: keyed(scope, person=PERSON) if scope is Scope.SELF else keyed(scope) for scope in Scope}


def test_every_route_under_v1_names_its_scopes(victim_app: FastAPI) -> None:
    found = {(str(route.path), route.name): needs_of(route) for route in routes_of(victim_app)}
    assert [place for place, scopes in found.items() if place[0].startswith("/v1") and not scopes] == []


@pytest.mark.parametrize("operation", ALL)
def test_whoever_lacks_the_scope_is_refused_and_changes_nothing(
    victim: Workspace, clients: dict[str, TestClient], operation: str
) -> None:
    call = with_things(ALL[operation], victim)
    before = everything_about(victim, PERSON), len(victim.people.all()), victim.webhooks.all()
    for scope, client in clients.items():
        if scope not in call.scopes:
            response = call.send(client)
            assert response.status_code == 403, (scope, response.text)
            assert problem_code(response) == "scope_missing"
            if call.body is not None:  # what is wrong with a body is not told either
                assert call.send(client, body={"unheard-of": 1}).status_code == 403
    assert (everything_about(victim, PERSON), len(victim.people.all()), victim.webhooks.all()) == before


@pytest.mark.parametrize("operation", [name for name, call in ALL.items() if call.method != "DELETE"])
def test_whoever_has_one_of_its_scopes_is_let_in(
    victim: Workspace, clients: dict[str, TestClient], operation: str
) -> None:
    call = with_things(ALL[operation], victim)
    for scope, client in clients.items():
        if scope in call.scopes:
            assert quick(call).send(client).status_code not in (401, 403), scope


@pytest.mark.parametrize("operation", ALL)
def test_another_method_or_spelling_opens_nothing(
    victim: Workspace, clients: dict[str, TestClient], operation: str
) -> None:
    """A reader who puts the method into a header, or spells the address otherwise, gets no further."""
    call = with_things(ALL[operation], victim)
    if call.method == "GET" or "report" in call.scopes:
        return
    reader = clients["report"]
    for name in ("X-HTTP-Method-Override", "X-Method-Override", "X-Original-Method"):
        assert call.send(reader, headers={name: "GET"}).status_code == 403
    where = call.path.format(**call.given)
    for spelt in (
        where + "/",
        where.upper(),
        where.replace("/v1/", "//v1/"),
        where.replace("/v1/", "/v1/./"),
        where + ";a",
    ):
        response = reader.request(call.method, spelt, json=call.body, headers=dict(call.headers))
        assert response.status_code in (403, 404, 405), (spelt, response.text)
