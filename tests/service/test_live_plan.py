"""A scenario that is solved while it is changed: the newest counts, stopping keeps the best, errors are told."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from skillmatch.domain.plan import PlanStatus
from skillmatch.domain.scenario import Scenario
from skillmatch.matching.ngram_encoder import NgramEncoder
from skillmatch.service.demo import fill_with_demo
from skillmatch.service.live_plan import LivePlan, LiveState, Phase
from skillmatch.service.plan_session import PlanSession, Search
from skillmatch.service.workspace import Workspace

PATIENCE = 60


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    workspace = Workspace.open(tmp_path_factory.mktemp("demo"), create=True, encoder=NgramEncoder())
    fill_with_demo(workspace)
    return workspace


@pytest.fixture
def scenario(demo: Workspace) -> Scenario:
    return next(item for item in demo.scenario_templates() if item.name.startswith("Cost cut"))


@pytest.fixture
def told() -> list[LiveState]:
    return []


@pytest.fixture
def live(demo: Workspace, told: list[LiveState]) -> Iterator[LivePlan]:
    plan = LivePlan(demo, told.append)
    yield plan
    plan.close()


def test_the_answer_is_the_workspaces(
    live: LivePlan, told: list[LiveState], demo: Workspace, scenario: Scenario
) -> None:
    live.solve(scenario)
    assert live.wait(PATIENCE)
    last = told[-1]
    assert (last.phase, last.file.plan.status) == (Phase.DONE, PlanStatus.OPTIMAL)
    assert last.file.plan.objective == pytest.approx(demo.plan(scenario).plan.objective, abs=1e-4)
    assert next(state.phase for state in told) is Phase.OPENING


def test_the_newest_scenario_counts(live: LivePlan, told: list[LiveState], scenario: Scenario) -> None:
    for budget in range(0, 1_000, 50):
        live.solve(replace(scenario, limits=replace(scenario.limits, budget=float(budget))))
    assert live.wait(PATIENCE)
    answered = {state.scenario.limits.budget for state in told if state.file is not None}
    assert told[-1].phase is Phase.DONE
    assert told[-1].file.scenario.limits.budget == 950.0
    assert len(answered) < 20  # what was replaced before its turn came was never searched for


def test_moved_limits_keep_the_session(
    live: LivePlan, scenario: Scenario, demo: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened: list[Any] = []
    real = demo.plan_session
    monkeypatch.setattr(demo, "plan_session", lambda *given, **named: opened.append(1) or real(*given, **named))
    for budget in (500.0, 1_000.0):
        live.solve(replace(scenario, limits=replace(scenario.limits, budget=budget)))
        assert live.wait(PATIENCE)
    assert len(opened) == 1
    live.solve(replace(scenario, units=scenario.units[:2], demands=(replace(scenario.demands[0], headcount=5),)))
    assert live.wait(PATIENCE)
    assert len(opened) == 2
    live.refresh()
    live.solve(scenario)
    assert live.wait(PATIENCE)
    assert len(opened) == 3


def test_stopping_keeps_the_best_so_far(demo: Workspace, told: list[LiveState], scenario: Scenario) -> None:
    """A search that would never end by itself: nothing is near enough to its bound."""
    searching, stopped = threading.Event(), threading.Event()

    def hear(state: LiveState) -> None:
        told.append(state)
        if state.file is not None:
            searching.set()
        if state.phase.is_over:
            stopped.set()

    live = LivePlan(demo, hear, Search(None))
    live._decided = lambda file: False  # type: ignore[method-assign]
    try:
        live.solve(scenario)
        assert searching.wait(PATIENCE)
        live.stop()
        assert stopped.wait(PATIENCE)
        assert told[-1].phase is Phase.STOPPED
        assert told[-1].file.plan.assignments
    finally:
        live.close()


def test_contradictions_are_told_in_place(live: LivePlan, told: list[LiveState], scenario: Scenario) -> None:
    live.solve(replace(scenario, demands=(replace(scenario.demands[0], by=date(2020, 1, 1), headcount=9_999),)))
    assert live.wait(PATIENCE)
    assert told[-1].phase is Phase.REFUSED
    assert [item.key for item in told[-1].contradictions] == ["demands", "demands[0].by"]
    live.solve(scenario)
    assert live.wait(PATIENCE)
    assert told[-1].phase is Phase.DONE


def test_an_error_of_ours_is_told_and_the_next_scenario_is_answered(
    live: LivePlan, told: list[LiveState], scenario: Scenario, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object, **__: object) -> None:
        raise ZeroDivisionError("planted")

    with monkeypatch.context() as patched:
        patched.setattr(PlanSession, "resolve", broken)
        live.solve(scenario)
        assert live.wait(PATIENCE)
    assert told[-1].phase is Phase.REFUSED
    assert "ZeroDivisionError: planted" in told[-1].error.message
    live.solve(scenario)
    assert live.wait(PATIENCE)
    assert told[-1].phase is Phase.DONE


def test_a_closed_one_does_nothing(demo: Workspace, told: list[LiveState], scenario: Scenario) -> None:
    live = LivePlan(demo, told.append)
    live.solve(scenario)
    live.close()
    assert live.wait(PATIENCE)
    before = len(told)
    live.solve(scenario)
    assert live.wait(PATIENCE)
    assert len(told) == before
