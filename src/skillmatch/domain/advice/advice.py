"""Recommendation: credentials for one person and role, with the reasons and what was left out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from skillmatch.domain.base import checks
from skillmatch.domain.base.answer import Status, Versions
from skillmatch.domain.base.display import AboutPerson
from skillmatch.domain.catalogue.credential import Basis


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


class ReasonKind(StrEnum):
    """What a reason is about: one skill that the credential teaches, or the fit of the credential as a whole."""

    SKILL = "skill"
    FIT = "fit"


@dataclass(frozen=True, slots=True)
class Reason:
    """One part of a score: a skill with the level before and after the credential, or the fit as a whole in words.

    The fit has no skill and no levels; its ``label`` is the whole reason, its ``probability`` how well it suits.
    """

    skill_id: str | None
    label: str
    contribution: float
    level_before: float | None
    level_after: float | None
    basis: Basis
    probability: float
    level_required: float | None = None
    kind: ReasonKind = ReasonKind.SKILL

    def to_json(self) -> dict[str, Any]:
        """The documented shape."""
        return {
            "kind": self.kind.value,
            "skill_id": self.skill_id,
            "label": self.label,
            "contribution": self.contribution,
            "level_before": self.level_before,
            "level_after": self.level_after,
            "level_required": self.level_required,
            "basis": self.basis.value,
            "probability": self.probability,
        }


@dataclass(frozen=True, slots=True)
class Chance:
    """How likely (0-1) it is that a credential works out: that it is completed, and reaches the level it leads to.

    ``low`` to ``high`` holds the probability of both together in 80 of 100 such cases.
    """

    completing: float
    reaching: float
    low: float
    high: float

    @property
    def both(self) -> float:
        """The probability that it is completed and reaches its level."""
        return self.completing * self.reaching

    def to_json(self) -> dict[str, Any]:
        """The documented shape."""
        return {"completing": self.completing, "reaching": self.reaching, "low": self.low, "high": self.high}


CERTAIN = Chance(1.0, 1.0, 1.0, 1.0)
"""What is sure to work out."""


@dataclass(frozen=True, slots=True)
class Recommendation:
    """One credential for one person and role; the contributions of its ``reasons`` add up exactly to ``score``.

    ``gain`` (0-1) is the coverage that it adds when it works out, ``closure`` what it adds on average, weighed with
    its ``chance``; ``low`` to ``high`` holds that average in 80 of 100 such cases. ``fresh`` is the part of the score
    that those above it in the list leave open, and what the list is ordered by.
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
    chance: Chance = CERTAIN
    closure: float = 0.0
    low: float = 0.0
    high: float = 0.0
    fresh: float = 0.0

    def to_json(self) -> dict[str, Any]:
        """The documented shape."""
        return {
            "credential_id": self.credential_id,
            "title": self.title,
            "issuer": self.issuer,
            "score": self.score,
            "gain": self.gain,
            "closure": self.closure,
            "low": self.low,
            "high": self.high,
            "fresh": self.fresh,
            "chance": self.chance.to_json(),
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
    PRIOR_LEARNING = "prior_learning"
    PREREQUISITE_MISSING = "prerequisite_missing"
    TOO_LONG = "too_long"
    TOO_EXPENSIVE = "too_expensive"
    OTHER_CURRENCY = "other_currency"
    WRONG_LANGUAGE = "wrong_language"
    EXPIRED = "expired"
    NOT_YET_ON_OFFER = "not_yet_on_offer"
    NO_COHORT = "no_cohort"
    NO_SEATS = "no_seats"
    DISPUTED = "disputed"


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
    """What a learner can give: None means no limit. ``languages`` empty means that any will do.

    ``weeks`` is how long one credential may take, at ``hours_per_week`` (0-168; the person's own when None) and by
    its own calendar.
    """

    hours: float | None = None
    cost: float | None = None
    languages: tuple[str, ...] = ()
    weeks: int | None = None
    hours_per_week: float | None = None

    def __post_init__(self) -> None:
        for value, field in ((self.hours, "hours"), (self.cost, "cost")):
            if value is not None:
                checks.number(value, field, least=0)
        if self.weeks is not None:
            checks.whole(self.weeks, "weeks", most=520)
        if self.hours_per_week is not None:
            checks.number(self.hours_per_week, "hours_per_week", least=0, most=168, unit="hours")


@dataclass(frozen=True, slots=True)
class NextStep:
    """The one thing to do next: a credential, when it is begun and done (None where no time was given), and why."""

    credential_id: str
    title: str
    start: date | None
    end: date | None
    detail: str

    def to_json(self) -> dict[str, Any]:
        """The documented shape."""
        return {
            "credential_id": self.credential_id,
            "title": self.title,
            "start": None if self.start is None else self.start.isoformat(),
            "end": None if self.end is None else self.end.isoformat(),
            "detail": self.detail,
        }


@dataclass(frozen=True, slots=True)
class WouldFit:
    """A requirement that a course would have to teach to be worth recommending: what a provider can be asked for."""

    skill_id: str
    label: str
    level: float

    def to_json(self) -> dict[str, Any]:
        """The documented shape."""
        return {"skill_id": self.skill_id, "label": self.label, "level": self.level}


@dataclass(frozen=True, repr=False)
class Advice(AboutPerson):
    """Recommendations for one person towards one role, best first, and what was left out.

    Where the status is ``nothing_fits``, ``would_fit`` says what a course would have to teach, the weightiest first.
    """

    person_id: str
    role_id: str
    role_title: str
    status: Status
    coverage: float
    recommendations: tuple[Recommendation, ...]
    excluded: tuple[Exclusion, ...]
    as_of: date
    versions: Versions
    next_step: NextStep | None = None
    would_fit: tuple[WouldFit, ...] = ()

    def told_of(self, who: str) -> str:
        count = len(self.recommendations)
        found = f"{count} recommendations" if count != 1 else "1 recommendation"
        if self.status is not Status.OK:
            found += f" ({self.status.value})"
        return f"{who} to {self.role_title}: {self.coverage:.0%} covered, {found}"

    def rows(self) -> Sequence[dict[str, Any]]:
        return [
            {
                "credential": item.title,
                "issuer": item.issuer,
                "score": item.score,
                "adds coverage": f"{item.gain:.1%}",
                "works out": f"{item.chance.both:.0%} ({item.chance.low:.0%} to {item.chance.high:.0%})",
                "hours": item.hours,
                "cost": item.cost,
                "currency": item.currency,
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
            "next_step": None if self.next_step is None else self.next_step.to_json(),
            "would_fit": [item.to_json() for item in self.would_fit],
            "as_of": self.as_of.isoformat(),
            "versions": self.versions.to_json(),
        }
