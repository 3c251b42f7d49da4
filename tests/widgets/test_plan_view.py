"""A plan as it is shown: its figures are the plan's, people are pseudonyms, services do what is done."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from skillmatch.domain.errors import SkillmatchError, WorkspaceError
from skillmatch.domain.plan import Assignment, Cause, Met, OptionKind, Plan, PlanStatus, PlanStep, Unmet
from skillmatch.domain.scenario import Demand, PlanLimits, Scenario
from skillmatch.matching.ngram_encoder import NgramEncoder
from skillmatch.service.demo import fill_with_demo
from skillmatch.service.plan_folder import HANDOVERS
from skillmatch.service.plan_reading import weeks_away
from skillmatch.service.values import PlanFile
from skillmatch.service.workspace import Workspace
from skillmatch.widgets import PlanView
from skillmatch.widgets.plan_view import VIEWS

Act = Callable[..., None]
Sent = Callable[[Any], str]
PATIENCE = 60


@pytest.fixture(scope="module")
def surge(demo: Workspace) -> PlanFile:
    return demo.plan(next(item for item in demo.scenario_templates() if item.name.startswith("Surge")))


@pytest.fixture
def view(demo: Workspace, surge: PlanFile) -> PlanView:
    return PlanView(demo, surge)


def test_the_headline_says_coverage_and_bound(view: PlanView, surge: PlanFile) -> None:
    plan = surge.plan
    assert view.value == plan
    told = f"Covers {plan.coverage * 100:.1f} %; no plan can exceed {plan.coverage_bound * 100:.1f} %."
    assert told in view._content
    assert f"{plan.cost:,.0f} EUR" in view._content
    assert "proven best" in view._content


def test_every_empty_place_is_shown_with_its_cause(view: PlanView, surge: PlanFile) -> None:
    for met in surge.plan.demands:
        assert met.title in view._content
    for item in surge.plan.unmet:
        assert item.detail in view._content


def test_the_calendar_is_the_plans(view: PlanView, surge: PlanFile) -> None:
    assert view.away == weeks_away(surge)
    view.view = "weeks"
    assert f"of {surge.scenario.limits.most_away} allowed" in view._content
    assert view._content.count('<td class="full">') == view.away.full


def test_who_does_what_is_filtered_and_told_about(view: PlanView, surge: PlanFile, act: Act) -> None:
    view.view = "people"
    assert view._content.count('data-key="part-') == len(surge.plan.assignments)
    view.way = "train"
    learning = [item for item in surge.plan.assignments if item.kind is OptionKind.TRAIN]
    assert view._content.count('data-key="part-') == len(learning)
    act(view, "choose", at=0)
    chosen = next(item for item in learning if item.person_id == view.person_id)
    assert all(f"{step.start}" in view._content for step in chosen.steps)
    act(view, "set", name="search", value="nothing like it")
    assert "Nobody is found" in view._content
    act(view, "set", name="search", value=chosen.steps[0].title.lower())
    assert chosen.steps[0].title in view._content
    act(view, "set", name="unit", value=1)
    assert view.unit == "Care homes"
    act(view, "set", name="way", value=0)
    assert view.way is None


def test_people_stand_under_pseudonyms(view: PlanView, demo: Workspace, surge: PlanFile, everything_sent: Sent) -> None:
    sent = ""
    for name in VIEWS:
        view.view = name
        sent += everything_sent(view)
    assert "Care homes, person" in sent
    assert "To be hired, 1" in sent
    for item in surge.plan.assignments:
        assert item.person_id not in sent
    named = PlanView(demo, surge, view="people", pseudonyms=False)
    trained = next(item for item in surge.plan.assignments if item.kind is OptionKind.TRAIN)
    assert demo.person(trained.person_id).name in named._content


def test_prices_are_the_workspaces_and_are_asked_beside_the_view(
    view: PlanView, demo: Workspace, surge: PlanFile, act: Act
) -> None:
    view.view = "prices"
    act(view, "price")
    assert view.wait(PATIENCE)
    assert view.prices == demo.plan_prices(surge.scenario)
    assert "Hours a week, each" in view._content


def test_an_error_in_a_question_is_told_and_the_view_stays(
    view: PlanView, demo: Workspace, act: Act, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refused(*_: object, **__: object) -> None:
        raise WorkspaceError("the disk is full.", remedy="Make room.")

    monkeypatch.setattr(demo, "plan_prices", refused)
    act(view, "price")
    assert view.wait(PATIENCE)
    assert 'role="alert"' in view._content
    assert "Make room." in view._content
    assert "What is wanted" in view._content


def test_what_is_exported_is_said_with_its_path(view: PlanView, tmp_path: Path, act: Act) -> None:
    view.view = "decide"
    act(view, "export_all", form={"what": 0, "folder": str(tmp_path / "new" / "plans")})
    assert len(view.written) == len(HANDOVERS)
    for item in view.written:
        assert item.path.exists()
        assert str(item.path) in view._content
    assert {path.suffix for path in (tmp_path / "new" / "plans").iterdir()} == {".xlsx", ".csv", ".ics", ".json", ""}
    assert str(tmp_path) not in view._repr_html_()


@pytest.mark.parametrize("form", [{"what": 0, "folder": " "}, {"what": 0, "folder": "/proc/nowhere"}])
def test_a_folder_that_cannot_be_is_said_to_be_so(view: PlanView, act: Act, form: dict[str, Any]) -> None:
    view.view = "decide"
    act(view, "export", form=form)
    assert 'role="alert"' in view._content
    assert view.written == []
    assert "Hand it over" in view._content


@pytest.fixture
def own(tmp_path: Path) -> Workspace:
    workspace = Workspace.open(tmp_path / "own", create=True, encoder=NgramEncoder())
    fill_with_demo(workspace)
    return workspace


def test_a_named_person_approves_and_the_plan_is_kept(own: Workspace, act: Act, everything_sent: Sent) -> None:
    role = own.example().role_id
    file = own.plan(Scenario("Five", (Demand(role, 5, date(2027, 9, 30)),), PlanLimits(budget=2_000.0)))
    view = PlanView(own, file, view="decide")
    act(view, "approve", form={"author": " ", "note": ""})
    assert "Nobody has signed." in view._content

    act(view, "approve", form={"author": "Kim Head", "note": "Begin now"})

    assert [item.by for item in own.kept_plan(view.kept)[1].approvals] == ["Kim Head"]
    assert "a named person" in view._content
    assert "Kim Head" not in everything_sent(view)
    act(view, "approve", form={"author": "Kim Head", "note": ""})
    assert "approved" in view._content
    act(view, "check")
    assert "The plan holds." in view._content
    again = PlanView(own, view.kept, pseudonyms=False, view="decide")
    assert "Begin now" in again._content


def test_without_a_plan_it_says_why_and_what_to_do(demo: Workspace) -> None:
    by = date(2027, 1, 31)
    must = Scenario("Must", (Demand("R-D05", 9, by, must=True),), PlanLimits(budget=0.0))
    view = PlanView(demo, demo.plan(must))
    assert view.value.status is PlanStatus.INFEASIBLE
    assert "There is no plan within these limits." in view._content
    assert "take a &#x27;must&#x27; away" in view._content.replace("'", "&#x27;")
    view.view = "people"
    assert "Who does what" not in view._content
    with pytest.raises(SkillmatchError, match="no plan to approve"):
        view.approve("Kim")


def test_without_a_browser_there_is_nothing_to_press(view: PlanView) -> None:
    html = view._repr_html_()
    assert "<button" not in html
    assert "<input" not in html
    for part in ("What is wanted", "Who does what", "Who is away when", "Nobody has approved it yet."):
        assert part in html


def test_hostile_names_stay_text(hostile: Workspace, hostile_text: str) -> None:
    step = PlanStep("c", hostile_text, date(2027, 1, 4), date(2027, 1, 10), 8.0, 1.0, hostile_text)
    parts = (
        Assignment("own/P1", OptionKind.TRAIN, "own/R1", hostile_text, (step,), (hostile_text,), demand=0, covers=(3,)),
        Assignment("gone", OptionKind.STAY, "own/R1", hostile_text, demand=0),
    )
    plan = Plan(
        hostile_text,
        PlanStatus.FEASIBLE,
        parts,
        1.0,
        2.0,
        (Met("demands[0]", hostile_text, 3, 2, 1.0),),
        (Unmet("demands[0]", hostile_text, 1, Cause.MONEY, hostile_text),),
        stopped_by=hostile_text,
        notes=(hostile_text,),
        currency=hostile_text[:10],
    )
    scenario = Scenario(hostile_text, (Demand("own/R1", 3, date(2027, 6, 1)),), PlanLimits())
    for pseudonyms in (True, False):
        view = PlanView(hostile, PlanFile(scenario, plan, {}), person_id="own/P1", pseudonyms=pseudonyms)
        for name in VIEWS:
            view.view = name
            assert "<img" not in view._content + view._top + view._repr_html_()
        view.view = "people"
        assert "somebody who left (1)" in view._content or not pseudonyms


@pytest.mark.parametrize(
    "said",
    [
        {"do": "choose", "at": 10_000},
        {"do": "view", "at": -1},
        {"do": "export", "form": {"what": 99, "folder": "x"}},
        {"do": "set", "name": "unit", "value": 99},
        {"do": "set", "name": "way", "value": "x"},
        {"do": "set", "name": "search", "value": 3},
    ],
)
def test_what_the_browser_must_not_ask_for_changes_nothing(view: PlanView, said: Any) -> None:
    before = view.get_state()
    view._hear(view, said, [])
    assert view.get_state() == before


def test_another_plan_takes_its_place(view: PlanView, demo: Workspace, surge: PlanFile) -> None:
    view.view, view.person_id = "people", surge.plan.assignments[0].person_id
    smaller = demo.plan(replace(surge.scenario, limits=replace(surge.scenario.limits, budget=0.0)))
    view.plan_file = smaller
    assert view.value == smaller.plan
    assert view.person_id is None
    assert "0 EUR" in view._content


def test_a_workspace_that_is_closed_is_said_to_be_so(tmp_path: Path, surge: PlanFile) -> None:
    with Workspace.open(tmp_path / "ws", create=True, encoder=NgramEncoder()) as workspace:
        fill_with_demo(workspace)
        view = PlanView(workspace, surge)
    view.refresh()
    assert "was closed" in view._content
    assert view.value is None
