"""The canonical proficiency scale, 0-5, on which every level in skillmatch is expressed."""

from __future__ import annotations

import re
from enum import StrEnum

from skillmatch.domain import checks
from skillmatch.domain.errors import InputError

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
    """Scales that levels may arrive in; the loss of each translation is stated in :func:`to_canonical`."""

    CANONICAL = "0-5"
    ONE_TO_FOUR = "1-4"
    ONE_TO_FIVE = "1-5"
    ONET = "onet-0-7"
    PERCENT = "1-100"


_RANGES: dict[Scale, tuple[float, float, float, float]] = {
    # scale: its least and most, and the canonical levels that these two stand for
    Scale.CANONICAL: (0, 5, 0, 5),
    Scale.ONE_TO_FOUR: (1, 4, 1, 5),
    Scale.ONE_TO_FIVE: (1, 5, 1, 5),
    Scale.ONET: (0, 7, 0, 5),
    Scale.PERCENT: (1, 100, 0, 5),
}


def check_level(value: float, field: str = "level", *, least: float = LOWEST) -> None:
    """Require a level on the canonical scale."""
    checks.number(value, field, least=least, most=HIGHEST, unit="on the scale 0-5")


def to_canonical(value: float, scale: Scale) -> float:
    """Translate a level to 0-5 by a straight line between the ends of the scales.

    Lossless for 1-5 (level 0 cannot be said there). 1-4 and 1-100 assume equally wide steps, which their
    owners rarely promise; O*NET's 0-7 anchors differ by element, so its result is comparable within an
    element only. Raises ``InputError`` for a value off its scale.
    """
    least, most, low, high = _RANGES[scale]
    checks.number(value, "level", least=least, most=most, unit=f"on the scale {scale.value}")
    return round(low + (value - least) * (high - low) / (most - least), 6)


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
