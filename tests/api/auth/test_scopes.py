"""Scopes and units: nobody sees past their grant, and forbidden looks like unknown.

That every operation keeps to its scopes and to whom the caller may see is tried in ``owasp/``, from the description.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from starlette.testclient import TestClient

from skillmatch.service.workspace import Workspace

Grant = Callable[..., TestClient]

MINE = "Care homes"
INSIDE = "own/P-037"


def outside(workspace: Workspace) -> str:
    return next(person.id for person in workspace.people.all() if person.unit != MINE)


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
    assert own.people.get(them) == own.people.get(them)


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
    other = own.people.get(outside(own)).unit

    listed = manager.get("/v1/people?limit=200").json()["items"]

    assert {person["unit"] for person in listed} == {MINE}
    assert len(listed) == len(own.people.all([MINE]))
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
    other = own.people.get(outside(own)).unit

    assert manager.post("/v1/people", json={"external_id": "N1", "name": "N", "unit": MINE}).status_code == 403
    moved = manager.patch(f"/v1/people/{INSIDE}", json={"unit": other}, headers={"If-Match": "*"})
    assert moved.status_code == 403
    assert own.people.get(INSIDE).unit == MINE
    assert manager.patch(f"/v1/people/{INSIDE}", json={"name": "K"}, headers={"If-Match": "*"}).status_code == 200
