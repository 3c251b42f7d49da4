"""No number, and no difference of two, tells about fewer than five people: everything shown is added and subtracted."""

from __future__ import annotations

from datetime import date
from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from skillmatch.domain.base.answer import Status, Versions
from skillmatch.domain.catalogue.credential import Catalogue
from skillmatch.domain.people.person import Evidence, EvidenceSource, Person
from skillmatch.domain.roles.role import Requirement, Role
from skillmatch.domain.team.team import MINIMUM_GROUP, SMALL_UNITS, Team
from skillmatch.gaps.disclosure import may_show, may_total, units_to_show
from skillmatch.gaps.gap import find_gap
from skillmatch.gaps.profile import build_profile
from skillmatch.gaps.supply import Supply
from skillmatch.gaps.team import build_team

DAY = date(2026, 3, 2)
VERSIONS = Versions("0", "t", "e", "l", "s")
WELDER = Role("r/w", "Welder", requirements=(Requirement("weld", 3), Requirement("safety", 2)))
CLERK = Role("r/c", "Clerk", requirements=(Requirement("safety", 2),))
LABELS = {"weld": "Welding", "safety": "Safety"}


def supply_of(people: list[tuple[str, Role | None, dict[str, float]]]) -> Supply:
    supply = Supply([WELDER, CLERK])
    for number, (unit, role, levels) in enumerate(people):
        pieces = tuple(Evidence(skill, level, EvidenceSource.ASSESSMENT, DAY) for skill, level in levels.items())
        person = Person(f"p/{number:03}", f"Name {number}", unit=unit, evidence=pieces)
        profile = build_profile(person, Catalogue.of(()), DAY)
        shown = {skill: item.level for skill, item in profile.attainments.items()}
        supply.add(person, shown, None if role is None else find_gap(profile, role, LABELS, VERSIONS))
    return supply


def team_of(people: list[tuple[str, Role | None, dict[str, float]]], **asked: object) -> Team:
    return build_team(supply_of(people), LABELS, DAY, VERSIONS, **asked)


def line(team: Team, unit: str | None, skill: str):
    return next((item for item in team.lines if (item.unit, item.skill_id) == (unit, skill)), None)


def test_small_units_stand_together_or_are_left_out() -> None:
    assert units_to_show({"A": 9, "B": 3, "C": 2}).shown == {"A": ("A",), SMALL_UNITS: ("B", "C")}
    assert units_to_show({"A": 9, "B": 3}) == ({"A": ("A",)}, 3)


@pytest.mark.parametrize(
    ("group", "whole", "shown"), [(4, 20, False), (5, 20, True), (17, 20, False), (15, 20, True), (20, 20, True)]
)
def test_a_group_may_be_shown_when_it_and_the_others_are_enough(group: int, whole: int, shown: bool) -> None:
    assert may_show(group, whole) is shown


def test_a_total_that_would_give_one_hidden_group_away_is_hidden_too() -> None:
    assert not may_total([(10, 20), (3, 20)])
    assert may_total([(10, 20), (3, 20), (2, 20)])


def test_supply_and_demand_that_one_can_count() -> None:
    people = [("Dock", WELDER, {"weld": 3.0, "safety": 2.0})] * 2 + [("Dock", WELDER, {"weld": 1.0})] * 4
    team = team_of(people)
    found = line(team, "Dock", "weld")
    assert (found.wanted, found.holders, found.ready, found.needed, found.unknown) == (6, 2, 2, 4, 0)
    assert found.coverage == pytest.approx((2 + 4 / 3) / 6, abs=0.01)
    assert line(team, "Dock", "safety").unknown == 4
    assert team.heat_map().units == ("Dock",)
    assert team.heat_map().rows()[0]["Welding"] == found.coverage
    assert "<table>" in team.heat_map()._repr_html_()


def test_fewer_than_five_asked_are_counted_but_not_judged() -> None:
    people = [("Dock", WELDER, {"weld": 3.0})] * 4 + [("Dock", CLERK, {"safety": 2.0})] * 8
    team = team_of(people)
    assert line(team, "Dock", "weld").ready is None
    assert line(team, None, "weld").ready is None
    assert line(team, "Dock", "safety").ready == 8


def test_who_alone_has_a_skill_is_named_only_when_asked_for() -> None:
    people = [("Dock", WELDER, {"weld": 4.0})] + [("Dock", WELDER, {"safety": 2.0})] * 5
    (point,) = team_of(people).single_points
    assert (point.skill_id, point.level, point.wanted) == ("weld", 3.0, 6)
    assert point.name is point.person_id is point.unit is None
    assert "Name 0" not in str(team_of(people).to_json())
    (named,) = team_of(people, with_names=True).single_points
    assert (named.name, named.unit) == ("Name 0", "Dock")


def test_the_table_of_what_one_person_holds_names_nobody_even_where_that_was_asked_for() -> None:
    people = [("Dock", WELDER, {"weld": 4.0})] + [("Dock", WELDER, {"safety": 2.0})] * 5
    table = team_of(people, with_names=True).held_by_one()
    assert table.headline() == "1 skill is held by one person only"
    assert [tuple(row) for row in table.rows()] == [("skill", "level", "wanted")]
    assert "Name 0" not in table._repr_html_() + repr(table)


def test_nothing_at_all_is_shown_of_a_small_organisation() -> None:
    team = team_of([("Dock", WELDER, {"weld": 4.0})] * 4, with_names=True)
    assert team.status is Status.INSUFFICIENT_DATA
    assert not team.lines
    assert not team.single_points
    assert team.people == 0


people_strategy = st.lists(
    st.tuples(
        st.sampled_from("ABCDE"),
        st.sampled_from([WELDER, CLERK, None]),
        st.fixed_dictionaries({}, optional={"weld": st.sampled_from([1.0, 3.0]), "safety": st.just(2.0)}),
    ),
    max_size=40,
)


@given(people_strategy)
def test_no_combination_of_answers_tells_about_fewer_than_five(people) -> None:
    """Groups behind every number of the answers for all units, for each and each pair; then all their differences."""
    supply = supply_of(people)
    units = sorted({unit for unit, _, _ in people})
    asked = [None, *([unit] for unit in units), *(list(pair) for pair in combinations(units, 2))]
    for skill in ("weld", "safety"):
        groups: set[frozenset[int]] = set()
        for choice in asked:
            team = build_team(supply, LABELS, DAY, VERSIONS, units=choice)
            parts = {SMALL_UNITS: set(units_to_show(supply.people).shown.get(SMALL_UNITS, ()))}
            covered = set().union(*(parts.get(unit, {unit}) for unit, _ in team.units)) if team.units else set()
            for item in team.lines:
                if item.skill_id == skill and item.ready is not None:
                    chosen = covered if item.unit is None else parts.get(item.unit, {item.unit})
                    groups.add(frozenset(n for n, (u, r, _) in enumerate(people) if u in chosen and _wants(r, skill)))
            for unit, _ in team.units:
                groups.add(frozenset(n for n, (u, _, _) in enumerate(people) if u in parts.get(unit, {unit})))
        closed = set(groups)
        for _ in range(2):  # differences of what is shown, and differences of those
            closed |= {one - other for one in closed for other in groups if other < one}
        assert all(len(group) >= MINIMUM_GROUP for group in closed if group)


def _wants(role: Role | None, skill: str) -> bool:
    return role is not None and any(need.skill_id == skill for need in role.requirements)


@given(people_strategy, st.randoms(use_true_random=False))
def test_the_order_of_people_changes_nothing(people, random) -> None:
    shuffled = list(people)
    random.shuffle(shuffled)
    assert team_of(people).to_json() == team_of(shuffled).to_json()
