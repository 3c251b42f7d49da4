"""Dates: hours per week, cohorts, validity and the deadline. 2 March 2026 is a Monday."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from skillmatch.domain.advice.pathway import Pace
from skillmatch.domain.catalogue.credential import Offering
from skillmatch.recommend.schedule import find_slot, last_day

MONDAY = date(2026, 3, 2)
FAR = date(2027, 3, 1)


def day(text: str) -> date:
    return date.fromisoformat(f"2026-{text}")


def cohort(start: str, end: str, seats: int | None = None) -> Offering:
    return Offering(f"from-{start}", "a", day(start), day(end), seats)


@pytest.mark.parametrize(
    ("hours", "weeks", "pace", "end", "free"),
    [
        (10, None, 10, "03-08", "03-09"),  # one week: Monday to Sunday
        (2, None, 5, "03-04", "03-05"),  # 2.8 days: a short course does not cost a week
        (11, None, 10, "03-09", "03-10"),  # 7.7 days
        (10, 3, 10, "03-22", "03-23"),  # it says three weeks, however fast one is
        (10, 0.5, 20, "03-05", "03-06"),  # half a week is 3.5 days
        (0, None, 0, "03-02", "03-03"),  # no work needs no time, but for its day
        (1.1, None, 0.7, "03-12", "03-13"),  # 11 days, although a computer divides to 11.000000000000002
        (35, None, 168, "03-03", "03-04"),  # around the clock: 1.46 days
    ],
)
def test_without_cohorts_it_takes_the_days_that_its_hours_need(course, hours, weeks, pace, end, free):
    slot = find_slot(course("a", {"sql": 1}, weeks=weeks), hours, MONDAY, FAR, Pace(pace, 52))
    assert (slot.start, slot.end, slot.free, slot.offering_id) == (MONDAY, day(end), day(free), None)


@pytest.mark.parametrize(
    ("hours", "weeks", "fields", "deadline", "fits"),
    [
        (10, None, {}, "03-08", True),  # the last day is included
        (10, None, {}, "03-07", False),
        (1e300, None, {}, "12-31", False),  # longer than any calendar
        (1, 1e9, {}, "12-31", False),
        (1, 1.7e308, {}, "12-31", False),  # longer than any number of days
        (10, None, {"valid_until": day("03-02")}, "12-31", True),  # can be begun today for the last time
        (10, None, {"valid_until": day("03-01")}, "12-31", False),
        (10, None, {"valid_from": day("04-06")}, "04-12", True),  # begins when it comes on offer
        (10, None, {"valid_from": day("04-06")}, "04-11", False),
    ],
)
def test_deadline_and_validity(course, hours, weeks, fields, deadline, fits):
    slot = find_slot(course("a", {"sql": 1}, weeks=weeks, **fields), hours, MONDAY, day(deadline), Pace(10, 52))
    assert (slot is not None) is fits
    if slot is not None:
        assert slot.start == fields.get("valid_from", MONDAY)


def test_no_time_no_slot(course):
    assert find_slot(course("a", {"sql": 1}), 1, MONDAY, FAR, Pace(0, 52)) is None


@pytest.mark.parametrize(
    ("cohorts", "hours", "pace", "joined"),
    [
        ([cohort("04-06", "04-19"), cohort("03-16", "03-29")], 20, 10, "from-03-16"),  # the soonest
        ([cohort("03-16", "03-29", 0), cohort("04-06", "04-19", 1)], 20, 10, "from-04-06"),  # the first is full
        ([cohort("03-01", "03-29"), cohort("04-06", "04-19")], 20, 10, "from-04-06"),  # the first has begun
        ([cohort("03-16", "03-29")], 21, 10, None),  # 21 hours do not fit into two weeks of 10
        ([cohort("03-16", "03-16")], 8, 8, "from-03-16"),  # a workshop of a day may take the week's hours
        ([cohort("03-16", "03-16")], 8, 7, None),
    ],
)
def test_a_cohort_is_joined_when_it_fits(course, cohorts, hours, pace, joined):
    slot = find_slot(course("a", {"sql": 1}, offerings=tuple(cohorts)), hours, MONDAY, FAR, Pace(pace, 52))
    assert (None if slot is None else slot.offering_id) == joined


def test_after_a_workshop_that_took_the_weeks_hours_the_week_is_over(course):
    workshop = course("a", {"sql": 1}, offerings=(cohort("03-16", "03-16"),))
    slot = find_slot(workshop, 8, MONDAY, FAR, Pace(8, 52))
    assert (slot.start, slot.end, slot.free) == (day("03-16"), day("03-16"), day("03-23"))


def test_a_cohort_must_end_by_the_deadline(course):
    late = course("a", {"sql": 1}, offerings=(cohort("03-16", "03-29"),))
    assert find_slot(late, 10, MONDAY, day("03-29"), Pace(10, 52)) is not None
    assert find_slot(late, 10, MONDAY, day("03-28"), Pace(10, 52)) is None


def test_last_day():
    assert last_day(MONDAY, Pace(10, 2)) == day("03-16")  # from Tuesday on: 14 days
    assert last_day(MONDAY, Pace(10, 0)) == MONDAY


@given(st.floats(0, 200), st.floats(0.5, 60), st.integers(0, 40))
def test_the_days_hold_the_hours(course, hours, per_week, weeks):
    slot = find_slot(course("a", {"sql": 1}, weeks=weeks), hours, MONDAY, date(2100, 1, 1), Pace(per_week, 52))
    days = (slot.end - slot.start).days + 1
    assert days * per_week / 7 >= hours - 1e-5
    assert days >= 7 * weeks
    assert days == max(1, 7 * weeks) or (days - 1) * per_week / 7 < hours  # and not a day more
