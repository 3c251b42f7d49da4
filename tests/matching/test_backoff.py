"""Back-off to the broader skill when two narrower ones tie."""

from __future__ import annotations

from dataclasses import replace

import pytest

from skillmatch.domain.skills.skill import Skill
from skillmatch.domain.skills.taxonomy import Taxonomy
from skillmatch.domain.text.link import Link, LinkBasis
from skillmatch.matching.backoff import backed_off
from skillmatch.matching.index import SkillIndex, build_index


@pytest.fixture(scope="module")
def index() -> SkillIndex:
    skills = [
        Skill("query", "query languages"), Skill("sql", "SQL", broader=("query",)),
        Skill("sparql", "SPARQL", broader=("query",)), Skill("bread", "bake bread"),
    ]  # fmt: skip
    return build_index(Taxonomy.of("t", "1", skills), None)


def links(**probabilities: float) -> tuple[Link, ...]:
    return tuple(Link(key, key, value, 0.5, LinkBasis.SEMANTIC) for key, value in probabilities.items())


def test_two_that_tie_give_the_broader_one_with_their_sum(index: SkillIndex) -> None:
    found = backed_off(index, links(sql=0.45, sparql=0.40, bread=0.01), 0.7)
    assert [(link.skill_id, link.label, link.probability, link.basis) for link in found[:1]] == [
        ("query", "query languages", 0.85, LinkBasis.BROADER)
    ]
    assert [link.skill_id for link in found[1:]] == ["sql", "sparql", "bread"]


@pytest.mark.parametrize(
    "given",
    [
        links(sql=0.8, sparql=0.75),  # one is sure enough by itself
        links(sql=0.6, sparql=0.2),  # no tie
        links(sql=0.3, sparql=0.3),  # together still unsure
        links(sql=0.45, bread=0.45),  # nothing in common
        links(sql=0.6, sparql=0.6),  # more than one: the text may mean both
        tuple(replace(link, basis=LinkBasis.LEXICAL) for link in links(sql=0.45, sparql=0.4)),  # it names them
        links(sql=0.5),
        (),
    ],
)
def test_otherwise_nothing_changes(index: SkillIndex, given: tuple[Link, ...]) -> None:
    assert backed_off(index, given, 0.7) == given


def test_a_broader_skill_that_was_among_the_links_is_not_there_twice(index: SkillIndex) -> None:
    found = backed_off(index, links(sql=0.45, sparql=0.40, query=0.1), 0.7)
    assert [link.skill_id for link in found] == ["query", "sql", "sparql"]
