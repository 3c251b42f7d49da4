"""A survey says what can be counted by hand, and an overlap is a share."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from skillmatch.domain.base.answer import Versions
from skillmatch.domain.catalogue.credential import Basis, Catalogue, Credential, Outcome
from skillmatch.domain.roles.role import Requirement, Role
from skillmatch.domain.skills.skill import Skill, SkillType
from skillmatch.recommend.survey import overlap, survey

DAY = date(2026, 3, 2)
VERSIONS = Versions("1", "t", "e", "l", "s")
SKILLS = {
    "sql": Skill("sql", "SQL"),
    "java": Skill("java", "Java"),
    "talk": Skill("talk", "Talking", type=SkillType.TRANSVERSAL),
}
LEVELS = st.dictionaries(st.sampled_from("abcd"), st.floats(0.5, 5), max_size=4)


def course(name: str, *outcomes: Outcome, **more: object) -> Credential:
    return Credential(f"c/{name}", name, outcomes=outcomes, **more)


def surveyed(*courses: Credential, roles: tuple[Role, ...] = ()):
    return survey(Catalogue.of(courses), roles, SKILLS, DAY, VERSIONS)


def test_what_is_taught_against_what_is_wanted() -> None:
    roles = (
        Role("r/1", "One", requirements=(Requirement("sql", 3), Requirement("talk", 2))),
        Role("r/2", "Two", requirements=(Requirement("sql", 4),)),
    )
    found = surveyed(
        course("Basics", Outcome("sql", 3), Outcome("java", 2)),
        course("Guess", Outcome("sql", 5, Basis.INFERRED, 0.3)),
        course("Over", Outcome("talk", 4), valid_until=date(2026, 1, 1)),
        roles=roles,
    )
    skills = {item.skill_id: item for item in found.skills}
    assert [item.skill_id for item in found.skills] == ["sql", "talk", "java"]
    assert (skills["sql"].roles, skills["sql"].wanted, skills["sql"].reached, skills["sql"].short) == (2, 4, 3, True)
    assert [teacher.credential_id for teacher in skills["sql"].teachers] == ["c/Guess", "c/Basics"]
    assert (skills["talk"].reached, skills["talk"].short, skills["talk"].type) == (None, True, SkillType.TRANSVERSAL)
    assert (skills["java"].wanted, skills["java"].short) == (None, False)
    assert "2 skills wanted, 2 of them taught by nobody" in found.headline()
    basics = next(item for item in found.credentials if item.title == "Basics")
    assert (basics.wanted, basics.skills) == (1, (("sql", 3), ("java", 2)))


def test_what_is_nearly_reached_is_reached() -> None:
    role = Role("r/1", "One", requirements=(Requirement("sql", 3.2),))
    assert not surveyed(course("A", Outcome("sql", 3.0)), roles=(role,)).skills[0].short


def test_few_high_ratings_are_believed_less_than_many_good_ones() -> None:
    few, many, none = surveyed(
        course("A few", rating=5.0, rating_count=3),
        course("Many", rating=4.6, rating_count=3_000),
        course("None"),
    ).credentials
    assert few.rating > many.rating
    assert few.believed < many.believed
    assert none.believed is None


def test_courses_that_do_the_same_are_told() -> None:
    a, b, c = surveyed(
        course("A", Outcome("sql", 3), Outcome("java", 3)),
        course("B", Outcome("sql", 3), Outcome("java", 2)),
        course("C", Outcome("talk", 3), Outcome("sql", 1)),
    ).credentials
    assert a.overlaps == (("c/B", pytest.approx(5 / 6, abs=1e-6)),)
    assert b.overlaps == (("c/A", a.overlaps[0][1]),)
    assert c.overlaps == ()


@given(LEVELS, LEVELS)
def test_an_overlap_is_a_share_and_symmetric(a: dict[str, float], b: dict[str, float]) -> None:
    assert overlap(a, b) == overlap(b, a)
    assert 0 <= overlap(a, b) <= 1
    assert overlap(a, a) == (1 if a else 0)
    assert (overlap(a, b) == 0) is not bool(a.keys() & b.keys())
