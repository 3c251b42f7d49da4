"""Who is away in which week, counted by hand."""

from __future__ import annotations

from datetime import date, timedelta

from skillmatch.domain.plan import Assignment, OptionKind, Plan, PlanStatus, PlanStep
from skillmatch.planning.away import find_away

MONDAY = date(2027, 1, 4)


def step(name: str, week: int, weeks: int) -> PlanStep:
    start = MONDAY + timedelta(weeks=week)
    return PlanStep(name, name, start, start + timedelta(days=7 * weeks - 1), 8.0, 0.0)


def part(person: str, unit: str, *steps: PlanStep) -> Assignment:
    return Assignment(person, OptionKind.TRAIN if steps else OptionKind.STAY, unit=unit, steps=steps)


def plan_of(*parts: Assignment) -> Plan:
    return Plan("S", PlanStatus.OPTIMAL, parts, 1.0, 1.0)


def test_people_are_counted_by_unit_and_week() -> None:
    away = find_away(
        plan_of(
            part("a", "North", step("x", 0, 2), step("y", 4, 1)),
            part("b", "North", step("x", 1, 1)),
            part("c", "South", step("x", 1, 1)),
            part("d", "South"),
        ),
        2,
    )
    assert away.units == ("North", "South")
    assert [week.toordinal() for week in away.weeks] == [MONDAY.toordinal() + 7 * n for n in range(5)]
    assert away.counts == ((1, 2, 0, 0, 1), (0, 1, 0, 0, 0))
    assert (away.most, away.full) == (2, 1)
    assert away.headline() == "at most 2 people of a unit are away in the same week, of 2 allowed"
    assert [row["away"] for row in away.rows()] == [1, 2, 1, 1]


def test_two_credentials_in_a_week_are_one_person_away() -> None:
    short = PlanStep("y", "y", MONDAY + timedelta(days=3), MONDAY + timedelta(days=4), 8.0, 0.0)
    first = PlanStep("x", "x", MONDAY, MONDAY + timedelta(days=1), 8.0, 0.0)
    assert find_away(plan_of(part("a", "North", first, short)), None).counts == ((1,),)


def test_nobody_away() -> None:
    away = find_away(plan_of(part("a", "North")), 3)
    assert (away.weeks, away.most, away.headline()) == ((), 0, "nobody is away for learning")
