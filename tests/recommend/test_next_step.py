"""The one next step: the best that is done soon at the person's own pace."""

from __future__ import annotations

from datetime import date, timedelta

from skillmatch.domain.advice.advice import Limits
from skillmatch.domain.catalogue.credential import Offering

AS_OF = date(2026, 3, 2)


def test_it_is_the_first_when_no_hours_are_known(case_of, course):
    step = (
        case_of({"a": 0, "b": 0}, {"a": (3, 2), "b": 3}, course("a", {"a": 3}), course("b", {"b": 3})).rank().next_step
    )
    assert (step.credential_id, step.start, step.end) == ("a", None, None)


def test_what_begins_late_waits_for_what_can_be_done_soon(case_of, course):
    late = Offering("o", "a", AS_OF + timedelta(days=200), AS_OF + timedelta(days=220))
    case = case_of(
        {"a": 0, "b": 0},
        {"a": (3, 2), "b": 3},
        course("a", {"a": 3}, offerings=(late,)),
        course("b", {"b": 3}),
        hours_per_week=5,
    )
    advice = case.rank()
    assert [item.credential_id for item in advice.recommendations] == ["a", "b"]
    assert (advice.next_step.credential_id, advice.next_step.start) == ("b", AS_OF + timedelta(days=1))
    assert advice.next_step.end == AS_OF + timedelta(days=14)  # 10 hours at 5 a week
    assert f"'Course a' is worth more but is done on {late.end} only" in advice.next_step.detail


def test_where_nothing_is_done_soon_it_is_what_is_done_first(case_of, course):
    given = (course("a", {"a": 3}, hours=90), course("b", {"b": 3}, hours=80))
    step = case_of({"a": 0, "b": 0}, {"a": (3, 2), "b": 3}, *given, hours_per_week=5).rank().next_step
    assert step.credential_id == "b"
    assert "nothing is done within 13 weeks" in step.detail


def test_there_is_none_without_hours_or_recommendations(case_of, course):
    assert case_of({"a": 0}, {"a": 3}, course("a", {"a": 3}), limits=Limits(hours_per_week=0)).rank().next_step is None
    assert case_of({"a": 3}, {"a": 3}, course("a", {"a": 3})).rank().next_step is None
