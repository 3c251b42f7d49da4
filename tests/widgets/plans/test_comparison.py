"""Plans beside one another: the figures are the plans', what changed is the service's diff, and nobody is named."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from skillmatch.domain.base.errors import WorkspaceError
from skillmatch.domain.plans.scenario import Demand, Future, PlanLimits, Risk, Scenario
from skillmatch.service.plans.planning import Search, diff_plan_files
from skillmatch.service.workspace import Workspace
from skillmatch.widgets import PlanComparison
from skillmatch.widgets.plans.comparison import FUTURES

Act = Callable[..., None]
Sent = Callable[[Any], str]


@pytest.fixture(scope="module")
def files(demo: Workspace) -> tuple[Any, Any]:
    demands = (Demand("R-B03", 7, date(2027, 6, 30), ready=0.75), Demand("R-B01", 26, date(2027, 5, 31), ready=0.6))
    rich = Scenario(
        "More money",
        demands,
        PlanLimits(budget=12_000, hours_per_week=6),
        units=("Hospital nursing", "Care homes"),
        risk=Risk(0.8, 0.1),
        futures=(Future("as planned"), Future("dearer", price=1.5)),
    )
    poor = replace(rich, name="Little money", limits=replace(rich.limits, budget=200))
    search = Search(time_limit=5)
    return demo.plan(poor, search=search), demo.plan(rich, search=search)


@pytest.fixture
def view(demo: Workspace, files: tuple[Any, Any]) -> PlanComparison:
    return PlanComparison(demo, files)


def test_the_figures_are_the_plans(view: PlanComparison, files: tuple[Any, Any]) -> None:
    assert view.value == files
    for file in files:
        assert f"{100 * file.plan.coverage:.1f} %" in view._content
        for item in file.plan.demands:
            assert f"{item.met} of {item.wanted}" in view._content
    assert "Limits that differ" in view._content
    assert "A: Little money" in view._content
    assert "B: More money" in view._content


def test_what_changed_is_the_diff(view: PlanComparison, files: tuple[Any, Any], act: Act) -> None:
    assert view.diff == diff_plan_files(*files)
    assert f"{len(view.diff.parts)} people would be told something else" in view._content
    act(view, "set", name="first", value=1)
    act(view, "set", name="second", value=0)
    assert view.diff == diff_plan_files(files[1], files[0])
    view.second = 1
    assert not view.diff.parts
    assert "Nobody&#x27;s part" in view._content or "Nobody's part" in view._content
    for value in (-1, 7, "1", None):
        act(view, "set", name="first", value=value)
        assert view.first == 1


def test_it_names_nobody(view: PlanComparison, demo: Workspace, files: tuple[Any, Any], everything_sent: Sent) -> None:
    sent = everything_sent(view)
    assert "person" in sent
    assert not re.search(r"own/P-\d", sent)
    names = {person.name for person in demo.people.all(units=files[0].scenario.units)}
    assert not [name for name in names if name in sent]
    assert any(name in PlanComparison(demo, files, pseudonyms=False)._content for name in names)


def test_the_curve_comes_when_asked_for(view: PlanComparison, act: Act) -> None:
    act(view, "set", name="first", value=1)
    act(view, "curve")
    assert view.wait(120)
    curve: Any = view.curve
    points = curve.points
    assert [point.budget for point in points] == sorted(point.budget for point in points)
    assert view._content.count('<circle class="dot"') == len(points)
    assert view._content.count("dot own") == 2
    assert "aria-label" in view._content
    html = view._repr_html_()
    assert "<svg" not in html
    for point in points:
        assert f"{100 * point.coverage:.1f} %" in html
    act(view, "set", name="first", value=0)
    assert view.curve is None  # it was that of the other plan


def test_what_may_go_wrong(view: PlanComparison, act: Act, files: tuple[Any, Any]) -> None:
    act(view, "stress")
    assert view.wait(120)
    assert [item.draws for item in view.stress] == [1_000, 1_000]
    assert all(item.mean <= file.plan.coverage_bound + 0.05 for item, file in zip(view.stress, files, strict=True))
    robust: Any = view.robust
    assert {item.future for item in robust.table} == {"as planned", "dearer"}
    assert "places given up in each future" in view._content
    assert "At worst" in view._repr_html_()


def test_a_service_that_fails_is_an_alert(
    demo: Workspace, view: PlanComparison, act: Act, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fails(*_: Any, **__: Any) -> Any:
        raise WorkspaceError("the disk is full.", remedy="Make room.")

    monkeypatch.setattr(demo.plans, "curve", fails)
    act(view, "curve")
    assert view.wait(60)
    assert "the disk is full" in view._content
    assert "Make room" in view._content
    assert "Plans compared" in view._content


def test_none_one_and_too_many(demo: Workspace, files: tuple[Any, Any], act: Act) -> None:
    view = PlanComparison(demo)
    assert "No plans yet" in view._content
    act(view, "curve")
    act(view, "stress")
    view.plans = files[:1]
    assert view.diff is None
    assert "A: Little money" in view._content
    view.plans = ["plan-none"]
    assert 'role="alert"' in view._content
    assert view.value == ()
    view.plans = files * 4
    assert "at most 6 plans" in view._content
    view.plans = 7
    assert 'role="alert"' in view._content
    view.plans = files
    assert list(view.value) == list(files)


def test_without_money_there_is_no_curve(demo: Workspace, files: tuple[Any, Any], act: Act) -> None:
    free = replace(files[0], plan=replace(files[0].plan, cost=0.0))
    free = replace(free, scenario=replace(free.scenario, limits=replace(free.scenario.limits, budget=None)))
    view = PlanComparison(demo, [free, files[1]])
    act(view, "curve")
    assert "no budget and costs nothing" in view._content
    assert view.curve is None


def test_hostile_names_run_nothing(hostile: Workspace, hostile_text: str, everything_sent: Sent, act: Act) -> None:
    one = Scenario(
        hostile_text,
        (Demand("R1", 4, date(2090, 1, 1), ready=0.1),),
        PlanLimits(budget=10),
        units=(hostile_text,),
        futures=(Future(hostile_text), Future("other", demand=0.5)),
    )
    other = replace(one, units=(), demands=(replace(one.demands[0], headcount=2),))
    view = PlanComparison(hostile, [hostile.plan(item, search=Search(time_limit=2)) for item in (one, other)])
    act(view, "stress")
    assert view.wait(60)
    act(view, "curve")
    assert view.wait(60)
    assert view.curve is not None
    assert "<img" not in everything_sent(view)


def test_futures_of_ours_where_a_scenario_names_none_and_no_regret_by_title(
    demo: Workspace, files: tuple[Any, Any], act: Act
) -> None:
    plain = [replace(file, scenario=replace(file.scenario, futures=())) for file in files]
    view = PlanComparison(demo, plain)
    act(view, "stress")
    assert view.wait(120)
    robust: Any = view.robust
    assert {item.future for item in robust.table} == {future.name for future in FUTURES}
    assert "these are ours, to begin with" in view._content
    for name in robust.no_regret:
        assert demo.catalogue.credentials.get(name).title in view._content
