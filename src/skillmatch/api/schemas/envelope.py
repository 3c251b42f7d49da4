"""Envelope: what every answer carries beside what was asked for."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from enum import StrEnum
from typing import Any, Final

from pydantic import BaseModel, ConfigDict, Field, model_validator

from skillmatch.domain.base import answer


class Shape(BaseModel):
    """Base of every answer; can be made from a domain value whose attributes are called the same."""

    model_config = ConfigDict(from_attributes=True)


AS_ANSWERED: Final[Mapping[str, str]] = {
    "person_id": "person",
    "role_id": "role",
    "skill_id": "skill",
    "credential_id": "credential",
    "credential_ids": "credentials",
}
"""How an answer names what a request refers to: a request takes an id or a name, an answer gives the id."""


class Body(BaseModel):
    """Base of everything that is sent to us: a field that nobody knows is refused, whatever it is called.

    What an answer says can be sent back under the name that the answer gives it (:data:`AS_ANSWERED`); both names at
    once are refused.
    """

    model_config = ConfigDict(extra="forbid")

    @model_validator(mode="before")
    @classmethod
    def _as_asked(cls, sent: Any) -> Any:
        if not isinstance(sent, Mapping):
            return sent
        names = {
            answered: asked
            for answered, asked in AS_ANSWERED.items()
            if asked in cls.model_fields and answered not in cls.model_fields and asked not in sent
        }
        return {names.get(name, name): value for name, value in sent.items()}


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
    """Base of every answer."""

    status: Standing = Field(description="Whether the data sufficed for all, some or none of it", examples=["ok"])
    as_of: date = Field(description="The day the answer holds for", examples=["2026-12-01"])
    versions: Versions = Field(description="What it was worked out from")
    snapshot: str = Field(
        description="Hash of taxonomy, catalogue and roles as they were", examples=["0f5c9d1e7a2b4c68"]
    )


class Judged(Envelope):
    """Base of every answer that judges; ``outcome`` says more exactly than ``status`` how that ended."""

    outcome: answer.Status = Field(
        description="How it ended more exactly; `nothing_to_close` and `no_pathway` are sound answers, too",
        examples=["ok"],
    )


def enveloped(
    document: Mapping[str, Any],
    versions: answer.Versions,
    as_of: date,
    status: answer.Status = answer.Status.OK,
) -> dict[str, Any]:
    """A document with the envelope around it: ``answer(enveloped({"items": items}, snapshot.versions, day))``."""
    return {
        **document,
        "status": standing(status).value,
        "as_of": as_of.isoformat(),
        "versions": versions.to_json(),
        "snapshot": versions.snapshot,
    }


def judged(said: Mapping[str, Any]) -> dict[str, Any]:
    """The JSON of a value that has a status, a day and versions of its own, with the envelope's words in it."""
    outcome = said.get("status", answer.Status.OK.value)
    return {
        **said,
        "status": standing(answer.Status(outcome)).value,
        "outcome": outcome,
        "snapshot": said["versions"]["snapshot"],
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
