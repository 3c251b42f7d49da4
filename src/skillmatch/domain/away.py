"""Away: how many people of each unit a plan has learning in each week."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from skillmatch.domain.table import Tabular


@dataclass(frozen=True, repr=False)
class Away(Tabular):
    """People of a unit (rows of ``counts``) who learn in a week (columns), against the plan's limit.

    ``weeks`` are the Mondays from the first week with somebody away to the last, without holes. ``limit`` is how many
    of a unit may be away in the same week; None for no limit.
    """

    weeks: tuple[date, ...]
    units: tuple[str, ...]
    counts: tuple[tuple[int, ...], ...]
    limit: int | None = None

    @property
    def most(self) -> int:
        """The most people of one unit who are away in the same week."""
        return max((count for row in self.counts for count in row), default=0)

    @property
    def full(self) -> int:
        """In how many weeks of a unit nobody else may go."""
        return 0 if self.limit is None else sum(count >= self.limit for row in self.counts for count in row)

    def headline(self) -> str:
        if not self.weeks:
            return "nobody is away for learning"
        allowed = "without a limit" if self.limit is None else f"of {self.limit} allowed"
        return f"at most {self.most} people of a unit are away in the same week, {allowed}"

    def rows(self) -> Sequence[dict[str, Any]]:
        return [
            {"unit": unit, "week": week, "away": count}
            for unit, row in zip(self.units, self.counts, strict=True)
            for week, count in zip(self.weeks, row, strict=True)
            if count
        ]

    def to_json(self) -> dict[str, Any]:
        """The documented shape."""
        return {
            "limit": self.limit,
            "weeks": [week.isoformat() for week in self.weeks],
            "units": [{"unit": unit, "away": list(row)} for unit, row in zip(self.units, self.counts, strict=True)],
        }
