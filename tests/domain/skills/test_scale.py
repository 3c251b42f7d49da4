"""Levels go to other scales and come back; what is lost on the way is told."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from skillmatch.domain.base.errors import InputError
from skillmatch.domain.base.levels import BAND_NAMES, KNOTS, Scale, parse_level
from skillmatch.domain.skills.scale import LOSS, STEPS, translate, translate_back

SAID = {scale: [knots[0][0] + n for n in range(int(knots[-1][0] - knots[0][0]) + 1)] for scale, knots in KNOTS.items()}
"""The whole values of each scale."""


@pytest.mark.parametrize(
    ("value", "scale", "level", "low", "high"),
    [
        (3, Scale.CANONICAL, 3, 3, 3),
        (3, Scale.ONE_TO_FIVE, 3, 2.5, 3.5),
        (1, Scale.ONE_TO_FIVE, 1, 0, 1.5),  # none cannot be said, so the lowest stands for it too
        (4, Scale.ONE_TO_FOUR, 5, 4.333333, 5),
        (4, Scale.EQF, 3, 2.625, 3.25),
        (3, Scale.SFIA, 3, 2.5, 3.375),
        (7, Scale.SFIA, 5, 4.875, 5),
        (2, Scale.THREE_BANDS, 3, 2.5, 3.5),
        (3, Scale.THREE_BANDS, 4, 3.5, 5),
        (100, Scale.PERCENT, 5, 4.974747, 5),
    ],
)
def test_a_value_and_what_it_may_stand_for(value, scale, level, low, high):
    found = translate(value, scale)
    assert (found.level, found.low, found.high) == pytest.approx((level, low, high), abs=1e-5)
    assert found.loss == LOSS[scale]


@pytest.mark.parametrize(
    ("level", "scale", "value", "low", "high"),
    [
        (3, Scale.EQF, 4, 4, 4),
        (2.5, Scale.ONE_TO_FIVE, 2, 2, 3),  # as near to both: the lower one promises nothing
        (0, Scale.ONE_TO_FIVE, 1, 1, 1),
        (5, Scale.THREE_BANDS, 3, 3, 3),
        (2.5, Scale.ONET, 3.5, 3.5, 3.5),
        (3.3, Scale.CANONICAL, 3.3, 3.3, 3.3),
    ],
)
def test_a_level_on_another_scale(level, scale, value, low, high):
    assert translate_back(level, scale)[:3] == pytest.approx((value, low, high))


def test_every_scale_says_what_is_lost():
    assert set(LOSS) == set(KNOTS) == set(Scale)
    assert set(STEPS) <= set(Scale)


@pytest.mark.parametrize("scale", Scale)
def test_every_value_comes_back(scale):
    for value in SAID[scale]:
        assert translate_back(translate(value, scale).level, scale).level == value


@given(st.sampled_from(Scale), st.floats(0, 5))
def test_a_level_comes_back_as_near_as_the_scale_can_say(scale, level):
    found = translate(translate_back(level, scale).level, scale)
    assert found.low - 1e-5 <= level <= found.high + 1e-5


@given(st.sampled_from(Scale), st.floats(0, 5), st.floats(0, 5))
def test_who_is_higher_is_never_lower_elsewhere(scale, one, other):
    low, high = (translate_back(level, scale).level for level in sorted((one, other)))
    assert low <= high


@pytest.mark.parametrize("scale", Scale)
def test_neighbours_share_their_ends_and_cover_all_levels(scale):
    if STEPS.get(scale, 1.0) != 1.0:
        return
    found = [translate(value, scale) for value in SAID[scale]]
    assert (found[0].low, found[-1].high) == (0, 5)
    for before, after in pairwise(found):
        assert before.high == pytest.approx(after.low)
        assert before.low <= before.level <= before.high


@pytest.mark.parametrize("scale", Scale)
def test_what_is_off_a_scale_is_refused(scale):
    for value in (KNOTS[scale][0][0] - 0.1, KNOTS[scale][-1][0] + 0.1, float("nan")):
        with pytest.raises(InputError):
            translate(value, scale)
    with pytest.raises(InputError):
        translate_back(5.1, scale)


@pytest.mark.parametrize("scale", BAND_NAMES)
def test_a_band_means_the_same_by_name_and_by_number(scale):
    for number, name in enumerate(BAND_NAMES[scale], start=1):
        assert parse_level(name) == parse_level(name.title(), scale) == parse_level(str(number), scale)
