from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from skillmatch.domain.base.errors import Place
from skillmatch.taxonomy.cleaning import Cleaner, split_names, tidy, without_markup
from skillmatch.taxonomy.reading import Findings

AT = Place("skills.csv", 2)
TEXT = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\x00"), max_size=40)


@pytest.mark.parametrize(
    ("cell", "names"),
    [
        ("", []),
        ("one", ["one"]),
        ("one\ntwo\r\nthree", ["one", "two", "three"]),
        ("one | two", ["one", "two"]),
        ("| one || two |", ["one || two"]),
        ("TCP/IP | a|b", ["TCP/IP", "a|b"]),
        (" one\n\n \n", [" one"]),
        ("one | | two |three", ["one", "two |three"]),
    ],
)
def test_names_stand_on_lines_or_between_bars(cell: str, names: list[str]) -> None:
    assert split_names(cell) == names


@pytest.mark.parametrize(
    ("given", "clean"),
    [
        ("  a\u00a0 b\t", "a b"),
        ("\ufeffPython\u200b", "Python"),
        ("C++", "C++"),
        ("zero\x07width", "zero width"),
        ("co\u00adoperate", "cooperate"),
    ],
)
def test_tidy_puts_a_name_on_one_line(given: str, clean: str) -> None:
    assert tidy(given) == clean


@pytest.mark.parametrize(
    ("given", "clean"),
    [
        ("B &amp; B", "B & B"),
        ("R&D; and AT&T", "R&D; and AT&T"),
        ("<p>one</p><p>two<br/>three</p>", " one  two three "),
        ("H<sub>2</sub>O", "H2O"),
        ("&lt;b&gt;bold&lt;/b&gt;", "bold"),
        ("List<String> where a < b", "List<String> where a < b"),
    ],
)
def test_markup_becomes_text_and_text_stays(given: str, clean: str) -> None:
    assert without_markup(given) == clean


def test_markup_that_hides_in_itself_ends() -> None:
    assert without_markup("&" + "amp;" * 100_000).startswith("&")


@given(TEXT)
def test_cleaning_twice_changes_nothing_more(text: str) -> None:
    cleaner = Cleaner(Findings())
    once = cleaner.name(text, AT, "label")
    assert cleaner.name(once, AT, "label") == once


@given(st.lists(TEXT, max_size=6), TEXT)
def test_aliases_are_never_blank_nor_twice_nor_the_label(names: list[str], label: str) -> None:
    cleaned = Cleaner(Findings()).names(names, label, AT, "aliases")
    folded = [" ".join(name.casefold().split()) for name in cleaned]
    assert all(folded)
    assert len(set(folded)) == len(folded)
    assert " ".join(label.casefold().split()) not in folded


def test_every_repair_is_reported_where_it_was_made() -> None:
    findings = Findings()
    cleaner = Cleaner(findings)
    assert cleaner.name(" Welding ", AT, "label") == "Welding"
    assert cleaner.names(["MIG", "mig", "Welding", "WELDING"], "Welding", AT, "aliases") == ("MIG",)
    assert cleaner.text("a &amp; b", AT, "description") == "a & b"
    assert len(cleaner.text("x" * 30_000, AT, "description")) == 20_000
    assert findings.counts() == {"duplicate_alias": 2, "long_text": 1, "markup": 1, "stray_blanks": 1}
    assert {item.place for item in findings.all()} == {
        Place("skills.csv", 2, field) for field in ("label", "aliases", "description")
    }
