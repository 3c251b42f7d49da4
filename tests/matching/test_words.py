"""Words keep their symbols, boundaries are never cut, and small differences of writing vanish."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from skillmatch.matching.words import core, has_content, loosened, parts, stem, without_qualifier, words


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("C, C++/C# and Objective-C.", ["c", "c++", "c#", "and", "objective-c"]),
        ("Node.js (v18), .NET!", ["node.js", "v18", ".net"]),
        ("forklift", ["forklift"]),
        ("- bullet • point", ["bullet", "point"]),
        ("...", []),
        ("", []),
    ],
)
def test_words(text: str, expected: list[str]) -> None:
    assert words(text) == expected


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("machine-learning", "Machine Learning"),
        ("organize meetings", "organise meeting"),
        ("Databases", "database"),
        ("research & development", "research and development"),
        ("C＃", "c#"),
        ("technologies", "technology"),
    ],
)
def test_small_differences_of_writing_vanish(first: str, second: str) -> None:
    assert loosened(first) == loosened(second)


@pytest.mark.parametrize(("first", "second"), [("C", "C++"), ("C++", "C#"), ("Java", "JavaScript"), ("net", ".NET")])
def test_look_alikes_stay_apart(first: str, second: str) -> None:
    assert loosened(first) != loosened(second)


def test_a_compound_is_taken_apart_unless_a_part_is_one_letter() -> None:
    assert parts("data-driven") == ["data", "driven"]
    assert parts("e-mail") == ["e-mail"]
    assert parts("objective-c") == ["objective-c"]


def test_stems_keep_short_words_and_words_that_only_look_plural() -> None:
    assert [stem(word) for word in ("aws", "class", "analysis", "status", "skills")] == [
        "aws",
        "class",
        "analysis",
        "status",
        "skill",
    ]


def test_a_frame_is_taken_off_at_the_ends_only() -> None:
    assert core("Good knowledge of SQL is required") == "sql"
    assert core("machine learning skills") == "machine learning"
    assert core("research and development") == "research and development"
    assert core("knowledge and experience") == "knowledge and experience"


def test_a_qualifier_is_taken_off() -> None:
    assert without_qualifier("Java (computer programming)") == "Java"
    assert without_qualifier("(all)") == "(all)"


@given(st.text())
def test_words_are_parts_of_the_folded_text(text: str) -> None:
    assert all(word in text.casefold() for word in words(text))


@given(st.text())
def test_loosening_twice_changes_nothing_more_for_words_without_endings(text: str) -> None:
    assert has_content(loosened(text)) <= has_content(text)
