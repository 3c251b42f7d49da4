from __future__ import annotations

from datetime import date

import pytest

from skillmatch.domain.base.answer import Status, Versions
from skillmatch.domain.base.errors import InputError
from skillmatch.domain.catalogue.credential import Catalogue, Credential, Outcome
from skillmatch.domain.skills.skill import Skill
from skillmatch.domain.team.team import SupplyLine, Team
from skillmatch.recommend.unmet import USUAL_HOURS_PER_LEVEL, find_unmet, hours_per_level

DAY, END = date(2026, 3, 2), date(2027, 3, 1)
SKILLS = {name: Skill(name, name.title(), description=f"What {name} is.", field="dock") for name in ("weld", "crane")}


def wanted(skill: str, *, level: float = 4.0, needed: int | None = 10, coverage: float | None = 0.5) -> SupplyLine:
    ready = None if needed is None else 20 - needed
    return SupplyLine(None, skill, skill.title(), level, 20, 0, ready, needed, 0, coverage)


def team(*lines: SupplyLine, status: Status = Status.OK) -> Team:
    return Team(status, "", None, (("Dock", 20),), 0, 0, lines, (), DAY, Versions("0", "t", "e", "l", "s"))


def teaches(name: str, skill: str, level: float, **fields: object) -> Credential:
    return Credential(name, name, outcomes=(Outcome(skill, level),), **{"hours": 30.0} | fields)


def unmet(*lines: SupplyLine, credentials: tuple[Credential, ...] = (), hours_per_week: float = 4.0):
    return find_unmet(team(*lines), Catalogue.of(credentials), SKILLS, END, hours_per_week)


def test_what_is_taught_far_enough_is_no_brief_and_what_is_not_says_how_far() -> None:
    courses = (teaches("c1", "weld", 4.0), teaches("c2", "crane", 2.0))
    (brief,) = unmet(wanted("weld"), wanted("crane"), credentials=courses).items
    assert (brief.skill_id, brief.taught_to, brief.learners, brief.level) == ("crane", 2.0, 10, 4.0)
    assert brief.description == "What crane is."


def test_courses_that_ended_teach_nobody() -> None:
    assert unmet(wanted("weld"), credentials=(teaches("c", "weld", 4.0, valid_until=date(2026, 1, 1)),)).items


def test_hours_and_the_latest_day_to_begin_can_be_worked_out() -> None:
    # Half of the levels are lacking in all and half of the people lack them: each lacks all 4, at 12 hours a level.
    (brief,) = unmet(wanted("weld")).items
    assert brief.hours == 4 * USUAL_HOURS_PER_LEVEL == 48.0
    assert (brief.latest_end - brief.latest_start).days == 12 * 7 - 1
    (late,) = unmet(wanted("weld"), hours_per_week=0.5).items
    assert late.latest_start is None
    assert "no longer possible" in late.text()


def test_the_field_s_own_hours_count_where_there_are_enough() -> None:
    courses = [teaches(f"c{n}", "weld", 3.0) for n in range(3)]
    assert hours_per_level(courses, SKILLS) == {"": 10.0, "dock": 10.0}


def test_nobody_needs_it_nobody_may_know_and_nothing_is_known() -> None:
    assert unmet(wanted("weld", needed=0, coverage=1.0)).status is Status.NOTHING_TO_CLOSE
    (brief,) = unmet(wanted("weld", needed=None, coverage=None)).items
    assert brief.learners is None
    found = find_unmet(team(status=Status.INSUFFICIENT_DATA), Catalogue.of(()), SKILLS, END, 4.0)
    assert found.status is Status.INSUFFICIENT_DATA


def test_wrong_questions_are_refused() -> None:
    with pytest.raises(InputError):
        unmet(wanted("weld"), hours_per_week=0.0)
    with pytest.raises(InputError):
        find_unmet(team(), Catalogue.of(()), SKILLS, date(2026, 1, 1), 4.0)
