"""The canonical proficiency scale, 0-5, on which every level in skillmatch is expressed."""

from __future__ import annotations

import re
from enum import StrEnum
from itertools import pairwise

from skillmatch.domain.base import checks
from skillmatch.domain.base.errors import InputError

LOWEST = 0.0
HIGHEST = 5.0
LEVEL_NAMES = ("none", "aware", "basic", "independent", "advanced", "expert")

# What float() reads besides (1e0, 0_3, nan) is a slip of the pen in a cell.
_NUMBER = re.compile(r"[+-]?(?:[0-9]+\.?[0-9]*|\.[0-9]+)")
_WORDS = {name: float(level) for level, name in enumerate(LEVEL_NAMES)} | {
    "beginner": 2.0,
    "intermediate": 3.0,
    "mixed": 2.0,
}


class Scale(StrEnum):
    """Scales that levels may arrive in; what each translation loses is told by ``domain.skills.scale.translate``."""

    CANONICAL = "0-5"
    ONE_TO_FOUR = "1-4"
    ONE_TO_FIVE = "1-5"
    ONE_TO_TEN = "1-10"
    ONET = "onet-0-7"
    PERCENT = "1-100"
    EQF = "eqf-1-8"
    SFIA = "sfia-1-7"
    THREE_BANDS = "3-bands"
    FOUR_BANDS = "4-bands"


KNOTS: dict[Scale, tuple[tuple[float, float], ...]] = {
    Scale.CANONICAL: ((0, 0), (5, 5)),
    Scale.ONE_TO_FOUR: ((1, 1), (4, 5)),
    Scale.ONE_TO_FIVE: ((1, 1), (5, 5)),
    Scale.ONE_TO_TEN: ((1, 0.5), (10, 5)),
    Scale.ONET: ((0, 0), (7, 5)),
    Scale.PERCENT: ((1, 0), (100, 5)),
    Scale.EQF: ((1, 1), (2, 1.5), (3, 2.25), (4, 3), (5, 3.5), (6, 4), (7, 4.5), (8, 5)),
    Scale.SFIA: ((1, 1), (2, 2), (3, 3), (4, 3.75), (5, 4.25), (6, 4.75), (7, 5)),
    Scale.THREE_BANDS: ((1, 2), (3, 4)),
    Scale.FOUR_BANDS: ((1, 2), (4, 5)),
}
"""For each scale values with the level 0-5 that each stands for; between two of them a straight line. All are our
reading of what the scales say in words: EQF 4 and SFIA 3 are where somebody works independently."""

BAND_NAMES: dict[Scale, tuple[str, ...]] = {
    Scale.THREE_BANDS: ("beginner", "intermediate", "advanced"),
    Scale.FOUR_BANDS: ("beginner", "intermediate", "advanced", "expert"),
}
"""The names of bands, lowest first; they mean the same in a cell without a scale."""


def check_level(value: float, field: str = "level", *, least: float = LOWEST) -> None:
    """Require a level on the canonical scale."""
    checks.number(value, field, least=least, most=HIGHEST, unit="on the scale 0-5")


def to_canonical(value: float, scale: Scale) -> float:
    """Translate a level to 0-5, along the straight lines between the ``KNOTS`` of its scale.

    Raises ``InputError`` for a value off its scale.
    """
    knots = KNOTS[scale]
    checks.number(value, "level", least=knots[0][0], most=knots[-1][0], unit=f"on the scale {scale.value}")
    for (before, low), (after, high) in pairwise(knots):
        if value <= after:
            return round(low + (value - before) * (high - low) / (after - before), 6)
    return float(knots[-1][1])  # never reached: the check above holds the value within the knots


def parse_level(given: str, scale: Scale = Scale.CANONICAL) -> float:
    """Read a level from a cell: a number on ``scale``, a level name, or beginner / intermediate / advanced.

    ``mixed`` counts as basic (2), the level that a course open to all promises.
    """
    word = given.strip().lower()
    if word in _WORDS:
        return _WORDS[word]
    number = word.replace(",", ".")
    if not _NUMBER.fullmatch(number):
        raise InputError(
            f"'{given[:40]}' is not a level.",
            field="level",
            remedy=f"Use a number on the scale {scale.value} or one of {', '.join(LEVEL_NAMES)}.",
        )
    return to_canonical(float(number), scale)
