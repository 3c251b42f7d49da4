"""The planted truth behaves as it says: nobody beats the oracle's first choice, and the same seed plants the same."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from skillmatch.domain.roles.role import Requirement, Role
from skillmatch.domain.skills.skill import Skill


@pytest.fixture
def planted(repository: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.syspath_prepend(str(repository))
    from benchmarks.advice import outcome, report, world

    skills = {f"s{n}": Skill(f"s{n}", f"Skill {n}", description=f"Does thing {n} well.") for n in range(6)}
    roles = [Role("own/r", "R", requirements=tuple(Requirement(skill, 3) for skill in skills))]
    made = world.make_world(roles, skills, tmp_path / "one", people=12, courses=30, seed=4)
    again = world.make_world(roles, skills, tmp_path / "two", people=12, courses=30, seed=4)
    return made, again, outcome, report


def test_the_same_seed_plants_the_same(planted) -> None:
    made, again, *_ = planted
    assert made.learners == again.learners
    assert made.courses == again.courses
    for name in ("credentials.csv", "people.csv", "evidence.csv"):
        assert (made.folder / name).read_bytes() == (again.folder / name).read_bytes()


def test_what_is_taught_is_said_in_sentences_only(planted) -> None:
    made, *_ = planted
    seen = (made.folder / "credentials.csv").read_text()
    assert "teaches" not in seen.splitlines()[0].split(",")
    assert not any(skill in seen for course in made.courses for skill in course.teaches)


def test_closure_grows_with_every_course_and_the_oracle_begins_best(planted) -> None:
    made, _, outcome, _ = planted
    for learner in made.learners:
        best = outcome.closures(learner, outcome.oracle(learner, made.courses, 5), (1, 3, 5))
        assert 0.0 <= best[0] <= best[1] <= best[2] <= 1.0
        for course in made.courses:
            assert outcome.closures(learner, [course], (1,))[0] <= best[0] + 1e-9
    assert "benchmarks" in sys.modules


def test_figures_hold_their_mean_and_fewer_courses_are_no_error(planted) -> None:
    import numpy as np

    made, _, outcome, report = planted
    assert outcome.closures(made.learners[0], [], (1, 3))[0] in (0.0, 1.0)
    found = report.figure(np.array([0.0, 0.5, 1.0]), seed=1)
    assert found.low <= found.mean == 50.0 <= found.high
