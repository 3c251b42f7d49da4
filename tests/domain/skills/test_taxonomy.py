"""Taxonomy: the same content is the same value, and every reference leads somewhere."""

from __future__ import annotations

from unicodedata import normalize

import pytest
from hypothesis import given
from hypothesis import strategies as st

from skillmatch.domain.base.errors import InputError, NotFoundError
from skillmatch.domain.roles.role import Occupation, Requirement
from skillmatch.domain.skills.skill import RelationKind, Skill, SkillRelation
from skillmatch.domain.skills.taxonomy import Taxonomy, fold

SKILLS = [
    Skill("s3", "Java", aliases=("Java SE",)),
    Skill("s1", "JavaScript", aliases=("JS", "java  SCRIPT")),
    Skill("s2", "Programming", aliases=("JS",)),
    Skill("s4", "C++", broader=("s2",)),
]
RELATIONS = [SkillRelation("s3", RelationKind.OPTIONAL, "s2"), SkillRelation("s1", RelationKind.ESSENTIAL, "s2")]
OCCUPATIONS = [Occupation("o2", "Tester"), Occupation("o1", "Developer", requirements=(Requirement("s3", 4),))]


@given(
    st.permutations(SKILLS),
    st.permutations(RELATIONS),
    st.permutations(OCCUPATIONS),
)
def test_the_order_of_what_is_given_changes_nothing(skills, relations, occupations):
    taxonomy = Taxonomy.of("t", "1", skills, relations, occupations)
    plain = Taxonomy.of("t", "1", SKILLS, RELATIONS, OCCUPATIONS)
    assert taxonomy == plain
    assert list(taxonomy.skills) == ["s1", "s2", "s3", "s4"]
    assert list(taxonomy.occupations) == ["o1", "o2"]
    assert taxonomy.by_name == plain.by_name


def test_a_relation_said_twice_is_kept_once():
    assert Taxonomy.of("t", "1", SKILLS, RELATIONS * 2).relations == tuple(sorted(RELATIONS))


@pytest.mark.parametrize(
    ("skills", "relations", "occupations"),
    [
        ([Skill("a", "A", broader=("gone",))], [], []),
        ([Skill("a", "A")], [SkillRelation("a", RelationKind.RELATED, "gone")], []),
        ([Skill("a", "A")], [SkillRelation("gone", RelationKind.RELATED, "a")], []),
        ([Skill("a", "A")], [], [Occupation("o", "O", requirements=(Requirement("gone", 1),))]),
    ],
)
def test_a_reference_that_leads_nowhere_is_refused(skills, relations, occupations):
    with pytest.raises(NotFoundError, match="no skill is called 'gone'"):
        Taxonomy.of("t", "1", skills, relations, occupations)


@pytest.mark.parametrize(
    ("name", "version", "skills", "occupations", "says"),
    [
        ("", "1", [], [], "name"),
        ("t", " ", [], [], "version"),
        ("t", "1", [Skill("a", "A"), Skill("a", "B")], [], "'a' comes twice"),
        ("t", "1", [], [Occupation("o", "A"), Occupation("o", "B")], "'o' comes twice"),
    ],
)
def test_what_makes_no_taxonomy(name, version, skills, occupations, says):
    with pytest.raises(InputError, match=says):
        Taxonomy.of(name, version, skills, (), occupations)


def test_names_lead_to_all_who_bear_them_labels_first():
    taxonomy = Taxonomy.of("t", "1", [*SKILLS, Skill("s0", "Jay", aliases=("Programming",))])
    assert taxonomy.by_name["js"] == ("s1", "s2")
    assert taxonomy.by_name["java script"] == ("s1",)
    # s2 carries it as its label, s0 as an alias: the label comes first although s0 sorts before.
    assert taxonomy.by_name["programming"] == ("s2", "s0")


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("SQL", "sql", True),
        ("data  analysis ", "Data Analysis", True),
        ("data\tanalysis", "data\u00a0analysis", True),  # a tab and a no-break space are blanks too
        ("STRASSE", "straße", True),
        ("caf\u00e9", "CAFE\u0301", True),  # the accent typed with its letter, and after it
        ("\u0390", "\u03b9\u0308\u0301", True),  # folding case alone would take this letter apart
        ("\u1fb3", "\u03b1\u0345", True),  # and change this accent into a letter
        ("cafe", "caf\u00e9", False),
        ("C", "C++", False),
        ("C++", "C#", False),
        ("Java", "JavaScript", False),
        (".NET", "NET", False),
        ("R", "r.", False),
    ],
)
def test_when_two_names_are_the_same(one, other, same):
    assert (fold(one) == fold(other)) is same


@given(st.text())
def test_folding_twice_is_folding_once(text):
    assert fold(fold(text)) == fold(text)
    assert fold(f"  {text}\n") == fold(text)


@given(st.text(), st.sampled_from(["NFC", "NFD"]))
def test_however_its_accents_were_typed_a_name_is_the_same(text, form):
    assert fold(normalize(form, text)) == fold(text)
