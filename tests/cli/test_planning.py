"""The planner's commands, on the workspace of seven skills."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

SCENARIO = (Path(__file__).parent / "ward.toml").read_text(encoding="utf-8")
DAY = ("--as-of", "2026-03-01")


@pytest.fixture
def scenario(tmp_path: Path) -> Path:
    path = tmp_path / "ward.toml"
    path.write_text(SCENARIO)
    return path


def test_a_plan_is_solved_kept_checked_and_approved(filled, scenario, tmp_path):
    plan = tmp_path / "plan.json"
    solved = filled("plan", "solve", scenario, "--output", plan, *DAY, "--json")
    assert solved.code == 0, solved.err
    document = solved.document
    assert document["status"] == "optimal"
    assert document["checked"]
    assert document["objective"] <= document["bound"]
    assert {item["person"] for item in document["assignments"]} == {"own/E1", "own/E2"}
    assert filled("plan", "check", plan, "--json").document["keeps_all_limits"]
    assert filled("plan", "approve", plan, "--by", "Mo Planner", "--note", "go").code == 0
    approvals = filled("plan", "check", plan, "--json").document["approvals"]
    assert [item["by"] for item in approvals] == ["Mo Planner"]


def test_the_same_scenario_gives_the_same_bytes(filled, scenario, tmp_path):
    for name in ("a.json", "b.json"):
        assert filled("plan", "solve", scenario, "--output", tmp_path / name, *DAY).code == 0
    assert (tmp_path / "a.json").read_bytes() == (tmp_path / "b.json").read_bytes()


def test_a_plan_edited_by_hand_is_refused(filled, scenario, tmp_path):
    plan = tmp_path / "plan.json"
    filled("plan", "solve", scenario, "--output", plan, *DAY)
    document = json.loads(plan.read_text())
    document["plan"]["cost"] = 0.0
    plan.write_text(json.dumps(document))
    ended = filled("plan", "check", plan, "--json")
    assert ended.code == 2
    assert "was changed after it was made" in ended.error["message"]
    assert ended.error["file"] == "plan.json"


def test_a_diff_names_the_input_that_changed(filled, scenario, tmp_path):
    filled("plan", "solve", scenario, "--output", tmp_path / "old.json", *DAY)
    scenario.write_text(SCENARIO.replace("budget = 500", "budget = 0"))
    later = filled("plan", "solve", scenario, "--from", tmp_path / "old.json", "--output", tmp_path / "new.json", *DAY)
    assert later.code == 0, later.err
    found = filled("plan", "diff", tmp_path / "old.json", tmp_path / "new.json", "--json").document
    assert found["inputs"][0]["key"] == "limits.budget"
    assert all("limits.budget" in item["cause"] for item in found["parts"])


def test_prices_curve_and_stress(filled, scenario, tmp_path):
    prices = filled("plan", "prices", scenario, *DAY, "--json").document["prices"]
    assert {"limits.budget", "limits.hours_per_week", "limits.weeks"} <= {item["limit"] for item in prices}
    points = filled("plan", "curve", scenario, "--budget", "0", "--budget", "300", *DAY, "--json").document["points"]
    assert points[0]["objective"] <= points[1]["objective"]
    assert all(item["objective"] <= item["bound"] for item in points)
    plan = tmp_path / "plan.json"
    filled("plan", "solve", scenario, "--output", plan, *DAY)
    document = filled("plan", "stress", plan, "--draws", "50", "--json").document
    assert document["stress"]["draws"] == 50
    assert document["robust"]["worst_regret"] >= 0


def test_a_credential_that_does_not_exist_yet_has_a_price(filled, scenario, tmp_path):
    new = tmp_path / "new.toml"
    new.write_text('id = "new/X"\ntitle = "All of it"\nhours = 5\ncost = 1\n[teaches]\n"care.records" = 2\n')
    (item,) = filled("plan", "prices", scenario, "--credential", new, *DAY, "--json").document["prices"]
    assert item["limit"] == "new/X"
    assert 0 <= item["gain_low"] <= item["gain_high"]


@pytest.mark.parametrize("what", ["managers", "providers", "letters", "calendar", "json"])
def test_a_plan_is_written_for_those_who_carry_it_out(filled, scenario, tmp_path, what):
    plan = tmp_path / "plan.json"
    filled("plan", "solve", scenario, "--output", plan, *DAY)
    names = {"managers": "m.csv", "providers": "p.xlsx", "letters": "letters", "calendar": "c.ics", "json": "j.json"}
    ended = filled("plan", "export", plan, what, tmp_path / names[what], "--json")
    assert ended.code == 0, ended.err
    assert (tmp_path / names[what]).exists()


@pytest.mark.parametrize(
    ("before", "after", "field", "words"),
    [
        ('role = "R1"', 'role = "R77"', "demands[0].role", "no role is called"),
        ("headcount = 1\n", "headcount = 9\n", "demands", "asks for"),
        ("budget = 500", "budget = -1", "limits.budget", "0 or more"),
        ("hours_per_week = 5", "hours_per_week = 0", "limits.hours_per_week", "is 0"),
        ("by = 2026-12-31", "by = 2026-02-01", "demands[0].by", "begins after"),
        ("by = 2026-12-31", 'by = "soon"', "demands[0].by", "needs a day"),
        ("USD = 0.9", "GBP = 0.9", "limits.rates", "no rate for USD"),
        ("budget = 500", "buget = 500", "limits.buget", "no key"),
        ("budget = 500", 'budget = "500"', "limits.budget", "needs a number"),
        ('name = "Ready for the ward"', 'name = "x"\nunits = ["Nowhere"]', "units", "nobody is in scope"),
        ("budget = 500", "must = {C9 = 1}", "limits.must", "no credential is called"),
        ("budget = 500", "must = {C1 = 99}", "limits.must", "has 12 seats"),
    ],
)
def test_contradictions_are_found_before_solving(filled, scenario, before, after, field, words):
    scenario.write_text(SCENARIO.replace(before, after))
    ended = filled("plan", "solve", scenario, *DAY, "--json")
    assert ended.code == 2
    assert ended.error["file"] == "ward.toml"
    assert ended.error["field"] == field
    assert words in ended.error["message"]


def test_a_scenario_of_another_workspace_is_refused(filled, scenario):
    scenario.write_text('taxonomy = "starter"\n' + SCENARIO)
    ended = filled("plan", "solve", scenario, *DAY, "--json")
    assert ended.code == 2
    assert "another workspace" in ended.error["message"] or "was written for the taxonomy" in ended.error["message"]


def test_time_limit_nought_is_a_named_outcome(filled, scenario):
    document = filled("plan", "solve", scenario, "--time-limit", "0", *DAY, "--json").document
    assert document["status"] in ("feasible", "optimal", "timed_out")
    assert document["objective"] <= document["bound"]
