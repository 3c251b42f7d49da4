"""Parts of a problem: some people with some of their options, while everybody else keeps what they have."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from skillmatch.planning.problem import Ints, Problem


@dataclass(frozen=True)
class Part:
    """A smaller problem, and the places of its people and options in the whole one."""

    problem: Problem
    people: Ints
    options: Ints

    def into(self, choice: Ints, part: Ints) -> Ints:
        """The choice of the whole with these people's part of it replaced."""
        merged = choice.copy()
        merged[self.people] = self.options[part]
        return merged


def part_of(problem: Problem, choice: Ints, people: Ints, keep: NDArray[np.bool_]) -> Part:
    """The problem of some ``people`` (places, rising) with the options that ``keep`` marks, and nothing.

    What the others use of the limits is taken off the capacities; what they reach of the floors, too. Rows that
    nobody here uses are left out.
    """
    rest = choice.copy()
    rest[people] = problem.start[people]
    taken = problem.used(rest)
    mine = np.zeros(len(problem.people), bool)
    mine[people] = True
    chosen = keep.copy()
    chosen[problem.start[:-1]] = True
    chosen &= mine[problem.person_of]
    options = np.flatnonzero(chosen)
    counts = np.bincount(problem.person_of[options], minlength=len(problem.people))[people]
    use = problem.use[options]
    touched = np.flatnonzero(np.bincount(use.indices, minlength=len(problem.rows)))
    left = np.maximum(0.0, problem.capacity - taken)
    rows = tuple(replace(problem.rows[int(r)], capacity=float(left[r])) for r in touched)
    start = np.concatenate([[0], np.cumsum(counts)]).astype(np.int64)
    names = tuple(problem.people[int(i)] for i in people)
    return Part(Problem(names, start, problem.value[options], use[:, touched].tocsr(), rows), people, options)


def sample_of(problem: Problem, people: Ints) -> Part:
    """The problem of a sample of people, with capacities in proportion: its multipliers are near those of the whole."""
    ratio = len(people) / max(1, len(problem.people))
    keep = np.ones(len(problem.value), bool)
    found = part_of(problem, problem.nothing, people, keep)
    rows = tuple(replace(row, capacity=problem.capacity[problem.place[row.name]] * ratio) for row in found.problem.rows)
    return replace(found, problem=replace(found.problem, rows=rows))
