"""Both solvers against trying everything; and what must hold of any solver at any size."""

from __future__ import annotations

import sys
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.planning.conftest import brute, random_problem

from skillmatch.domain.base.errors import InputError
from skillmatch.domain.plans.plan import PlanStatus
from skillmatch.planning.baselines import solve_greedy, solve_rounding
from skillmatch.planning.bound import proven, relax, within
from skillmatch.planning.problem import Problem, Row
from skillmatch.planning.solution import Interrupted, Standing
from skillmatch.planning.solve import Method, solve
from skillmatch.planning.worker import Worker

BOTH = (Method.EXACT, Method.LAGRANGIAN)


def agrees(seed: int, method: Method, worker: Worker) -> None:
    problem = random_problem(seed)
    best = brute(problem)
    found = solve(problem, method=method, gap=0.0, seed=seed, worker=worker)
    if best is None:
        assert found.choice is None
        assert found.status in (PlanStatus.INFEASIBLE, PlanStatus.TIMED_OUT)
        return
    assert found.status is not PlanStatus.INFEASIBLE
    assert found.bound >= best - 1e-9
    if found.choice is not None:
        assert problem.keeps_limits(found.choice)
        assert not problem.misses(found.choice)
        assert problem.worth(found.choice) == found.objective <= best + 1e-9
    if found.status is PlanStatus.OPTIMAL:
        assert found.objective == pytest.approx(best, rel=1e-5, abs=1e-5)


@pytest.mark.parametrize("method", BOTH)
def test_twenty_small_problems_against_brute_force(method: Method, worker: Worker) -> None:
    for seed in range(20):
        agrees(seed, method, worker)


@pytest.mark.slow
@pytest.mark.parametrize("method", BOTH)
def test_five_hundred_small_problems_against_brute_force(method: Method, worker: Worker) -> None:
    for seed in range(20, 560):
        agrees(seed, method, worker)


@given(st.integers(0, 10_000), st.lists(st.floats(-3, 3), min_size=5, max_size=5))
def test_any_multipliers_prove_a_bound(seed: int, multipliers: list[float]) -> None:
    problem = random_problem(seed)
    best = brute(problem)
    bound = proven(problem, np.array(multipliers))
    assert best is None or bound >= best
    assert bound >= relax(problem, within(problem, np.array(multipliers))).value


def middle(people: int = 150, seed: int = 3) -> Problem:
    draw = np.random.default_rng(seed)
    rows = [
        Row("money", people * 1.5),
        *(Row(f"seats/{k}", people // 12) for k in range(6)),
        Row("places", people // 2),
    ]
    options = {
        f"p{i}": [
            (
                float(draw.uniform(0.2, 1.0)),
                {"money": float(draw.integers(1, 9)), f"seats/{draw.integers(6)}": 1.0, "places": 1.0},
            )
            for _ in range(8)
        ]
        for i in range(people)
    }
    return Problem.of(options, rows)


@pytest.mark.parametrize("method", BOTH)
def test_they_beat_the_foolish_ones(method: Method, worker: Worker) -> None:
    problem = middle()
    found = solve(problem, method=method, worker=worker)
    assert problem.keeps_limits(found.choice)
    assert found.gap < 0.01
    assert found.objective > solve_greedy(problem).objective
    assert found.objective >= solve_rounding(problem, worker).objective
    assert found.bound >= solve_greedy(problem).objective


@pytest.mark.parametrize("method", BOTH)
def test_the_same_seed_gives_the_same_plan(method: Method, worker: Worker) -> None:
    one, other = (solve(middle(), method=method, seed=5, worker=worker) for _ in range(2))
    assert np.array_equal(one.choice, other.choice)
    assert (one.objective, one.bound, one.multipliers) == (other.objective, other.bound, other.multipliers)


@pytest.mark.parametrize("method", BOTH)
def test_interrupted_it_hands_over_what_it_has_and_can_go_on(method: Method, worker: Worker) -> None:
    problem = middle()

    def stop(seconds: float, objective: float, bound: float) -> None:
        raise Interrupted

    halted = solve(problem, method=method, progress=stop, worker=worker)
    assert halted.stopped_by == "interrupt"
    assert halted.choice is None or problem.keeps_limits(halted.choice)
    resumed = solve(problem, method=method, warm=halted.warm(problem), worker=worker)
    assert resumed.bound <= halted.bound + 1e-9
    assert resumed.objective >= halted.objective - 1e-9


def test_the_bound_only_falls_and_the_plan_only_grows(worker: Worker) -> None:
    seen: list[tuple[float, float]] = []
    solve(
        middle(), method=Method.LAGRANGIAN, progress=lambda _, worth, bound: seen.append((worth, bound)), worker=worker
    )
    assert all(later[0] >= sooner[0] and later[1] <= sooner[1] for sooner, later in pairwise(seen))


@pytest.mark.parametrize("method", BOTH)
def test_with_no_time_it_says_what_can_be_said_at_once(method: Method, worker: Worker) -> None:
    found = solve(middle(), method=method, time_limit=0, worker=worker)
    assert found.status in (PlanStatus.FEASIBLE, PlanStatus.TIMED_OUT)
    assert np.isfinite(found.bound)


@pytest.mark.parametrize("method", BOTH)
def test_a_search_goes_on_from_wherever_another_ended(method: Method, worker: Worker) -> None:
    for seed in range(12):
        problem = random_problem(seed)
        kept: list[Standing] = []
        whole = solve(problem, method=method, gap=0.0, worker=worker, keep=kept.append)
        for at in kept:
            for limit in (0.0, None):  # the time may be over already
                later = solve(problem, method=method, gap=0.0, time_limit=limit, worker=worker, warm=at.warm(problem))
                if later.choice is not None:  # else there is none that reaches what must be: its bound says no more
                    assert later.objective >= at.worth
                    assert later.bound <= max(at.bound, at.worth)
                assert whole.choice is None or later.bound >= whole.objective
        assert [item.worth for item in kept] == sorted(item.worth for item in kept)
        assert [item.bound for item in kept] == sorted((item.bound for item in kept), reverse=True)


def test_a_negative_time_limit_is_refused(worker: Worker) -> None:
    with pytest.raises(InputError):
        solve(middle(), time_limit=-1, worker=worker)


@pytest.mark.parametrize(
    "code",
    ["import sys; sys.exit(3)", "import time; time.sleep(600)", "import sys; sys.stdin.readline(); print('nonsense')"],
    ids=["dies", "hangs", "babbles"],
)
def test_a_solver_process_that_fails_costs_no_plan(code: str) -> None:
    problem = middle(people=40)
    with Worker([sys.executable, "-c", code]) as broken:
        found = solve(problem, method=Method.EXACT, time_limit=1.0, worker=broken)
    assert found.choice is not None
    assert problem.keeps_limits(found.choice)
    assert found.bound >= found.objective


def test_a_price_never_promises_too_little(worker: Worker) -> None:
    """With one more unit no plan gains more than the multiplier says, beyond the gap."""
    problem = middle(people=60)
    found = solve(problem, method=Method.EXACT, gap=0.0, worker=worker)
    for name, price in found.multipliers.items():
        capacity = problem.rows[problem.place[name]].capacity
        more = solve(problem.limited(**{name: capacity + 1}), method=Method.EXACT, gap=0.0, worker=worker)
        assert more.objective <= proven_price(problem, found.multipliers) + price + 1e-6


def proven_price(problem: Problem, multipliers: dict[str, float]) -> float:
    return proven(problem, np.array([multipliers.get(row.name, 0.0) for row in problem.rows]))


def test_arrays_that_do_not_belong_together_are_refused() -> None:
    problem = middle(people=3)
    with pytest.raises(ValueError, match="people"):
        Problem(("a",), problem.start, problem.value, problem.use, problem.rows)
    with pytest.raises(KeyError):
        Problem.of({"a": [(1.0, {"unheard of": 1.0})]}, [Row("money", 1)])
