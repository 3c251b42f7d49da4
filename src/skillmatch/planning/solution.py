"""Solution: what a solver found, and the one way in which every solver says so."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

import numpy as np

from skillmatch.domain.plans.plan import PlanStatus
from skillmatch.planning.problem import Floats, Ints, Problem

SolveProgress = Callable[[float, float, float], None]
"""Called with (seconds so far, best worth so far, best bound so far); raising from it stops the search."""

SURE = 2e-6
"""Relative width within which a plan and its bound are the same: solvers work with 64-bit floats."""


def unwatched(seconds: float, objective: float, bound: float) -> None:
    """The progress that nobody watches."""


@dataclass(frozen=True)
class Standing:
    """Where a search is after so many seconds: its best choice (None: none yet) with its worth, the best bound, and the
    multipliers (n_rows,) to go on from."""

    seconds: float
    choice: Ints | None
    worth: float
    bound: float
    multipliers: Floats

    def warm(self, problem: Problem) -> Warm:
        """What another search of the same problem can go on from."""
        return Warm(named(problem, self.multipliers), _chosen(problem, self.choice), self.bound)


Keep = Callable[[Standing], None]
"""Called with where a search is, before its progress is told; raising from it stops the search."""


def unkept(standing: Standing) -> None:
    """What is done with a search that nobody goes on with."""


class Interrupted(Exception):  # noqa: N818 - no error: somebody asked for the search to end
    """Raised from a progress callback: stop now and hand over the best plan so far."""


@dataclass(frozen=True)
class Warm:
    """Where to begin: multipliers by row name, and the option (its place among the person's own) by person.

    ``bound`` is one that was proven for the very same problem before; infinity where the problem is another.
    """

    multipliers: Mapping[str, float] = field(default_factory=dict)
    choice: Mapping[str, int] = field(default_factory=dict)
    bound: float = math.inf

    def prices(self, problem: Problem) -> Floats:
        """The multipliers (n_rows,) of a problem's rows; 0 for those that are not known."""
        return np.array([self.multipliers.get(row.name, 0.0) for row in problem.rows], float)

    def taken(self, problem: Problem) -> Ints:
        """The choice (n_people,) of a problem's options; nothing for whom none is known. It may exceed limits."""
        choice = problem.nothing
        for number, person in enumerate(problem.people):
            taken = self.choice.get(person, 0)
            if 0 < taken < problem.start[number + 1] - problem.start[number]:
                choice[number] += taken
        return choice


@dataclass(frozen=True)
class Solution:
    """A choice of options (n_people,) with its worth, and a bound that no choice within the limits exceeds.

    ``choice`` is None when there is none: none exists (``infeasible``) or none was found in time (``timed_out``).
    ``multipliers`` are the price of each row. ``stopped_by``: proof, gap, iterations, time, interrupt, or lost (the
    solver's process died or hung).
    """

    status: PlanStatus
    choice: Ints | None
    objective: float
    bound: float
    multipliers: dict[str, float]
    solver: str
    stopped_by: str
    iterations: int = 0

    @property
    def gap(self) -> float:
        """How much better a choice might be, as a share of this one's worth."""
        missing = max(0.0, self.bound - self.objective)
        if missing <= 1e-9:
            return 0.0
        return min(1.0, missing / self.objective) if self.objective > 0 else 1.0

    def warm(self, problem: Problem) -> Warm:
        """What another search can begin with."""
        return Warm(self.multipliers, _chosen(problem, self.choice))


def _chosen(problem: Problem, choice: Ints | None) -> dict[str, int]:
    if choice is None:
        return {}
    own = choice - problem.start[:-1]
    return {problem.people[i]: int(own[i]) for i in np.flatnonzero(own)}


def named(problem: Problem, multipliers: Floats) -> dict[str, float]:
    """The multipliers (n_rows,) that are not 0, by the name of their row."""
    return {problem.rows[n].name: float(multipliers[n]) for n in np.flatnonzero(multipliers)}


def conclude(
    problem: Problem,
    choice: Ints | None,
    bound: float,
    multipliers: dict[str, float],
    solver: str,
    stopped_by: str,
    iterations: int = 0,
) -> Solution:
    """A solution with the status that its numbers allow, and no more.

    A plan that meets its bound is optimal; without required floors missed it is feasible. A bound below the
    least that any plan is worth proves that nothing meets all required floors.
    """
    required = any(row.required for row in problem.rows)
    worth = 0.0
    if choice is not None:
        worth = problem.worth(choice)
        if problem.misses(choice):
            choice = None
    if choice is None:
        status = PlanStatus.INFEASIBLE if required and bound < problem.least else PlanStatus.TIMED_OUT
        return Solution(status, None, 0.0, max(bound, 0.0), multipliers, solver, stopped_by, iterations)
    bound = max(bound, worth)
    sure = bound - worth <= SURE * max(1.0, abs(worth), abs(problem.offset))
    status = PlanStatus.OPTIMAL if sure else PlanStatus.FEASIBLE
    return Solution(status, choice, worth, bound, multipliers, solver, "proof" if sure else stopped_by, iterations)
