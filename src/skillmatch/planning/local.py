"""From prices to a plan: put people into what still fits, one after the other, and improve one person at a time."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from skillmatch.planning.problem import Floats, Ints, Problem

Stop = Callable[[], bool]


def never() -> bool:
    """The stop that does not."""
    return False


class Draft:
    """A choice under construction with what it uses so far; it keeps every limit at all times."""

    def __init__(self, problem: Problem) -> None:
        self.problem = problem
        self.choice = problem.nothing
        self.used: Floats = np.zeros(len(problem.rows))
        use = problem.use
        self._indices, self._data, self._ends = use.indices, use.data, use.indptr
        self._room, self._floor = problem.room, problem.is_floor
        self._floors = bool(self._floor.any())

    @classmethod
    def of(cls, problem: Problem, choice: Ints) -> Draft:
        """A draft of a choice that keeps the limits. Raises ``ValueError`` for one that does not."""
        draft = cls(problem)
        draft.choice = choice.copy()
        draft.used = problem.used(choice)
        if not np.all(draft.used <= draft._room):
            raise ValueError("the choice exceeds a limit")
        return draft

    def fits(self, option: int) -> bool:
        """Whether an option may be added to what is used."""
        first, last = self._ends[option], self._ends[option + 1]
        rows = self._indices[first:last]
        return bool((self.used[rows] + self._data[first:last] <= self._room[rows]).all())

    def gain(self, option: int) -> float:
        """What an option adds: its value, and the rewards of the floors that it helps to reach."""
        value = float(self.problem.value[option])
        if self._floors:
            first, last = self._ends[option], self._ends[option + 1]
            rows = self._indices[first:last]
            paying = self._floor[rows]
            if paying.any():
                rows, amount = rows[paying], self._data[first:last][paying]
                capacity, before = self.problem.capacity[rows], self.used[rows]
                paid = np.minimum(before + amount, capacity) - np.minimum(before, capacity)
                value += float((self.problem.reward[rows] * paid).sum())
        return value

    def put(self, person: int, option: int) -> None:
        """Give a person another option."""
        self._add(int(self.choice[person]), -1.0)
        self.choice[person] = option
        self._add(option, 1.0)

    def _add(self, option: int, sign: float) -> None:
        first, last = self._ends[option], self._ends[option + 1]
        self.used[self._indices[first:last]] += sign * self._data[first:last]


def construct(problem: Problem, scores: Floats, stop: Stop = never, prefer: Ints | None = None) -> Ints:
    """A choice that keeps the limits: whoever gains most by the scores goes first, into the best that still fits.

    ``prefer`` (n_people,) is tried first for each person where it fits.
    """
    draft = Draft(problem)
    starts, ends = problem.start[:-1], problem.start[1:]
    if not len(starts):
        return draft.choice
    tops = np.maximum.reduceat(scores, starts) - scores[starts]
    if prefer is not None:
        tops = tops + np.where(prefer > starts, np.maximum(1.0, np.abs(tops).max(initial=0.0)), 0.0)
    order = np.argsort(-tops, kind="stable")
    for turn, person in enumerate(order):
        first, last = int(starts[person]), int(ends[person])
        if prefer is not None and prefer[person] > first and draft.fits(int(prefer[person])):
            draft.put(int(person), int(prefer[person]))
            continue
        mine = scores[first:last]
        for option in first + np.argsort(-mine, kind="stable"):
            if option == first or scores[option] <= scores[first] - 1e-12:
                break
            if draft.fits(int(option)):
                draft.put(int(person), int(option))
                break
        if turn % 256 == 255 and stop():
            break
    return draft.choice


def improve(problem: Problem, choice: Ints, stop: Stop = never, rounds: int = 4, order: Ints | None = None) -> Ints:
    """The choice after giving one person at a time what adds most, until nothing changes or ``rounds`` are done."""
    draft = Draft.of(problem, choice)
    starts, ends = problem.start[:-1], problem.start[1:]
    turns = np.arange(len(starts)) if order is None else order
    best_value = np.maximum.reduceat(problem.value, starts) if len(starts) else np.zeros(0)
    floors = bool(problem.is_floor.any())
    for _ in range(rounds):
        changed = False
        for turn, person in enumerate(turns):
            if turn % 256 == 255 and stop():
                return draft.choice
            held = int(draft.choice[person])
            if not floors and problem.value[held] >= best_value[person]:
                continue
            first, last = int(starts[person]), int(ends[person])
            draft.put(int(person), first)
            most, taken = draft.gain(held), held
            for option in range(first, last):
                if option == held or (not floors and problem.value[option] <= most + 1e-12):
                    continue
                gain = draft.gain(option)
                if gain > most + 1e-12 and draft.fits(option):
                    most, taken = gain, option
            draft.put(int(person), taken)
            changed = changed or taken != held
        if not changed:
            break
    return draft.choice
