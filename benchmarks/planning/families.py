"""Families of invented problems, the hard ones included; a seed gives the same problem every time."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from scipy.sparse import csr_matrix

from skillmatch.planning.problem import Problem, Row

UNIT_SIZE = 50
WEEKS = 26
LEARNING = 0.35  # the most of a unit that may learn in one week


class Draw:
    """Options under construction: for each one a value and its uses; units, demands and catalogue are shared."""

    def __init__(self, people: int, options: int, seed: int) -> None:
        self.random = np.random.default_rng(seed)
        self.people, self.options = people, options
        self.units = max(1, people // UNIT_SIZE)
        self.demands = 6
        self.credentials = 120
        self.cohorts = 2
        self.hours = self.random.uniform(8, 60, self.credentials)
        self.cost = np.round(self.random.gamma(3.0, 150.0, self.credentials) + 50)
        self.start = self.random.integers(0, WEEKS - 8, (self.credentials, self.cohorts))
        self.length = np.ceil(self.hours / 8).astype(int)
        self.seats = np.maximum(1, self.random.poisson(people * 0.012, (self.credentials, self.cohorts)))
        self.budget_share = 0.35
        self.steps = (1, 2)

    def problem(self) -> Problem:
        """Everybody has ``options`` - 1 options, each of one or more credentials towards one demand."""
        names = ["money", "hours"]
        names += [f"money/{u}" for u in range(self.units)]
        names += [f"places/{d}" for d in range(self.demands)]
        names += ["cover/0", "cover/1"]
        seat0 = len(names)
        names += [f"cohort/{c}.{k}" for c in range(self.credentials) for k in range(self.cohorts)]
        away0 = len(names)
        names += [f"away/{u}/{w}" for u in range(self.units) for w in range(WEEKS)]
        values, indices, data, ends, start = [], [], [], [0], [0]
        random = self.random
        priority = random.uniform(0.5, 2.0, self.demands)
        spent = 0.0
        for person in range(self.people):
            unit = person % self.units
            talent = random.normal(0, 0.12, self.demands)
            values.append(0.0)
            ends.append(len(indices))
            first = None
            for _ in range(self.options - 1):
                demand = int(random.integers(self.demands))
                count = int(random.choice(self.steps))
                taken = random.choice(self.credentials, count, replace=False)
                cohort = random.integers(0, self.cohorts, count)
                cost, hours = float(self.cost[taken].sum()), float(self.hours[taken].sum())
                closure = float(np.clip(0.45 + talent[demand] + 0.22 * count + random.normal(0, 0.1), 0.05, 1.0))
                use = {0: cost, 1: hours, 2 + unit: cost, 2 + self.units + demand: 1.0}
                weeks: set[int] = set()
                for credential, number in zip(taken, cohort, strict=True):
                    use[seat0 + int(credential) * self.cohorts + int(number)] = 1.0
                    begun = int(self.start[credential, number])
                    weeks |= set(range(begun, min(WEEKS, begun + int(self.length[credential]))))
                for week in weeks:
                    use[away0 + unit * WEEKS + week] = 1.0
                for cover in (0, 1):
                    if int(taken.min()) % 10 == cover:
                        use[2 + self.units + self.demands + cover] = 1.0
                values.append(priority[demand] * closure - 1e-6 * cost - 1e-5 * hours)
                for row in sorted(use):
                    indices.append(row)
                    data.append(use[row])
                ends.append(len(indices))
                first = cost if first is None else first
            spent += first or 0.0
            start.append(len(values))
        budget = round(spent * self.budget_share)
        rows = [Row("money", budget), Row("hours", round(self.people * 18.0))]
        rows += [Row(f"money/{u}", round(budget / self.units * 1.15)) for u in range(self.units)]
        rows += [Row(f"places/{d}", max(1, int(self.people * 0.12))) for d in range(self.demands)]
        rows += [Row(f"cover/{c}", max(1, self.people // 40), reward=0.3) for c in (0, 1)]
        rows += [
            Row(f"cohort/{c}.{k}", int(self.seats[c, k])) for c in range(self.credentials) for k in range(self.cohorts)
        ]
        away = max(2, int(self.people / self.units * LEARNING))
        rows += [Row(f"away/{u}/{w}", away) for u in range(self.units) for w in range(WEEKS)]
        arrays = (np.array(data), np.array(indices, np.int32), np.array(ends, np.int64))
        names_of = tuple(f"p{n:06d}" for n in range(self.people))
        use_matrix = csr_matrix((arrays[0], arrays[1], arrays[2]), (len(values), len(rows)))
        return Problem(names_of, np.array(start, np.int64), np.array(values), use_matrix, tuple(rows))


def mixed(draw: Draw) -> None:
    """All limits bind a little."""


def tight_seats(draw: Draw) -> None:
    """A third of the seats, and few of them in any cohort."""
    draw.seats = np.maximum(1, draw.seats // 3)
    draw.budget_share = 0.6


def large_credentials(draw: Draw) -> None:
    """Few credentials, long and dear: each choice is coarse."""
    draw.credentials = 12
    draw.cost, draw.hours = draw.cost[:12] * 6, np.minimum(draw.hours[:12] * 3, 120)
    draw.length = np.ceil(draw.hours / 8).astype(int)
    draw.start = draw.random.integers(0, WEEKS - 15, (12, draw.cohorts))
    draw.seats = np.maximum(1, draw.random.poisson(draw.people * 0.06, (12, draw.cohorts)))
    draw.budget_share = 0.3


def colliding_dates(draw: Draw) -> None:
    """All cohorts begin in the same three weeks, so that units cannot let everybody go."""
    draw.start = draw.random.integers(4, 7, (draw.credentials, draw.cohorts))
    draw.budget_share = 0.6


def two_credentials(draw: Draw) -> None:
    """Every level needs two or three credentials, each with seats of its own."""
    draw.steps = (2, 3)
    draw.budget_share = 0.5


FAMILIES: dict[str, Callable[[Draw], None]] = {
    "mixed": mixed,
    "tight_seats": tight_seats,
    "large_credentials": large_credentials,
    "colliding_dates": colliding_dates,
    "two_credentials": two_credentials,
}


def make_problem(people: int, options: int, family: str, seed: int) -> Problem:
    """The problem of a family with so many people and options each (doing nothing included)."""
    draw = Draw(people, options, seed)
    FAMILIES[family](draw)
    return draw.problem()
