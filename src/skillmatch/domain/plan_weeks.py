"""Plan weeks: how many people of a unit are learning in the same week, beside how many may be."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from datetime import date, timedelta
from typing import Any

from skillmatch.domain.plan import Plan
from skillmatch.domain.table import Tabular


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
