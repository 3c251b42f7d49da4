"""Small problems: the whole of it as one integer program, solved to the end by HiGHS."""

from __future__ import annotations

import math
import time
from dataclasses import replace

from skillmatch.planning.bound import proven, relax, within
from skillmatch.planning.lagrangian import solve_lagrangian
from skillmatch.planning.local import construct, improve
from skillmatch.planning.problem import Ints, Problem
from skillmatch.planning.solution import (
    Interrupted,
    Keep,
    Solution,
    SolveProgress,
    Standing,
    Warm,
    conclude,
    named,
    unkept,
    unwatched,
)
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
    keep: Keep = unkept,
) -> Solution:
    """Solve to the end, or as far as the time allows; then the search by prices' plan and bound stand in.

    Two proofs of the bound are made and the better one counts: the solver's own, raised by its tolerance, and weak
    duality at the multipliers of the relaxation.
    """
    begun = time.monotonic()
    until = math.inf if time_limit is None else begun + time_limit
    begin = warm or Warm()
    multipliers = within(problem, begin.prices(problem))
    bound, stopped = min(begin.bound, proven(problem, multipliers)), "time"
    choice: Ints | None = None

    def say() -> None:
        seconds, worth = time.monotonic() - begun, -math.inf if choice is None else problem.worth(choice)
        keep(Standing(seconds, choice, worth, bound, multipliers))
        progress(seconds, worth, bound)

    try:
        own = begin.taken(problem) if begin.choice else None
        first = construct(problem, relax(problem, multipliers).scores, prefer=own)
        choice = improve(problem, first, lambda: time.monotonic() > until)
        if own is not None and problem.keeps_limits(own):
            choice = max((choice, own), key=problem.worth)
        say()
        found = worker.solve(problem, seconds=min(600.0, until - time.monotonic()), gap=gap, look=say)
        if found.multipliers is not None:
            multipliers = within(problem, found.multipliers)
            bound = min(bound, proven(problem, multipliers))
        bound = min(bound, found.bound)
        if found.choice is not None and problem.keeps_limits(found.choice):
            choice = max((choice, found.choice), key=problem.worth)
        stopped = "lost" if found.lost else "gap" if found.finished else "time"
        say()
        if found.lost and time.monotonic() < until:
            spent = time.monotonic() - begun
            other = solve_lagrangian(
                problem,
                worker,
                time_limit=None if time_limit is None else until - time.monotonic(),
                gap=gap,
                seed=seed,
                progress=progress,
                warm=Standing(spent, choice, problem.worth(choice), bound, multipliers).warm(problem),
                keep=lambda standing: keep(replace(standing, seconds=spent + standing.seconds)),
            )
            bound, multipliers = min(bound, other.bound), Warm(other.multipliers).prices(problem)
            if other.choice is not None:
                choice = max((choice, other.choice), key=problem.worth)
    except (Interrupted, KeyboardInterrupt):
        stopped = "interrupt"
    return conclude(problem, choice, bound, named(problem, multipliers), "exact", stopped)
