"""The shapes of what is known of a person's skills: evidence, awards, and the profile that these add up to."""

from __future__ import annotations

from datetime import date
from typing import Any

from pydantic import Field

from skillmatch.api.schemas.envelope import Body, Envelope, Shape
from skillmatch.domain.people.attainment import Attainment
from skillmatch.domain.people.attainment import SetAside as WhySetAside
from skillmatch.domain.people.gap import Profile as DomainProfile
from skillmatch.domain.people.person import UNDATED, AwardState, EvidenceSource
from skillmatch.domain.people.person import Award as DomainAward
from skillmatch.domain.people.person import Evidence as DomainEvidence
from skillmatch.service.core.snapshot import Snapshot
from skillmatch.service.people.changes import KeptEvidence

MAX_PIECES = 2_000


class EvidenceFields(Body):
    """One dated statement that a person has a skill at a level."""

    skill: str = Field(
        min_length=1,
        max_length=500,
        description="Id, label or alias of a skill",
        examples=["transversal.communication"],
    )
    level: float = Field(ge=0, le=5, allow_inf_nan=False, description="0-5; 0 says `not at all`", examples=[3.0])
    source: EvidenceSource = Field(description="Who or what says so", examples=["manager"])
    on: date = Field(description="The day of the statement, not in the future", examples=["2026-11-02"])
    confidence: float = Field(default=1.0, ge=0, le=1, description="The source's own confidence", examples=[0.9])
    expires: date | None = Field(
        default=None, description="The first day on which it counts no more", examples=["2028-11-02"]
    )
    note: str = Field(default="", max_length=10_000, description="Its origin in words", examples=["Yearly talk"])

    def piece(self) -> DomainEvidence:
        """The value that it stands for. Raises ``InputError``."""
        return DomainEvidence(self.skill, self.level, self.source, self.on, self.confidence, self.expires, self.note)


class EvidenceList(Body):
    """All that is said about a person."""

    items: list[EvidenceFields] = Field(max_length=MAX_PIECES, description=f"At most {MAX_PIECES:,} statements")


class Evidence(Shape):
    """One dated statement that a person has a skill at a level."""

    id: str = Field(description="Made from what it says", examples=["0b7c1a52f3d94e6680a1c2e3f4051627"])
    skill_id: str = Field(examples=["transversal.communication"])
    label: str = Field(examples=["Communication"])
    level: float = Field(description="0-5; 0 says `not at all`", examples=[2.0])
    source: EvidenceSource = Field(description="Who or what says so", examples=["assessment"])
    on: date | None = Field(description="The day of the statement; null where nobody dated it", examples=["2026-05-04"])
    confidence: float = Field(description="The source's own confidence, 0-1", examples=[0.9])
    expires: date | None = Field(description="The first day on which it counts no more", examples=["2028-05-04"])
    note: str = Field(description="Its origin in words", examples=["Practical check in the care lab"])


class OneEvidence(Envelope, Evidence):
    """One dated statement that a person has a skill at a level."""


class PersonEvidence(Envelope):
    """Everything that was said about a person, by skill, day and source."""

    person: str = Field(description="Id of the person", examples=["own/P-037"])
    items: list[Evidence]


class Award(Shape):
    """A credential that a person holds or has begun."""

    credential_id: str = Field(examples=["own/A-001"])
    title: str | None = Field(
        description="The credential's title; null when the catalogue no longer has it",
        examples=["Clear Communication at Work"],
    )
    state: AwardState = Field(examples=["held"])
    issued: date | None = Field(
        description="The day it was earned or begun; null where nobody knows", examples=["2025-09-12"]
    )
    expires: date | None = Field(description="The first day it is no longer valid", examples=[None])


class PersonAwards(Envelope):
    """The credentials that a person holds or has begun."""

    person: str = Field(description="Id of the person", examples=["own/P-037"])
    items: list[Award]


class Attained(Shape):
    """What the evidence for one skill adds up to."""

    skill_id: str = Field(examples=["transversal.communication"])
    label: str = Field(examples=["Communication"])
    level: float = Field(description="Level attained, 0-5", examples=[2.0])
    low: float = Field(description="With 80 % the true level lies from here ...", examples=[1.4])
    high: float = Field(description="... to here, 0-5", examples=[2.6])
    confidence: float = Field(description="How far to trust it, 0-1", examples=[0.8])
    thin: bool = Field(description="One weak piece of evidence is all there is", examples=[False])
    contradictory: bool = Field(description="Pieces differ by more than their sources explain", examples=[False])


class SetAside(Shape):
    """A piece of evidence that does not count on the day, and why."""

    skill_id: str = Field(examples=["transversal.communication"])
    label: str = Field(examples=["Communication"])
    source: EvidenceSource = Field(examples=["manager"])
    level: float = Field(description="The level stated, 0-5", examples=[2.0])
    on: date | None = Field(description="The day of the statement; null where nobody dated it", examples=["2026-05-04"])
    expires: date | None = Field(description="The first day on which it counts no more", examples=["2026-11-01"])
    reason: WhySetAside = Field(description="Why it does not count", examples=["expired"])


class Profile(Envelope):
    """What a person can do on a day; a skill that is not in it is unknown, not absent."""

    person: str = Field(description="Id of the person", examples=["own/P-037"])
    profile: list[Attained]
    ignored: list[SetAside] = Field(description="Evidence that does not count on that day")


def evidence_json(kept: KeptEvidence, snapshot: Snapshot) -> dict[str, Any]:
    """A piece of evidence as :class:`Evidence` says it."""
    piece = kept.piece
    return {
        "id": kept.id,
        "skill_id": piece.skill_id,
        "label": snapshot.labels.get(piece.skill_id, piece.skill_id),
        "level": piece.level,
        "source": piece.source.value,
        "on": None if piece.on == UNDATED else piece.on.isoformat(),
        "confidence": piece.confidence,
        "expires": None if piece.expires is None else piece.expires.isoformat(),
        "note": piece.note,
    }


def award_json(award: DomainAward, snapshot: Snapshot) -> dict[str, Any]:
    """An award as :class:`Award` says it."""
    known = snapshot.catalogue.credentials.get(award.credential_id)
    return {
        "credential_id": award.credential_id,
        "title": None if known is None else known.title,
        "state": award.state.value,
        "issued": None if award.issued == UNDATED else award.issued.isoformat(),
        "expires": None if award.expires is None else award.expires.isoformat(),
    }


def profile_json(profile: DomainProfile, snapshot: Snapshot) -> dict[str, Any]:
    """A profile as :class:`Profile` says it, without the envelope."""
    labels = snapshot.labels
    return {
        "person": profile.person_id,
        "profile": [_attained(item, labels.get(item.skill_id, item.skill_id)) for item in profile.attainments.values()],
        "ignored": [
            {"label": labels.get(item.evidence.skill_id, item.evidence.skill_id), **item.to_json()}
            for item in profile.ignored
        ],
    }


def _attained(item: Attainment, label: str) -> dict[str, Any]:
    return {
        "skill_id": item.skill_id,
        "label": label,
        "level": item.level,
        "low": item.low,
        "high": item.high,
        "confidence": item.confidence,
        "thin": item.thin,
        "contradictory": item.contradictory,
    }
