"""References: whole ids, and lists in a cell that survive any text."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from skillmatch.domain.base.errors import InputError
from skillmatch.interop.references import escape, join_items, own_id, reference, split_items, split_level, unescape


@pytest.mark.parametrize(
    ("given", "source", "expected"),
    [
        ("C-1", "hr", "hr/C-1"),
        ("hr/C-1", "hr", "hr/C-1"),
        ("learn/python", "coursera", "coursera/learn/python"),
        ("C-1", None, "own/C-1"),
        ("hr/C-1", None, "hr/C-1"),
        ("hr/C-1/a", None, "hr/C-1/a"),
        ("and then / or", None, "own/and then / or"),
        ("https://x.org/a", None, "own/https://x.org/a"),
        ("/a", None, "own//a"),
        ("a/", None, "own/a/"),
    ],
)
def test_the_id_of_a_rows_own_thing(given: str, source: str | None, expected: str) -> None:
    assert own_id(given, source, "id") == expected


@pytest.mark.parametrize(
    ("given", "source", "known", "expected"),
    [
        ("C-1", "hr", (), "hr/C-1"),
        ("lms/C-1", "hr", (), "lms/C-1"),
        ("hr/C-1", "hr", (), "hr/C-1"),
        ("learn/python", "coursera", {"coursera/learn/python"}, "coursera/learn/python"),
        ("learn/python", "coursera", (), "learn/python"),
        ("my lms/C-1", "hr", (), "hr/my lms/C-1"),
        ("lms/C-1", None, (), "lms/C-1"),
        ("C-1", None, (), "own/C-1"),
    ],
)
def test_references_prefer_the_same_file_then_say_their_source(given, source, known, expected) -> None:
    assert reference(given, source, "role", known) == expected


@pytest.mark.parametrize(("given", "source"), [("x" * 201, "hr"), ("a\x01b", "hr"), ("C-1", "h/r"), ("C-1", " hr")])
def test_what_cannot_be_an_id_names_the_column(given: str, source: str) -> None:
    with pytest.raises(InputError) as caught:
        own_id(given, source, "role_id")
    assert caught.value.place.field == "role_id"


@pytest.mark.parametrize(
    ("cell", "items"),
    [
        ("", []),
        (" | ", []),
        ("a", ["a"]),
        ("a | b|c", ["a", "b", "c"]),
        ("a | | b |", ["a", "b"]),
        (r"a \| b | c", [r"a \| b", "c"]),
        (r"a \\| b", [r"a \\", "b"]),
        (r"C:\temp | b", [r"C:\temp", "b"]),
    ],
)
def test_items_of_a_cell(cell: str, items: list[str]) -> None:
    assert split_items(cell) == items


@pytest.mark.parametrize(
    ("item", "expected"),
    [
        ("Python", ("Python", None)),
        ("Python@3", ("Python", "3")),
        ("Python @ advanced", ("Python", "advanced")),
        ("a@b@2.5", ("a@b", "2.5")),
        (r"a\@b", ("a@b", None)),
        (r"a\@b@2", ("a@b", "2")),
        ("@3", ("", "3")),
        ("Python@", ("Python", "")),
    ],
)
def test_the_level_of_an_item(item: str, expected: tuple[str, str | None]) -> None:
    assert split_level(item) == expected


texts = st.text(alphabet=r"ab \|@1", min_size=1, max_size=8).map(str.strip).filter(bool)


@given(st.lists(texts))
def test_lists_survive_any_text(items: list[str]) -> None:
    cell = join_items(escape(item) for item in items)
    assert [unescape(item) for item in split_items(cell)] == items


@given(st.lists(st.tuples(texts, st.integers(1, 5))))
def test_levelled_lists_survive_any_text(pairs: list[tuple[str, int]]) -> None:
    cell = join_items(f"{escape(text)}@{level}" for text, level in pairs)
    assert [split_level(item) for item in split_items(cell)] == [(text, str(level)) for text, level in pairs]
