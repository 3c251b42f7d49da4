"""A scenario that is worked on: controls make a scenario, that makes a plan; nothing blocks, errors stand in place."""

from __future__ import annotations

import asyncio
import re
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from skillmatch.domain.base.errors import WorkspaceError
from skillmatch.domain.plans.plan import PlanStatus
from skillmatch.domain.plans.scenario import Cover, Demand, PlanLimits, Scenario, Ways
from skillmatch.matching.encoders.ngram_encoder import NgramEncoder
from skillmatch.service.plans.scenarios import read_scenario_file, scenario_templates
from skillmatch.service.workspace import Workspace
from skillmatch.widgets import PlanComparison, PlanView, ScenarioBuilder, linked

Act = Callable[..., None]
Sent = Callable[[Any], str]

WARD = Scenario(
    "A ward",
    (Demand("R-B03", 7, date(2027, 6, 30), ready=0.75), Demand("R-B01", 26, date(2027, 5, 31), ready=0.6)),
    PlanLimits(budget=10_000, hours_per_week=6, most_away=3),
    units=("Hospital nursing", "Care homes"),
    ways=Ways(hire_most=1, hire_cost=5_000),
)


@pytest.fixture
def builder(demo: Workspace) -> Iterator[ScenarioBuilder]:
    """On a small scenario, solved."""
    made = ScenarioBuilder(demo, WARD, seconds=5.0)
    assert made.wait(60)
    yield made
    made.close()
    assert made.wait(60)


def test_a_scenario_becomes_a_plan(builder: ScenarioBuilder) -> None:
    plan = builder.plan.plan
    assert plan.status is PlanStatus.OPTIMAL
    assert builder.scenario.demands[0].role_id == "own/R-B03"  # names are resolved
    assert builder.value is builder.plan
    assert not builder.busy
    assert f"{100 * plan.coverage:.1f} %" in builder._content
    assert "no plan can exceed" in builder._content
    assert [answer.what for answer in builder.history] == ["start: A ward"]


def test_a_comparison_follows_with_all_answers_so_far(demo: Workspace, builder: ScenarioBuilder, act: Act) -> None:
    both = PlanComparison(demo)
    end = linked(builder, both)
    assert both.value == (builder.plan,)
    for budget in (0.0, 20_000.0):
        act(builder, "set", name="budget", value=builder._ladder["budget"].index(budget))
        assert builder.wait(60)

    assert both.value == tuple(answer.file for answer in builder.history)
    assert len(both.value) == 3
    assert (both.first, both.second) == (1, 2)
    assert both.diff is not None
    end()


def test_a_slider_solves_again(builder: ScenarioBuilder, act: Act) -> None:
    before = builder.plan
    place = builder._ladder["budget"].index(0.0)
    act(builder, "set", name="budget", value=place)
    assert builder.wait(60)
    assert builder.scenario.limits.budget == 0
    assert builder.plan is not before
    assert builder.plan.plan.cost == 0
    assert "the search began with the plan for other limits" in builder.plan.plan.notes
    assert builder.history[-1].what == "Money 10,000 EUR → 0 EUR"

    act(builder, "again", at=0)
    assert builder.wait(60)
    assert builder.plan is before
    assert builder.scenario.limits.budget == 10_000
    assert len(builder.history) == 2


@pytest.mark.parametrize(
    ("name", "value", "of", "wanted"),
    [
        ("demand-0-headcount", "5", lambda made: made.demands[0].headcount, 5),
        ("demand-1-by", "2027-08-01", lambda made: made.demands[1].by, date(2027, 8, 1)),
        ("demand-1-ready", "70", lambda made: made.demands[1].ready, 0.7),
        ("demand-0-priority", "2,5", lambda made: made.demands[0].priority, 2.5),
        ("demand-0-must", True, lambda made: made.demands[0].must, True),
        ("recognise", True, lambda made: made.ways.recognise, True),
        ("move_cost", "300", lambda made: made.ways.move_cost, 300),
        ("hire_most", 2, lambda made: made.ways.hire_most, 2),
        ("weeks", 3, lambda made: made.limits.weeks, 16),
        ("most_away", 0, lambda made: made.limits.most_away, 1),
        ("hours", 2, lambda made: made.limits.hours, 200.0),
        ("name", "Another", lambda made: made.name, "Another"),
        ("risk-completion", "85", lambda made: made.risk.completion, 0.85),
        ("risk-attrition", "5", lambda made: made.risk.attrition, 0.05),
        ("unit-1", True, lambda made: len(made.units), 3),
        ("unit-0", False, lambda made: made.units, ("Hospital nursing",)),
    ],
)
def test_each_control_is_a_part_of_the_scenario(
    demo: Workspace, act: Act, name: str, value: Any, of: Callable[[Scenario], Any], wanted: Any
) -> None:
    builder = ScenarioBuilder(demo, WARD, live=False)
    act(builder, "set", name=name, value=value)
    assert of(builder.scenario) == wanted
    assert builder.plan is None  # not live: nothing is solved before somebody says so


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("budget", 99),
        ("budget", "all"),
        ("demand-9-headcount", "5"),
        ("demand-0-name", "x"),
        ("demand-²-must", True),
        ("unit-999", True),
        ("start", -1),
        ("__class__", 1),
        (None, None),
    ],
)
def test_what_no_control_says_changes_nothing(demo: Workspace, act: Act, name: Any, value: Any) -> None:
    builder = ScenarioBuilder(demo, WARD, live=False)
    before = builder.scenario
    act(builder, "set", name=name, value=value)
    assert builder.scenario == before
    assert 'role="alert"' not in builder._content


@pytest.mark.parametrize(
    ("name", "value", "said"),
    [
        ("demand-0-headcount", "many", "needs a whole number"),
        ("demand-0-headcount", "-1", "headcount"),
        ("demand-0-by", "soon", "needs a day"),
        ("demand-0-ready", "", "needs a number"),
        ("hire_cost", "nan", "hire_cost"),
        ("name", "  ", "must not be empty"),
        ("risk-completion", "0", "completion"),
    ],
)
def test_a_value_that_cannot_be_is_an_alert(demo: Workspace, act: Act, name: str, value: str, said: str) -> None:
    builder = ScenarioBuilder(demo, WARD, live=False)
    before = builder.scenario
    act(builder, "set", name=name, value=value)
    assert 'role="alert"' in builder._content
    assert said in builder._content
    assert builder.scenario == before
    act(builder, "set", name="demand-0-headcount", value="6")
    assert 'role="alert"' not in builder._content


def test_contradictions_are_shown_instead_of_solving(builder: ScenarioBuilder, act: Act) -> None:
    before = builder.plan
    act(builder, "set", name="demand-0-headcount", value="5000")
    assert builder.wait(60)
    assert 'role="alert"' in builder._content
    assert "asks for 5026 people" in builder._content
    assert "the last answer, for the scenario before" in builder._content
    assert builder.plan is before
    assert builder.value is None
    assert not builder.busy
    act(builder, "set", name="demand-0-headcount", value="6")
    assert builder.wait(60)
    assert 'role="alert"' not in builder._content
    assert builder.value is builder.plan


def test_a_scenario_without_a_plan_says_so(demo: Workspace) -> None:
    must = (replace(WARD.demands[1], must=True, ready=1.0),)
    builder = ScenarioBuilder(demo, replace(WARD, demands=must, limits=PlanLimits(budget=0)), seconds=5.0)
    assert builder.wait(60)
    assert builder.plan.plan.status is PlanStatus.INFEASIBLE
    assert "No plan keeps all of the limits" in builder._content
    assert "no plan" in builder._repr_html_()
    builder.close()


def test_another_scope_is_another_session(builder: ScenarioBuilder, act: Act) -> None:
    act(builder, "set", name="demand-1-headcount", value="9")
    place = builder._units.index("Care homes")
    act(builder, "set", name=f"unit-{place}", value=False)
    assert builder.wait(60)
    assert builder.scenario.units == ("Hospital nursing",)
    assert {item.unit for item in builder.plan.plan.assignments} <= {"Hospital nursing", ""}


def test_a_view_of_the_plan_follows(builder: ScenarioBuilder, demo: Workspace, act: Act) -> None:
    view = PlanView(demo)
    end = linked(builder, view)
    assert view.value is builder.plan
    act(builder, "set", name="budget", value=builder._ladder["budget"].index(0.0))
    assert builder.wait(60)
    assert view.value is builder.plan
    assert view.value.plan.cost == 0
    end()


def test_demands_come_and_go(demo: Workspace, act: Act) -> None:
    builder = ScenarioBuilder(demo, WARD, live=False)
    act(builder, "add")
    assert len(builder.scenario.demands) == 3
    assert 'data-key="demand-2-headcount"' in builder._top
    act(builder, "remove", at=0)
    act(builder, "remove", at=0)
    assert len(builder.scenario.demands) == 1
    act(builder, "remove", at=0)
    assert "at least one demand" in builder._content
    assert len(builder.scenario.demands) == 1


def test_it_can_be_stopped_while_it_solves(demo: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    """A search that would go on for ever; the handler returns at once, and Stop gets the best so far."""
    builder = ScenarioBuilder(demo, read_scenario_file(scenario_templates()[3]), live=False)
    solving = []

    def endless(self: Any, *_: Any, watch: Any = None, **__: Any) -> Any:
        solving.append(self)
        while self._wanted == 0:
            watch(0.1, 10.0, 20.0)
        return found

    builder.solve()
    assert builder.wait(60)
    found = builder.plan
    object.__setattr__(found.plan, "status", PlanStatus.FEASIBLE)
    object.__setattr__(found.plan, "bound", found.plan.objective * 2)
    monkeypatch.setattr("skillmatch.service.plans.session.PlanSession.resolve", endless)
    builder.reopen()
    builder.solve()
    while not solving:
        time.sleep(0.01)
    assert builder.busy
    assert builder._live_plan.busy
    builder.stop()
    assert builder.wait(60)
    assert not builder.busy
    assert "Stopped: this is the best plan so far" in builder._content
    builder.close()


def test_it_can_be_stopped_while_it_prepares(demo: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    began = []

    def endless(*_: Any, progress: Any, **__: Any) -> Any:
        began.append(1)
        while True:
            progress("options", 1, 2)

    monkeypatch.setattr(demo.plans, "session", endless)
    builder = ScenarioBuilder(demo, WARD)
    while not began:
        time.sleep(0.01)
    builder.stop()
    assert builder.wait(60)
    assert not builder.busy
    assert "Stopped before there was a plan" in builder._content


@pytest.mark.parametrize("error", [WorkspaceError("the disk is full.", remedy="Make room."), ValueError("inside")])
def test_what_goes_wrong_behind_it_is_an_alert(
    demo: Workspace, monkeypatch: pytest.MonkeyPatch, error: Exception, act: Act
) -> None:
    def fails(*_: Any, **__: Any) -> Any:
        raise error

    with monkeypatch.context() as patched:
        patched.setattr(demo.plans, "session", fails)
        builder = ScenarioBuilder(demo, WARD)
        assert builder.wait(60)
    assert 'role="alert"' in builder._content
    assert "the disk is full" in builder._content or "ValueError" in builder._content
    act(builder, "solve")
    assert builder.wait(60)
    assert builder.plan.plan.status is PlanStatus.OPTIMAL
    builder.close()


def test_a_kernel_with_a_loop_is_never_blocked(demo: Workspace) -> None:
    """On the kernel's own loop: changes rest, the last of them is solved, answers arrive between other things."""

    async def kernel() -> tuple[ScenarioBuilder, int]:
        builder = ScenarioBuilder(demo, WARD, seconds=5.0)
        turns = 0
        for budget in (9_000, 8_000, 7_000):
            builder.scenario = replace(builder.scenario, limits=replace(builder.scenario.limits, budget=budget))
        while builder.value is None or builder.busy:
            await asyncio.sleep(0.01)
            turns += 1
            assert turns < 3_000
        return builder, turns

    builder, turns = asyncio.run(kernel())
    assert turns > 1
    assert [answer.scenario.limits.budget for answer in builder.history] == [7_000]
    builder.close()


def test_it_starts_from_what_the_demo_has(demo: Workspace, act: Act) -> None:
    builder = ScenarioBuilder(demo, live=False)
    assert "Surge: a new ward in spring" in builder._top
    for place, (name, path) in enumerate(builder._starts):
        act(builder, "set", name="start", value=place)
        assert builder.scenario.name == (name if path else "A new scenario")
        assert 'role="alert"' not in builder._content


def test_it_is_saved_and_opened_again(demo: Workspace, act: Act, tmp_path: Path) -> None:
    builder = ScenarioBuilder(demo, WARD, live=False)
    act(builder, "save", form={"path": str(tmp_path / "ward.toml")})
    assert str(tmp_path / "ward.toml") in builder._content
    assert builder.saved == str(tmp_path / "ward.toml")
    other = ScenarioBuilder(demo, live=False)
    act(other, "open", form={"path": str(tmp_path / "ward.toml")})
    assert other.scenario == builder.scenario
    assert ScenarioBuilder(demo, tmp_path / "ward.toml", live=False).scenario == builder.scenario
    for form in ({"path": str(tmp_path / "none.toml")}, {"path": ""}, {}):
        act(other, "open", form=form)
        assert 'role="alert"' in other._content
        assert other.scenario == builder.scenario
    act(other, "save", form={"path": str(tmp_path / "ward.txt")})
    assert "does not end in .toml" in other._content


def test_an_empty_workspace_says_what_to_do(tmp_path: Path, act: Act) -> None:
    with Workspace.open(tmp_path / "ws", create=True, encoder=NgramEncoder()) as workspace:
        builder = ScenarioBuilder(workspace)
        assert "No plan yet" in builder._content
        builder.scenario = WARD
        assert 'role="alert"' in builder._content
        act(builder, "solve")
        assert 'role="alert"' in builder._content


def test_hostile_names_run_nothing(hostile: Workspace, hostile_text: str, everything_sent: Sent, act: Act) -> None:
    scenario = Scenario(
        hostile_text,
        (Demand("R1", 4, date(2090, 1, 1), ready=0.1),),
        PlanLimits(),
        units=(hostile_text,),
        covers=(Cover("s.one", 3, 2, date(2090, 1, 1)),),
    )
    builder = ScenarioBuilder(hostile, scenario, seconds=2.0)
    assert builder.wait(60)
    assert builder.plan is not None
    assert "<img" not in everything_sent(builder)
    act(builder, "set", name="cover-0-skill_id", value=hostile_text[:-3])
    assert "<img" not in everything_sent(builder)
    builder.close()


def test_skills_and_seats_come_and_go(demo: Workspace, act: Act) -> None:
    builder = ScenarioBuilder(demo, WARD, live=False)
    act(builder, "add_cover", form={"skill": "First aid"})
    assert builder.scenario.covers == (Cover("transversal.first-aid", 3.0, 1, date(2027, 6, 30)),)
    for name, value in (("people", "4"), ("leavers", "1"), ("level", "2"), ("priority", "2,5"), ("must", True)):
        act(builder, "set", name=f"cover-0-{name}", value=value)
    day = date(2027, 6, 30)
    assert builder.scenario.covers == (Cover("transversal.first-aid", 2.0, 4, day, 1, 2.5, must=True),)
    act(builder, "add_cover", form={"skill": "no such thing"})
    assert "no skill is called" in builder._content
    act(builder, "add_cover", form={"skill": " "})
    assert "No skill is named." in builder._content
    course = next(iter(demo.catalogue.all().credentials.values()))
    act(builder, "add_seats", form={"course": course.title})
    assert builder.scenario.limits.seats == {course.id: 10}
    assert f"Seats in {course.title}" in builder._top
    act(builder, "set", name="seats-0", value="2")
    act(builder, "set", name="seats-1", value="3")
    assert builder.scenario.limits.seats == {course.id: 2}
    act(builder, "remove_seats", at=0)
    assert builder.scenario.limits.seats == {}
    act(builder, "add_seats", form={})
    assert "No course is named." in builder._content
    for _ in range(2):
        act(builder, "remove", at=0)
    assert builder.scenario.demands == ()
    act(builder, "remove_cover", at=0)
    assert "needs at least one demand" in builder._content
    act(builder, "remove_cover", at=7)
    assert len(builder.scenario.covers) == 1


def test_everything_that_cannot_be_is_said_beside_its_field(builder: ScenarioBuilder, act: Act) -> None:
    builder.live = False
    act(builder, "set", name="demand-0-headcount", value="5000")
    act(builder, "set", name="demand-1-by", value="2020-01-01")
    builder.solve()
    assert builder.wait(60)
    assert [item.key for item in builder.contradictions] == ["demands", "demands[1].by"]
    spots = dict(re.findall(r'data-key="wrong-([^"]*)"><div>(.*?)</div>', builder._top))
    assert spots.keys() == {"demands", "demands[1]"}
    assert spots["demands"].startswith("asks for 5026 people")
    assert spots["demands[1]"].startswith("by: is 2020-01-01; the plan begins after")
    for item in builder.contradictions:
        assert item.remedy in builder._content
    act(builder, "again", at=0)
    assert builder.contradictions == ()
    assert not re.search(r'data-key="wrong-[^"]*"><div>', builder._top)


def test_what_cannot_be_typed_is_said_beside_its_field(demo: Workspace, act: Act) -> None:
    builder = ScenarioBuilder(demo, WARD, live=False)
    act(builder, "set", name="demand-1-headcount", value="many")
    spots = dict(re.findall(r'data-key="wrong-([^"]*)"><div>(.*?)</div>', builder._top))
    assert spots == {"demands[1]": "headcount: needs a whole number. Write something like 12."}
