"""Plans over HTTP: handed in, kept, checked, approved, exported; nobody plans for units that they do not see."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from starlette.testclient import TestClient
from tests.api.conftest import Grant

from skillmatch.api.schemas.plans import EXAMPLE_SCENARIO, PlanPart
from skillmatch.domain.plans.plan import Approval
from skillmatch.service.workspace import Workspace


@pytest.fixture
def plan(own: Workspace, own_client: TestClient) -> dict[str, Any]:
    """A plan that was handed in and solved."""
    job = own_client.post("/v1/plans", json={"scenario": EXAMPLE_SCENARIO, "time_limit": 10}).json()
    own.jobs.run_next()
    ended = own_client.get(f"/v1/jobs/{job['id']}").json()
    assert ended["job_status"] == "done", ended
    found: dict[str, Any] = own_client.get(f"/v1/plans/{ended['result']['plan']['id']}").json()
    return found


def test_a_plan_says_what_it_covers_and_what_no_plan_can_exceed(plan: dict[str, Any], own_client: TestClient) -> None:
    assert plan["plan_status"] == "optimal"
    assert plan["coverage"] <= plan["coverage_bound"]
    assert plan["objective"] <= plan["bound"] + 1e-6
    assert len(plan["plan"]["assignments"]) == plan["people"] > 0
    assert plan["cost"] <= EXAMPLE_SCENARIO["limits"]["budget"]
    assert [item["id"] for item in own_client.get("/v1/plans").json()["items"]] == [plan["id"]]
    assert own_client.get(f"/v1/plans/{plan['id']}/check").json()["breaches"] == []


def test_plans_come_page_by_page_the_latest_first(plan: dict[str, Any], own: Workspace, own_client: TestClient) -> None:
    _, file = own.plans.get(plan["id"])
    ids = [plan["id"]]
    for number in range(4):
        ids.append(own.plans.keep(file.approved(Approval(f"Mia {number}", date(2026, 12, 1))), by="Mo").id)

    seen, address = [], "/v1/plans?limit=2"
    while address:
        page = own_client.get(address)
        seen += [item["id"] for item in page.json()["items"]]
        address = page.links.get("next", {}).get("url", "")

    assert seen == ids[::-1]
    assert own_client.get("/v1/plans?cursor=YQ").status_code == 422


def test_whoever_is_in_a_plan_stands_in_the_audit(plan: dict[str, Any], own: Workspace) -> None:
    person = plan["plan"]["assignments"][0]["person"]
    assert "plans.read" in [line.action for line in own.audit.lines(person=person).items]


def test_whoever_a_difference_between_two_plans_names_stands_in_the_audit(
    plan: dict[str, Any], own: Workspace, own_client: TestClient
) -> None:
    fewer = {**EXAMPLE_SCENARIO, "limits": {**EXAMPLE_SCENARIO["limits"], "budget": 500}}
    job = own_client.post("/v1/plans", json={"scenario": fewer, "time_limit": 10}).json()
    own.jobs.run_next()
    other = own_client.get(f"/v1/jobs/{job['id']}").json()["result"]["plan"]["id"]

    parts = own_client.get(f"/v1/plans/{plan['id']}/diff/{other}").json()["result"]["parts"]

    (line,) = [item for item in own.audit.lines().items if item.action == "plans.diff"]
    assert parts
    assert {own.audit.lines().people[one] for one in line.subjects} == {item["key"] for item in parts}


def test_an_approval_names_a_person_and_keeps_the_plan(plan: dict[str, Any], own_client: TestClient) -> None:
    address = f"/v1/plans/{plan['id']}"
    approved = own_client.post(f"{address}/approvals", json={"name": "Mia Holt", "note": "Agreed."})
    assert [item["by"] for item in approved.json()["approvals"]] == ["Mia Holt"]
    assert own_client.post(f"{address}/approvals", json={"name": "Mia Holt"}).status_code == 409
    assert own_client.delete(address).status_code == 409


def test_a_plan_that_nobody_approved_can_be_forgotten(plan: dict[str, Any], own_client: TestClient) -> None:
    address = f"/v1/plans/{plan['id']}"
    assert own_client.delete(address).status_code == 204
    assert own_client.get(address).status_code == 404


def test_a_plan_changes_with_its_data_and_says_so(plan: dict[str, Any], own: Workspace, own_client: TestClient) -> None:
    person = plan["plan"]["assignments"][0]["person"]
    own.people.erase(person, by="test")
    found = own_client.get(f"/v1/plans/{plan['id']}/check").json()
    assert "people" in found["changed_inputs"]


@pytest.mark.parametrize(
    ("part", "begins"),
    [
        ("managers.csv", b"unit,person"),
        ("managers.xlsx", b"PK"),
        ("providers.csv", b"provider,credential"),
        ("calendar.ics", b"BEGIN:VCALENDAR"),
        ("plan.json", b"{"),
    ],
)
def test_a_plan_leaves_as_a_file(plan: dict[str, Any], own_client: TestClient, part: str, begins: bytes) -> None:
    file = own_client.get(f"/v1/plans/{plan['id']}/export/{part}")
    assert file.content.lstrip(b"\xef\xbb\xbf").startswith(begins)
    assert part in file.headers["content-disposition"]


def test_contradictions_are_told_before_anything_is_solved(own: Workspace, own_client: TestClient) -> None:
    for change, pointer in (
        ({"limits": {"budget": -1}}, "budget"),
        ({"nonsense": 1}, "nonsense"),
        ({"covers": []}, ""),
    ):
        for address in ("/v1/scenarios/check", "/v1/plans"):
            answer = own_client.post(address, json={"scenario": EXAMPLE_SCENARIO | change})
            assert answer.status_code == 422, answer.text
            assert pointer in answer.json()["detail"]
    assert own.jobs.all().items == ()


def test_prices_say_what_more_would_add(own_client: TestClient) -> None:
    found = own_client.post("/v1/scenarios/prices", json={"scenario": EXAMPLE_SCENARIO, "time_limit": 5}).json()
    assert {item["limit"] for item in found["result"]["prices"]} >= {"limits.budget", "limits.hours_per_week"}


def test_nobody_plans_for_units_that_they_do_not_see(as_caller: Grant) -> None:
    bound = as_caller("plan", units=["Care homes"])
    everybody = bound.post("/v1/scenarios/check", json={"scenario": EXAMPLE_SCENARIO})
    assert (everybody.status_code, everybody.json()["code"]) == (403, "scope_missing")
    granted = bound.post("/v1/scenarios/check", json={"scenario": EXAMPLE_SCENARIO | {"units": ["Care homes"]}})
    assert granted.status_code == 200, granted.text
    assert bound.get("/v1/plans").json()["items"] == []
    assert as_caller("read").get("/v1/plans").status_code == 403


@pytest.mark.parametrize("part", list(PlanPart))
def test_every_format_of_an_export_is_described(plan: dict[str, Any], own_client: TestClient, part: PlanPart) -> None:
    described = own_client.get("/openapi.json").json()["paths"]["/v1/plans/{plan_id}/export/{part}"]["get"]
    answered = own_client.get(f"/v1/plans/{plan['id']}/export/{part.value}")
    assert answered.status_code == 200
    assert answered.headers["content-type"].partition(";")[0] in described["responses"]["200"]["content"]
