"""Tiers: what a calibrated probability allows, by the kind of text."""

import pytest

from skillmatch.domain.base.errors import InputError
from skillmatch.domain.text.tier import Bounds, TextKind, Tier, TierBounds


def test_a_probability_falls_into_one_of_three_tiers() -> None:
    bounds = Bounds(sure=0.8, likely=0.4)
    assert [bounds.tier(value) for value in (1.0, 0.8, 0.79, 0.4, 0.39, 0.0)] == [
        Tier.SURE,
        Tier.SURE,
        Tier.LIKELY,
        Tier.LIKELY,
        Tier.UNPLACED,
        Tier.UNPLACED,
    ]


def test_the_kind_of_text_decides_which_bounds_hold() -> None:
    strict, mild = Bounds(0.9, 0.7), Bounds(0.6, 0.3)
    tiers = TierBounds({kind: mild if kind is TextKind.SKILL_LIST else strict for kind in TextKind})
    assert tiers.tier(0.65, TextKind.SKILL_LIST) is Tier.SURE
    assert tiers.tier(0.65, TextKind.PROSE) is Tier.UNPLACED


def test_a_tier_reaches_those_below_it() -> None:
    assert Tier.SURE.reaches(Tier.LIKELY)
    assert Tier.LIKELY.reaches(Tier.LIKELY)
    assert not Tier.UNPLACED.reaches(Tier.LIKELY)


def test_bounds_that_make_no_sense_are_refused() -> None:
    with pytest.raises(InputError, match="sure"):
        Bounds(sure=0.3, likely=0.4)
    with pytest.raises(InputError, match="prose"):
        TierBounds({kind: Bounds(0.8, 0.4) for kind in TextKind if kind is not TextKind.PROSE})
