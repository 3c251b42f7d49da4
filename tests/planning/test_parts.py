"""Blocks of a problem: together they are the whole, and people who share what few others use stay together."""

from __future__ import annotations

import numpy as np
import pytest

from skillmatch.planning import lagrangian
from skillmatch.planning.parts import Shares, blocks_of, part_of, sample_of
from skillmatch.planning.problem import Problem, Row
from skillmatch.planning.solve import Method, solve
from skillmatch.planning.worker import Worker

UNITS, EACH = 30, 10


def in_units(seed: int = 4) -> Problem:
    """Thirty units of ten people; each unit has money of its own, all share seats and one sum of hours."""
    draw = np.random.default_rng(seed)
    rows = [Row("hours", UNITS * EACH * 2.0), *(Row(f"seats/{k}", 25.0) for k in range(6))]
    rows += [Row(f"money/{unit}", 22.0) for unit in range(UNITS)]
    options = {
        f"p{number}": [
            (
                float(draw.uniform(0.2, 1.0)),
                {
                    "hours": float(draw.integers(1, 9)),
                    f"seats/{draw.integers(6)}": 1.0,
                    f"money/{number % UNITS}": float(draw.integers(1, 9)),
                },
            )
            for _ in range(6)
        ]
        for number in range(UNITS * EACH)
    }
    return Problem.of(options, rows)


def test_units_are_found_from_what_few_people_use() -> None:
    groups = Shares.of(in_units()).groups(50)
    assert len(np.unique(groups)) == UNITS
    for unit in range(UNITS):
        assert len(np.unique(groups[unit::UNITS])) == 1


def test_where_everybody_shares_everything_there_are_no_groups() -> None:
    problem = Problem.of({f"p{n}": [(1.0, {"money": 1.0})] for n in range(20)}, [Row("money", 5)])
    assert len(np.unique(Shares.of(problem).groups(10))) == 20


@pytest.mark.parametrize("most", [7, 60, 1_000])
def test_blocks_are_the_whole_and_keep_groups_together(most: int) -> None:
    problem = in_units()
    groups = Shares.of(problem).groups(50)
    blocks = blocks_of(groups, most, np.random.default_rng(1))
    assert sorted(np.concatenate(blocks)) == list(range(len(problem.people)))
    assert max(map(len, blocks)) <= most + EACH
    for block in blocks:
        assert all(np.isin(np.flatnonzero(groups == group), block).all() for group in np.unique(groups[block]))


def test_the_blocks_capacities_add_up_to_those_of_the_whole() -> None:
    problem = in_units()
    shares = Shares.of(problem)
    given = np.zeros(len(problem.rows))
    for block in blocks_of(shares.groups(50), 60, np.random.default_rng(1)):
        part = sample_of(problem, block, shares.within(block))
        for row in part.problem.rows:
            given[problem.place[row.name]] += row.capacity
    assert given == pytest.approx(problem.capacity)


def test_a_part_leaves_the_others_what_they_have() -> None:
    problem = in_units()
    choice = problem.nothing
    choice[5:] = problem.start[5:-1]
    choice[0] += 1
    part = part_of(problem, choice, np.array([1, 2]), np.ones(len(problem.value), bool))
    merged = part.into(choice, part.problem.nothing)
    assert np.array_equal(merged, choice)
    used = problem.used(choice)
    for row in part.problem.rows:
        assert row.capacity == problem.capacity[problem.place[row.name]] - used[problem.place[row.name]]


def test_solved_in_blocks_it_is_as_good_as_solved_whole(worker: Worker, monkeypatch: pytest.MonkeyPatch) -> None:
    problem = in_units()
    whole = solve(problem, method=Method.EXACT, gap=0.0, time_limit=20, worker=worker)
    monkeypatch.setattr(lagrangian, "SAMPLE_OPTIONS", 500)  # five blocks in place of one
    blocks = solve(problem, method=Method.LAGRANGIAN, time_limit=20, worker=worker)
    assert problem.keeps_limits(blocks.choice)
    assert blocks.bound >= whole.objective - 1e-9
    assert blocks.objective <= whole.bound + 1e-9
    assert blocks.gap < 0.01
