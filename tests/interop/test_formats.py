"""Formats: other systems' ways of writing, each with what it must not be taken for."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from skillmatch.domain.base.errors import InputError
from skillmatch.interop.formats import duration_cell, list_cell, number_cell, slug_cell
from skillmatch.interop.references import split_items, unescape


@pytest.mark.parametrize(
    ("text", "separator", "cell"),
    [
        ("", None, ""),
        ("[]", None, ""),
        ("['a']", None, "a"),
        ("['a', 'b']", None, "a | b"),
        ('["a", "b"]', None, "a | b"),
        ("['a' 'b'\n 'c']", None, "a | b | c"),
        ("('a', 'b',)", None, "a | b"),
        ("""["it's", 'say "x"']""", None, """it's | say "x\""""),
        (r"['it\'s', 'a\\b', 'tab\there']", None, "it's | a\\\\b | tab\there"),
        (r'["caf\u00e9", "\ud83d\ude00"]', None, "café | 😀"),
        (r"['\xa0a\xa0']", None, "a"),
        ("[' padded ', '', 'b']", None, "padded | b"),
        ("[a, b c]", None, "a | b c"),
        ("['C@3', 'a|b']", None, r"C\@3 | a\|b"),
        ("a; b ;;c", ";", "a | b | c"),
        ("['a'; 'b']", ";", "['a' | 'b']"),
        ("a :: b", " :: ", "a | b"),
    ],
)
def test_lists(text: str, separator: str | None, cell: str) -> None:
    assert list_cell(text, separator) == cell


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("a; b", "is not a list in brackets"),
        ("[", "is not a list in brackets"),
        ("['a', b]", "is not an item of a list"),
        ("['a", "is not a list in brackets"),
        ("['a]", "is not an item of a list"),
        ("[['a'], ['b']]", "is a list of lists"),
        ("[{'a': 1}]", "is a list of lists"),
        ("['a', ['b']]", "is not an item of a list"),
        ("[" * 100_000 + "]" * 100_000, "is a list of lists"),
        ("array(['a'], dtype=object)", "is not a list in brackets"),
    ],
)
def test_what_is_no_list(text: str, words: str) -> None:
    with pytest.raises(InputError, match=words):
        list_cell(text, None)


items = st.lists(st.text(st.characters(exclude_categories=["Cs", "Cc", "Zs"]), min_size=1, max_size=6))


@given(items)
def test_whatever_python_and_json_print_is_read_back(given_items: list[str]) -> None:
    wanted = [stripped for item in given_items if (stripped := item.strip())]
    for printed in (repr(given_items), json.dumps(given_items), json.dumps(given_items, ensure_ascii=False)):
        assert [unescape(item) for item in split_items(list_cell(printed, None))] == wanted


@pytest.mark.parametrize(
    ("text", "cell"),
    [
        ("", ""),
        ("7", "7"),
        (" 484 ", "484"),
        ("6,706", "6706"),
        ("1,234,567", "1234567"),
        ("4 500", "4500"),
        ("4\u00a0500", "4500"),
        ("4\u202f500", "4500"),
        ("12'000", "12000"),
        ("1,234.50", "1234.5"),
        ("0.1", "0.1"),
        ("1.2k", "1200"),
        ("19K", "19000"),
        ("8.1 k", "8100"),
        ("2.5M", "2500000"),
        ("100", "100"),
        ("-5", "-5"),
    ],
)
def test_numbers(text: str, cell: str) -> None:
    assert number_cell(text) == cell


@pytest.mark.parametrize(
    "text", ["4,5", "1,23,456", "1.234,5", "12 34", "1,234 567", "k", "1.2b", "nan", "٣", "$5", "1e5"]
)
def test_what_is_no_number(text: str) -> None:
    with pytest.raises(InputError, match="is not a number"):
        number_cell(text)


DURATIONS = [
    # text, unit, of, hours a week, expected
    ("", "hours", "middle", None, ""),
    ("40 hours", "hours", "middle", None, "40"),
    ("1 hour", "hours", "middle", None, "1"),
    ("90 minutes", "hours", "middle", None, "1.5"),
    ("10 h", "hours", "middle", None, "10"),
    ("Less Than 2 Hours", "hours", "low", None, "0"),
    ("Less Than 2 Hours", "hours", "middle", None, "1"),
    ("Less Than 2 Hours", "hours", "high", None, "2"),
    ("PT40H", "hours", "middle", None, "40"),
    ("PT1H30M", "hours", "middle", None, "1.5"),
    ("P2W", "weeks", "middle", None, "2"),
    ("P1Y", "weeks", "middle", None, "52"),
    ("P1M", "weeks", "middle", None, "4.33"),
    ("P7DT0H", "weeks", "middle", None, "1"),
    ("1 - 4 Weeks", "weeks", "low", None, "1"),
    ("1 - 4 Weeks", "weeks", "middle", None, "2.5"),
    ("1 - 4 Weeks", "weeks", "high", None, "4"),
    ("3 - 6 Months", "weeks", "low", None, "13"),
    ("3–6 months", "weeks", "high", None, "26"),
    ("3 to 6 months", "weeks", "middle", None, "19.5"),
    ("approx. 3 weeks", "weeks", "middle", None, "3"),
    ("about 2 years", "weeks", "middle", None, "104"),
    ("7 days", "weeks", "middle", None, "1"),
    ("168 hours", "weeks", "middle", None, "1"),
    ("10 hours", "weeks", "middle", 5.0, "2"),
    ("1 - 4 Weeks", "hours", "middle", 5.0, "12.5"),
    ("6 months", "hours", "middle", 10.0, "260"),
]


@pytest.mark.parametrize(("text", "unit", "of", "weekly", "cell"), DURATIONS)
def test_durations(text: str, unit: str, of: str, weekly: float | None, cell: str) -> None:
    assert duration_cell(text, unit=unit, of=of, hours_per_week=weekly) == cell


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("soon", "is not a duration"),
        ("6 - 3 Months", "is not a duration"),
        ("less than 1 - 2 hours", "is not a duration"),
        ("more than 3 months", "is not a duration"),
        ("-2 hours", "is not a duration"),
        ("P", "is not a duration"),
        ("PT", "is not a duration"),
        ("PT1.2.3H", "is not a duration"),
        ("3 moons", "is not a duration"),
        ("3 weeks", "is calendar time, not hours of work"),
        ("P1M", "is calendar time, not hours of work"),
    ],
)
def test_what_is_no_duration_in_hours(text: str, words: str) -> None:
    with pytest.raises(InputError, match=words) as caught:
        duration_cell(text, unit="hours", of="middle", hours_per_week=None)
    assert caught.value.remedy


@pytest.mark.parametrize(
    ("text", "segments", "cell"),
    [
        ("", 1, ""),
        ("https://x.org/Learn/Python", 1, "python"),
        ("https://x.org/Learn/Python/?a=1#b", 2, "learn/python"),
        ("learn/python", 1, "python"),
        ("python", 1, "python"),
    ],
)
def test_slugs(text: str, segments: int, cell: str) -> None:
    assert slug_cell(text, segments) == cell


@pytest.mark.parametrize(("text", "segments"), [("https://x.org/", 1), ("https://x.org/a", 2), ("http://[x", 1)])
def test_what_has_no_slug(text: str, segments: int) -> None:
    with pytest.raises(InputError, match="has no path of"):
        slug_cell(text, segments)
