"""The shapes of claims of prior learning and of disputes: what people hand in, and what somebody decides."""

from __future__ import annotations

from datetime import date

from pydantic import Field

from skillmatch.api.schemas.common import GivenName
from skillmatch.api.schemas.envelope import Body, Envelope, Shape
from skillmatch.domain.people.claim import Verdict
from skillmatch.domain.people.dispute import DisputeVerdict
from skillmatch.domain.people.person import EvidenceSource

_LEVEL = Field(default=None, ge=0, le=5, allow_inf_nan=False, description="A level, 0-5", examples=[3.0])


class NewClaim(Body):
    """What somebody says that they can do already: a skill at a level, or what a credential teaches."""

    skill: str | None = Field(default=None, max_length=500, examples=["Conflict resolution"])
    level: float | None = _LEVEL
    credential: str | None = Field(default=None, max_length=500, examples=[None])
    text: str = Field(min_length=1, max_length=10_000, description="What it rests on", examples=["Led a ward."])


class ClaimDecision(Body):
    """A decision, once and for all; the caller signs it."""

    verdict: Verdict = Field(examples=["accept"])
    by: GivenName = None
    reason: str = Field(min_length=1, max_length=2_000, examples=["Seen at work."])
    level: float | None = Field(
        default=None, ge=0, le=5, allow_inf_nan=False, description="What `partial` recognises", examples=[None]
    )


class NewDispute(Body):
    """What a person objects to: what is said of a skill, or a credential that is recommended."""

    skill: str | None = Field(default=None, max_length=500, examples=["Dementia care"])
    credential: str | None = Field(default=None, max_length=500, examples=[None])
    source: EvidenceSource | None = Field(default=None, description="Only what this source said", examples=["manager"])
    reason: str = Field(min_length=1, max_length=10_000, examples=["That was before I changed wards."])


class DisputeRuling(Body):
    """A decision by somebody else than who objected; the caller signs it."""

    verdict: DisputeVerdict = Field(examples=["upheld"])
    by: GivenName = None
    note: str = Field(min_length=1, max_length=2_000, examples=["The form was of another year."])
    level: float | None = Field(
        default=None, ge=0, le=5, allow_inf_nan=False, description="What the level is corrected to", examples=[None]
    )


class ClaimVerdict(Shape):
    """How a claim was decided."""

    verdict: Verdict = Field(examples=["accept"])
    by: str = Field(examples=["Mia Holt"])
    reason: str = Field(examples=["Seen at work."])
    on: date = Field(examples=["2026-12-01"])
    level: float | None = Field(examples=[None])


class Claim(Shape):
    """A claim of prior learning."""

    id: str = Field(examples=["claim-1"])
    person: str = Field(examples=["own/P-037"])
    submitted: date = Field(examples=["2026-12-01"])
    text: str = Field(examples=["Led a ward."])
    credential_id: str | None = Field(examples=[None])
    skill_id: str | None = Field(examples=["transversal.conflict-resolution"])
    level: float | None = Field(examples=[3.0])
    links: list[str] = Field(examples=[[]])
    decision: ClaimVerdict | None
    label: str = Field(description="The skill or the credential in words", examples=["Conflict resolution"])


class OneClaim(Envelope, Claim):
    """A claim of prior learning."""


class Claims(Envelope):
    """All claims of a person, in the order of their days."""

    items: list[Claim]


class DisputeVerdictShape(Shape):
    """How a dispute was decided."""

    verdict: DisputeVerdict = Field(examples=["upheld"])
    by: str = Field(examples=["Mia Holt"])
    note: str = Field(examples=["The form was of another year."])
    on: date = Field(examples=["2026-12-01"])
    level: float | None = Field(examples=[None])


class Dispute(Shape):
    """An objection of a person."""

    id: str = Field(examples=["dispute-1"])
    person: str = Field(examples=["own/P-037"])
    raised: date = Field(examples=["2026-12-01"])
    reason: str = Field(examples=["That was before I changed wards."])
    skill_id: str | None = Field(examples=["care.dementia-care"])
    credential_id: str | None = Field(examples=[None])
    source: EvidenceSource | None = Field(examples=["manager"])
    decision: DisputeVerdictShape | None
    label: str = Field(examples=["Dementia care"])


class OneDispute(Envelope, Dispute):
    """An objection of a person."""


class Disputes(Envelope):
    """All disputes of a person, in the order in which they were raised."""

    items: list[Dispute]
