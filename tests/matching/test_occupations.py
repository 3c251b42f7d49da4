"""Occupations by title, and what a job is expected to need, on a small world whose answers can be seen."""

from __future__ import annotations

import pytest

from skillmatch.domain.roles.role import Occupation, Requirement, RequirementKind
from skillmatch.domain.skills.skill import Skill
from skillmatch.domain.skills.taxonomy import Taxonomy
from skillmatch.matching.encoders.ngram_encoder import NgramEncoder
from skillmatch.matching.occupations import OccupationIndex, build_occupations

OPTIONAL = RequirementKind.OPTIONAL


@pytest.fixture(scope="module")
def index() -> OccupationIndex:
    skills = [
        Skill("bread", "bake bread"), Skill("dough", "knead dough"), Skill("oven", "clean ovens"),
        Skill("weld", "weld metal"), Skill("grind", "grind metal"), Skill("gone", "use a telex", deprecated=True),
    ]  # fmt: skip
    occupations = [
        Occupation(
            "baker", "baker", ("bread maker",), "Bakers make bread and rolls.",
            "", (Requirement("bread", 3), Requirement("dough", 3), Requirement("oven", 2, kind=OPTIONAL)),
        ),
        Occupation("pastry", "pastry baker", (), "", "", (Requirement("dough", 3), Requirement("oven", 2))),
        Occupation(
            "welder", "welder", ("metal joiner",), "Welders join metal parts.",
            "", (Requirement("weld", 3), Requirement("grind", 3), Requirement("gone", 1)),
        ),
        Occupation("porter", "porter", (), "Porters carry things."),
    ]  # fmt: skip
    return build_occupations(Taxonomy.of("t", "1", skills, (), occupations), NgramEncoder())


def test_a_title_finds_its_occupation_whatever_hangs_around_it(index: OccupationIndex) -> None:
    found = index.find(["Senior Welder (m/f/d) - Berlin", "bread maker", "Trainee Pastry Baker"], top=2)
    assert [row[0].id for row in found] == ["welder", "baker", "pastry"]
    assert all(row[0].score >= row[1].score for row in found)


def test_a_job_is_expected_to_need_what_jobs_like_it_need(index: OccupationIndex) -> None:
    ((first, second, third, *rest),) = index.expected_skills(["village baker"], top=5)
    assert {first.id, second.id} == {"dough", "bread"}
    assert third.id == "oven"
    assert {item.id for item in rest} == {"weld", "grind"}  # what is deprecated is never expected


def test_a_description_says_what_a_title_does_not(index: OccupationIndex) -> None:
    title = "colleague wanted"
    plain, told = index.expected_skills([title, title], ["", "You join metal parts."], top=1)
    assert told[0].id in {"weld", "grind"}
    assert plain == index.expected_skills([title], top=1)[0]


def test_an_occupation_that_requires_nothing_has_no_vote(index: OccupationIndex) -> None:
    scores = index.skill_scores(["porter"])
    assert scores.shape == (1, 5)
    assert scores.min() >= 0
    assert scores.max() <= 1


def test_without_occupations_only_the_likeness_of_the_skills_counts() -> None:
    skills = [Skill("a", "bake bread"), Skill("b", "weld metal")]
    index = build_occupations(Taxonomy.of("t", "1", skills), NgramEncoder())
    assert index.expected_skills(["bread"], top=1)[0][0].id == "a"
    assert index.find(["baker"]) == [()]
