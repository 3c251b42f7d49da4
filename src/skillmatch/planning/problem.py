"""Problem: a scenario as arrays beside their ids, in one object that keeps them together.

Everybody takes exactly one of their options (the first is to do nothing and uses nothing). Options use rows. A row is
a limit, which no choice may exceed, or a floor, which pays a reward for each unit up to its capacity.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

SLACK = 1e-9
"""By so much of its size a limit may be exceeded, for the rounding of sums; the checker allows the same."""


@dataclass(frozen=True)
class Row:
    """One shared limit (``reward`` 0) or one floor: its name, capacity, and the reward per unit up to the capacity.

    A floor that is ``required`` makes a choice that misses it no plan.
    """

    name: str
    capacity: float
    reward: float = 0.0
    required: bool = False


@dataclass(frozen=True)
class Problem:
    """People and their options, the options' values (n_options,) and uses (n_options, n_rows), and the rows.

    The options of person i are ``start[i]`` to ``start[i + 1]``; the first one is to do nothing. ``offset`` is what
    is there before anybody does anything. A required floor has a reward above all that a plan can be worth, and the
    offset takes that off again (it is ``owed``): so a choice that misses one is worth less than ``least``, and a bound
    below that proves that there is no plan.
    """

    people: tuple[str, ...]
    start: Ints
    value: Floats
    use: csr_matrix
    rows: tuple[Row, ...]
    offset: float = 0.0
    owed: float = 0.0

    def __post_init__(self) -> None:
        if len(self.start) != len(self.people) + 1 or self.start[-1] != len(self.value):
            raise ValueError("the options do not go with the people")
        if self.use.shape != (len(self.value), len(self.rows)):
            raise ValueError("the uses do not go with the options and the rows")

    @classmethod
    def of(
        cls,
        options: Mapping[str, Sequence[tuple[float, Mapping[str, float]]]],
        rows: Iterable[Row],
        offset: float = 0.0,
    ) -> Problem:
        """From options by person, each its value and its use by the name of the row; doing nothing is added first.

        Uses of rows that do not exist are an error (``KeyError``), never zero.
        """
        listed = tuple(rows)
        place = {row.name: number for number, row in enumerate(listed)}
        start, value, indptr = [0], [], [0]
        indices: list[int] = []
        data: list[float] = []
        for mine in options.values():
            value.append(0.0)
            indptr.append(len(indices))
            for worth, uses in mine:
                value.append(worth)
                for number, amount in sorted((place[name], amount) for name, amount in uses.items() if amount):
                    indices.append(number)
                    data.append(amount)
                indptr.append(len(indices))
            start.append(len(value))
        shape = (len(value), len(listed))
        arrays = (np.array(data, float), np.array(indices, np.int32), np.array(indptr, np.int64))
        found = cls(
            tuple(options), np.array(start, np.int64), np.array(value, float), csr_matrix(arrays, shape), listed, offset
        )
        return found._with_penalties()

    def _with_penalties(self) -> Problem:
        if not any(row.required for row in self.rows):
            return self
        most = float(np.maximum.reduceat(np.maximum(self.value, 0.0), self.start[:-1]).sum()) if self.people else 0.0
        most += sum(row.reward * row.capacity for row in self.rows) + max(0.0, self.offset)
        penalty = math.ceil(most - self.least) + 1.0
        rows = tuple(replace(row, reward=row.reward + penalty) if row.required else row for row in self.rows)
        owed = sum(penalty * row.capacity for row in self.rows if row.required)
        return replace(self, rows=rows, offset=self.offset - owed, owed=owed)

    @cached_property
    def capacity(self) -> Floats:
        """The capacity of each row."""
        return np.array([row.capacity for row in self.rows], float)

    @cached_property
    def reward(self) -> Floats:
        """The reward of each row; 0 for a limit."""
        return np.array([row.reward for row in self.rows], float)

    @cached_property
    def is_floor(self) -> NDArray[np.bool_]:
        """Which rows are floors."""
        return self.reward > 0

    @cached_property
    def place(self) -> dict[str, int]:
        """The place of each row by its name."""
        return {row.name: number for number, row in enumerate(self.rows)}

    @cached_property
    def person_of(self) -> Ints:
        """For each option the place of its person."""
        return np.repeat(np.arange(len(self.people)), np.diff(self.start))

    @property
    def nothing(self) -> Ints:
        """The choice in which nobody does anything; a fresh array, to be changed at will."""
        return self.start[:-1].copy()

    @cached_property
    def least(self) -> float:
        """What any choice that reaches all required floors is worth at least: everybody's worst option, less a half."""
        least = min(0.0, self.offset + self.owed) - 0.5
        if not self.people:
            return least
        return least - float(np.maximum.reduceat(np.maximum(-self.value, 0.0), self.start[:-1]).sum())

    @cached_property
    def use_size(self) -> csr_matrix:
        """The sizes of the uses, for estimates of float errors."""
        return abs(self.use)

    @cached_property
    def transposed(self) -> csr_matrix:
        """The uses by row, for sums over options."""
        return self.use.T.tocsr()

    @cached_property
    def room(self) -> Floats:
        """The most that may be used of each row; a floor has no upper end."""
        spare = SLACK * np.maximum(1.0, np.abs(self.capacity))
        return np.where(self.is_floor, np.inf, self.capacity + spare)

    def used(self, choice: Ints) -> Floats:
        """How much a choice (n_people,) of options uses of each row."""
        return np.asarray(self.use[choice].sum(axis=0)).ravel()

    def keeps_limits(self, choice: Ints) -> bool:
        """Whether a choice exceeds no limit."""
        return bool(np.all(self.used(choice) <= self.room))

    def worth(self, choice: Ints) -> float:
        """What a choice is worth: its options' values, the rewards of floors, and the offset."""
        used = self.used(choice)
        paid = self.reward * np.minimum(used, self.capacity)
        return math.fsum([*self.value[choice], *paid[self.is_floor], self.offset])

    def misses(self, choice: Ints) -> tuple[str, ...]:
        """The required floors that a choice does not reach."""
        used = self.used(choice)
        return tuple(
            row.name for number, row in enumerate(self.rows) if row.required and used[number] < row.capacity - SLACK
        )

    def limited(self, **capacities: float) -> Problem:
        """The same with other capacities of some limits, by name; the arrays of options are shared."""
        rows = tuple(replace(row, capacity=capacities.get(row.name, row.capacity)) for row in self.rows)
        return replace(self, rows=rows)

    def with_rows(self, rows: Iterable[Row], offset: float) -> Problem:
        """The same options under other rows of the same names and order; penalties are worked out anew."""
        listed = tuple(rows)
        if [row.name for row in listed] != [row.name for row in self.rows]:
            raise ValueError("the rows do not go with the uses")
        return replace(self, rows=listed, offset=offset, owed=0.0)._with_penalties()

    def valued(self, value: Floats) -> Problem:
        """The same with other values of the options."""
        return replace(self, value=value)
