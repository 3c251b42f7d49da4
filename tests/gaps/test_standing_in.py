"""Skills that show or explain others: who can do SQL can do a query language; a neighbour never meets anything."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from tests.gaps.conftest import AS_OF, VERSIONS

from skillmatch.domain.catalogue.credential import Catalogue
from skillmatch.domain.people.gap import Gap, GapState, Kin
from skillmatch.domain.people.person import Evidence, EvidenceSource, Person
from skillmatch.domain.roles.role import Requirement, Role
from skillmatch.domain.skills.skill import Skill, SkillType
from skillmatch.gaps import Kinship
from skillmatch.gaps.gap import find_gap
from skillmatch.gaps.profile import build_profile
from skillmatch.gaps.standing_in import stand_in

KNOWLEDGE, TRANSVERSAL = SkillType.KNOWLEDGE, SkillType.TRANSVERSAL

SKILLS = {
    skill.id: skill
    for skill in (
        Skill("data", "Data", type=KNOWLEDGE),
        Skill("query", "Query languages", type=KNOWLEDGE, broader=("data",)),
        Skill("sql", "SQL", type=KNOWLEDGE, broader=("query",)),
        Skill("sparql", "SPARQL", type=KNOWLEDGE, broader=("query",)),
        Skill("talk", "Communication", type=TRANSVERSAL),
        Skill("listen", "Active listening", type=TRANSVERSAL, broader=("talk",)),
        Skill("write", "Writing", type=TRANSVERSAL, broader=("talk",)),
        Skill("present", "Presenting", type=TRANSVERSAL, broader=("talk",)),
        Skill("project", "Project management"),
        Skill("event", "Event management"),
        Skill("old", "SQL (old)", deprecated=True),
    )
}
# Of eight occupations that require project management, six require event management: 6 / (8 + 2). Each list differs:
# a copied one would count once.
WORK = [
    *(["project", "event", f"trade {number}"] for number in range(6)),
    *(["project", f"craft {number}"] for number in range(2)),
    *(["sql", "sparql", f"desk {number}"] for number in range(40)),
]
KINSHIP = Kinship(SKILLS, WORK, [("project", "event")], {"old": "sql"})


@pytest.fixture
def gap_of() -> Callable[..., Gap]:
    def build(levels: dict[str, float], *needs: Requirement) -> Gap:
        said = tuple(Evidence(skill, level, EvidenceSource.ASSESSMENT, AS_OF) for skill, level in levels.items())
        role = Role("r", "R", requirements=needs)
        profile = stand_in(build_profile(Person("p", "P", evidence=said), Catalogue.of(()), AS_OF), role, KINSHIP)
        return find_gap(profile, role, {}, VERSIONS)

    return build


def test_a_narrower_skill_shows_the_broader_one(gap_of):
    (item,) = gap_of({"sql": 4}, Requirement("query", 4)).items
    assert item.state is GapState.MET
    assert (item.attained, item.through.kin, item.through.label) == (4, Kin.NARROWER, "SQL")
    assert [piece.skill_id for piece in item.evidence] == ["sql"]
    assert gap_of({"sparql": 2}, Requirement("data", 4)).items[0].state is GapState.PARTIAL  # two steps up


def test_one_of_many_narrower_skills_explains_a_part_only(gap_of):
    (item,) = gap_of({"listen": 5}, Requirement("talk", 5)).items
    assert (item.state, item.attained) == (GapState.PARTIAL, 2.5)  # half of it carries over
    assert (item.through.kin, item.through.transfer) == (Kin.NARROWER, 0.5)
    assert item.question is not None
    (item,) = gap_of({"listen": 5}, Requirement("talk", 2)).items
    assert item.state is GapState.PARTIAL
    assert item.attained < 2 - 0.25


def test_more_than_half_of_the_narrower_skills_show_a_wide_one(gap_of):
    (item,) = gap_of({"listen": 5, "write": 3}, Requirement("talk", 3)).items
    assert (item.state, item.attained, item.through.label) == (GapState.MET, 3, "Writing")  # two of three reach 3
    (item,) = gap_of({"listen": 5, "write": 1}, Requirement("talk", 3)).items
    assert (item.state, item.attained, item.through.label) == (GapState.PARTIAL, 2.5, "Active listening")


def test_a_wide_field_of_knowledge_is_not_shown_by_one_part_of_it():
    parts = {f"k{n}": Skill(f"k{n}", f"K{n}", type=KNOWLEDGE, broader=("top",)) for n in range(13)}
    wide = Kinship({"top": Skill("top", "Top", type=KNOWLEDGE)} | parts)
    assert not wide.shows("k0", "top")
    parts.popitem()
    assert Kinship({"top": Skill("top", "Top", type=KNOWLEDGE)} | parts).shows("k0", "top")


def test_the_best_of_its_own_and_the_narrower_ones_counts(gap_of):
    (item,) = gap_of({"query": 1, "sql": 4, "sparql": 3}, Requirement("query", 4)).items
    assert (item.attained, item.through.skill_id) == (4, "sql")
    (item,) = gap_of({"query": 4, "sql": 3}, Requirement("query", 4)).items
    assert (item.attained, item.through) == (4, None)


def test_a_neighbour_explains_a_part_and_never_meets(gap_of):
    (item,) = gap_of({"project": 5}, Requirement("event", 3)).items
    assert item.state is GapState.PARTIAL
    assert item.through.kin is Kin.NEIGHBOUR
    assert item.through.transfer == 0.6
    assert item.attained < 3 - 0.25  # 5 * 0.6 would be 3
    assert item.question is not None
    (item,) = gap_of({"project": 3}, Requirement("event", 4)).items
    assert item.attained == pytest.approx(1.8)


def test_a_neighbour_says_nothing_where_something_is_known(gap_of):
    (item,) = gap_of({"project": 5, "event": 0}, Requirement("event", 3)).items
    assert (item.state, item.attained, item.through) == (GapState.MISSING, 0.0, None)


def test_siblings_do_not_stand_in_for_each_other(gap_of):
    (item,) = gap_of({"sql": 5}, Requirement("sparql", 2)).items  # forty occupations ask for both
    assert (item.state, item.through) == (GapState.UNKNOWN, None)


def test_a_copied_list_of_requirements_counts_once():
    copied = Kinship(SKILLS, [["project", "event"]] * 50, [("project", "event")])
    assert copied.transfer("project", "event") == pytest.approx(1 / 3)
    assert not copied.near("event")


def test_a_broader_skill_tells_little_of_a_narrower_one(gap_of):
    work = [["query", "sql", f"desk {number}"] for number in range(98)]
    assert Kinship(SKILLS, work).near("sql") == {"query": (Kin.BROADER, 0.6)}
    assert not Kinship(SKILLS, work[:1]).near("sql")


def test_a_broader_skill_does_not_show_a_narrower_one(gap_of):
    assert gap_of({"query": 5}, Requirement("sql", 1)).items[0].state in (GapState.UNKNOWN, GapState.PARTIAL)


def test_evidence_under_a_former_id_is_found(gap_of):
    (item,) = gap_of({"old": 3}, Requirement("sql", 3)).items
    assert (item.state, item.through.kin) == (GapState.MET, Kin.SAME)


def test_a_circle_of_broader_skills_ends():
    ring = {n: Skill(n, n, broader=(up,)) for n, up in (("a", "b"), ("b", "c"), ("c", "a"))}
    assert Kinship(ring).narrower("a") == {"b", "c"}


def test_a_heading_is_shown_by_nothing_below_it():
    many = {"top": Skill("top", "Top")} | {f"s{n}": Skill(f"s{n}", f"S{n}", broader=("top",)) for n in range(401)}
    assert Kinship(many).narrower("top") == frozenset()
