"""Small problems: the whole of it as one integer program, solved to the end by HiGHS."""

from __future__ import annotations

import math
import time

from skillmatch.planning.bound import proven, relax, within
from skillmatch.planning.lagrangian import solve_lagrangian
from skillmatch.planning.local import construct, improve
from skillmatch.planning.problem import Problem
from skillmatch.planning.solution import Interrupted, Solution, SolveProgress, Warm, conclude, unwatched
from skillmatch.planning.worker import Worker


def solve_exact(
    problem: Problem,
    worker: Worker,
    *,
    time_limit: float | None = None,
    gap: float = 0.0,
    seed: int = 0,
    progress: SolveProgress = unwatched,
    warm: Warm | None = None,
) -> Solution:
    """Solve to the end, or as far as the time allows; then the search by prices' plan and bound stand in.

    Two proofs of the bound are made and the better one counts: the solver's own, raised by its tolerance, and weak
    duality at the multipliers of the relaxation.
    """
    begun = time.monotonic()
    until = math.inf if time_limit is None else begun + time_limit
    begin = warm or Warm()
    prices = within(problem, begin.prices(problem))
    bound, stopped = proven(problem, prices), "time"
    names = {row.name: float(prices[n]) for n, row in enumerate(problem.rows) if prices[n] != 0}
    choice = None
    try:
        own = begin.taken(problem) if begin.choice else None
        first = construct(problem, relax(problem, prices).scores, prefer=own)
        choice = improve(problem, first, lambda: time.monotonic() > until)
        progress(time.monotonic() - begun, problem.worth(choice), bound)
        found = worker.solve(problem, seconds=min(600.0, until - time.monotonic()), gap=gap)
        if found.multipliers is not None:
            multipliers = within(problem, found.multipliers)
            bound = min(bound, proven(problem, multipliers))
            names = {row.name: float(multipliers[n]) for n, row in enumerate(problem.rows) if multipliers[n] != 0}
        bound = min(bound, found.bound)
        if found.choice is not None and problem.keeps_limits(found.choice):
            choice = max((choice, found.choice), key=problem.worth)
        stopped = "lost" if found.lost else "gap" if found.finished else "time"
        progress(time.monotonic() - begun, problem.worth(choice), bound)
        if found.lost and time.monotonic() < until:
            left = None if time_limit is None else until - time.monotonic()
            other = solve_lagrangian(problem, worker, time_limit=left, gap=gap, seed=seed, progress=progress, warm=warm)
            bound, names = min(bound, other.bound), other.multipliers
            if other.choice is not None:
                choice = max((choice, other.choice), key=problem.worth)
    except (Interrupted, KeyboardInterrupt):
        stopped = "interrupt"
    return conclude(problem, choice, bound, names, "exact", stopped)
