"""Exact and loose names, and names inside longer texts."""

from __future__ import annotations

import pytest

from skillmatch.domain.skills.skill import Skill
from skillmatch.domain.skills.taxonomy import Taxonomy
from skillmatch.matching.index import SkillIndex
from skillmatch.matching.names import NameMatch, NameTable


def found(index: SkillIndex, text: str) -> list[tuple[str, NameMatch]]:
    return [(index.skill_ids[hit.skill], hit.match) for hit in index.names.find(text)]


def mentioned(index: SkillIndex, text: str) -> list[str]:
    return [index.skill_ids[hit.skill] for hit in index.names.mentions(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("javascript", [("js", NameMatch.LABEL)]),
        ("Java", [("java", NameMatch.LABEL)]),
        ("Java (programming language)", [("java", NameMatch.LOOSE_LABEL)]),
        ("C", [("c", NameMatch.LABEL)]),
        ("c++", [("cpp", NameMatch.LABEL)]),
        ("C#", [("csharp", NameMatch.LABEL)]),
        ("Go", [("go", NameMatch.LABEL)]),
        ("R", [("r", NameMatch.LABEL)]),
        ("SQL", [("sql", NameMatch.LABEL), ("dbms", NameMatch.ALIAS)]),
        ("organize meeting", [("meetings", NameMatch.LOOSE_ALIAS)]),
        ("good knowledge of machine-learning", [("ml", NameMatch.LOOSE_LABEL)]),
        ("punch cards", []),
        ("bread", []),
        ("", []),
    ],
)
def test_the_whole_text_is_a_name(letters_index: SkillIndex, text: str, expected: list[tuple[str, NameMatch]]) -> None:
    assert found(letters_index, text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Objective-C", ["objc"]),
        ("we need C++, Java and R!", ["cpp", "java", "r"]),
        ("forklift repair for orcs", []),
        ("machine learning with SQL", ["ml", "sql", "dbms"]),
        ("", []),
    ],
)
def test_mentions_are_whole_words_the_longest_first(letters_index: SkillIndex, text: str, expected: list[str]) -> None:
    assert mentioned(letters_index, text) == expected


def test_a_qualifier_is_dropped_only_where_one_skill_has_the_bare_name() -> None:
    names = NameTable.of(
        Taxonomy.of("t", "1", [Skill("a", "Scratch (computer programming)"), Skill("b", "scratch (painting)")])
    )
    assert names.find("scratch") == ()


def test_a_name_inside_a_longer_one_that_was_found_is_not_a_mention() -> None:
    names = NameTable.of(Taxonomy.of("t", "1", [Skill("a", "data mining"), Skill("b", "mining")]))
    assert [hit.skill for hit in names.mentions("data mining in mining")] == [0, 1]
    assert [hit.skill for hit in names.mentions("data mining")] == [0]


def test_rows_are_sorted_by_skill_with_the_label_first(letters_index: SkillIndex) -> None:
    names = letters_index.names
    assert list(names.owner) == sorted(names.owner)
    assert [names.names[row] for row in names.starts] == [label.casefold() for label in letters_index.labels]
    assert "old" not in names.skill_ids
