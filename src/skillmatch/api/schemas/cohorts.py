"""The shapes of offerings (cohorts with their seats) and stacks."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any

from pydantic import Field

from skillmatch.api.schemas.envelope import Body, Envelope, Shape
from skillmatch.domain.base.identity import MAX_ID, OWN_SOURCE, split_id
from skillmatch.domain.catalogue.credential import Offering as DomainOffering
from skillmatch.domain.catalogue.credential import Stack as DomainStack

MAX_PARTS = 500
MAX_TEXT = 20_000

Reference = Annotated[str, Field(min_length=1, max_length=500)]

_CREDENTIAL = "The credential that it is of: our id or your own"
_START = "Its first day"
_END = "Its last day"
_SEATS = "How many seats it has; null means no limit"
_PARTS = "The credentials that earn it: our ids or your own, at least two"
_REQUIRED = "How many of them are needed; null means all"


class OfferingFields(Body):
    """A cohort of a credential."""

    credential: str = Field(min_length=1, max_length=500, description=_CREDENTIAL, examples=["own/A-005"])
    start: date = Field(description=_START, examples=["2027-01-11"])
    end: date = Field(description=_END, examples=["2027-02-05"])
    seats: int | None = Field(default=None, ge=0, le=10**9, description=_SEATS, examples=[24])

    def offering(self, offering_id: str) -> DomainOffering:
        """The value that it stands for. Raises ``InputError``."""
        return DomainOffering(offering_id, self.credential, self.start, self.end, self.seats)


class NewOffering(OfferingFields):
    """A cohort that is not there yet."""

    source: str = Field(
        default=OWN_SOURCE,
        min_length=1,
        max_length=MAX_ID,
        description="The system that the id comes from",
        examples=["lms"],
    )
    external_id: str = Field(
        min_length=1, max_length=MAX_ID, description="Your own id of the cohort", examples=["A-005-9"]
    )


class OfferingPatch(Body):
    """The fields to change; null takes away."""

    credential: str | None = Field(default=None, max_length=500, description=_CREDENTIAL, examples=["own/A-005"])
    start: date | None = Field(default=None, description=_START, examples=["2026-11-02"])
    end: date | None = Field(default=None, description=_END, examples=["2026-12-05"])
    seats: int | None = Field(default=None, ge=0, le=10**9, description=_SEATS, examples=[18])


class OfferingShape(Shape):
    """A cohort of a credential."""

    id: str = Field(description="Our id: source and external id", examples=["own/A-005-1"])
    source: str = Field(examples=["own"])
    external_id: str = Field(description="Your own id", examples=["A-005-1"])
    credential_id: str = Field(examples=["own/A-005"])
    start: date = Field(description=_START, examples=["2026-11-02"])
    end: date = Field(description=_END, examples=["2026-11-30"])
    seats: int | None = Field(description=_SEATS, examples=[24])


class Offering(Envelope, OfferingShape):
    """A cohort of a credential."""


class Offerings(Envelope):
    """One page of cohorts, by id."""

    items: list[OfferingShape]
    next_cursor: str | None = Field(
        description="Send it as `cursor` for the next page; null on the last", examples=[None]
    )


class StackFields(Body):
    """Credentials that together earn a larger one."""

    title: str = Field(min_length=1, max_length=1_000, description="What they earn", examples=["Talking at work"])
    credentials: list[Reference] = Field(
        min_length=2, max_length=MAX_PARTS, description=_PARTS, examples=[["own/A-001", "own/A-002"]]
    )
    issuer: str = Field(default="", max_length=MAX_TEXT, description="Who awards it", examples=["Havenport Academy"])
    description: str = Field(default="", max_length=MAX_TEXT, description="What it is about", examples=["Two steps."])
    required: int | None = Field(default=None, ge=1, le=MAX_PARTS, description=_REQUIRED, examples=[2])

    def stack(self, stack_id: str) -> DomainStack:
        """The value that it stands for. Raises ``InputError``."""
        return DomainStack(stack_id, self.title, tuple(self.credentials), self.issuer, self.description, self.required)


class NewStack(StackFields):
    """A stack that is not there yet."""

    source: str = Field(
        default=OWN_SOURCE,
        min_length=1,
        max_length=MAX_ID,
        description="The system that the id comes from",
        examples=["lms"],
    )
    external_id: str = Field(min_length=1, max_length=MAX_ID, description="Your own id of the stack", examples=["S-9"])


class StackPatch(Body):
    """The fields to change; null takes away. The list of credentials is replaced as a whole."""

    title: str | None = Field(default=None, max_length=1_000, description="What they earn", examples=["Team leader"])
    credentials: list[Reference] | None = Field(
        default=None,
        max_length=MAX_PARTS,
        description=_PARTS,
        examples=[["own/A-001", "own/A-002", "own/A-018"]],
    )
    issuer: str | None = Field(default=None, max_length=MAX_TEXT, description="Who awards it", examples=["Academy"])
    description: str | None = Field(
        default=None, max_length=MAX_TEXT, description="What it is about", examples=["Two steps."]
    )
    required: int | None = Field(default=None, ge=1, le=MAX_PARTS, description=_REQUIRED, examples=[2])


class StackShape(Shape):
    """Credentials that together earn a larger one."""

    id: str = Field(description="Our id: source and external id", examples=["own/A-S1"])
    source: str = Field(examples=["own"])
    external_id: str = Field(description="Your own id", examples=["A-S1"])
    title: str = Field(examples=["Certified Team Leader"])
    issuer: str = Field(examples=["Meridian Business School"])
    description: str = Field(examples=["For those who grow from first-time leader to manager."])
    credential_ids: list[str] = Field(description="The credentials that earn it", examples=[["own/A-002", "own/A-018"]])
    required: int | None = Field(description=_REQUIRED, examples=[None])


class Stack(Envelope, StackShape):
    """Credentials that together earn a larger one."""


class Stacks(Envelope):
    """One page of stacks, by id."""

    items: list[StackShape]
    next_cursor: str | None = Field(
        description="Send it as `cursor` for the next page; null on the last", examples=[None]
    )


def offering_json(item: DomainOffering) -> dict[str, Any]:
    """A cohort as :class:`Offering` says it, without the envelope; its tag is made from it."""
    source, external_id = split_id(item.id)
    return {
        "id": item.id,
        "source": source,
        "external_id": external_id,
        "credential_id": item.credential_id,
        "start": item.start.isoformat(),
        "end": item.end.isoformat(),
        "seats": item.seats,
    }


def stack_json(item: DomainStack) -> dict[str, Any]:
    """A stack as :class:`Stack` says it, without the envelope; its tag is made from it."""
    source, external_id = split_id(item.id)
    return {
        "id": item.id,
        "source": source,
        "external_id": external_id,
        "title": item.title,
        "issuer": item.issuer,
        "description": item.description,
        "credential_ids": list(item.credential_ids),
        "required": item.required,
    }
