"""A scenario kept open: limits are moved, and each plan is what a fresh search would find, or better."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from tests.service.conftest import CREDENTIALS, ROLES, write

from skillmatch.domain.base.errors import InputError
from skillmatch.domain.plans.plan import PlanStatus
from skillmatch.domain.plans.scenario import Demand, PlanLimits, Scenario
from skillmatch.planning.solution import Interrupted
from skillmatch.service.plans.planning import PlanSession, Search, read_plan_file
from skillmatch.service.workspace import Workspace

SCENARIO = Scenario(
    "Nurses", (Demand("R1", 4, date(2027, 6, 30), ready=0.7),), PlanLimits(budget=400.0, hours_per_week=5.0)
)


@pytest.fixture
def workspace(skilled: Workspace, tmp_path: Path) -> Workspace:
    """Eight people who are half way to the ward."""
    lines = [f"P{n},Person {n},Ward {n % 2},,en,5" for n in range(8)]
    said = [
        f"P{n},{skill},{level},0-5,assessment,2026-03-01,1,,"
        for n in range(8)
        for skill, level in (("Hand hygiene", 2 + n % 3), ("Wound care", 1), ("Teamwork", 1 + n % 2))
    ]
    folder = write(
        tmp_path / "organisation",
        credentials=CREDENTIALS,
        roles=ROLES,
        people="\n".join(["id,name,unit,role,languages,hours_per_week", *lines]) + "\n",
        evidence="\n".join(["person,skill,level,scale,source,date,confidence,expires,note", *said]) + "\n",
    )
    for report in (
        skilled.catalogue.import_from(folder),
        skilled.roles.import_from(folder),
        skilled.people.import_from(folder),
    ):
        assert report.applied, report.rejected
    return skilled


@pytest.fixture
def session(workspace: Workspace) -> Iterator[PlanSession]:
    with workspace.plans.session(SCENARIO) as opened:
        yield opened


def limited(session: PlanSession, **limits: object) -> PlanLimits:
    return replace(session.scenario.limits, **limits)


@pytest.mark.parametrize(
    "limits",
    [
        {"budget": 1_400.0},
        {"most_away": 1},
        {"unit_budgets": {"Ward 0": 100.0}},
        {"must": {"C4": 2}},
        *(
            pytest.param(limits, marks=pytest.mark.slow)
            for limits in (
                {"budget": 0.0},
                {"budget": None},
                {"hours": 30.0},
                {"seats": {"C1": 1}},
                {"must_not": ("C1",)},
                {"weeks": 4},
                {"hours_per_week": 2.0},
            )
        ),
    ],
    ids=str,
)
def test_a_moved_limit_gives_what_a_fresh_search_gives(
    workspace: Workspace, session: PlanSession, limits: dict[str, object]
) -> None:
    session.resolve()
    moved = session.resolve(limits=limited(session, **limits), search=Search(gap=0.0))
    fresh = workspace.plan(moved.scenario, search=Search(gap=0.0))
    assert moved.plan.status is fresh.plan.status
    assert moved.plan.objective == pytest.approx(fresh.plan.objective, abs=1e-5)
    assert moved.plan.unmet == fresh.plan.unmet
    assert moved.inputs == fresh.inputs  # the file says which scenario it answers
    assert workspace.plans.check(moved) == ((), ())


def test_demands_may_change_but_not_the_scope(session: PlanSession) -> None:
    first = session.resolve()
    more = replace(session.scenario, demands=(replace(session.scenario.demands[0], headcount=6),))
    assert sum(item.wanted for item in session.resolve(more).plan.demands) == 6
    assert session.file is not first
    with pytest.raises(InputError, match="another scope"):
        session.resolve(replace(session.scenario, units=("Ward 1",)))


def test_a_contradiction_leaves_the_session_as_it_was(session: PlanSession) -> None:
    first = session.resolve()
    with pytest.raises(InputError) as caught:
        session.resolve(limits=limited(session, hours=0.0))
    assert caught.value.place.field == "limits.hours"
    assert session.file is first
    assert session.scenario.limits.hours is None


def test_the_first_plan_and_bound_are_heard_of_before_the_search_ends(session: PlanSession) -> None:
    session.resolve()
    seen: list[tuple[float, float]] = []
    session.resolve(limits=limited(session, budget=700.0), watch=lambda _, worth, bound: seen.append((worth, bound)))
    assert seen
    assert all(worth <= bound + 1e-9 for worth, bound in seen)


def test_a_new_question_ends_the_one_that_is_being_answered(session: PlanSession) -> None:
    began, answers = threading.Event(), []

    def slow(seconds: float, worth: float, bound: float) -> None:
        began.set()
        asked.wait(10)

    asked = threading.Event()
    running = threading.Thread(target=lambda: answers.append(session.resolve(watch=slow)))
    running.start()
    assert began.wait(30)
    session.stop()
    asked.set()
    running.join(30)
    (halted,) = answers
    assert halted.plan.stopped_by in ("interrupt", "proof")
    assert halted.plan.status in (PlanStatus.FEASIBLE, PlanStatus.OPTIMAL)
    assert session.resolve().plan.status is PlanStatus.OPTIMAL


def test_a_closed_session_says_so(workspace: Workspace) -> None:
    with workspace.plans.session(SCENARIO) as session:
        session.resolve()
    with pytest.raises(InputError, match="closed"):
        session.resolve()


def test_an_interrupted_search_answers_and_goes_on_from_its_file(workspace: Workspace, tmp_path: Path) -> None:
    def stop(seconds: float, worth: float, bound: float) -> None:
        raise Interrupted

    halted = workspace.plan(SCENARIO, watch=stop)
    assert halted.plan.stopped_by in ("interrupt", "proof")
    assert workspace.plans.check(halted) == ((), ())
    kept = tmp_path / "halted.json"
    kept.write_text(halted.to_text(), encoding="utf-8")
    resumed = workspace.plan(SCENARIO, before=read_plan_file(kept))
    assert resumed.plan.objective >= halted.plan.objective
    assert resumed.plan.bound <= halted.plan.bound
    assert resumed.plan.notes == ()  # nothing changed: going on costs no churn
    assert resumed.plan.objective == workspace.plan(SCENARIO).plan.objective
    assert workspace.plan(SCENARIO).to_text() == workspace.plan(SCENARIO).to_text()


def test_all_contradictions_are_listed_where_a_plan_is_refused_for_the_first(workspace: Workspace) -> None:
    demand = SCENARIO.demands[0]
    wrong = replace(
        SCENARIO,
        demands=(replace(demand, headcount=99, by=date(2020, 1, 1)),),
        limits=PlanLimits(hours_per_week=0.0),
    )
    listed = workspace.plans.list_contradictions(wrong)
    assert [item.key for item in listed] == ["demands", "demands[0].by", "limits.hours_per_week"]
    assert all(item.message and item.remedy for item in listed)
    with pytest.raises(InputError, match=r"2 more: demands\[0\]\.by, limits\.hours_per_week"):
        workspace.plan(wrong)
    assert workspace.plans.list_contradictions(SCENARIO) == ()
    with pytest.raises(InputError, match="no role is called"):
        workspace.plans.list_contradictions(replace(SCENARIO, demands=(replace(demand, role_id="nothing"),)))
