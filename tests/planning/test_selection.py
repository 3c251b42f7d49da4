"""Selection rates whose answers can be seen: planted differences are found, small groups stay hidden."""

from __future__ import annotations

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import fisher_exact

from skillmatch.domain.answer import Status
from skillmatch.domain.plan import Assignment, OptionKind, Plan, PlanStatus
from skillmatch.domain.selection import Grouping, SelectionRates
from skillmatch.planning.selection import _fisher, selection_rates


def rates(sizes: dict[str, int], chosen: dict[str, int], **wholes: int) -> SelectionRates:
    groups = {f"{name}-{number}": name for name, size in sizes.items() for number in range(size)}
    parts = tuple(
        Assignment(f"{name}-{number}", OptionKind.TRAIN, unit=name)
        for name, count in chosen.items()
        for number in range(count)
    )
    plan = Plan("S", PlanStatus.OPTIMAL, parts, 1.0, 1.0)
    return selection_rates(plan, Grouping.UNIT, groups, Counter(groups.values()) | Counter(wholes), {"": "no unit"})


def test_a_planted_difference_is_found() -> None:
    found = rates({"North": 100, "South": 100}, {"North": 50, "South": 35})  # an impact ratio of 0.70
    assert found.status is Status.OK
    assert [line.ratio for line in found.lines] == [1.0, 0.7]
    assert [line.group for line in found.low] == ["South"]
    assert not found.low[0].may_be_chance
    assert found.headline().endswith("1 group is below four fifths of the highest rate")


def test_a_small_difference_may_be_chance() -> None:
    found = rates({"North": 6, "South": 6}, {"North": 3, "South": 2})
    assert [line.group for line in found.low] == ["South"]
    assert found.low[0].may_be_chance


def test_equal_rates_are_no_signal() -> None:
    assert rates({"North": 10, "South": 20}, {"North": 2, "South": 4}).low == ()


def test_small_groups_are_hidden_and_so_are_the_few_outside_the_scope() -> None:
    found = rates({"North": 20, "South": 4, "West": 20, "East": 6}, {"North": 5, "South": 4, "East": 1}, East=8)
    hidden = [line for line in found.lines if line.people is None]
    assert [line.group for line in hidden] == ["East", "South"]  # of East only 2 would be outside
    assert all((line.chosen, line.rate, line.ratio, line.chance) == (None,) * 4 for line in hidden)
    assert found.hidden == 2


@pytest.mark.parametrize(
    ("sizes", "chosen", "detail"),
    [
        ({"North": 50, "South": 3}, {"North": 5}, "fewer than two groups"),
        ({"North": 50, "South": 50}, {}, "nobody"),
        ({}, {}, "nobody"),
    ],
)
def test_what_cannot_be_judged_is_said_to_be_so(sizes: dict[str, int], chosen: dict[str, int], detail: str) -> None:
    found = rates(sizes, chosen)
    assert found.status is Status.INSUFFICIENT_DATA
    assert detail in found.detail
    assert "insufficient_data" in found.headline()


@given(st.integers(1, 60), st.integers(1, 60), st.data())
def test_chance_is_fishers(group: int, others: int, data: st.DataObject) -> None:
    mine, theirs = data.draw(st.integers(0, group)), data.draw(st.integers(0, others))
    expected = fisher_exact([[mine, group - mine], [theirs, others - theirs]]).pvalue
    assert _fisher(mine, group, mine + theirs, group + others) == pytest.approx(expected, abs=1e-6)
