"""Grids over HTTP: what heat maps are drawn from; groups for reports, people for those who see them."""

from __future__ import annotations

from collections.abc import Callable

from starlette.testclient import TestClient

from skillmatch.domain.team.team import MINIMUM_GROUP, SMALL_UNITS
from skillmatch.service.workspace import Workspace

Grant = Callable[..., TestClient]

MINE = "Care homes"


def test_a_report_sees_units_of_five_or_more_and_nobody(as_caller: Grant, own: Workspace) -> None:
    report = as_caller("report")
    found = report.get("/v1/team/grid")
    assert found.status_code == 200, found.text
    document = found.json()
    assert {key: document[key] for key in ("people", "units", "skills", "lines")} == {
        key: own.team.unit_grid().to_json()[key] for key in ("people", "units", "skills", "lines")
    }
    assert all(item["people"] >= document["minimum_group"] == MINIMUM_GROUP for item in document["units"])
    assert "own/P-" not in found.text
    assert report.get("/v1/team/people", params={"unit": MINE}).status_code == 403


def test_a_small_unit_is_not_told_of(as_caller: Grant, own_client: TestClient) -> None:
    for place in range(MINIMUM_GROUP - 1):
        body = {"name": f"N{place}", "unit": "Tiny", "role_id": "R-B03"}
        assert own_client.put(f"/v1/people/hris/{place}", json=body).status_code == 201
    report = as_caller("report")
    whole = report.get("/v1/team/grid").json()
    assert "Tiny" not in {item["unit"] for item in whole["units"]} | {line["unit"] for line in whole["lines"]}
    alone = report.get("/v1/team/grid", params={"unit": "Tiny"}).json()
    assert (alone["status"], alone["outcome"], alone["lines"]) == ("insufficient_data", "insufficient_data", [])


def test_units_that_were_not_granted_are_unknown(as_caller: Grant) -> None:
    bound = as_caller("report", "read", units=[MINE])
    grid = bound.get("/v1/team/grid").json()
    assert [item["unit"] for item in grid["units"]] == [MINE]
    for unit in ("IT and data", "Nowhere", SMALL_UNITS):
        for address in ("/v1/team/grid", "/v1/team/people"):
            refusal = bound.get(address, params={"unit": unit})
            assert (refusal.status_code, refusal.json()["code"], refusal.json()["remedy"]) == (404, "not_found", "")


def test_an_empty_unit_tells_nothing_of_others(as_caller: Grant) -> None:
    bound = as_caller("read", units=["Care home"])
    refusal = bound.get("/v1/team/people", params={"unit": "Care home"})
    assert (refusal.status_code, refusal.json()["remedy"]) == (404, "")
    free = as_caller("read").get("/v1/team/people", params={"unit": "Care home"})
    assert MINE in free.json()["remedy"]


def test_people_of_a_unit_are_their_gaps_and_stand_in_the_audit(as_caller: Grant, own: Workspace) -> None:
    manager = as_caller("read", units=[MINE])
    found = manager.get("/v1/team/people", params={"unit": MINE, "limit": 3}).json()
    assert (found["status"], found["unit"], len(found["people"])) == ("partial", MINE, 3)
    for row in found["people"]:
        gap = own.gap(row["person"], row["role"])
        assert row["coverage"] == gap.coverage
        assert [stand["state"] for stand in row["stands"]] == [item.state.value for item in gap.items]
    line = own.audit.lines().items[-1]
    assert line.action == "people.grid"
    named = own.audit.lines(action="people.grid").people
    assert {named[one] for one in line.subjects} == {row["person"] for row in found["people"]}


def test_all_may_be_held_against_one_role(client: TestClient) -> None:
    grid = client.get("/v1/team/people", params={"unit": MINE, "role": "R-B03"}).json()
    assert {row["role"] for row in grid["people"]} == {"own/R-B03"} == {grid["role"]}
    assert client.get("/v1/team/grid", params={"role": "no such role"}).status_code == 404
    assert client.get("/v1/team/people").status_code == 422
