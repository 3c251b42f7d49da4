"""Scopes and units: every address names who may, nobody sees past their grant, and forbidden looks like unknown."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from fastapi import FastAPI
from starlette.testclient import TestClient

from skillmatch.api.openapi import describe, routes_of
from skillmatch.api.scopes import scopes_of
from skillmatch.domain.caller import Scope
from skillmatch.service.workspace import Workspace

Grant = Callable[..., TestClient]

MINE = "Care homes"
INSIDE = "own/P-037"


def outside(workspace: Workspace) -> str:
    return next(person.id for person in workspace.people() if person.unit != MINE)


def test_every_address_under_v1_names_its_scopes(app: FastAPI) -> None:
    found = {(route.path, route.name): scopes_of(route) for route in routes_of(app)}
    under = {place: scopes for place, scopes in found.items() if str(place[0]).startswith("/v1")}

    assert len(under) >= 25
    assert [place for place, scopes in under.items() if not scopes] == []


def test_an_address_lets_in_whom_it_says_and_nobody_else(app: FastAPI, as_caller: Grant) -> None:
    clients = {scope: as_caller(scope) for scope in Scope if scope is not Scope.SELF}
    clients[Scope.SELF] = as_caller("self", person=INSIDE)
    for path, methods in describe(app)["paths"].items():
        for method, spec in methods.items():
            if method != "get":
                continue
            allowed = {scope for way in spec["security"] for scope in way["bearer"]} | {"admin"}
            address = path.replace("{source}/{external_id}", "own/nobody").replace("{", "").replace("}", "")
            for scope, client in clients.items():
                assert (client.get(address).status_code != 403) == (scope in allowed), (path, scope)
            assert clients[Scope.READ].post("/v1/people", json={}).status_code in (403, 422)


def test_changes_need_the_scope_write(as_caller: Grant) -> None:
    reader = as_caller("read", "report", "plan")
    for method, address in (
        ("POST", "/v1/people"),
        ("PUT", f"/v1/people/{INSIDE}"),
        ("PATCH", f"/v1/people/{INSIDE}"),
        ("DELETE", f"/v1/people/{INSIDE}"),
        ("POST", f"/v1/people/{INSIDE}/evidence"),
        ("PUT", f"/v1/people/{INSIDE}/evidence"),
    ):
        assert reader.request(method, address, json={}).status_code in (403, 422), address
    refusal = reader.delete(f"/v1/people/{INSIDE}", headers={"If-Match": "*"})
    assert (refusal.status_code, refusal.json()["code"]) == (403, "scope_missing")


PERSONAL = [
    ("GET", "", None),
    ("GET", "/evidence", None),
    ("GET", "/evidence/043f8905d5632a9cd706e06a2dd9aaf2", None),
    ("GET", "/awards", None),
    ("GET", "/profile", None),
    ("GET", "/gap?role=R-B03", None),
    ("GET", "/recommendations?role=R-B03", None),
    ("GET", "/why?role=R-B03&credential=A-002", None),
    ("GET", "/pathway?role=R-B03&hours_per_week=4&weeks=26", None),
    ("GET", "/adjacent", None),
    ("GET", "/export", None),
    ("PUT", "", {"name": "X", "unit": MINE}),
    ("PATCH", "", {"name": "X"}),
    ("DELETE", "", None),
    ("PUT", "/evidence", {"items": []}),
    ("POST", "/evidence", {"skill": "Communication", "level": 3, "source": "manager", "on": "2026-01-01"}),
    ("DELETE", "/evidence/043f8905d5632a9cd706e06a2dd9aaf2", None),
]


@pytest.mark.parametrize(("method", "below", "body"), PERSONAL, ids=[f"{one[0]} {one[1][:14]}" for one in PERSONAL])
def test_somebody_in_another_unit_answers_like_nobody(
    as_caller: Grant, own: Workspace, method: str, below: str, body: Any
) -> None:
    manager = as_caller("read", "write", units=[MINE])
    them = outside(own)
    nobody = "own/" + "Z" * len(them.partition("/")[2])

    def refusal(person: str) -> dict[str, Any]:
        response = manager.request(method, f"/v1/people/{person}{below}", json=body, headers={"If-Match": "*"})
        assert response.status_code == 404, response.text
        said: dict[str, Any] = response.json()
        del said["request_id"]
        return {**said, "detail": said["detail"].replace(person, "?"), "type": said["type"]}

    assert refusal(them) == refusal(nobody)
    assert own.person(them) == own.person(them)


def test_the_person_by_any_name_is_hidden_too(as_caller: Grant, own: Workspace) -> None:
    manager = as_caller("read", units=[MINE])
    them = outside(own)
    for name in (them, them.partition("/")[2]):
        found = manager.get("/v1/gap", params={"person": name, "role": "R-B03"})
        missing = manager.get("/v1/gap", params={"person": "nobody", "role": "R-B03"})
        assert found.status_code == missing.status_code == 404
        assert found.json()["remedy"] == missing.json()["remedy"] == ""
    assert manager.get("/v1/gap", params={"person": "P-037", "role": "R-B03"}).status_code == 200


def test_lists_hold_the_granted_units_only(as_caller: Grant, own: Workspace) -> None:
    manager = as_caller("read", units=[MINE])
    other = own.person(outside(own)).unit

    listed = manager.get("/v1/people?limit=200").json()["items"]

    assert {person["unit"] for person in listed} == {MINE}
    assert len(listed) == len(own.people([MINE]))
    assert manager.get("/v1/people", params={"unit": other}).json()["items"] == []


def test_self_is_one_person(as_caller: Grant, own: Workspace) -> None:
    me = as_caller("self", person=INSIDE)
    assert me.get(f"/v1/people/{INSIDE}/recommendations?role=R-B03").status_code == 200
    assert me.get(f"/v1/people/{outside(own)}").status_code == 404
    assert me.get("/v1/people").status_code == 403


def test_report_sees_nobody(as_caller: Grant) -> None:
    report = as_caller("report")
    for address in ("/v1/people", f"/v1/people/{INSIDE}", f"/v1/people/{INSIDE}/gap?role=R-B03"):
        assert report.get(address).status_code == 403
    assert report.get("/v1/roles").status_code == 200


def test_whoever_is_bound_to_units_adds_nobody_and_moves_nobody_out(as_caller: Grant, own: Workspace) -> None:
    manager = as_caller("read", "write", units=[MINE])
    other = own.person(outside(own)).unit

    assert manager.post("/v1/people", json={"external_id": "N1", "name": "N", "unit": MINE}).status_code == 403
    moved = manager.patch(f"/v1/people/{INSIDE}", json={"unit": other}, headers={"If-Match": "*"})
    assert moved.status_code == 403
    assert own.person(INSIDE).unit == MINE
    assert manager.patch(f"/v1/people/{INSIDE}", json={"name": "K"}, headers={"If-Match": "*"}).status_code == 200
