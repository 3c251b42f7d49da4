"""The shape of advice: recommendations with their reasons, and what was left out."""

from __future__ import annotations

from datetime import date

from pydantic import Field

from skillmatch.api.schemas.envelope import Judged, Shape
from skillmatch.domain.advice.advice import ExclusionReason, ReasonKind
from skillmatch.domain.catalogue.credential import Basis


class Reason(Shape):
    """One part of a score, a skill or the fit as a whole; all contributions add up exactly to the score."""

    kind: ReasonKind = Field(description="A skill that is taught, or the fit of the whole", examples=["skill"])
    skill_id: str | None = Field(description="Null for the fit", examples=["transversal.communication"])
    label: str = Field(description="The skill's name, or the fit in words", examples=["Communication"])
    contribution: float = Field(description="What this adds to the score", examples=[0.041])
    level_before: float | None = Field(description="Level attained, 0-5; null when nothing is known", examples=[2.0])
    level_after: float | None = Field(
        description="Level that the credential leads to, 0-5; null for the fit", examples=[4.0]
    )
    level_required: float | None = Field(description="Level that the role requires, 0-5", examples=[4.0])
    basis: Basis = Field(description="Whether the provider states the outcome or we inferred it", examples=["stated"])
    probability: float = Field(description="How sure it is that the provider means this skill, 0-1", examples=[1.0])


class Chance(Shape):
    """How likely a credential is to work out."""

    completing: float = Field(description="Probability (0-1) of completing it", examples=[0.75])
    reaching: float = Field(description="Probability (0-1) that who completes it reaches its level", examples=[0.8])
    low: float = Field(description="Low end of the 80 % interval of both together", examples=[0.45])
    high: float = Field(description="High end of the 80 % interval of both together", examples=[0.74])


class Recommendation(Shape):
    """One credential for the person and role."""

    credential_id: str = Field(examples=["own/A-002"])
    title: str = Field(examples=["Communication for Team Leads"])
    issuer: str = Field(examples=["Meridian Business School"])
    score: float = Field(description="Gain for its effort; ranks the list", examples=[0.041])
    gain: float = Field(description="Coverage (0-1) that it is expected to add", examples=[0.1])
    closure: float = Field(description="Coverage (0-1) added on average, with its chance", examples=[0.06])
    low: float = Field(description="Low end of the 80 % interval of the closure", examples=[0.045])
    high: float = Field(description="High end of the 80 % interval of the closure", examples=[0.074])
    fresh: float = Field(description="Part of the score that those above leave open", examples=[0.041])
    chance: Chance
    hours: float | None = Field(description="Whole workload; null when not stated", examples=[32.0])
    cost: float | None = Field(description="Per learner; null when not stated", examples=[690.0])
    currency: str = Field(examples=["EUR"])
    reasons: list[Reason]


class Exclusion(Shape):
    """A credential that would close part of the gap but was left out."""

    credential_id: str = Field(examples=["own/A-001"])
    title: str = Field(examples=["Clear Communication at Work"])
    reason: ExclusionReason = Field(examples=["held"])
    detail: str = Field(description="The particulars, to check or to change", examples=["already held"])


class NextStep(Shape):
    """The one thing to do next."""

    credential_id: str = Field(examples=["own/A-002"])
    title: str = Field(examples=["Communication for Team Leads"])
    start: date | None = Field(description="Null when no hours a week are known", examples=["2026-12-02"])
    end: date | None = Field(examples=["2027-01-26"])
    detail: str = Field(description="Why this one", examples=["the best that is done within 13 weeks"])


class WouldFit(Shape):
    """A requirement that a course would have to teach to be worth recommending."""

    skill_id: str = Field(examples=["transversal.communication"])
    label: str = Field(examples=["Communication"])
    level: float = Field(description="Level that the role requires, 0-5", examples=[3.0])


class Recommendations(Judged):
    """Credentials for one person towards one role, best first."""

    person: str = Field(description="Id of the person", examples=["own/P-037"])
    role: str = Field(description="Id of the role", examples=["own/R-B03"])
    role_title: str = Field(examples=["Unit leader, dementia care home"])
    coverage: float = Field(description="Weighted share (0-1) that is attained today", examples=[0.62])
    recommendations: list[Recommendation]
    excluded: list[Exclusion] = Field(description="What was left out, and why")
    next_step: NextStep | None
    would_fit: list[WouldFit] = Field(description="Where nothing fits: what a course would have to teach")
