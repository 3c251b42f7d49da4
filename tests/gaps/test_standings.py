"""What is kept of many gaps is what the gaps say."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from skillmatch.domain.base.answer import Status, Versions
from skillmatch.domain.people.gap import Gap, GapState
from skillmatch.domain.people.person import Person
from skillmatch.domain.roles.role import Requirement
from skillmatch.domain.skills.skill import Skill, SkillType
from skillmatch.domain.team.grid import supply_state
from skillmatch.domain.team.team import SupplyLine
from skillmatch.gaps.grids import person_grid
from skillmatch.gaps.standings import Standings

NEEDS = (Requirement("a", 3.0), Requirement("b", 2.0), Requirement("c", 4.0))


@given(st.lists(st.dictionaries(st.sampled_from("abcx"), st.sampled_from([0.0, 1.5, 3.0, 5.0])), max_size=6))
def test_every_standing_comes_back_as_it_was(gap_of: Callable[..., Gap], known: list[dict[str, float]]) -> None:
    standings, gaps = Standings(), [gap_of(levels, *NEEDS) for levels in known]
    for number, gap in enumerate(gaps, start=1):
        standings.add(Person(f"p/{number}", f"Name {number}", unit="Dock"), number, gap)

    rows = sorted(standings.lowest(["Dock"], 10), key=lambda row: row.number)

    assert standings.count(["Dock"]) == len(gaps)
    assert [row.coverage for row in rows] == [gap.coverage for gap in gaps]
    for row, gap in zip(rows, gaps, strict=True):
        assert [(stand.skill_id, stand.state, stand.required) for stand in row.stands] == [
            (item.requirement.skill_id, item.state, item.requirement.level) for item in gap.items
        ]
        assert [stand.attained for stand in row.stands] == [
            None if item.attained is None else pytest.approx(item.attained, abs=1e-4) for item in gap.items
        ]
    assert (list(standings.lowest(["Elsewhere"], 10)), standings.count(["Elsewhere"])) == ([], 0)


@pytest.mark.parametrize(
    ("line", "state"),
    [
        ({"wanted": 10, "holders": 12, "ready": 9, "unknown": 0, "coverage": 0.95}, GapState.EXCEEDS),
        ({"wanted": 10, "holders": 10, "ready": 9, "unknown": 0, "coverage": 0.95}, GapState.MET),
        ({"wanted": 10, "holders": 4, "ready": 4, "unknown": 5, "coverage": 0.4}, GapState.PARTIAL),
        ({"wanted": 10, "holders": 4, "ready": 4, "unknown": 6, "coverage": 0.4}, GapState.UNKNOWN),
        ({"wanted": 10, "holders": 0, "ready": 0, "unknown": 2, "coverage": 0.2}, GapState.MISSING),
        ({"wanted": 4, "holders": 1, "ready": None, "unknown": None, "coverage": None}, None),
    ],
)
def test_where_a_unit_stands(line: dict[str, object], state: GapState | None) -> None:
    found = SupplyLine(unit="Dock", skill_id="a", label="A", level=3.0, needed=None, **line)
    assert supply_state(found) is state


def test_of_many_people_those_furthest_away_are_held(gap_of: Callable[..., Gap]) -> None:
    standings = Standings()
    for number in range(1, 8):
        gap = gap_of({"a": 3.0} if number % 2 else {"a": 3.0, "b": 2.0}, *NEEDS)
        standings.add(Person(f"p/{number}", "Name", unit="Dock"), number, gap)
    gap = gap_of({}, *NEEDS)
    people = tuple(standings.lowest(["Dock"], 4))

    skills = {"a": Skill("a", "Alpha", type=SkillType.TRANSVERSAL)}
    grid = person_grid("Dock", people, standings.count(["Dock"]), 2, skills, gap.as_of, VERSIONS)

    assert [row.person_id for row in grid.people] == ["p/1", "p/3", "p/5", "p/7"]
    assert (grid.total, grid.without_role, grid.status) == (7, 2, Status.PARTIAL)
    assert [skill.label for skill in grid.skills] == ["b", "c", "Alpha"]  # those that are open most often come first
    assert "4 of 7 people" in grid.headline()


VERSIONS = Versions("1", "t", "e", "l", "s")
