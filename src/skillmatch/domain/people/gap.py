"""Gap: what a person can do on a day, held against what a role asks for."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from skillmatch.domain.base.answer import Status, Versions
from skillmatch.domain.base.display import AboutPerson, shown
from skillmatch.domain.people.attainment import Attainment, Ignored, Kin, Profile, Through
from skillmatch.domain.people.person import UNDATED, Evidence, stated_day
from skillmatch.domain.people.question import Question
from skillmatch.domain.roles.role import Requirement

__all__ = ["Attainment", "Gap", "GapItem", "GapState", "Ignored", "Kin", "Profile", "Through"]


class GapState(StrEnum):
    """Where a person stands with one requirement. ``missing`` is known to be absent; ``unknown`` is not known."""

    MET = "met"
    EXCEEDS = "exceeds"
    PARTIAL = "partial"
    MISSING = "missing"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class GapItem:
    """One requirement held against the profile; ``attained`` is None exactly when the state is unknown.

    ``attained`` is the mean; the true level lies from ``low`` to ``high`` with a probability of 80 %, ``levels``
    holds the probability of each whole level 0 to 5, and ``chance`` (0-1) is the probability that the requirement is
    met. ``through`` names the skill that stands in for the required one; ``question`` is the cheapest one that would
    settle what is not sure.
    """

    requirement: Requirement
    label: str
    attained: float | None
    state: GapState
    evidence: tuple[Evidence, ...] = ()
    low: float | None = None
    high: float | None = None
    levels: tuple[float, ...] = ()
    chance: float | None = None
    thin: bool = False
    contradictory: bool = False
    weights: tuple[float, ...] = ()
    through: Through | None = None
    question: Question | None = None

    @property
    def shortfall(self) -> float:
        """Levels still wanted (0-5); everything that is required when nothing is known."""
        return max(0.0, self.requirement.level - (self.attained or 0.0))

    def rests_on(self) -> str:
        """In a few words the newest piece of evidence and how many more there are, and what is doubtful about them."""
        if not self.evidence:
            return "none"
        latest = max(self.evidence, key=lambda piece: piece.on)
        more = f" (+{len(self.evidence) - 1})" if len(self.evidence) > 1 else ""
        if self.through is not None:
            said = f"from {self.through.label} ({self.through.kin.value})"
        else:
            said = f"{latest.source.value} {stated_day(latest.on) or '(undated)'}{more}"
        return said + (", thin" if self.thin else "") + (", contradictory" if self.contradictory else "")

    def to_json(self) -> dict[str, Any]:
        """The documented shape."""
        weights = self.weights or (0.0,) * len(self.evidence)
        return {
            "skill_id": self.requirement.skill_id,
            "label": self.label,
            "required": self.requirement.level,
            "attained": self.attained,
            "low": self.low,
            "high": self.high,
            "levels": list(self.levels),
            "chance": self.chance,
            "weight": self.requirement.weight,
            "essential": self.requirement.essential,
            "state": self.state.value,
            "thin": self.thin,
            "contradictory": self.contradictory,
            "through": None if self.through is None else self.through.to_json(),
            "question": None if self.question is None else self.question.to_json(),
            "evidence": [
                {
                    "source": piece.source.value,
                    "level": piece.level,
                    "on": None if piece.on == UNDATED else piece.on.isoformat(),
                    "confidence": piece.confidence,
                    "weight": weight,
                    "note": piece.note,
                }
                for piece, weight in zip(self.evidence, weights, strict=True)
            ],
        }


@dataclass(frozen=True, repr=False)
class Gap(AboutPerson):
    """A role minus a profile. ``coverage`` (0-1) is the weighted share of the required levels that is attained.

    ``is_current_role``: the role is the one that the person has today, so the gap is one to the job they do.
    """

    person_id: str
    role_id: str
    role_title: str
    status: Status
    coverage: float
    items: tuple[GapItem, ...]
    as_of: date
    versions: Versions
    is_current_role: bool = False

    def count(self, state: GapState) -> int:
        """How many requirements are in a state."""
        return sum(item.state is state for item in self.items)

    def told_of(self, who: str) -> str:
        if not self.items:
            return f"{who} to {self.role_title}: insufficient data, the role has no requirements"
        counts = ", ".join(f"{self.count(state)} {state.value}" for state in GapState if self.count(state))
        now = ", the role they have today" if self.is_current_role else ""
        end = ", nothing to close" if self.status is Status.NOTHING_TO_CLOSE else ""
        return f"{who} to {self.role_title}{now}: {self.coverage:.0%} covered ({counts}){end}"

    def rows(self) -> Sequence[dict[str, Any]]:
        return [
            {
                "skill": item.label,
                "state": item.state.value,
                "required": item.requirement.level,
                "attained": item.attained,
                "80 % between": "" if item.low is None else f"{shown(item.low)} and {shown(item.high)}",
                "weight": item.requirement.weight,
                "essential": item.requirement.essential,
                "evidence": item.rests_on(),
                "ask": "" if item.question is None else item.question.text,
            }
            for item in self.items
        ]

    def to_json(self) -> dict[str, Any]:
        """The documented shape."""
        return {
            "person": self.person_id,
            "role": self.role_id,
            "role_title": self.role_title,
            "status": self.status.value,
            "is_current_role": self.is_current_role,
            "coverage": self.coverage,
            "items": [item.to_json() for item in self.items],
            "as_of": self.as_of.isoformat(),
            "versions": self.versions.to_json(),
        }
