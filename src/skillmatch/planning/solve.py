"""One way to ask for a plan, whichever solver answers."""

from __future__ import annotations

from contextlib import nullcontext
from enum import StrEnum

from skillmatch.domain.base import checks
from skillmatch.planning.problem import Problem
from skillmatch.planning.solution import Keep, Solution, SolveProgress, Warm, unkept, unwatched
from skillmatch.planning.worker import Worker

EXACT_OPTIONS = 6_000
"""Up to so many options the whole problem is given to HiGHS: it mostly ends within seconds."""

DEFAULT_GAP = 0.0005


class Method(StrEnum):
    """Which solver: ``auto`` chooses by size."""

    AUTO = "auto"
    EXACT = "exact"
    LAGRANGIAN = "lagrangian"


def solve(
    problem: Problem,
    *,
    time_limit: float | None = None,
    gap: float = DEFAULT_GAP,
    seed: int = 0,
    progress: SolveProgress = unwatched,
    warm: Warm | None = None,
    method: Method = Method.AUTO,
    worker: Worker | None = None,
    keep: Keep = unkept,
) -> Solution:
    """The best choice found and its bound within ``time_limit`` seconds (None: until the gap is reached or work ends).

    ``gap`` is how far below the bound is good enough (0-1). ``progress`` may raise ``Interrupted``: then the best
    so far is the answer. With time limit 0 the answer is what can be said at once. ``keep`` hears where the search is,
    so that another one can go on from there.
    """
    if time_limit is not None:
        checks.number(time_limit, "time_limit", least=0, unit="seconds")
    checks.number(gap, "gap", least=0, most=1)
    from skillmatch.planning.exact import solve_exact
    from skillmatch.planning.lagrangian import solve_lagrangian

    with nullcontext(worker) if worker is not None else Worker() as running:
        exact = method is Method.EXACT or (method is Method.AUTO and len(problem.value) <= EXACT_OPTIONS)
        solver = solve_exact if exact else solve_lagrangian
        return solver(
            problem, running, time_limit=time_limit, gap=gap, seed=seed, progress=progress, warm=warm, keep=keep
        )
