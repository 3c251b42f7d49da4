"""A plan on the screen: its value is the plan file, it names nobody, and the services do what is done with it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from skillmatch.domain.plans.plan import OptionKind
from skillmatch.domain.plans.scenario import Demand, PlanLimits, Scenario, Ways
from skillmatch.service.plans.planning import Search
from skillmatch.service.workspace import Workspace
from skillmatch.widgets import PersonCard, PlanView, linked

Act = Callable[..., None]
Sent = Callable[[Any], str]


@pytest.fixture(scope="module")
def scenario() -> Scenario:
    demands = (Demand("R-B03", 7, date(2027, 6, 30), ready=0.75), Demand("R-B01", 26, date(2027, 5, 31), ready=0.6))
    limits = PlanLimits(budget=12_000, hours_per_week=6, most_away=3)
    return Scenario("A ward", demands, limits, units=("Hospital nursing", "Care homes"), ways=Ways(hire_most=1))


@pytest.fixture(scope="module")
def file(demo: Workspace, scenario: Scenario) -> Any:
    return demo.plan(scenario, search=Search(time_limit=5))


@pytest.fixture
def view(demo: Workspace, file: Any) -> PlanView:
    return PlanView(demo, file)


def test_what_it_costs_is_said_in_the_plan_s_currency(view: PlanView, file: Any) -> None:
    assert f">Cost, {file.plan.currency}</th>" in view._repr_html_()


def test_its_value_is_the_plan_file(view: PlanView, file: Any) -> None:
    plan = file.plan
    assert view.value is file
    assert f"{100 * plan.coverage:.1f} %" in view._content
    assert f"{100 * plan.coverage_bound:.1f} %" in view._content
    assert "no plan can exceed" in view._content
    for item in plan.unmet:
        assert item.title in view._content
        assert item.detail in view._content


def test_every_picture_has_a_table(view: PlanView) -> None:
    assert "<svg" in view._content
    assert "The same as a table" in view._content
    html = view._repr_html_()
    assert "<svg" not in html
    assert "Week of" in html
    assert "data-do=" not in html


def test_it_names_nobody(view: PlanView, demo: Workspace, file: Any, everything_sent: Sent) -> None:
    sent = everything_sent(view)
    for item in file.plan.assignments:
        assert f'"{item.person_id}"' not in sent
        assert f"{item.person_id}<" not in sent
    names = {person.name for person in demo.people.all(units=file.scenario.units)}
    assert not [name for name in names if name in sent]
    shown = PlanView(demo, file, pseudonyms=False)
    assert any(name in shown._content for name in names)


def test_a_line_shows_who_is_in_it(view: PlanView, file: Any, act: Act) -> None:
    everybody = view._content.count("<tr")
    act(view, "part", at=0)
    assert view.part == "demands[0]"
    assert view._content.count("<tr") < everybody
    assert 'aria-current="true"' in view._content
    act(view, "part", at=0)
    assert view.part == ""
    for place in (99, -1, "0", None, True):
        act(view, "part", at=place)
        assert view.part == ""


def test_a_unit_can_be_chosen(view: PlanView, act: Act) -> None:
    everybody = view._content
    act(view, "set", name="unit", value=1)
    assert view.unit == "Care homes"
    assert view._content != everybody
    view.unit = "no such unit"
    view.refresh()
    assert view.unit is None


def test_prices_come_when_asked_for(view: PlanView, act: Act) -> None:
    assert view.prices is None
    act(view, "price")
    assert view.wait(60)
    prices: Any = view.prices
    assert {item.limit for item in prices.items} >= {"limits.budget", "limits.hours_per_week"}
    assert "Adds, in places filled" in view._content


def test_it_is_held_against_today(view: PlanView, act: Act) -> None:
    act(view, "check")
    assert view.wait(60)
    assert "still keeps every rule" in view._content


@pytest.mark.parametrize("place", range(8))
def test_it_is_exported_and_says_where(view: PlanView, act: Act, tmp_path: Path, place: int) -> None:
    folder = tmp_path / "out" / "deep"
    act(view, "export", form={"what": place, "folder": str(folder)})
    assert Path(view.exported).exists()
    assert Path(view.exported).parent == folder
    assert str(folder) in view._content
    assert "Written to" in view._told


@pytest.mark.parametrize(("form", "said"), [({"what": 0, "folder": " "}, "No folder"), ({"what": 0}, "No folder")])
def test_an_export_to_nowhere_is_an_alert(view: PlanView, act: Act, form: dict[str, Any], said: str) -> None:
    act(view, "export", form=form)
    assert said in view._content
    assert 'role="alert"' in view._content
    assert "no plan can exceed" in view._content  # and the plan stays


def test_a_folder_that_cannot_be_made_is_an_alert(view: PlanView, act: Act, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way", encoding="utf-8")
    act(view, "export", form={"what": 0, "folder": str(tmp_path / "file" / "below")})
    assert "cannot be made" in view._content
    assert view.exported == ""


def test_approving_needs_a_name_and_a_reason(own: Workspace, scenario: Scenario, act: Act) -> None:
    view = PlanView(own, own.plan(scenario, search=Search(time_limit=5)))
    act(view, "approve", form={"author": "", "reason": "because"})
    assert "Nobody has signed" in view._content
    act(view, "approve", form={"author": "Ada", "reason": ""})
    assert "needs a reason" in view._content
    assert not own.plans.all().items

    act(view, "approve", form={"author": "Ada", "reason": "the ward opens"})
    act(view, "approve", form={"author": "Grace", "reason": "so do I"})
    act(view, "approve", form={"author": "Ada", "reason": "again"})

    assert [item.by for item in view.value.approvals] == ["Ada", "Grace"]
    assert "approved" in view._content
    assert "before" in view._content
    (kept,) = own.plans.all().items
    assert own.plans.get(kept.id)[1] == view.value
    assert PlanView(own, kept.id).value == view.value
    assert "Grace" not in PlanView(own, kept.id)._content
    assert "Grace" in PlanView(own, kept.id, pseudonyms=False)._content


def test_what_is_no_plan_is_an_alert(demo: Workspace, tmp_path: Path) -> None:
    view = PlanView(demo)
    assert "no plan yet" in view._content
    for given in ("plan-0", tmp_path / "none.json", "none.json", 7):
        view.plan = given
        assert 'role="alert"' in view._content, given
        assert view.value is None
        assert 'role="alert"' in view._repr_html_()


def test_it_opens_the_file_of_a_plan(demo: Workspace, file: Any, tmp_path: Path) -> None:
    path = tmp_path / "plan.json"
    demo.plans.export(file, "json", path)
    assert PlanView(demo, path).value == file
    assert PlanView(demo, str(path)).value == file


def test_no_plan_at_all_says_why(demo: Workspace, scenario: Scenario) -> None:
    poor = replace(scenario, demands=(replace(scenario.demands[1], must=True, ready=1.0),), limits=PlanLimits(budget=0))
    view = PlanView(demo, demo.plan(poor, search=Search(time_limit=5)))
    assert "No plan keeps all of the limits" in view._content
    assert view._top == ""


def test_hostile_names_run_nothing(hostile: Workspace, hostile_text: str, everything_sent: Sent) -> None:
    scenario = Scenario(
        hostile_text, (Demand("R1", 4, date(2030, 1, 1), ready=0.1),), PlanLimits(unit_budgets={hostile_text: 5})
    )
    file = hostile.plan(scenario, as_of=date(2029, 1, 1), search=Search(time_limit=5))
    for pseudonyms in (True, False):
        view = PlanView(hostile, file, pseudonyms=pseudonyms)
        assert "<img" not in everything_sent(view)


def test_a_card_follows_whoever_is_chosen(view: PlanView, demo: Workspace, act: Act) -> None:
    card = PersonCard(demo)
    end = linked(view, card)
    parts = view.value.plan.assignments
    learning = next(at for at, item in enumerate(parts) if item.kind is OptionKind.TRAIN)
    act(view, "person", at=learning)
    assert view.person_id == parts[learning].person_id
    assert 'class="chosen" aria-current="true"' in view._content
    assert (card.person_id, card.role_id) == (parts[learning].person_id, parts[learning].role_id)

    hired = next((at for at, item in enumerate(parts) if item.kind is OptionKind.HIRE), len(parts))
    for nobody in (hired, -1, 10_000, "x", None):
        act(view, "person", at=nobody)
        assert view.person_id == parts[learning].person_id
    end()
    act(view, "person", at=next(at for at, item in enumerate(parts) if item.kind is OptionKind.STAY))
    assert card.person_id == parts[learning].person_id


def test_another_plan_without_them_has_nobody_chosen(view: PlanView, demo: Workspace, scenario: Scenario) -> None:
    view.person_id = view.value.plan.assignments[0].person_id
    view.plan = demo.plan(replace(scenario, limits=replace(scenario.limits, budget=0.0), ways=Ways(train=False)))
    assert view.person_id in {None, *(item.person_id for item in view.value.plan.assignments)}
    view.person_id = "nobody"
    view.refresh()
    assert view.person_id is None
