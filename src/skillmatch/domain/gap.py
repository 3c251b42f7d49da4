"""Profile and gap: what a person can do on a day, held against what a role asks for."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Any

from skillmatch.domain import checks
from skillmatch.domain.answer import Status, Versions
from skillmatch.domain.levels import check_level
from skillmatch.domain.person import Evidence
from skillmatch.domain.role import Requirement
from skillmatch.domain.table import Tabular


@dataclass(frozen=True, slots=True)
class Attainment:
    """What the evidence for one skill adds up to: a level (0-5), how far to trust it (0-1), and what it rests on."""

    skill_id: str
    level: float
    confidence: float
    evidence: tuple[Evidence, ...]

    def __post_init__(self) -> None:
        check_level(self.level)
        checks.number(self.confidence, "confidence", least=0, most=1)


@dataclass(frozen=True)
class Profile:
    """What a person can do on ``as_of``; derived, never stored. A skill that is not in it is unknown, not absent."""

    person_id: str
    as_of: date
    attainments: dict[str, Attainment] = field(default_factory=dict)

    def level_of(self, skill_id: str) -> float | None:
        """The level attained (0-5), or None when nothing is known."""
        attainment = self.attainments.get(skill_id)
        return None if attainment is None else attainment.level


class GapState(StrEnum):
    """Where a person stands with one requirement. ``missing`` is known to be absent; ``unknown`` is not known."""

    MET = "met"
    EXCEEDS = "exceeds"
    PARTIAL = "partial"
    MISSING = "missing"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class GapItem:
    """One requirement held against the profile; ``attained`` is None exactly when the state is unknown."""

    requirement: Requirement
    label: str
    attained: float | None
    state: GapState
    evidence: tuple[Evidence, ...] = ()

    @property
    def shortfall(self) -> float:
        """Levels still wanted (0-5); everything that is required when nothing is known."""
        return max(0.0, self.requirement.level - (self.attained or 0.0))

    def to_json(self) -> dict[str, Any]:
        """The documented shape."""
        return {
            "skill_id": self.requirement.skill_id,
            "label": self.label,
            "required": self.requirement.level,
            "attained": self.attained,
            "weight": self.requirement.weight,
            "essential": self.requirement.essential,
            "state": self.state.value,
            "evidence": [
                {
                    "source": piece.source.value,
                    "level": piece.level,
                    "on": piece.on.isoformat(),
                    "confidence": piece.confidence,
                    "note": piece.note,
                }
                for piece in self.evidence
            ],
        }


@dataclass(frozen=True, repr=False)
class Gap(Tabular):
    """A role minus a profile. ``coverage`` (0-1) is the weighted share of the required levels that is attained."""

    person_id: str
    role_id: str
    role_title: str
    status: Status
    coverage: float
    items: tuple[GapItem, ...]
    as_of: date
    versions: Versions

    def count(self, state: GapState) -> int:
        """How many requirements are in a state."""
        return sum(item.state is state for item in self.items)

    def headline(self) -> str:
        if not self.items:
            return f"{self.person_id} to {self.role_title}: insufficient data, the role has no requirements"
        counts = ", ".join(f"{self.count(state)} {state.value}" for state in GapState if self.count(state))
        return f"{self.person_id} to {self.role_title}: {self.coverage:.0%} covered ({counts})"

    def rows(self) -> Sequence[dict[str, Any]]:
        return [
            {
                "skill": item.label,
                "state": item.state.value,
                "required": item.requirement.level,
                "attained": item.attained,
                "weight": item.requirement.weight,
                "essential": item.requirement.essential,
                "evidence": [f"{piece.source.value} {piece.on}" for piece in item.evidence],
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
            "coverage": self.coverage,
            "items": [item.to_json() for item in self.items],
            "as_of": self.as_of.isoformat(),
            "versions": self.versions.to_json(),
        }
