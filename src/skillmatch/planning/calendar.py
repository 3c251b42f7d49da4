"""When credentials are done: in whole weeks, one after the other, in cohorts where there are any."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from datetime import date, timedelta

from skillmatch.domain.catalogue.credential import Credential, Offering
from skillmatch.domain.people.person import Person
from skillmatch.domain.plans.plan import PlanStep
from skillmatch.planning.setting import Setting

COHORTS_TRIED = 3
"""How many cohorts of the last credential are offered as options of their own, so that full ones have a way out."""


def weeks_between(start: date, end: date) -> tuple[date, ...]:
    """The Mondays of the weeks that a stretch of days touches."""
    first = start - timedelta(days=start.weekday())
    count = (end - first).days // 7 + 1
    return tuple(first + timedelta(weeks=number) for number in range(count))


def schedules(
    credentials: Sequence[Credential], person: Person, setting: Setting, last: date
) -> Iterator[tuple[PlanStep, ...]]:
    """The ways to do credentials in this order by a day: each as soon as can be, the last one also in later cohorts.

    Without cohorts a credential begins on a Monday and takes as many whole weeks as its hours need at the person's
    pace, and no fewer than its own. A cohort is joined only if its weeks have room for its hours.
    """
    steps: list[PlanStep] = []
    free = setting.monday
    for credential in credentials[:-1]:
        found = next(_slots(credential, person, setting, free, last), None)
        if found is None:
            return
        steps.append(found)
        free = _monday_after(found.end)
    for number, found in enumerate(_slots(credentials[-1], person, setting, free, last)):
        if number == COHORTS_TRIED:
            return
        yield (*steps, found)


def _slots(credential: Credential, person: Person, setting: Setting, free: date, last: date) -> Iterator[PlanStep]:
    hours, pace = setting.hours_of(credential), setting.pace(person)
    if credential.offerings:
        for cohort in sorted(credential.offerings, key=lambda item: (item.start, item.end, item.id)):
            weeks = len(weeks_between(cohort.start, cohort.end))
            if cohort.start < free and not (setting.open_dates and cohort.start >= setting.monday):
                continue
            full = cohort.seats == 0 and not setting.open_seats
            if cohort.end > last or full or not credential.on_offer(cohort.start):
                continue
            if hours <= pace * weeks + 1e-9:
                yield _step(credential, setting, cohort.start, cohort.end, cohort)
        return
    if pace <= 0 and hours > 0:
        return
    start = free if credential.valid_from is None else max(free, _monday_from(credential.valid_from))
    worked = math.ceil(round(hours / pace, 6)) if hours > 0 else 0
    weeks = max(1, worked, math.ceil(round(credential.weeks or 0.0, 6)))
    if weeks > 1_500:
        return
    end = start + timedelta(days=7 * weeks - 1)
    if end <= last and credential.on_offer(start):
        yield _step(credential, setting, start, end, None)


def _step(credential: Credential, setting: Setting, start: date, end: date, cohort: Offering | None) -> PlanStep:
    return PlanStep(
        credential.id,
        credential.title,
        start,
        end,
        setting.hours_of(credential),
        setting.cost_of(credential),
        None if cohort is None else cohort.id,
    )


def _monday_from(day: date) -> date:
    return day + timedelta(days=-day.weekday() % 7)


def _monday_after(day: date) -> date:
    return day + timedelta(days=7 - day.weekday())
