"""What can be asked of plans besides who does what: prices, the curve, futures, draws, and what changed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from datetime import date, timedelta
from typing import Any

from skillmatch.domain.base.display import Tabular
from skillmatch.domain.plans.plan import Plan


@dataclass(frozen=True, slots=True)
class Price:
    """What more of one limit is worth, in places filled.

    ``each`` is what one more unit can add at most (its multiplier), None where the limit is part of everybody's
    options and has none. ``step`` more, solved again, add from ``gain_low`` to ``gain_high``: between the plans'
    worths and their bounds.
    """

    limit: str
    unit: str
    now: float
    each: float | None
    step: float
    gain_low: float
    gain_high: float


@dataclass(frozen=True, repr=False)
class Prices(Tabular):
    """What more of each limit of a scenario is worth, or a credential that does not exist yet."""

    scenario: str
    objective: float
    bound: float
    items: tuple[Price, ...]

    def headline(self) -> str:
        return f"{self.scenario}: what more of {len(self.items)} limits is worth, in places filled"

    def rows(self) -> Sequence[dict[str, Any]]:
        return [asdict(item) for item in self.items]

    def to_json(self) -> dict[str, Any]:
        """The documented shape."""
        return {
            "scenario": self.scenario,
            "objective": self.objective,
            "bound": self.bound,
            "prices": [asdict(item) for item in self.items],
        }


@dataclass(frozen=True, slots=True)
class CurvePoint:
    """The plan for one budget: what it covers and costs, and what no plan for that budget can exceed."""

    budget: float
    status: str
    objective: float
    bound: float
    coverage: float
    coverage_bound: float
    cost: float


@dataclass(frozen=True, repr=False)
class Curve(Tabular):
    """What is covered along a range of budgets, each point with its bound."""

    scenario: str
    currency: str
    points: tuple[CurvePoint, ...]

    def headline(self) -> str:
        return f"{self.scenario}: what {len(self.points)} budgets cover"

    def rows(self) -> Sequence[dict[str, Any]]:
        return [asdict(item) for item in self.points]

    def to_json(self) -> dict[str, Any]:
        """The documented shape."""
        points = [asdict(item) for item in self.points]
        return {"scenario": self.scenario, "currency": self.currency, "points": points}


@dataclass(frozen=True, slots=True)
class Regret:
    """What one plan is worth in one future, and how much less that is than the best found for that future."""

    plan: str
    future: str
    worth: float
    best: float
    regret: float


@dataclass(frozen=True, repr=False)
class Robust(Tabular):
    """Plans held against several futures; ``chosen`` is the one with the least worst regret of those tried.

    ``credentials`` says for each credential in how many of the plans that are best in some future it is used:
    those in all are no regret.
    """

    scenario: str
    chosen: str
    worst_regret: float
    table: tuple[Regret, ...]
    no_regret: tuple[str, ...]
    single_future: tuple[tuple[str, str], ...]

    def headline(self) -> str:
        return (
            f"{self.scenario}: the plan '{self.chosen}' gives up {self.worst_regret:.2f} places at worst; "
            f"{len(self.no_regret)} credentials are in every good plan"
        )

    def rows(self) -> Sequence[dict[str, Any]]:
        return [asdict(item) for item in self.table]

    def to_json(self) -> dict[str, Any]:
        """The documented shape."""
        return {
            "scenario": self.scenario,
            "chosen": self.chosen,
            "worst_regret": self.worst_regret,
            "regrets": [asdict(item) for item in self.table],
            "no_regret": list(self.no_regret),
            "single_future": [{"credential": name, "future": future} for name, future in self.single_future],
        }


@dataclass(frozen=True, repr=False)
class Stress(Tabular):
    """What a plan covers (0-1) in seeded draws of who completes and who leaves: mean, quantiles, worst."""

    scenario: str
    draws: int
    seed: int
    mean: float
    quantiles: tuple[tuple[float, float], ...]

    def headline(self) -> str:
        covered = [share for _, share in self.quantiles]
        if self.draws > 1 and covered and covered[0] == covered[-1]:
            return f"{self.scenario}: covers {self.mean:.1%} in every draw; its risks make no difference"
        return f"{self.scenario}: covers {self.mean:.1%} on average of {self.draws:,} draws"

    def rows(self) -> Sequence[dict[str, Any]]:
        return [{"share of draws": share, "covers at most": covered} for share, covered in self.quantiles]

    def to_json(self) -> dict[str, Any]:
        """The documented shape."""
        return {
            "scenario": self.scenario,
            "draws": self.draws,
            "seed": self.seed,
            "mean": self.mean,
            "quantiles": [{"share": share, "coverage": covered} for share, covered in self.quantiles],
        }


@dataclass(frozen=True, slots=True)
class Change:
    """One thing that differs: an input (its key) or somebody's part, before and after."""

    what: str
    key: str
    before: str
    after: str
    cause: str = ""


@dataclass(frozen=True, repr=False)
class PlanDiff(Tabular):
    """What changed between two plans, and the inputs that changed with it."""

    inputs: tuple[Change, ...]
    parts: tuple[Change, ...]
    objective_before: float
    objective_after: float

    def headline(self) -> str:
        return (
            f"{len(self.parts)} people's parts and {len(self.inputs)} inputs differ; "
            f"worth {self.objective_before:g} before, {self.objective_after:g} after"
        )

    def rows(self) -> Sequence[dict[str, Any]]:
        return [asdict(item) for item in (*self.inputs, *self.parts)]

    def saved_rows(self) -> Sequence[dict[str, Any]]:
        parts = [asdict(item) | {"key": f"person {number}"} for number, item in enumerate(self.parts, start=1)]
        return [*(asdict(item) for item in self.inputs), *parts]

    def to_json(self) -> dict[str, Any]:
        """The documented shape."""
        return {
            "objective_before": self.objective_before,
            "objective_after": self.objective_after,
            "inputs": [asdict(item) for item in self.inputs],
            "parts": [asdict(item) for item in self.parts],
        }


@dataclass(frozen=True, slots=True)
class UnitWeek:
    """So many people of a unit are learning in the week that begins on a Monday."""

    unit: str
    week: date
    away: int


@dataclass(frozen=True, repr=False)
class PlanWeeks(Tabular):
    """The weeks in which somebody is learning, by unit; ``most_away`` is how many of a unit may be, None for any."""

    scenario: str
    most_away: int | None
    items: tuple[UnitWeek, ...]

    @property
    def weeks(self) -> tuple[date, ...]:
        """Every Monday from the first week to the last, those without anybody included."""
        if not self.items:
            return ()
        first, last = min(item.week for item in self.items), max(item.week for item in self.items)
        return tuple(first + timedelta(weeks=number) for number in range((last - first).days // 7 + 1))

    @property
    def units(self) -> tuple[str, ...]:
        """The units whose people learn, by name."""
        return tuple(sorted({item.unit for item in self.items}, key=str.casefold))

    def full(self, unit: str) -> tuple[UnitWeek, ...]:
        """The weeks in which as many of a unit are learning as may be."""
        return tuple(
            item
            for item in self.items
            if item.unit == unit and self.most_away is not None and item.away >= self.most_away
        )

    def headline(self) -> str:
        if not self.items:
            return f"{self.scenario}: nobody is away for learning"
        most = max(item.away for item in self.items)
        limit = "" if self.most_away is None else f", {self.most_away} of a unit may be"
        return f"{self.scenario}: at most {most} of a unit are away in the same week{limit}"

    def rows(self) -> Sequence[dict[str, Any]]:
        return [asdict(item) for item in self.items]


def weeks_of(plan: Plan, most_away: int | None) -> PlanWeeks:
    """Who is learning when, as a limit on people away counts it: each person once in every week that a step touches."""
    away: Counter[tuple[str, date]] = Counter()
    for item in plan.assignments:
        away.update({(item.unit, monday) for step in item.steps for monday in _mondays(step.start, step.end)})
    found = (UnitWeek(unit, week, count) for (unit, week), count in sorted(away.items()))
    return PlanWeeks(plan.scenario, most_away, tuple(found))


def _mondays(start: date, end: date) -> Iterator[date]:
    day = start - timedelta(days=start.weekday())
    while day <= end:
        yield day
        day += timedelta(weeks=1)
