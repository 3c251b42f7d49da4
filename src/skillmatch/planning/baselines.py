"""Foolish baselines that the solvers must beat: greedy choice, and rounding the relaxation."""

from __future__ import annotations

import numpy as np

from skillmatch.planning.bound import proven, within
from skillmatch.planning.local import construct
from skillmatch.planning.problem import Problem
from skillmatch.planning.solution import Solution, conclude
from skillmatch.planning.worker import Worker


def solve_greedy(problem: Problem) -> Solution:
    """Whoever is worth most for their share of the limits goes first; the bound is that of everybody's best."""
    size = np.where(problem.is_floor, np.inf, np.maximum(problem.capacity, 1e-9))
    shares = problem.use @ np.where(np.isfinite(size), 1.0 / size, 0.0)
    floors = problem.use @ np.where(problem.is_floor, problem.reward, 0.0)
    worth = problem.value + floors
    scores = np.where(worth > 0, worth / (1e-9 + shares), worth)
    choice = construct(problem, scores)
    return conclude(problem, choice, proven(problem, problem.reward * 0), {}, "greedy", "iterations")


def solve_rounding(problem: Problem, worker: Worker, *, time_limit: float = 60.0) -> Solution:
    """The relaxation solved, then everybody's largest share taken where it fits; nothing is improved."""
    found = worker.solve(problem, seconds=time_limit, whole=False)
    bound = proven(problem, problem.reward * 0)
    if found.multipliers is None or found.share is None:
        return conclude(problem, None, bound, {}, "lp_rounding", "time")
    bound = min(bound, proven(problem, within(problem, found.multipliers)))
    scores = np.where(found.share > 1e-9, found.share, -1.0)
    scores[problem.start[:-1]] = 0.0
    return conclude(problem, construct(problem, scores), bound, {}, "lp_rounding", "iterations")
