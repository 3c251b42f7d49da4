"""The shapes of credentials as everybody sees them."""

from __future__ import annotations

from datetime import date
from typing import Any

from pydantic import Field

from skillmatch.api.schemas.envelope import Envelope, Shape
from skillmatch.domain.base.identity import split_id
from skillmatch.domain.catalogue.credential import Basis
from skillmatch.domain.catalogue.credential import Credential as DomainCredential
from skillmatch.service.core.snapshot import Snapshot

_SUMMARY = ("id", "title", "issuer", "hours", "weeks", "cost", "currency", "language", "mode")
_PLAIN = (
    *("id", "title", "issuer", "description", "url", "level", "hours", "weeks", "cost", "currency", "language"),
    *("mode", "assessment", "quality_assurance", "eqf_level", "country", "rating", "rating_count"),
    *("valid_from", "valid_until", "validity_months", "started", "completed"),
)


class Outcome(Shape):
    """A skill that a credential teaches."""

    skill_id: str = Field(examples=["transversal.communication"])
    label: str = Field(examples=["Communication"])
    level: float = Field(description="The level it leads to, 0-5", examples=[3.0])
    basis: Basis = Field(description="Whether the provider stated it or it was inferred", examples=["stated"])
    probability: float = Field(description="That the words mean this skill; 1 for an id or a name", examples=[1.0])
    given: str = Field(description="The provider's words", examples=["Communication"])


class Prerequisite(Shape):
    """A skill that a credential expects."""

    skill_id: str = Field(examples=["transversal.communication"])
    label: str = Field(examples=["Communication"])
    level: float = Field(description="The least level, 0-5", examples=[1.0])


class CredentialSummary(Shape):
    """A credential in a list."""

    id: str = Field(examples=["own/A-002"])
    title: str = Field(examples=["Communication for Team Leads"])
    issuer: str = Field(examples=["Meridian Business School"])
    hours: float | None = Field(description="The whole workload; null when not stated", examples=[32.0])
    weeks: float | None = Field(description="The least calendar time", examples=[8.0])
    cost: float | None = Field(description="Per learner", examples=[690.0])
    currency: str = Field(examples=["EUR"])
    language: str = Field(examples=["en"])
    mode: str = Field(examples=["blended"])
    outcome_count: int = Field(
        description="How many skills it teaches; without any it is never recommended", examples=[2]
    )
    unmapped_count: int = Field(
        description="How many of the provider's words mean no skill surely enough", examples=[0]
    )


class Credentials(Envelope):
    """One page of credentials, by id."""

    items: list[CredentialSummary]
    next_cursor: str | None = Field(
        description="Send it as `cursor` for the next page; null on the last", examples=[None]
    )


class Credential(Envelope):
    """A micro-credential on offer; its cohorts have addresses of their own."""

    id: str = Field(description="Our id: source and external id", examples=["own/A-002"])
    source: str = Field(examples=["own"])
    external_id: str = Field(description="Your own id", examples=["A-002"])
    title: str = Field(examples=["Communication for Team Leads"])
    issuer: str = Field(examples=["Meridian Business School"])
    description: str = Field(examples=["Builds on the basics: difficult conversations."])
    url: str = Field(examples=["https://example.org/A-002"])
    level: float | None = Field(description="What it leads to as a whole, 0-5", examples=[None])
    outcomes: list[Outcome] = Field(description="What it teaches; with none it is never recommended")
    unmapped: list[str] = Field(
        description="The provider's words that mean no skill surely enough; `POST /v1/feedback` settles what they mean",
        examples=[[]],
    )
    requires_skills: list[Prerequisite]
    requires_credentials: list[str] = Field(description="Ids of credentials to hold first", examples=[["own/A-001"]])
    hours: float | None = Field(description="The whole workload; null when not stated", examples=[32.0])
    weeks: float | None = Field(description="The least calendar time", examples=[8.0])
    cost: float | None = Field(description="Per learner", examples=[690.0])
    currency: str = Field(examples=["EUR"])
    language: str = Field(examples=["en"])
    mode: str = Field(examples=["blended"])
    assessment: str = Field(examples=["project"])
    quality_assurance: str = Field(examples=["external audit"])
    eqf_level: int | None = Field(description="European Qualifications Framework, 1-8", examples=[5])
    country: str = Field(examples=["NL"])
    rating: float | None = Field(description="Stars, 1-5", examples=[4.5])
    rating_count: int = Field(description="From how many people", examples=[96])
    valid_from: date | None = Field(description="First day on which it can be begun", examples=["2025-01-01"])
    valid_until: date | None = Field(description="Last day on which it can be begun", examples=[None])
    validity_months: int | None = Field(description="How long the award stays valid", examples=[None])
    started: int | None = Field(description="How many learners began it, where counted", examples=[None])
    completed: int | None = Field(description="How many of these completed it", examples=[None])


def credential_json(item: DomainCredential, snapshot: Snapshot) -> dict[str, Any]:
    """A credential as :class:`Credential` says it, without the envelope; its tag is made from it."""
    source, external_id = split_id(item.id)
    plain = {name: getattr(item, name) for name in _PLAIN}
    days = {name: value.isoformat() for name, value in plain.items() if isinstance(value, date)}
    labels = snapshot.labels
    return {
        **plain,
        **days,
        "source": source,
        "external_id": external_id,
        "outcomes": [
            {
                "skill_id": one.skill_id,
                "label": labels.get(one.skill_id, one.skill_id),
                "level": one.level,
                "basis": one.basis.value,
                "probability": one.probability,
                "given": one.given,
            }
            for one in item.outcomes
        ],
        "unmapped": list(item.unmapped),
        "requires_skills": [
            {"skill_id": one.skill_id, "label": labels.get(one.skill_id, one.skill_id), "level": one.level}
            for one in item.requires_skills
        ],
        "requires_credentials": list(item.requires_credentials),
    }


def summary_json(item: DomainCredential) -> dict[str, Any]:
    """A credential as :class:`CredentialSummary` says it."""
    counts = {"outcome_count": len(item.outcomes), "unmapped_count": len(item.unmapped)}
    return {name: getattr(item, name) for name in _SUMMARY} | counts
