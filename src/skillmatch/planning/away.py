"""People away: a plan's learning laid out by unit and week."""

from __future__ import annotations

from collections import defaultdict
from datetime import date, timedelta

from skillmatch.domain.away import Away
from skillmatch.domain.plan import Plan
from skillmatch.planning.calendar import weeks_between


def find_away(plan: Plan, limit: int | None) -> Away:
    """How many people of each unit learn in each week; somebody with two credentials in a week is away once."""
    away: defaultdict[tuple[str, date], set[str]] = defaultdict(set)
    for item in plan.assignments:
        for step in item.steps:
            for week in weeks_between(step.start, step.end):
                away[item.unit, week].add(item.person_id)
    if not away:
        return Away((), (), (), limit)
    first, last = min(week for _, week in away), max(week for _, week in away)
    weeks = tuple(first + timedelta(weeks=number) for number in range((last - first).days // 7 + 1))
    units = tuple(sorted({unit for unit, _ in away}, key=lambda unit: (unit.casefold(), unit)))
    counts = tuple(tuple(len(away.get((unit, week), ())) for week in weeks) for unit in units)
    return Away(weeks, units, counts, limit)
