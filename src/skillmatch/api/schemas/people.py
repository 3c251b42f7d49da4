"""The shapes of people, their evidence and what they hold."""

from __future__ import annotations

from datetime import date

from pydantic import Field

from skillmatch.api.schemas.common import Shape, labelled
from skillmatch.domain.attainment import SetAside as WhySetAside
from skillmatch.domain.gap import Profile
from skillmatch.domain.person import AwardState, EvidenceSource
from skillmatch.domain.person import Person as DomainPerson
from skillmatch.service.snapshot import Snapshot


class Evidence(Shape):
    """One dated statement that a person has a skill at a level."""

    skill_id: str = Field(examples=["transversal.communication"])
    label: str = Field(examples=["Communication"])
    level: float = Field(description="0-5; 0 says `not at all`", examples=[2.0])
    source: EvidenceSource = Field(description="Who or what says so", examples=["assessment"])
    on: date = Field(description="The day of the statement", examples=["2026-05-04"])
    confidence: float = Field(description="The source's own confidence, 0-1", examples=[0.9])
    expires: date | None = Field(description="The first day on which it counts no more", examples=["2028-05-04"])
    note: str = Field(description="Its origin in words", examples=["Practical check in the care lab"])


class Award(Shape):
    """A credential that a person holds or has begun."""

    credential_id: str = Field(examples=["own/A-001"])
    state: AwardState = Field(examples=["held"])
    issued: date = Field(description="The day it was earned or begun", examples=["2025-09-12"])
    expires: date | None = Field(description="The first day it is no longer valid", examples=[None])
    title: str | None = Field(
        description="The credential's title; null when the catalogue no longer has it",
        examples=["Clear Communication at Work"],
    )


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
    on: date = Field(description="The day of the statement", examples=["2026-05-04"])
    expires: date | None = Field(description="The first day on which it counts no more", examples=["2026-11-01"])
    reason: WhySetAside = Field(description="Why it does not count", examples=["expired"])


class Person(Shape):
    """An employee with everything that was said about them."""

    id: str = Field(examples=["own/P-037"])
    name: str = Field(examples=["Kerem Demirci"])
    unit: str = Field(examples=["Care homes"])
    role_id: str | None = Field(description="The role held today", examples=["own/R-B03"])
    languages: list[str] = Field(description="Empty means not recorded", examples=[["en", "nl"]])
    hours_per_week: float | None = Field(description="Hours a week for learning, if recorded", examples=[4.0])
    evidence: list[Evidence]
    awards: list[Award]
    profile: list[Attained] = Field(description="What the evidence adds up to; a skill that is not in it is unknown")
    ignored: list[SetAside] = Field(description="Evidence that does not count on that day")
    as_of: date = Field(description="The day the profile holds for", examples=["2026-12-01"])

    @classmethod
    def of(cls, person: DomainPerson, profile: Profile, snapshot: Snapshot) -> Person:
        """From the person, their profile, and the snapshot that knows labels and titles."""
        labels, credentials = snapshot.labels, snapshot.catalogue.credentials
        return cls(
            id=person.id,
            name=person.name,
            unit=person.unit,
            role_id=person.role_id,
            languages=list(person.languages),
            hours_per_week=person.hours_per_week,
            evidence=[Evidence.model_validate(labelled(piece, labels)) for piece in person.evidence],
            awards=[
                Award(
                    credential_id=award.credential_id,
                    state=award.state,
                    issued=award.issued,
                    expires=award.expires,
                    title=known.title if (known := credentials.get(award.credential_id)) else None,
                )
                for award in person.awards
            ],
            profile=[Attained.model_validate(labelled(item, labels)) for item in profile.attainments.values()],
            ignored=[
                SetAside(
                    skill_id=item.evidence.skill_id,
                    label=labels.get(item.evidence.skill_id, item.evidence.skill_id),
                    source=item.evidence.source,
                    level=item.evidence.level,
                    on=item.evidence.on,
                    expires=item.evidence.expires,
                    reason=item.reason,
                )
                for item in profile.ignored
            ],
            as_of=profile.as_of,
        )


class PersonSummary(Shape):
    """A person in a list."""

    id: str = Field(examples=["own/P-037"])
    name: str = Field(examples=["Kerem Demirci"])
    unit: str = Field(examples=["Care homes"])
    role_id: str | None = Field(description="The role held today", examples=["own/R-B03"])
    evidence_count: int = Field(description="How many statements there are about them", examples=[7])
    award_count: int = Field(description="How many credentials they hold or have begun", examples=[2])

    @classmethod
    def of(cls, person: DomainPerson) -> PersonSummary:
        """From the person."""
        return cls(
            id=person.id,
            name=person.name,
            unit=person.unit,
            role_id=person.role_id,
            evidence_count=len(person.evidence),
            award_count=len(person.awards),
        )


class People(Shape):
    """One page of people, by id."""

    items: list[PersonSummary]
    next_cursor: str | None = Field(
        description="Send it as `cursor` for the next page; null on the last", examples=[None]
    )
