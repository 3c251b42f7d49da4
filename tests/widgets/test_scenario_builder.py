"""What if: the form edits the scenario, its plan follows beside the view, what cannot be is said in place."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from skillmatch.domain.errors import WorkspaceError
from skillmatch.domain.plan import PlanStatus
from skillmatch.domain.scenario import Demand, PlanLimits, Scenario
from skillmatch.matching.ngram_encoder import NgramEncoder
from skillmatch.service.live_plan import LivePlan, Phase
from skillmatch.service.plan_session import PlanSession, Search
from skillmatch.service.workspace import Workspace
from skillmatch.widgets import ScenarioBuilder
from skillmatch.widgets.scenario_edits import changes

Act = Callable[..., None]
Sent = Callable[[Any], str]
PATIENCE = 60


@pytest.fixture
def made(demo: Workspace) -> Iterator[Callable[..., ScenarioBuilder]]:
    views: list[ScenarioBuilder] = []

    def build(scenario: Any = "Cost cut", workspace: Workspace = demo, **more: Any) -> ScenarioBuilder:
        if isinstance(scenario, str):
            scenario = next(item for item in demo.scenario_templates() if item.name.startswith(scenario))
        views.append(ScenarioBuilder(workspace, scenario, **more))
        return views[-1]

    yield build
    for view in views:
        view.close()


@pytest.fixture
def builder(made: Callable[..., ScenarioBuilder]) -> ScenarioBuilder:
    view = made()
    assert view.wait(PATIENCE)
    return view


def test_its_plan_is_the_workspaces(builder: ScenarioBuilder, demo: Workspace) -> None:
    expected = demo.plan(builder.scenario).plan
    assert (builder.phase, builder.value.status) == (Phase.DONE, PlanStatus.OPTIMAL)
    assert builder.value.objective == pytest.approx(expected.objective, abs=1e-4)
    assert builder.plan_file.plan is builder.value
    told = f"Covers {expected.coverage * 100:.1f} %; no plan can exceed {expected.coverage_bound * 100:.1f} %."
    assert told in builder._content
    assert "proven best" in builder._top


def test_without_a_scenario_it_begins_with_a_template(made: Callable[..., ScenarioBuilder], demo: Workspace) -> None:
    assert made(None).scenario == demo.scenario_templates()[0]


def test_a_file_is_read(made: Callable[..., ScenarioBuilder], repository: Path) -> None:
    view = made(repository / "data" / "demo" / "scenarios" / "cost-cut.toml")
    assert view.scenario.name.startswith("Cost cut")
    assert view.scenario.demands[0].role_id == "own/R-A03"


def test_a_limit_that_is_moved_is_answered_and_kept_in_the_history(builder: ScenarioBuilder, act: Act) -> None:
    first = builder.value
    labels = list(builder._offered()["budget"].labels)
    act(builder, "set", name="limit-budget", value=labels.index("500 EUR"))
    assert builder.scenario.limits.budget == 500.0
    assert "This is the answer from before the change" in builder._content or builder.phase is Phase.DONE
    assert builder.wait(PATIENCE)
    assert builder.value.cost <= 500.0 < first.cost
    assert [item.scenario.limits.budget for item in builder.history] == [3_000.0, 500.0]
    assert "budget: 3,000 → 500" in builder._content
    assert "points covered" in builder._content

    act(builder, "back", at=0)

    assert (builder.scenario.limits.budget, builder.value) == (3_000.0, first)
    assert builder.wait(PATIENCE)
    assert len(builder.history) == 2
    assert builder.value is first


def test_no_limit_is_at_the_end_of_each_slider(builder: ScenarioBuilder, act: Act) -> None:
    for name in ("budget", "hours_per_week", "weeks", "most_away", "hours"):
        offered = builder._offered()[name]
        act(builder, "set", name=f"limit-{name}", value=1)
        assert getattr(builder.scenario.limits, name) == offered.values[1]
        act(builder, "set", name=f"limit-{name}", value=len(offered.labels) - 1)
        assert getattr(builder.scenario.limits, name) is None
    assert isinstance(replace(builder.scenario.limits, weeks=4).weeks, int)


@pytest.mark.parametrize(
    ("name", "value", "read"),
    [
        ("name", "Another name", lambda now: now.name == "Another name"),
        ("demand-0-headcount", "12", lambda now: now.demands[0].headcount == 12),
        ("demand-0-by", "2028-01-31", lambda now: now.demands[0].by == date(2028, 1, 31)),
        ("demand-1-ready", 0, lambda now: now.demands[1].ready == 0.5),
        ("demand-1-priority", 4, lambda now: now.demands[1].priority == 2.0),
        ("demand-1-must", True, lambda now: now.demands[1].must),
        ("way-move", False, lambda now: not now.ways.move),
        ("way-recognise_cost", "99.5", lambda now: now.ways.recognise_cost == 99.5),
        ("way-hire_most", "3", lambda now: now.ways.hire_most == 3),
        ("risk-attrition", 2, lambda now: now.risk.attrition == 0.05),
        ("unit-0", True, lambda now: len(now.units) == 5),
    ],
)
def test_every_field_sets_its_part_of_the_scenario(
    made: Callable[..., ScenarioBuilder], act: Act, name: str, value: Any, read: Callable[[Scenario], bool]
) -> None:
    view = made()
    act(view, "set", name=name, value=value)
    assert read(view.scenario), changes(view._begin, view.scenario, {})
    assert len(changes(view._begin, view.scenario, {})) == 1


def test_roles_skills_and_seats_come_and_go(made: Callable[..., ScenarioBuilder], act: Act, demo: Workspace) -> None:
    view = made()
    act(view, "add_role", form={"role": 0})
    assert len(view.scenario.demands) == 3
    act(view, "add_role", form={"role": 0})
    assert "Is wanted already." in view._top
    act(view, "add_skill", form={"skill": "First aid"})
    assert view.scenario.covers[0].skill_id == "transversal.first-aid"
    act(view, "set", name="cover-0-people", value="4")
    act(view, "set", name="cover-0-leavers", value="1")
    act(view, "set", name="cover-0-level", value=2)
    assert (view.scenario.covers[0].wanted, view.scenario.covers[0].level) == (5, 2.0)
    act(view, "add_skill", form={"skill": "no such thing"})
    assert "no skill is called" in view._top.lower()
    title = next(iter(demo.catalogue().credentials.values())).title
    act(view, "add_seats", form={"credential": title})
    assert list(view.scenario.limits.seats.values()) == [10]
    act(view, "set", name="seat-0", value="2")
    assert list(view.scenario.limits.seats.values()) == [2]
    act(view, "remove_seats", at=0)
    assert view.scenario.limits.seats == {}
    for _ in range(3):
        act(view, "remove_demand", at=0)
    assert (len(view.scenario.demands), len(view.scenario.covers)) == (0, 1)
    act(view, "remove_cover", at=0)
    assert "Something has to be wanted." in view._top
    assert view.wait(PATIENCE)


@pytest.mark.parametrize(
    ("name", "value", "told"),
    [
        ("demand-0-headcount", "0", "1"),
        ("demand-0-headcount", "many", "needs a whole number, not"),
        ("demand-0-by", "soon", "needs a day"),
        ("way-hire_cost", "-4", "0"),
        ("way-move_cost", "x", "needs a number"),
        ("name", " ", "must not be empty"),
    ],
)
def test_what_cannot_be_typed_is_said_beside_its_field(
    builder: ScenarioBuilder, act: Act, name: str, value: str, told: str
) -> None:
    before, plan = builder.scenario, builder.value
    act(builder, "set", name=name, value=value)
    assert builder.scenario is before
    assert builder.value is plan
    wrong = re.findall(r'class="wrong"[^>]*><div>(.*?)</div>', builder._top)
    assert len(wrong) == 1
    assert told in wrong[0].lower()


def test_contradictions_are_shown_in_place_and_the_answer_of_before_stays(builder: ScenarioBuilder, act: Act) -> None:
    before = builder.value
    act(builder, "set", name="demand-0-headcount", value="900")
    act(builder, "set", name="demand-0-by", value="2020-01-01")
    assert builder.wait(PATIENCE)
    assert builder.phase is Phase.REFUSED
    assert [item.key for item in builder.contradictions] == ["demands", "demands[0].by"]
    assert 'role="alert"' in builder._content
    assert "This is the answer from before the change" in builder._content
    assert "the plan begins after" in builder._top
    assert builder.value is before
    assert len(builder.history) == 1
    act(builder, "back", at=0)
    assert builder.contradictions == ()
    assert 'role="alert"' not in builder._content


def test_what_must_be_and_cannot_be_has_no_plan(made: Callable[..., ScenarioBuilder]) -> None:
    must = Scenario("Must", (Demand("own/R-D05", 9, date(2027, 1, 31), must=True),), PlanLimits(budget=0.0))
    view = made(must)
    assert view.wait(PATIENCE)
    assert view.value.status is PlanStatus.INFEASIBLE
    assert "There is no plan within these limits." in view._content


def test_stopping_keeps_the_best_so_far(
    made: Callable[..., ScenarioBuilder], act: Act, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(LivePlan, "_decided", lambda self, file: False)  # a search that never ends by itself
    view = made(search=Search(None))
    assert view._background.wait(lambda: view.value is not None, PATIENCE)
    assert view.phase is Phase.SEARCHING
    act(view, "stop")
    assert view.wait(PATIENCE)
    assert view.phase is Phase.STOPPED
    assert view.value.assignments
    assert "this is the best so far" in view._top
    assert len(view.history) == 1


def test_an_error_in_the_search_is_told_and_solving_again_helps(
    builder: ScenarioBuilder, act: Act, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refused(*_: object, **__: object) -> None:
        raise WorkspaceError("the disk is full.", remedy="Make room.")

    with monkeypatch.context() as patched:
        patched.setattr(PlanSession, "resolve", refused)
        act(builder, "set", name="way-train", value=False)
        assert builder.wait(PATIENCE)
    assert builder.phase is Phase.REFUSED
    assert "Make room." in builder._content
    act(builder, "again")
    assert builder.wait(PATIENCE)
    assert builder.phase is Phase.DONE


def test_it_is_saved_and_opened(builder: ScenarioBuilder, act: Act, tmp_path: Path) -> None:
    target = tmp_path / "mine.toml"
    act(builder, "save", form={"path": str(target)})
    assert str(target) in builder._content
    saved = builder.scenario
    act(builder, "set", name="way-move", value=False)
    act(builder, "open", form={"path": str(target)})
    assert builder.scenario == saved
    act(builder, "open", form={"path": str(tmp_path / "nowhere.toml")})
    assert "there is no file" in builder._content
    act(builder, "save", form={"path": "  "})
    assert "No file is named." in builder._content


def test_another_template_takes_its_place(builder: ScenarioBuilder, act: Act, demo: Workspace) -> None:
    act(builder, "set", name="template", value=1)
    assert builder.scenario == demo.scenario_templates()[1]
    assert builder.wait(PATIENCE)
    assert builder.phase is Phase.DONE


def test_an_empty_workspace_says_what_to_import(tmp_path: Path, act: Act) -> None:
    with Workspace.open(tmp_path / "empty", create=True, encoder=NgramEncoder()) as workspace:
        view = ScenarioBuilder(workspace)
        assert "nobody in the workspace has a role" in view._repr_html_()
        assert view.value is None
        act(view, "again")
        act(view, "save", form={"path": "x.toml"})
        assert view.wait(5)
        view.close()


def test_two_builders_on_one_workspace_do_not_meet(made: Callable[..., ScenarioBuilder]) -> None:
    first, second = made("Cost cut"), made("Compliance")
    assert first.wait(PATIENCE)
    assert second.wait(PATIENCE)
    assert first.value.scenario.startswith("Cost cut")
    assert second.value.scenario.startswith("Compliance")


def test_no_person_leaves_the_kernel(builder: ScenarioBuilder, everything_sent: Sent, demo: Workspace) -> None:
    sent = everything_sent(builder)
    for person in demo.people():
        assert person.id not in sent
        assert person.name not in sent


def test_the_saved_notebook_holds_scenario_and_answer(made: Callable[..., ScenarioBuilder]) -> None:
    html = made()._repr_mimebundle_()[0]["text/html"]  # waits for the first answer
    assert "Service desk adviser" in html
    assert "no plan can exceed" in html
    assert "<button" not in html
    assert "<input" not in html


@pytest.mark.parametrize(
    "said",
    [
        {"do": "back", "at": 99},
        {"do": "add_role", "form": {"role": 999}},
        {"do": "add_role"},
        {"do": "remove_demand", "at": 9},
        {"do": "set", "name": "limit-budget", "value": 999},
        {"do": "set", "name": "template", "value": -3},
        {"do": "set", "name": "demand-9-headcount", "value": "3"},
        {"do": "set", "name": "__class__", "value": "3"},
    ],
)
def test_what_the_browser_must_not_ask_for_changes_nothing(builder: ScenarioBuilder, said: Any) -> None:
    before = json.dumps(builder.get_state(), default=str)
    builder._hear(builder, said, [])
    assert json.dumps(builder.get_state(), default=str) == before


@given(st.text(st.characters(exclude_categories=("Cs",), exclude_characters="\x00"), min_size=1, max_size=60))
def test_no_text_that_is_typed_becomes_markup(text: str) -> None:
    from skillmatch.domain.errors import InputError
    from skillmatch.widgets.scenario_fields import edits, key_of
    from skillmatch.widgets.scenario_form import wrong_at

    scenario = Scenario("x", (Demand("r", 1, date(2027, 1, 1)),), PlanLimits())
    for name, edit in edits(scenario, {}, ()).items():
        try:
            edit(scenario, f"<img src=x>{text}")
        except InputError as error:
            assert "<img" not in wrong_at(key_of(name), {key_of(name): error})


def test_hostile_names_stay_text(hostile: Workspace, hostile_text: str) -> None:
    scenario = Scenario(hostile_text, (Demand("own/R1", 3, date(2099, 1, 1)),), PlanLimits(currency=hostile_text[:10]))
    view = ScenarioBuilder(hostile, scenario)
    try:
        assert view.wait(PATIENCE)
        assert view.value is not None
        for html in (view._content, view._top, view._repr_html_()):
            assert "<img" not in html
            assert "&lt;img" in html
    finally:
        view.close()
