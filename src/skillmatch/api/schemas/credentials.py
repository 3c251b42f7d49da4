"""The shapes of the catalogue: credentials with what they teach, and the stacks that they make up."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from pydantic import Field

from skillmatch.api.envelope import Envelope, Shape
from skillmatch.domain.credential import Basis, Stack
from skillmatch.domain.credential import Credential as DomainCredential


class Taught(Shape):
    """One skill that a credential teaches."""

    skill_id: str = Field(examples=["care.adult-safeguarding"])
    label: str = Field(examples=["Adult safeguarding"])
    level: float = Field(description="Level reached, 0-5", examples=[3.0])
    basis: Basis = Field(description="Whether the provider says so or we inferred it", examples=["stated"])
    probability: float = Field(description="How sure it is that this skill is meant, 0-1", examples=[1.0])


class Needed(Shape):
    """One skill that a credential expects."""

    skill_id: str = Field(examples=["care.clinical-nursing"])
    label: str = Field(examples=["Clinical nursing"])
    level: float = Field(examples=[3.0])


class Cohort(Shape):
    """One run of a credential."""

    id: str = Field(examples=["own/B-025-1"])
    start: date = Field(examples=["2027-03-29"])
    end: date = Field(examples=["2027-04-26"])
    seats: int | None = Field(description="Seats left; null where nobody counts them", examples=[12])


class CredentialSummary(Shape):
    """A credential in a list."""

    id: str = Field(examples=["own/B-025"])
    title: str = Field(examples=["Adult Safeguarding and Consent"])
    issuer: str = Field(examples=["Civic Learning Agency"])
    hours: float | None = Field(description="The whole workload, if stated", examples=[20.0])
    cost: float | None = Field(examples=[180.0])
    currency: str = Field(examples=["EUR"])
    language: str = Field(examples=["en"])
    rating: float | None = Field(description="1-5", examples=[4.4])
    rating_count: int = Field(description="How many people rated it", examples=[311])
    teaches_count: int = Field(examples=[2])


class Credential(CredentialSummary):
    """A micro-credential on offer."""

    description: str = Field(examples=["Recognise and report abuse, and act lawfully where capacity is in doubt."])
    url: str = Field(examples=[""])
    weeks: float | None = Field(description="Least calendar time, if stated", examples=[4.0])
    mode: str = Field(examples=["online"])
    assessment: str = Field(examples=["exam"])
    quality_assurance: str = Field(examples=["accredited"])
    eqf_level: int | None = Field(examples=[4])
    country: str = Field(examples=["IE"])
    valid_from: date | None = Field(examples=["2024-02-12"])
    valid_until: date | None = Field(examples=[None])
    validity_months: int | None = Field(description="How long the award stays valid", examples=[36])
    started: int | None = Field(examples=[None])
    completed: int | None = Field(examples=[None])
    teaches: list[Taught]
    unmapped: list[str] = Field(description="The provider's words that match no skill surely enough", examples=[[]])
    requires_skills: list[Needed]
    requires_credentials: list[str] = Field(examples=[[]])
    offerings: list[Cohort]


class OneCredential(Envelope, Credential):
    """A micro-credential on offer."""


class Credentials(Envelope):
    """One page of credentials, by id."""

    items: list[CredentialSummary]
    next_cursor: str | None = Field(
        description="Send it as `cursor` for the next page; null on the last", examples=[None]
    )


class StackShape(Shape):
    """Credentials that together earn a larger one."""

    id: str = Field(examples=["own/S-01"])
    title: str = Field(examples=["Dementia care leader"])
    issuer: str = Field(examples=["Northbay University"])
    description: str = Field(examples=["From understanding dementia to leading its care."])
    credentials: list[str] = Field(examples=[["own/B-020", "own/B-021"]])
    required: int = Field(description="So many of them earn it", examples=[2])


class Stacks(Envelope):
    """All stacks, by id."""

    items: list[StackShape]


_PLAIN = (
    "description",
    "url",
    "weeks",
    "mode",
    "assessment",
    "quality_assurance",
    "eqf_level",
    "country",
    "validity_months",
    "started",
    "completed",
)


def summary_json(item: DomainCredential) -> dict[str, Any]:
    """A credential as :class:`CredentialSummary` says it."""
    found = {name: getattr(item, name) for name in CredentialSummary.model_fields if name != "teaches_count"}
    return {**found, "teaches_count": len(item.outcomes)}


def credential_json(item: DomainCredential, labels: Mapping[str, str]) -> dict[str, Any]:
    """A credential as :class:`Credential` says it; its tag is made from it."""
    return {
        **summary_json(item),
        **{name: getattr(item, name) for name in _PLAIN},
        "valid_from": _day(item.valid_from),
        "valid_until": _day(item.valid_until),
        "teaches": [
            {
                "skill_id": one.skill_id,
                "label": labels.get(one.skill_id, one.skill_id),
                "level": one.level,
                "basis": one.basis.value,
                "probability": one.probability,
            }
            for one in item.outcomes
        ],
        "unmapped": list(item.unmapped),
        "requires_skills": [
            {"skill_id": one.skill_id, "label": labels.get(one.skill_id, one.skill_id), "level": one.level}
            for one in item.requires_skills
        ],
        "requires_credentials": list(item.requires_credentials),
        "offerings": [
            {"id": one.id, "start": one.start.isoformat(), "end": one.end.isoformat(), "seats": one.seats}
            for one in item.offerings
        ],
    }


def stack_json(item: Stack) -> dict[str, Any]:
    """A stack as :class:`StackShape` says it."""
    return {
        "id": item.id,
        "title": item.title,
        "issuer": item.issuer,
        "description": item.description,
        "credentials": list(item.credential_ids),
        "required": item.needed,
    }


def _day(day: date | None) -> str | None:
    return None if day is None else day.isoformat()
