"""Translating levels between the scales that people use and our own 0-5, and saying what is lost on the way."""

from __future__ import annotations

import math
from itertools import pairwise
from typing import NamedTuple

from skillmatch.domain.base.levels import HIGHEST, KNOTS, LOWEST, Scale, check_level, to_canonical

STEPS: dict[Scale, float] = {
    Scale.CANONICAL: 0.0,
    Scale.ONET: 0.01,
}
"""The distance of two values that a scale tells apart; 1 where it is not named, 0 for any number."""

LOSS: dict[Scale, str] = {
    Scale.CANONICAL: "nothing is lost",
    Scale.ONE_TO_FOUR: "four steps are spread over 1-5 as if all were equally wide; none cannot be said",
    Scale.ONE_TO_FIVE: "the steps are ours; none cannot be said",
    Scale.ONE_TO_TEN: "the steps are ours, half a level each; none cannot be said",
    Scale.ONET: "the anchors differ from element to element, so levels compare within one element only",
    Scale.PERCENT: "the steps are taken for equally wide, which the owners of such marks rarely promise",
    Scale.EQF: "a level of a whole qualification stands in for one of a skill; none cannot be said",
    Scale.SFIA: "levels of responsibility are read as levels of skill, close together at the top; none cannot be said",
    Scale.THREE_BANDS: "a band holds levels that differ by one or more; none and expert cannot be said",
    Scale.FOUR_BANDS: "a band holds levels that differ by one or more; none cannot be said",
}
"""What a translation from each scale loses."""


class Translation(NamedTuple):
    """A level on the scale asked for, what it may stand for (``low`` to ``high``), and in words what is lost."""

    level: float
    low: float
    high: float
    loss: str


def translate(value: float, scale: Scale) -> Translation:
    """A value on ``scale`` as a level 0-5.

    ``low`` to ``high`` are the levels that would be rounded to the same value; the lowest value of a scale stands for
    all below it and the highest for all above. Raises ``InputError`` for a value off the scale.
    """
    level = to_canonical(value, scale)
    half = STEPS.get(scale, 1.0) / 2
    least, most = KNOTS[scale][0][0], KNOTS[scale][-1][0]
    if not half:
        return Translation(level, level, level, LOSS[scale])
    low = to_canonical(value - half, scale) if value - half > least else LOWEST
    high = to_canonical(value + half, scale) if value + half < most else HIGHEST
    return Translation(level, low, high, LOSS[scale])


def translate_back(level: float, scale: Scale) -> Translation:
    """A level 0-5 as the nearest value that ``scale`` can say, the lower of two that are as near.

    ``low`` and ``high`` are the two values between which the level lies; they are the same where it is said exactly,
    or lies off the end. Raises ``InputError`` for a level that is not one.
    """
    check_level(level)
    exact = _inverse(level, scale)
    step = STEPS.get(scale, 1.0)
    if not step:
        return Translation(exact, exact, exact, LOSS[scale])
    least, most = KNOTS[scale][0][0], KNOTS[scale][-1][0]
    steps = (exact - least) / step
    low = round(least + math.floor(steps + 1e-6) * step, 6)
    high = round(min(most, least + math.ceil(steps - 1e-6) * step), 6)
    return Translation(low if exact - low <= high - exact + 1e-9 else high, low, high, LOSS[scale])


def _inverse(level: float, scale: Scale) -> float:
    """The value on a scale, between its steps too, that is translated to a level; an end for what lies beyond it."""
    knots = KNOTS[scale]
    if level <= knots[0][1]:
        return float(knots[0][0])
    for (before, low), (after, high) in pairwise(knots):
        if level <= high:
            return before + (level - low) * (after - before) / (high - low)
    return float(knots[-1][0])
