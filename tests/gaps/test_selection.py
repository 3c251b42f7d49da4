"""Selection rates tell about units, never about fewer than five people, and four fifths is a signal."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from skillmatch.domain.base.answer import Status
from skillmatch.domain.plans.plan import Assignment, OptionKind, Plan, PlanStatus
from skillmatch.domain.team.team import MINIMUM_GROUP, SMALL_UNITS
from skillmatch.gaps.selection import find_selection

UNITS = st.dictionaries(st.sampled_from("ABCDEF"), st.integers(1, 12), max_size=6)


def plan_of(taken: dict[str, int], kind: OptionKind = OptionKind.TRAIN) -> Plan:
    parts = [Assignment(f"{unit}{n}", kind, unit=unit) for unit, count in taken.items() for n in range(count)]
    return Plan("plan", PlanStatus.FEASIBLE, tuple(parts), 0.0, 1.0)


def test_rates_and_the_signal() -> None:
    found = find_selection(plan_of({"A": 5, "B": 4, "C": 3}), dict.fromkeys("ABC", 10), dict.fromkeys("ABC", 10))
    assert [(line.unit, line.rate, line.ratio, line.signal) for line in found.lines] == [
        ("A", 0.5, 1.0, False),
        ("B", 0.4, 0.8, False),
        ("C", 0.3, 0.6, True),
    ]


def test_whoever_stays_or_is_hired_is_not_selected() -> None:
    for kind in (OptionKind.STAY, OptionKind.HIRE):
        found = find_selection(plan_of({"A": 3}, kind), {"A": 9, "B": 9}, {"A": 9, "B": 9})
        assert found.status is Status.INSUFFICIENT_DATA


def test_one_unit_is_no_comparison() -> None:
    assert find_selection(plan_of({"A": 3}), {"A": 9}, {"A": 9}).status is Status.INSUFFICIENT_DATA


@given(UNITS, st.data())
def test_no_group_is_too_small_and_nobody_is_lost(everybody: dict[str, int], data: st.DataObject) -> None:
    scope = {unit: data.draw(st.integers(0, count)) for unit, count in everybody.items()}
    taken = {unit: data.draw(st.integers(0, count)) for unit, count in scope.items()}
    found = find_selection(plan_of(taken), everybody, scope)
    for line in found.lines:
        whole = everybody.get(line.unit) or sum(count for count in everybody.values() if count < MINIMUM_GROUP)
        assert MINIMUM_GROUP <= line.people <= whole
        assert line.people == whole or whole - line.people >= MINIMUM_GROUP
        assert 0 <= line.selected <= line.people
        assert line.unit in everybody or line.unit == SMALL_UNITS
    if found.lines:
        assert sum(line.people for line in found.lines) + found.hidden == sum(scope.values())
        assert found.lines[0].ratio == 1
