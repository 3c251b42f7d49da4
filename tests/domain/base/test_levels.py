"""The scale 0-5, and how other scales are carried over to it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from skillmatch.domain.base.errors import InputError
from skillmatch.domain.base.levels import LEVEL_NAMES, Scale, parse_level, to_canonical

ENDS = {
    Scale.CANONICAL: (0, 5),
    Scale.ONE_TO_FOUR: (1, 4),
    Scale.ONE_TO_FIVE: (1, 5),
    Scale.ONE_TO_TEN: (1, 10),
    Scale.ONET: (0, 7),
    Scale.PERCENT: (1, 100),
    Scale.EQF: (1, 8),
    Scale.SFIA: (1, 7),
    Scale.THREE_BANDS: (1, 3),
    Scale.FOUR_BANDS: (1, 4),
}


@pytest.mark.parametrize(
    ("value", "scale", "level"),
    [
        (3, Scale.CANONICAL, 3),
        (0, Scale.CANONICAL, 0),
        (1, Scale.ONE_TO_FOUR, 1),  # 1-4 has no 0: its least is aware
        (2, Scale.ONE_TO_FOUR, 2.333333),  # 1 + 1 * 4/3
        (4, Scale.ONE_TO_FOUR, 5),
        (1, Scale.ONE_TO_FIVE, 1),
        (3, Scale.ONE_TO_FIVE, 3),
        (5, Scale.ONE_TO_FIVE, 5),
        (0, Scale.ONET, 0),
        (3.5, Scale.ONET, 2.5),
        (7, Scale.ONET, 5),
        (1, Scale.PERCENT, 0),
        (50.5, Scale.PERCENT, 2.5),
        (100, Scale.PERCENT, 5),
    ],
)
def test_a_level_on_another_scale(value, scale, level):
    assert to_canonical(value, scale) == level


def test_every_scale_has_ends():
    assert set(ENDS) == set(Scale)


@pytest.mark.parametrize("scale", Scale)
def test_what_lies_off_a_scale_is_refused(scale):
    least, most = ENDS[scale]
    for value in (least - 0.01, most + 0.01, float("nan"), float("inf")):
        with pytest.raises(InputError, match="on the scale"):
            to_canonical(value, scale)


@given(st.sampled_from(Scale), st.floats(0, 1), st.floats(0, 1))
def test_who_is_higher_on_a_scale_is_no_lower_on_ours(scale, one, two):
    least, most = ENDS[scale]
    low, high = (to_canonical(least + (most - least) * part, scale) for part in sorted((one, two)))
    assert 0 <= low <= high <= 5


@pytest.mark.parametrize(
    ("given_text", "scale", "level"),
    [
        ("3", Scale.CANONICAL, 3),
        (" 3.5 ", Scale.CANONICAL, 3.5),
        ("+3.", Scale.CANONICAL, 3),
        (".5", Scale.CANONICAL, 0.5),
        ("3,5", Scale.CANONICAL, 3.5),  # as half of Europe writes it
        ("70", Scale.PERCENT, 3.484848),  # 69/99 of 5
        ("Independent", Scale.CANONICAL, 3),
        ("EXPERT", Scale.ONE_TO_FOUR, 5),  # a name is one whatever the scale
        ("none", Scale.PERCENT, 0),
        ("beginner", Scale.CANONICAL, 2),
        ("Intermediate", Scale.CANONICAL, 3),
        ("advanced", Scale.CANONICAL, 4),
        ("mixed", Scale.CANONICAL, 2),
    ],
)
def test_a_level_in_a_cell(given_text, scale, level):
    assert parse_level(given_text, scale) == level


@pytest.mark.parametrize("level", range(6))
def test_the_names_are_those_of_the_scale(level):
    assert parse_level(LEVEL_NAMES[level]) == level


@pytest.mark.parametrize("given_text", ["", "high", "3/5", "3 of 5", "--", "6", "-1"])
def test_what_is_no_level(given_text):
    with pytest.raises(InputError) as caught:
        parse_level(given_text)
    assert caught.value.place.field == "level"
    assert "0-5" in str(caught.value)


@pytest.mark.parametrize("given_text", ["0_3", "1e0", "1e400", "nan", "inf", "-inf", "infinity", ".", "", "3 5"])
def test_what_is_no_number_is_no_level(given_text):
    with pytest.raises(InputError, match="is not a level"):
        parse_level(given_text)
