"""One solver on one problem: what it found, how long that took and how much memory."""

from __future__ import annotations

import argparse
import resource
import time
from typing import Any

from benchmarks.planning.cp_sat import MISSING, solve_cp_sat
from benchmarks.planning.families import make_problem


def measure(solver: str, given: argparse.Namespace, pipe: Any) -> None:
    import numpy as np

    from skillmatch.planning.baselines import solve_greedy, solve_rounding
    from skillmatch.planning.bound import proven
    from skillmatch.planning.solution import conclude
    from skillmatch.planning.solve import solve
    from skillmatch.planning.worker import Worker

    problem = make_problem(given.people, given.options, given.family, given.seed)
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    begun = time.monotonic()
    with Worker() as worker:
        match solver:
            case "greedy":
                found = solve_greedy(problem)
            case "lp_rounding":
                found = solve_rounding(problem, worker, time_limit=given.time_limit)
            case "highs":
                answer = worker.solve(problem, seconds=given.time_limit, gap=given.gap, relaxed=False)
                choice = answer.choice
                if choice is not None and not problem.keeps_limits(choice):
                    choice = None
                bound = min(answer.bound, proven(problem, problem.reward * 0))
                found = conclude(problem, choice, bound, {}, "highs", "lost" if answer.lost else "time")
            case "cp_sat":
                try:
                    found = solve_cp_sat(problem, time_limit=given.time_limit, gap=given.gap)
                except ImportError:
                    pipe.send({"solver": solver, "status": "skipped", "why": MISSING})
                    return
            case _:
                found = solve(problem, time_limit=given.time_limit, gap=given.gap, seed=given.seed, worker=worker)
    seconds = time.monotonic() - begun
    own, children = (resource.getrusage(who).ru_maxrss for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    checked = found.choice is not None and bool(
        np.all(problem.used(found.choice)[~problem.is_floor] <= problem.room[~problem.is_floor])
    )
    pipe.send(
        {
            "solver": solver,
            "status": found.status.value,
            "objective": round(found.objective, 6),
            "bound": round(found.bound, 6),
            "gap": round(found.gap, 6),
            "seconds": round(seconds, 2),
            "peak_mb": round((max(own, before) + children) / 1024),
            "checked": checked,
            "stopped_by": found.stopped_by,
        }
    )
