"""Better multipliers, step by step: the volume algorithm on the dual of the relaxed problem."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from skillmatch.planning.bound import relax, within
from skillmatch.planning.problem import Floats, Problem


@dataclass
class Climb:
    """Goes from multipliers to better ones; can be stopped after any step and goes on where it was.

    Barahona and Anbil's volume algorithm (Mathematical Programming, 2000): the direction is an average of past
    choices' slack, the step is Polyak's with the best plan as its target, and multipliers move on only when the bound
    falls. The steps of each row are scaled by how much an option uses of it. ``share`` (n_options,) is the averaged
    choice, which comes near the relaxation's fractional one.
    """

    problem: Problem
    centre: Floats
    bound: float = math.inf
    lower: float = 0.0
    factor: float = 1.0
    steps: int = 0
    stalled: int = 0

    def __post_init__(self) -> None:
        self.centre = within(self.problem, self.centre)
        use = self.problem.use
        counts = np.maximum(1, np.bincount(use.indices, minlength=len(self.problem.rows)))
        sums = np.bincount(use.indices, weights=use.data, minlength=len(self.problem.rows))
        self._scale = np.maximum(sums / counts, 1e-12)
        found = relax(self.problem, self.centre)
        self.bound = min(self.bound, found.value)
        self._average = self.problem.used(found.best)
        self.share: Floats = np.zeros(len(self.problem.value))
        self.share[found.best] = 1.0

    def go(self, steps: int, stop: Callable[[], bool]) -> None:
        """Take so many steps, fewer when told to stop or when nothing improves any more."""
        problem = self.problem
        for _ in range(steps):
            slack = problem.capacity - self._average
            # What is neither short nor priced does not count.
            slack = np.where((self.centre <= 0) & (slack > 0) & ~problem.is_floor, 0.0, slack)
            moved = slack / self._scale
            length = float(moved @ moved)
            missing = max(self.bound - self.lower, 1e-6 * max(1.0, abs(self.bound)))
            if length <= 1e-18 or stop():
                return
            step = self.factor * missing / length
            trial = within(problem, self.centre - step * moved / self._scale)
            found = relax(problem, trial)
            used = problem.used(found.best)
            weight = 0.1 if self.steps < 100 else 0.04
            self._average = (1 - weight) * self._average + weight * used
            self.share *= 1 - weight
            self.share[found.best] += weight
            self.steps += 1
            if found.value < self.bound - 1e-9 * max(1.0, abs(self.bound)):
                self.bound, self.centre, self.stalled = found.value, trial, 0
                downhill = float((problem.capacity - used) / self._scale @ moved)
                self.factor = min(2.0, self.factor * (1.1 if downhill >= 0 else 1.0))
            else:
                self.stalled += 1
                if self.stalled % 12 == 0:
                    self.factor = max(1e-4, self.factor * 0.7)
