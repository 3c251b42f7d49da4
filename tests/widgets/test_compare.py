"""Plans beside one another: every figure is a plan's, futures and changes are the services'."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from skillmatch.domain.errors import WorkspaceError
from skillmatch.service.planning import diff_plan_files
from skillmatch.service.values import PlanFile
from skillmatch.service.workspace import Workspace
from skillmatch.widgets import PlanComparison
from skillmatch.widgets.compare import FUTURES, VIEWS

Act = Callable[..., None]
Sent = Callable[[Any], str]
PATIENCE = 120


@pytest.fixture(scope="module")
def plans(demo: Workspace) -> dict[str, PlanFile]:
    surge = next(item for item in demo.scenario_templates() if item.name.startswith("Surge"))

    def solved(budget: float) -> PlanFile:
        return demo.plan(replace(surge, limits=replace(surge.limits, budget=budget)))

    return {"as budgeted": solved(25_000.0), "half of it": solved(12_500.0)}


@pytest.fixture
def view(demo: Workspace, plans: dict[str, PlanFile]) -> PlanComparison:
    return PlanComparison(demo, plans)


def test_every_figure_is_a_plans(view: PlanComparison, plans: dict[str, PlanFile]) -> None:
    assert view.value == tuple(file.plan for file in plans.values())
    for plan in view.value:
        assert f"{plan.coverage * 100:.1f} %" in view._content
        assert f"{plan.cost:,.0f} EUR" in view._content
        for met in plan.demands:
            assert f"{met.met:,} of {met.wanted:,}" in view._content
    assert "A  as budgeted" in view._content


def test_what_changed_is_the_services_answer(view: PlanComparison, plans: dict[str, PlanFile], act: Act) -> None:
    view.view = "changed"
    first, second = plans.values()
    assert view.diff == diff_plan_files(first, second)
    assert f"{len(view.diff.parts)} people have another part" in view._content
    assert "budget" in view._content
    assert "25,000" in view._content
    act(view, "set", name="before", value=1)
    assert view.diff.parts == ()
    assert "Everybody has the same part in both." in view._content


def test_the_curve_is_the_workspaces(view: PlanComparison, demo: Workspace, act: Act) -> None:
    view.view = "cost"
    assert "<svg" in view._content
    assert "<table>" in view._content  # the figures of the picture
    act(view, "curve")
    assert view.wait(PATIENCE)
    assert view.curve == demo.plan_curve(view.plan_files[0].scenario)
    for point in view.curve.points:
        assert f"{point.coverage * 100:.1f} %" in view._content
    view.of = 1
    assert view.curve is None


def test_regret_over_futures(view: PlanComparison, demo: Workspace, act: Act) -> None:
    view.view = "futures"
    act(view, "futures")
    assert view.wait(PATIENCE)
    assert view.robust == demo.plan_robust(view.plan_files[0].scenario)
    assert len(view.stresses) == 2
    for name in view.robust.no_regret:
        assert demo.credential(name).title in view._content
    assert "gives up least" in view._content
    assert "In the best plan of every future" in view._repr_html_()


def test_a_scenario_without_futures_is_held_against_ours_and_that_is_said(demo: Workspace) -> None:
    cut = next(item for item in demo.scenario_templates() if item.name.startswith("Cost cut"))
    file = demo.plan(cut)
    view = PlanComparison(demo, [file, file], view="futures")
    assert all(future.name in view._content for future in FUTURES)
    view.ask_futures()
    assert view.wait(PATIENCE)
    assert {item.future for item in view.robust.table} == {future.name for future in FUTURES}


def test_people_stand_under_pseudonyms(
    view: PlanComparison, demo: Workspace, plans: dict[str, PlanFile], everything_sent: Sent
) -> None:
    sent = ""
    for name in VIEWS:
        view.view = name
        sent += everything_sent(view)
    for person in demo.people():
        assert person.id not in sent
        assert person.name not in sent
    named = PlanComparison(demo, plans, view="changed", pseudonyms=False)
    assert any(item.key in named._content for item in named.diff.parts if item.key.startswith("own/"))


@pytest.mark.parametrize("count", [0, 1])
def test_less_than_two_plans_are_said_to_be_too_few(demo: Workspace, plans: dict[str, PlanFile], count: int) -> None:
    view = PlanComparison(demo, list(plans.values())[:count])
    assert "Two plans are needed to compare." in view._repr_html_()
    view.plan_files = tuple(plans.values())
    assert len(view.value) == 2
    assert "<table>" in view._content


def test_an_error_in_a_question_is_told(view: PlanComparison, demo: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    def refused(*_: object, **__: object) -> None:
        raise WorkspaceError("the disk is full.", remedy="Make room.")

    monkeypatch.setattr(demo, "plan_curve", refused)
    view.view = "cost"
    view.ask_curve()
    assert view.wait(PATIENCE)
    assert "Make room." in view._content
    assert "<svg" in view._content


def test_plans_are_read_from_files_and_from_the_workspace(
    demo: Workspace, plans: dict[str, PlanFile], tmp_path: Path
) -> None:
    first, second = plans.values()
    path = tmp_path / "plan.json"
    demo.export_plan(first, "json", path)
    view = PlanComparison(demo, [path, second])
    assert view.value[0] == first.plan


def test_hostile_names_stay_text(demo: Workspace, plans: dict[str, PlanFile], hostile_text: str) -> None:
    changed = []
    for file in plans.values():
        plan = replace(
            file.plan,
            scenario=hostile_text,
            currency=hostile_text[:10],
            demands=tuple(replace(item, title=hostile_text) for item in file.plan.demands),
        )
        changed.append(replace(file, plan=plan, scenario=replace(file.scenario, name=hostile_text)))
    view = PlanComparison(demo, changed)
    for name in VIEWS:
        view.view = name
        assert "<img" not in view._content + view._top + view._repr_html_()


@pytest.mark.parametrize(
    "said",
    [{"do": "view", "at": 9}, {"do": "set", "name": "of", "value": 2}, {"do": "set", "name": "after", "value": "x"}],
)
def test_what_the_browser_must_not_ask_for_changes_nothing(view: PlanComparison, said: Any) -> None:
    before = view.get_state()
    view._hear(view, said, [])
    assert view.get_state() == before
