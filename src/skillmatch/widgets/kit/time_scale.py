"""A stretch of calendar as a scale: where a day lies, and which days get a mark."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

MOST_TICKS = 12

_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


@dataclass(frozen=True, slots=True)
class Span:
    """From the first day to the last, both included."""

    first: date
    last: date

    def at(self, day: date) -> float:
        """Where a day begins, in per cent of the whole (0-100); days outside stand at the ends."""
        days = (self.last - self.first).days + 1
        return min(100.0, max(0.0, 100.0 * (day - self.first).days / days))


def ticks(span: Span) -> Sequence[tuple[date, str]]:
    """The first days of months, or of every second, third ... month, with what stands there; at most ``MOST_TICKS``."""
    months = [
        date(year, month, 1)
        for year in range(span.first.year, span.last.year + 1)
        for month in range(1, 13)
        if span.first <= date(year, month, 1) <= span.last
    ]
    every = next(step for step in (1, 2, 3, 4, 6, 12, 24, 60, 120) if len(months) <= step * MOST_TICKS)
    kept = [day for day in months if (day.year * 12 + day.month - 1) % every == 0]
    return [
        (day, f"{_MONTHS[day.month - 1]} {day.year}" if place == 0 or day.month <= every else _MONTHS[day.month - 1])
        for place, day in enumerate(kept)
    ]
