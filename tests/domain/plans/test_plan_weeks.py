"""Weeks of a plan: each person counts once in every week that a step touches."""

from __future__ import annotations

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from skillmatch.domain.plans.plan import Assignment, OptionKind, Plan, PlanStatus, PlanStep
from skillmatch.domain.plans.plan_views import weeks_of

STEPS = st.lists(st.tuples(st.integers(0, 100), st.integers(0, 40)), max_size=3)


def plan_of(parts: list[tuple[str, list[tuple[int, int]]]]) -> Plan:
    made = []
    for number, (unit, spans) in enumerate(parts):
        steps = []
        for place, (start, days) in enumerate(spans):
            first = date(2027, 1, 1) + timedelta(days=start)
            steps.append(PlanStep(f"C{place}", "C", first, first + timedelta(days=days), 1.0, 0.0))
        made.append(Assignment(f"P{number}", OptionKind.TRAIN, unit=unit, steps=tuple(steps)))
    return Plan("plan", PlanStatus.FEASIBLE, tuple(made), 0.0, 1.0)


@given(st.lists(st.tuples(st.sampled_from("AB"), STEPS), max_size=6))
def test_every_day_of_learning_lies_in_a_counted_week(parts: list[tuple[str, list[tuple[int, int]]]]) -> None:
    plan = plan_of(parts)
    weeks = weeks_of(plan, 2)
    counted = {(item.unit, item.week): item.away for item in weeks.items}
    wanted: dict[tuple[str, date], set[str]] = {}
    for item in plan.assignments:
        for step in item.steps:
            day = step.start
            while day <= step.end:
                wanted.setdefault((item.unit, day - timedelta(days=day.weekday())), set()).add(item.person_id)
                day += timedelta(days=1)
    assert counted == {key: len(people) for key, people in wanted.items()}
    assert set(weeks.weeks) >= {week for _, week in counted}
    for unit in weeks.units:
        assert weeks.full(unit) == tuple(item for item in weeks.items if item.unit == unit and item.away >= 2)


def test_nobody_away_says_so() -> None:
    assert weeks_of(plan_of([("A", [])]), None).headline() == "plan: nobody is away for learning"
    assert weeks_of(plan_of([("A", [])]), None).weeks == ()
