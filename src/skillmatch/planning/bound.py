"""The bound: what no choice can exceed, proven for any multipliers by weak duality and rounded up for floats.

With a multiplier for each row, max over choices of ``value - multipliers * use``, one person at a time, plus
``multipliers * capacity`` exceeds what any choice within the limits is worth (Geoffrion, 1974).
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from skillmatch.planning.problem import Floats, Ints, Problem

EPSILON = float(np.finfo(float).eps)


@dataclass(frozen=True)
class Relaxed:
    """The problem at given multipliers: the scores of all options, everybody's best, and the bound that follows."""

    scores: Floats
    best: Ints
    value: float


def within(problem: Problem, multipliers: Floats) -> Floats:
    """The nearest multipliers that prove anything: 0 or more for a limit, minus the reward to 0 for a floor."""
    low = np.where(problem.is_floor, -problem.reward, 0.0)
    high = np.where(problem.is_floor, 0.0, np.inf)
    return np.clip(multipliers, low, high)


def relax(problem: Problem, multipliers: Floats) -> Relaxed:
    """Everybody's best option at multipliers that lie :func:`within` their range. The value is not yet rounded up."""
    scores = problem.value - problem.use @ multipliers
    starts = problem.start[:-1]
    if len(starts) == 0:
        return Relaxed(scores, starts.copy(), _constant(problem, multipliers))
    tops = np.maximum.reduceat(scores, starts)
    # The first option that reaches the top: places elsewhere are pushed behind the end.
    hits = np.where(scores >= np.repeat(tops, np.diff(problem.start)), np.arange(len(scores)), len(scores))
    best = np.minimum.reduceat(hits, starts)
    return Relaxed(scores, best, float(tops.sum()) + _constant(problem, multipliers))


def _constant(problem: Problem, multipliers: Floats) -> float:
    paid = np.where(problem.is_floor, problem.reward + multipliers, multipliers) * problem.capacity
    return float(paid.sum()) + problem.offset


def proven(problem: Problem, multipliers: Floats) -> float:
    """The bound at these multipliers, rounded up by more than all float errors of its computation can come to.

    Each score is a sum of at most ``terms`` products; its error is below ``(terms + 2) * eps`` times the sum of their
    sizes. The outer sums are exact (``math.fsum``).
    """
    safe = within(problem, multipliers)
    found = relax(problem, safe)
    terms = int(np.diff(problem.use.indptr).max(initial=0)) + 4
    sizes = np.abs(problem.value) + problem.use_size @ np.abs(safe)
    starts = problem.start[:-1]
    tops = found.scores[found.best] if len(starts) else np.zeros(0)
    doubt = terms * EPSILON * (float(np.maximum.reduceat(sizes, starts).sum()) if len(starts) else 0.0)
    paid = np.where(problem.is_floor, problem.reward + safe, safe) * problem.capacity
    doubt += 4 * EPSILON * float(np.abs(paid).sum() + np.abs(problem.reward * problem.capacity).sum())
    return math.nextafter(math.fsum([*tops, *paid, problem.offset]) + 2 * doubt, math.inf)
