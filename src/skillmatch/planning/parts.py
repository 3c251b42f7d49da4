"""Parts of a problem: some people with some of their options, while everybody else keeps what they have."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import bmat, csr_matrix
from scipy.sparse.csgraph import connected_components

from skillmatch.planning.problem import Floats, Ints, Problem


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


@dataclass(frozen=True)
class Shares:
    """Who uses which row at all (n_people, n_rows), and how many people that is for each row."""

    touches: csr_matrix
    people: Floats

    @classmethod
    def of(cls, problem: Problem) -> Shares:
        """From the uses of everybody's options."""
        count = len(problem.value)
        owner = (np.ones(count, np.float32), (problem.person_of, np.arange(count)))
        used = csr_matrix(
            (np.ones(len(problem.use.data), np.float32), problem.use.indices, problem.use.indptr), problem.use.shape
        )
        touches = (csr_matrix(owner, (len(problem.people), count)) @ used).tocsr()
        touches.data[:] = 1.0
        return cls(touches, np.asarray(touches.sum(axis=0), float).ravel())

    def within(self, people: Ints) -> Floats:
        """For each row the share (0-1) of those who use it that is among these people."""
        return np.asarray(self.touches[people].sum(axis=0), float).ravel() / np.maximum(1.0, self.people)

    def groups(self, most: int) -> Ints:
        """Groups (n_people,) of up to ``most`` people who share rows that few others use, such as those of a unit.

        Rows are added from the one with the fewest users on, as long as no group grows too large: what is left over
        is shared by all.
        """
        count = len(self.touches.indptr) - 1
        found = np.arange(count)
        shared = self.people[self.people > 1]
        for limit in np.unique(np.quantile(shared, np.linspace(0, 1, 12)).astype(int)) if len(shared) else ():
            kept = self.touches[:, np.flatnonzero((self.people > 1) & (self.people <= limit))]
            _, labels = connected_components(bmat([[None, kept], [kept.T, None]]), directed=False)
            mine = np.unique(labels[:count], return_inverse=True)[1]
            if limit > most or np.bincount(mine).max(initial=0) > most:
                break
            found = mine
        return np.asarray(found, np.int64)


def blocks_of(groups: Ints, most: int, random: np.random.Generator) -> list[Ints]:
    """The people (places, rising) in blocks of about equal size, ``most`` and a group at most; groups stay whole."""
    sizes = np.bincount(groups)
    order = random.permutation(len(sizes))
    count = max(1, -(-len(groups) // most))
    middle = np.cumsum(sizes[order]) - sizes[order] / 2
    block = np.empty(len(sizes), np.int64)
    block[order] = np.minimum(count - 1, (middle * count / max(1, len(groups))).astype(np.int64))
    return [found for number in range(count) if len(found := np.flatnonzero(block[groups] == number))]


def sample_of(problem: Problem, people: Ints, share: Floats) -> Part:
    """The problem of some people with their ``share`` (0-1, by row) of the capacities: the multipliers are near those
    of the whole.
    """
    keep = np.ones(len(problem.value), bool)
    found = part_of(problem, problem.nothing, people, keep)
    places = [problem.place[row.name] for row in found.problem.rows]
    rows = tuple(
        replace(row, capacity=float(problem.capacity[n] * share[n]))
        for row, n in zip(found.problem.rows, places, strict=True)
    )
    return replace(found, problem=replace(found.problem, rows=rows))
