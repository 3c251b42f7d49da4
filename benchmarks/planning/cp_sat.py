"""CP-SAT on the whole problem: a baseline from constraint programming, where ``ortools`` is installed."""

from __future__ import annotations

import os

import numpy as np

from skillmatch.planning.bound import proven
from skillmatch.planning.problem import Ints, Problem
from skillmatch.planning.solution import Solution, conclude

MISSING = "ortools is not installed: pip install -c constraints.txt '.[bench]'"
VALUE, USE = 1_000_000, 1_000
"""CP-SAT knows whole numbers only: values in millionths, uses in thousandths (rounded so that its plans hold)."""


def solve_cp_sat(problem: Problem, *, time_limit: float, gap: float) -> Solution:
    """The plan and bound of CP-SAT with all cores. Raises ``ImportError`` where it is not installed."""
    from ortools.sat.python import cp_model

    model = cp_model.CpModel()
    first = np.zeros(len(problem.value), bool)
    first[problem.start[:-1]] = True
    taken = {int(n): model.new_bool_var("") for n in np.flatnonzero(~first)}
    for person in range(len(problem.people)):
        model.add_at_most_one(taken[n] for n in range(int(problem.start[person]) + 1, int(problem.start[person + 1])))
    gains = [(variable, round(float(problem.value[n]) * VALUE)) for n, variable in taken.items()]
    by_row = problem.transposed
    for number, row in enumerate(problem.rows):
        place = slice(by_row.indptr[number], by_row.indptr[number + 1])
        uses = [(int(n), float(a)) for n, a in zip(by_row.indices[place], by_row.data[place], strict=True)]
        if row.reward:
            paid = model.new_int_var(0, int(row.capacity), "")
            model.add(paid <= sum(taken[n] * int(amount) for n, amount in uses))
            gains.append((paid, round(row.reward * VALUE)))
        else:
            total = cp_model.LinearExpr.weighted_sum(
                [taken[n] for n, _ in uses], [int(np.ceil(amount * USE - 1e-6)) for _, amount in uses]
            )
            model.add(total <= int(row.capacity * USE + 1e-6))
    model.maximize(cp_model.LinearExpr.weighted_sum([one for one, _ in gains], [gain for _, gain in gains]))
    solver = cp_model.CpSolver()
    solver.parameters.max_time_in_seconds = time_limit
    solver.parameters.relative_gap_limit = gap
    solver.parameters.num_workers = os.cpu_count() or 1
    status = solver.solve(model)
    choice: Ints | None = None
    if status in (cp_model.OPTIMAL, cp_model.FEASIBLE):
        choice = problem.nothing
        for n, variable in taken.items():
            if solver.value(variable):
                choice[problem.person_of[n]] = n
        if not problem.keeps_limits(choice):
            choice = None
    bound = min(proven(problem, problem.reward * 0), solver.best_objective_bound / VALUE + problem.offset)
    return conclude(problem, choice, bound, {}, "cp_sat", "time")
