"""When a credential can be worked on: calendar dates from hours per week, cohorts, validity and a deadline."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from skillmatch.domain.advice.pathway import Pace
from skillmatch.domain.base.answer import rounded
from skillmatch.domain.catalogue.credential import Credential, Offering
from skillmatch.recommend.exclusions import open_cohorts


@dataclass(frozen=True, slots=True)
class Slot:
    """The days from ``start`` to ``end`` (both included) in which a credential is done, and its cohort if any.

    ``free`` is the day from which the person has time again: a cohort that packs a week's hours into one day
    leaves the rest of that week for other things.
    """

    start: date
    end: date
    free: date
    offering_id: str | None


def find_slot(credential: Credential, hours: float, free: date, deadline: date, pace: Pace) -> Slot | None:
    """The slot from ``free`` on, while the credential is on offer, that is done soonest, by ``deadline``; or None.

    Without cohorts it takes as many days as its hours need at the person's pace (2 hours at 5 a week: 3 days),
    and no fewer than its own ``weeks``. A cohort is joined only if the hours fit into its own days at that pace,
    where one shorter than a week has a week's hours. So in any stretch of d days a person is never asked for
    more than ``hours_per_week * (d / 7 + 1)``.
    """
    return next(iter(find_slots(credential, hours, free, deadline, pace)), None)


def find_slots(credential: Credential, hours: float, free: date, deadline: date, pace: Pace) -> list[Slot]:
    """The slots that :func:`find_slot` chooses from, none of them worse than another, the one done soonest first.

    There are several only where one ends sooner and another leaves time again sooner.
    """
    days = _days_of_work(hours, pace)
    if credential.offerings:
        slots = [
            Slot(
                cohort.start,
                cohort.end,
                max(cohort.end + timedelta(days=1), cohort.start + timedelta(days=int(days))),
                cohort.id,
            )
            for cohort in _cohorts_that_suit(credential, days, free, deadline)
        ]
        slots.sort(key=lambda slot: (slot.end, slot.free, slot.start, slot.offering_id or ""))
        kept: list[Slot] = []
        for slot in slots:
            if not kept or slot.free < kept[-1].free:
                kept.append(slot)
        return kept
    start = max(free, credential.valid_from or free)
    length = _length(credential, days)
    if length > (deadline - start).days + 1 or not credential.on_offer(start):
        return []
    after = start + timedelta(days=int(length))
    return [Slot(start, after - timedelta(days=1), after, None)]


def least_days(credential: Credential, hours: float, deadline: date, pace: Pace) -> float:
    """The fewest days (1 or more) that any slot of it takes; infinity where there is none by the deadline."""
    days = _days_of_work(hours, pace)
    if credential.offerings:
        suiting = _cohorts_that_suit(credential, days, date.min, deadline)
        return min((float((item.end - item.start).days + 1) for item in suiting), default=math.inf)
    return _length(credential, days)


def last_day(as_of: date, pace: Pace) -> date:
    """The last day of a pathway that begins the day after ``as_of``."""
    return as_of + timedelta(weeks=pace.weeks)


def _days_of_work(hours: float, pace: Pace) -> float:
    """The days that hours need at a pace: a whole number, or infinity."""
    if hours <= 0:
        return 0.0
    return _whole(7 * hours / pace.hours_per_week) if pace.hours_per_week > 0 else math.inf


def _length(credential: Credential, days: float) -> float:
    """The days that a credential without cohorts takes: a whole number, or infinity."""
    return max(1.0, days, _whole(7 * (credential.weeks or 0.0)))


def _whole(days: float) -> float:
    # Rounded first, so that 7 * 1.1 / 0.7 is 11 days and not 12.
    return float(math.ceil(rounded(days))) if math.isfinite(days) else math.inf


def _cohorts_that_suit(credential: Credential, days: float, free: date, deadline: date) -> Iterator[Offering]:
    for cohort in open_cohorts(credential, free):
        if days <= max(7, (cohort.end - cohort.start).days + 1) and cohort.end <= deadline:
            yield cohort
