"""Parity of soft and technical skills, in shares that can be worked out in the head."""

from __future__ import annotations

from datetime import date

import pytest

from skillmatch.domain.base.answer import Status, Versions
from skillmatch.domain.skills.skill import SkillType
from skillmatch.recommend.parity import find_parity

AS_OF = date(2026, 3, 2)
VERSIONS = Versions("1", "t", "e", "l", "s")
TYPES = {"soft": SkillType.TRANSVERSAL, "tech": SkillType.SKILL}


def parity_of(case, people: int = 5):
    return find_parity([(case.gap, case.rank())] * people, TYPES, AS_OF, VERSIONS)


def test_the_same_courses_for_the_same_gaps_are_parity(case_of, course):
    given = (course("s", {"soft": 3}), course("t", {"tech": 3}))
    found = parity_of(case_of({"soft": 0, "tech": 0}, {"soft": 3, "tech": 3}, *given))
    assert (found.status, found.people) == (Status.OK, 5)
    lines = {line.skill_type: (line.share_of_gap, line.share_of_closure, line.ratio) for line in found.lines}
    assert lines[SkillType.TRANSVERSAL] == lines[SkillType.SKILL] == (0.5, 0.5, 1.0)
    assert lines[SkillType.KNOWLEDGE] == (0.0, 0.0, None)


def test_a_catalogue_that_teaches_soft_skills_half_as_far_shows_it(case_of, course):
    # Of soft 1.5 of 3 levels are offered, of tech all 3: one third and two thirds of the closure, half of the gap each.
    given = (course("s", {"soft": 1.5}), course("t", {"tech": 3}))
    found = parity_of(case_of({"soft": 0, "tech": 0}, {"soft": 3, "tech": 3}, *given))
    ratios = {line.skill_type: line.ratio for line in found.lines}
    assert ratios[SkillType.TRANSVERSAL] == pytest.approx(2 / 3, abs=1e-5)
    assert ratios[SkillType.SKILL] == pytest.approx(4 / 3, abs=1e-5)


def test_near_copies_count_once(case_of, course):
    given = (course("s", {"soft": 3}), course("t", {"tech": 3}), course("u", {"tech": 3}), course("v", {"tech": 3}))
    found = parity_of(case_of({"soft": 0, "tech": 0}, {"soft": 3, "tech": 3}, *given))
    assert {line.ratio for line in found.lines} == {1.0, None}


@pytest.mark.parametrize(("level", "people"), [(0, 4), (3, 5)])  # too few people; five who lack nothing
def test_nothing_is_told_of_fewer_than_five_who_lack_something(case_of, course, level, people):
    found = parity_of(case_of({"soft": level}, {"soft": 3}, course("s", {"soft": 3})), people)
    assert (found.status, found.people, found.lines) == (Status.INSUFFICIENT_DATA, None, ())
    assert found.to_json()["detail"] == "fewer than 5 people lack something of what their roles require"


def test_nothing_offered_has_no_ratio(case_of):
    found = parity_of(case_of({"soft": 0}, {"soft": 3}))
    assert {line.ratio for line in found.lines} == {None}
    assert "not told" in found.headline()
