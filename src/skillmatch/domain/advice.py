"""Recommendation: credentials for one person and role, with the reasons and what was left out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from skillmatch.domain import checks
from skillmatch.domain.answer import Status, Versions
from skillmatch.domain.credential import Basis
from skillmatch.domain.table import Tabular


@dataclass(frozen=True, slots=True)
class Preference:
    """How dear time and money are: a credential's gain is divided by ``1 + hours/hours_scale + cost/cost_scale``.

    A smaller scale makes that effort weigh more; None takes it out. Defaults: 40 hours or 1,000 (in the
    catalogue's currency) halve the worth of the same gain.
    """

    hours_scale: float | None = 40.0
    cost_scale: float | None = 1_000.0

    def __post_init__(self) -> None:
        for value, field in ((self.hours_scale, "hours_scale"), (self.cost_scale, "cost_scale")):
            if value is not None:
                checks.number(value, field, least=0.000001)


@dataclass(frozen=True, slots=True)
class Reason:
    """One skill's part in a score: the level before and after the credential, and what that adds."""

    skill_id: str
    label: str
    contribution: float
    level_before: float | None
    level_after: float
    basis: Basis
    probability: float

    def to_json(self) -> dict[str, Any]:
        """The documented shape."""
        return {
            "skill_id": self.skill_id,
            "label": self.label,
            "contribution": self.contribution,
            "level_before": self.level_before,
            "level_after": self.level_after,
            "basis": self.basis.value,
            "probability": self.probability,
        }


@dataclass(frozen=True, slots=True)
class Recommendation:
    """One credential for one person and role; the contributions of its ``reasons`` add up exactly to ``score``.

    ``gain`` (0-1) is the coverage that it is expected to add, before effort is taken into account.
    """

    credential_id: str
    title: str
    issuer: str
    score: float
    gain: float
    hours: float | None
    cost: float | None
    currency: str
    reasons: tuple[Reason, ...]

    def to_json(self) -> dict[str, Any]:
        """The documented shape."""
        return {
            "credential_id": self.credential_id,
            "title": self.title,
            "issuer": self.issuer,
            "score": self.score,
            "gain": self.gain,
            "hours": self.hours,
            "cost": self.cost,
            "currency": self.currency,
            "reasons": [reason.to_json() for reason in self.reasons],
        }


class ExclusionReason(StrEnum):
    """Why a credential that would close part of the gap was left out."""

    HELD = "held"
    IN_PROGRESS = "in_progress"
    EQUIVALENT_HELD = "equivalent_held"
    PREREQUISITE_MISSING = "prerequisite_missing"
    TOO_LONG = "too_long"
    TOO_EXPENSIVE = "too_expensive"
    WRONG_LANGUAGE = "wrong_language"
    EXPIRED = "expired"
    NOT_YET_ON_OFFER = "not_yet_on_offer"
    NO_COHORT = "no_cohort"
    NO_SEATS = "no_seats"


@dataclass(frozen=True, slots=True)
class Exclusion:
    """A credential left out, why, and the particulars that a person can check or change."""

    credential_id: str
    title: str
    reason: ExclusionReason
    detail: str

    def to_json(self) -> dict[str, Any]:
        """The documented shape."""
        return {
            "credential_id": self.credential_id,
            "title": self.title,
            "reason": self.reason.value,
            "detail": self.detail,
        }


@dataclass(frozen=True, slots=True)
class Limits:
    """What a learner can give: None means no limit. ``languages`` empty means that any will do."""

    hours: float | None = None
    cost: float | None = None
    languages: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        for value, field in ((self.hours, "hours"), (self.cost, "cost")):
            if value is not None:
                checks.number(value, field, least=0)


@dataclass(frozen=True, repr=False)
class Advice(Tabular):
    """Recommendations for one person towards one role, best first, and what was left out."""

    person_id: str
    role_id: str
    role_title: str
    status: Status
    coverage: float
    recommendations: tuple[Recommendation, ...]
    excluded: tuple[Exclusion, ...]
    as_of: date
    versions: Versions

    def headline(self) -> str:
        count = len(self.recommendations)
        found = f"{count} recommendations" if count != 1 else "1 recommendation"
        if self.status is not Status.OK:
            found += f" ({self.status.value})"
        return f"{self.person_id} to {self.role_title}: {self.coverage:.0%} covered, {found}"

    def rows(self) -> Sequence[dict[str, Any]]:
        return [
            {
                "credential": item.title,
                "issuer": item.issuer,
                "score": item.score,
                "adds coverage": f"{item.gain:.1%}",
                "hours": item.hours,
                "cost": item.cost,
                "why": [f"{reason.label} +{reason.contribution:.4f}" for reason in item.reasons],
            }
            for item in self.recommendations
        ]

    def to_json(self) -> dict[str, Any]:
        """The documented shape."""
        return {
            "person": self.person_id,
            "role": self.role_id,
            "role_title": self.role_title,
            "status": self.status.value,
            "coverage": self.coverage,
            "recommendations": [item.to_json() for item in self.recommendations],
            "excluded": [item.to_json() for item in self.excluded],
            "as_of": self.as_of.isoformat(),
            "versions": self.versions.to_json(),
        }
