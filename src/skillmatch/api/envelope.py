"""Envelope: what every answer carries beside what was asked for."""

from __future__ import annotations

from datetime import date
from enum import StrEnum
from typing import Any

from pydantic import BaseModel, ConfigDict, Field

from skillmatch.domain import answer


class Shape(BaseModel):
    """Base of every answer; can be made from a domain value whose attributes are called the same."""

    model_config = ConfigDict(from_attributes=True)


class Versions(Shape):
    """What an answer was computed from: the same versions and question give the same bytes again."""

    skillmatch: str = Field(description="The program", examples=["0.1.0"])
    taxonomy: str = Field(description="Name and version of the active taxonomy", examples=["starter@1.0.0"])
    encoder: str = Field(description="Name and weights of the encoder", examples=["all-MiniLM-L6-v2@53aa51172d14"])
    linker: str = Field(description="The trained linker that gives the probabilities", examples=["1"])
    snapshot: str = Field(
        description="Hash of taxonomy, catalogue and roles as they were", examples=["0f5c9d1e7a2b4c68"]
    )


class Standing(StrEnum):
    """How far an answer can be relied on; an empty list is no reason to say ``ok``."""

    OK = "ok"
    PARTIAL = "partial"
    INSUFFICIENT_DATA = "insufficient_data"


class Envelope(Shape):
    """Base of every answer that was worked out from the snapshot and holds for a day."""

    status: Standing = Field(description="Whether the data sufficed for all, some or none of it", examples=["ok"])
    as_of: date = Field(description="The day the answer holds for", examples=["2026-12-01"])
    versions: Versions = Field(description="What it was worked out from")
    snapshot: str = Field(
        description="Hash of taxonomy, catalogue and roles as they were", examples=["0f5c9d1e7a2b4c68"]
    )


def enveloped(versions: answer.Versions, as_of: date, status: answer.Status = answer.Status.OK) -> dict[str, Any]:
    """The envelope's fields, to be spread into an answer: ``Gaps(items=..., **enveloped(versions, day))``."""
    return {
        "status": standing(status),
        "as_of": as_of,
        "versions": Versions.model_validate(versions),
        "snapshot": versions.snapshot,
    }


def standing(status: answer.Status) -> Standing:
    """The envelope's word for a status: what was judged and came out empty is ``ok``; what could not be is not."""
    match status:
        case answer.Status.PARTIAL:
            return Standing.PARTIAL
        case answer.Status.INSUFFICIENT_DATA:
            return Standing.INSUFFICIENT_DATA
        case _:
            return Standing.OK
