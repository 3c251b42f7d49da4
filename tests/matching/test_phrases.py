"""Long texts are cut into phrases, and boilerplate never becomes one."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from skillmatch.matching.boilerplate import is_boilerplate
from skillmatch.matching.phrases import phrases, prose


def parts(text: str) -> list[str]:
    return [phrase for _, _, phrase in phrases(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Bake bread. Clean ovens!", ["Bake bread", "Clean ovens"]),
        ("• C++\n• .NET\n- Objective-C", ["C++", ".NET", "Objective-C"]),
        ("You learn SQL, Node.js and R.", ["You learn SQL", "Node.js", "R"]),
        ("research and development", ["research and development"]),
        ("Use tools, e.g. Excel, well", ["Use tools", "e.g. Excel", "well"]),
        ("Skills: Java; Kotlin", ["Skills", "Java", "Kotlin"]),
        ("  ...  \n\n ", []),
        ("", []),
    ],
)
def test_a_text_is_cut_into_phrases(text: str, expected: list[str]) -> None:
    assert parts(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Weigh flour, knead it, and bake. Clean ovens!",
            ["Weigh flour, knead it, and bake"],
        ),  # one item needs no more
        ("We offer pay, holidays, and a pension scheme.", []),  # boilerplate
        ("", []),
    ],
)
def test_a_sentence_of_several_items_is_also_one_whole(text: str, expected: list[str]) -> None:
    whole = prose(text)
    assert [phrase for _, _, phrase in whole] == expected
    assert all(text[start:end] == phrase for start, end, phrase in whole)


@given(st.text(alphabet=st.sampled_from("ab C.,;:-•\n\r\t &/|and())!?é🙂"), max_size=80))
def test_offsets_lead_back_to_the_text_in_order(text: str) -> None:
    last = 0
    for start, end, phrase in phrases(text):
        assert last <= start < end <= len(text)
        assert text[start:end] == phrase == phrase.strip()
        last = end


@pytest.mark.parametrize(
    "line",
    [
        "We are an equal opportunity employer.",
        "All applicants are considered regardless of race, religion or gender.",
        "Competitive salary and 30 days of holiday",
        "Salary: 40,000 EUR",
        "We offer a pension scheme",
        "Issuing badge: Riverside Academy",
        "Earn a shareable digital badge",
        "Certificate of completion",
        "Enrol now!",
        "Sign up today",
        "Duration: 4 weeks",
        "5 hours per week",
        "Price: $49",
        "Prerequisites: none",
        "Data engineer (m/f/d)",
        "Contact us at info@example.org",
        "© 2024 Example. All rights reserved.",
    ],
)
def test_boilerplate_is_not_read(line: str) -> None:
    assert is_boilerplate(line)
    assert parts(f"Bake bread.\n{line}\nOperate a forklift") == ["Bake bread", "Operate a forklift"]


@pytest.mark.parametrize(
    "line",
    [
        "administer salaries and pensions",
        "dental hygiene",
        "issue invoices",
        "register patients at the front desk",
        "promote diversity in the workplace",
        "manage certificates of suppliers",
        "languages: English and French",
        "set prices of menu items",
    ],
)
def test_skills_that_sound_like_boilerplate_are_read(line: str) -> None:
    assert not is_boilerplate(line)
