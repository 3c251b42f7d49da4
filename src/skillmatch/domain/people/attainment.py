"""Attainment and profile: what the evidence about a person adds up to on a day, and how sure that is."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from itertools import pairwise
from math import erf, sqrt
from typing import Any

from skillmatch.domain.base import checks
from skillmatch.domain.base.errors import InputError
from skillmatch.domain.base.levels import HIGHEST, LEVEL_NAMES, LOWEST, check_level
from skillmatch.domain.people.person import UNDATED, Evidence

CERTAIN = 1e-9
"""A deviation below this is none: the level is taken as known."""


class Kin(StrEnum):
    """How the skill that stands in for another one is related to it."""

    SAME = "same"
    NARROWER = "narrower"
    BROADER = "broader"
    NEIGHBOUR = "neighbour"


@dataclass(frozen=True, slots=True)
class Through:
    """The skill that stands in for a required one: the same under another id, a narrower, a broader or a neighbour.

    ``level`` (0-5) is what the person has of that skill, ``transfer`` (0-1) the share of it that carries over: 1 where
    it shows the required one (the same, or narrower ones enough), less where it only explains a part of it.
    """

    skill_id: str
    label: str
    kin: Kin
    level: float
    transfer: float

    def to_json(self) -> dict[str, Any]:
        """The documented shape."""
        return {
            "skill_id": self.skill_id,
            "label": self.label,
            "kin": self.kin.value,
            "level": self.level,
            "transfer": self.transfer,
        }


@dataclass(frozen=True, slots=True)
class Attainment:
    """What the evidence for one skill adds up to: a level (0-5), how far to trust it (0-1), and what it rests on.

    ``level`` is the mean and ``deviation`` the standard deviation, in levels, of a normal distribution whose ends
    are folded back on 0 and 5. ``levels`` holds the probability of each whole level 0 to 5 (they sum to 1); the true
    level lies from ``low`` to ``high`` with a probability of 80 %. ``thin``: one weak piece is all there is.
    ``contradictory``: pieces differ by more than their sources explain, and the interval is widened for it.
    ``weights`` says how much each piece counts, in their order: 1 is a fresh examination, 0 nothing. ``through``
    names the skill that this is inferred from, if it is not shown by evidence of its own.
    """

    skill_id: str
    level: float
    confidence: float
    evidence: tuple[Evidence, ...]
    levels: tuple[float, ...] = ()  # worked out from level and deviation where it is not given
    low: float = -1.0  # stands for the level itself
    high: float = -1.0
    deviation: float = 0.0
    thin: bool = False
    contradictory: bool = False
    weights: tuple[float, ...] = ()
    through: Through | None = None

    def __post_init__(self) -> None:
        check_level(self.level)
        checks.number(self.confidence, "confidence", least=0, most=1)
        checks.number(self.deviation, "deviation", least=0)
        if not self.levels:
            object.__setattr__(self, "levels", whole_levels(self.level, self.deviation))
        if self.low < 0:
            object.__setattr__(self, "low", self.level)
        if self.high < 0:
            object.__setattr__(self, "high", self.level)
        if len(self.levels) != len(LEVEL_NAMES) or not 0.999 <= sum(self.levels) <= 1.001:
            raise InputError("must be the probabilities of the levels 0 to 5, which sum to 1.", field="levels")
        if not LOWEST <= self.low <= self.level <= self.high <= HIGHEST:
            raise InputError("must hold the level between its two ends.", field="low")

    def chance_of(self, level: float) -> float:
        """The probability (0-1) that the true level is at least ``level``."""
        return chance_of(level, self.level, self.deviation)


def chance_of(level: float, mean: float, deviation: float) -> float:
    """The probability (0-1) that a normal value reaches ``level``; everything reaches 0."""
    if level <= LOWEST:
        return 1.0
    if deviation < CERTAIN:
        return 1.0 if mean >= level else 0.0
    return 0.5 + 0.5 * erf((mean - level) / (deviation * sqrt(2.0)))


def whole_levels(mean: float, deviation: float) -> tuple[float, ...]:
    """The probabilities of the whole levels 0 to 5; below 0 counts as 0, above 5 as 5.

    Without a deviation the level is divided over its two neighbours, so that their mean is the level.
    """
    if deviation < CERTAIN:
        below = min(int(mean), len(LEVEL_NAMES) - 2)
        return tuple(max(0.0, 1.0 - abs(mean - n)) if n in (below, below + 1) else 0.0 for n in range(6))
    scale = deviation * sqrt(2.0)
    reached = [0.0, *(0.5 + 0.5 * erf((n + 0.5 - mean) / scale) for n in range(5)), 1.0]
    return tuple(round(high - low, 6) + 0.0 for low, high in pairwise(reached))


class SetAside(StrEnum):
    """Why a piece of evidence does not count on a day."""

    EXPIRED = "expired"
    IN_FUTURE = "in_future"
    NO_CONFIDENCE = "no_confidence"
    TOO_OLD = "too_old"
    DISPUTED = "disputed"  # an objection of the person was upheld


@dataclass(frozen=True, slots=True)
class Ignored:
    """A piece of evidence that does not count on the profile's day, and why."""

    evidence: Evidence
    reason: SetAside

    def to_json(self) -> dict[str, Any]:
        """The documented shape."""
        return {
            "skill_id": self.evidence.skill_id,
            "source": self.evidence.source.value,
            "level": self.evidence.level,
            "on": None if self.evidence.on == UNDATED else self.evidence.on.isoformat(),
            "expires": None if self.evidence.expires is None else self.evidence.expires.isoformat(),
            "reason": self.reason.value,
        }


@dataclass(frozen=True)
class Profile:
    """What a person can do on ``as_of``; derived, never stored. A skill that is not in it is unknown, not absent.

    ``ignored`` holds the evidence that does not count on that day.
    """

    person_id: str
    as_of: date
    attainments: dict[str, Attainment] = field(default_factory=dict)
    ignored: tuple[Ignored, ...] = ()

    def level_of(self, skill_id: str) -> float | None:
        """The level attained (0-5), or None when nothing is known."""
        attainment = self.attainments.get(skill_id)
        return None if attainment is None else attainment.level


@dataclass(frozen=True, slots=True)
class RelatedSkill:
    """A skill beside another one. ``transfer`` (0-1) is the share of its level to be expected in the other one."""

    skill_id: str
    label: str
    kin: Kin
    transfer: float

    def to_json(self) -> dict[str, Any]:
        """The documented shape."""
        return {
            "skill_id": self.skill_id,
            "label": self.label,
            "kin": self.kin.value,
            "transfer": self.transfer,
        }
