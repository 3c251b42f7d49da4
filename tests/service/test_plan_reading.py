"""Where planners begin: templates that resolve, contradictions all at once, selection by unit and role."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest

from skillmatch.domain.errors import InputError, SkillmatchError
from skillmatch.domain.selection import Grouping
from skillmatch.matching.ngram_encoder import NgramEncoder
from skillmatch.service.demo import fill_with_demo
from skillmatch.service.plan_reading import weeks_away
from skillmatch.service.workspace import Workspace


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    workspace = Workspace.open(tmp_path_factory.mktemp("demo"), create=True, encoder=NgramEncoder())
    fill_with_demo(workspace)
    return workspace


def test_the_demo_begins_with_its_own_scenarios_which_hold_no_contradiction(demo: Workspace) -> None:
    templates = demo.scenario_templates()
    assert [item.name.partition(":")[0] for item in templates] == [
        "Automation",
        "Compliance",
        "Cost cut",
        "Surge",
        "Transformation",
    ]
    assert all(demand.role_id.startswith("own/") for item in templates for demand in item.demands)
    assert [demo.list_contradictions(item) for item in templates] == [()] * 5


def test_another_organisation_begins_with_its_own_roles(skilled: Workspace, tmp_path: Path) -> None:
    with pytest.raises(SkillmatchError, match="nobody in the workspace has a role"):
        skilled.scenario_templates()
    (tmp_path / "roles.csv").write_text("role_id,title,skill,level\nR1,Nurse,Wound care,3\n", encoding="utf-8")
    lines = "".join(f"P{n},Person {n},Ward,R1\n" for n in range(8))
    (tmp_path / "people.csv").write_text(f"id,name,unit,role\n{lines}", encoding="utf-8")
    skilled.import_roles(tmp_path / "roles.csv")
    skilled.import_people(tmp_path / "people.csv")

    grow, keep = skilled.scenario_templates()

    assert (grow.demands[0].role_id, grow.demands[0].headcount) == ("own/R1", 10)
    assert (keep.covers[0].people, keep.covers[0].leavers) == (4, 1)
    assert skilled.list_contradictions(keep) == ()
    assert [item.key for item in skilled.list_contradictions(grow)] == ["demands"]  # 10 of 8: hire, or ask for fewer


def test_all_contradictions_are_told_at_once(demo: Workspace) -> None:
    surge = demo.scenario_templates()[3]
    long_ago = date(2020, 1, 1)
    wrong = replace(
        surge,
        demands=(replace(surge.demands[0], by=long_ago), replace(surge.demands[1], headcount=9_999)),
        limits=replace(surge.limits, hours_per_week=0.0),
    )
    assert [item.key for item in demo.list_contradictions(wrong)] == [
        "demands",
        "demands[0].by",
        "limits.hours_per_week",
    ]
    with pytest.raises(InputError, match="no role is called"):
        demo.list_contradictions(replace(surge, demands=(replace(surge.demands[0], role_id="nothing"),)))


def test_selection_counts_everybody_in_scope_once(demo: Workspace) -> None:
    file = demo.plan(demo.scenario_templates()[3])
    scope = demo.people(file.scenario.units)
    for by in Grouping:
        found = demo.selection_rates(file, by)
        told = sum(line.people or 0 for line in found.lines)
        assert told <= len(scope)
        assert all(line.people is None or line.people >= 5 for line in found.lines)
        for line in found.lines:
            if line.people:
                assert line.rate == pytest.approx(line.chosen / line.people, abs=1e-6)
    units = {line.group for line in demo.selection_rates(file).lines}
    assert units == set(file.scenario.units)


def test_nobody_is_away_beyond_the_limit(demo: Workspace) -> None:
    file = demo.plan(demo.scenario_templates()[3])
    away = weeks_away(file)
    assert 0 < away.most <= away.limit == 6
    assert away.weeks[0].weekday() == 0
    assert away.weeks[-1] <= max(step.end for item in file.plan.assignments for step in item.steps)
    assert all(b - a == timedelta(weeks=1) for a, b in zip(away.weeks, away.weeks[1:], strict=False))
