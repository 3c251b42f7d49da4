"""Tier: what may be done with a match of words to a skill, given its probability and the kind of text around it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from skillmatch.domain.base import checks
from skillmatch.domain.base.errors import InputError


class Tier(StrEnum):
    """*Sure* counts; *likely* counts by its probability, marked, until confirmed; *unplaced* is kept as written."""

    SURE = "sure"
    LIKELY = "likely"
    UNPLACED = "unplaced"

    def reaches(self, least: Tier) -> bool:
        """Whether this tier is ``least`` or better."""
        return TIER_ORDER.index(self) <= TIER_ORDER.index(least)


TIER_ORDER = tuple(Tier)
"""Best first."""


class TextKind(StrEnum):
    """What kind of text words stand in; the same probability is not as good everywhere where errors cost unequally."""

    SKILL_LIST = "skill_list"  # one skill a line or cell: evidence, tags of courses, lists of CVs
    REQUIREMENT = "requirement"  # what a job asks for or has to be done in it
    PROSE = "prose"  # whatever else is said in sentences
    TITLE = "title"  # of a job or a course
    COURSE = "course"  # what a course says of itself


@dataclass(frozen=True, slots=True)
class Bounds:
    """The least probabilities (0-1) of a sure and of a likely match."""

    sure: float
    likely: float

    def __post_init__(self) -> None:
        checks.number(self.likely, "likely", least=0, most=1)
        checks.number(self.sure, "sure", least=self.likely, most=1)

    def tier(self, probability: float) -> Tier:
        """The tier of a match of this probability (0-1)."""
        if probability >= self.sure:
            return Tier.SURE
        return Tier.LIKELY if probability >= self.likely else Tier.UNPLACED


@dataclass(frozen=True, slots=True)
class TierBounds:
    """Bounds for every kind of text. Raises ``InputError`` when one is missing."""

    by_kind: Mapping[TextKind, Bounds]

    def __post_init__(self) -> None:
        if missing := [kind.value for kind in TextKind if kind not in self.by_kind]:
            raise InputError(f"has no bounds for {', '.join(missing)}.", field="by_kind")

    def tier(self, probability: float, kind: TextKind) -> Tier:
        """The tier of a match of this probability (0-1) in a text of this kind."""
        return self.by_kind[kind].tier(probability)
