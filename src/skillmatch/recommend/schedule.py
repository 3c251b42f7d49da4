"""When a credential can be worked on: calendar dates from hours per week, cohorts, validity and a deadline."""

from __future__ import annotations

import math
from dataclasses import dataclass
from datetime import date, timedelta

from skillmatch.domain.answer import rounded
from skillmatch.domain.credential import Credential
from skillmatch.domain.pathway import Pace
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
    """The soonest slot from ``free`` on, while the credential is on offer, that ends by ``deadline``; or None.

    Without cohorts it takes as many days as its hours need at the person's pace (2 hours at 5 a week: 3 days),
    and no fewer than its own ``weeks``. A cohort is joined only if the hours fit into its own days at that pace,
    where one shorter than a week has a week's hours. So in any stretch of d days a person is never asked for
    more than ``hours_per_week * (d / 7 + 1)``.
    """
    if pace.hours_per_week <= 0 < hours:
        return None
    days = math.ceil(rounded(7 * hours / pace.hours_per_week)) if hours > 0 else 0
    if credential.offerings:
        for cohort in open_cohorts(credential, free):
            length = (cohort.end - cohort.start).days + 1
            if days <= max(7, length) and cohort.end <= deadline:
                return Slot(cohort.start, cohort.end, cohort.start + timedelta(days=max(days, length)), cohort.id)
        return None
    start = max(free, credential.valid_from or free)
    length = max(days, math.ceil(7 * (credential.weeks or 0)), 1)
    if length > (deadline - start).days + 1 or not credential.on_offer(start):
        return None
    after = start + timedelta(days=length)
    return Slot(start, after - timedelta(days=1), after, None)


def last_day(as_of: date, pace: Pace) -> date:
    """The last day of a pathway that begins the day after ``as_of``."""
    return as_of + timedelta(weeks=pace.weeks)
