"""The shapes of the audit: its lines, whether it is whole, and answers given back."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from pydantic import Field

from skillmatch.api.schemas.common import Moment
from skillmatch.api.schemas.envelope import Envelope, Shape
from skillmatch.domain.access.audit import Again
from skillmatch.domain.access.audit import AuditLine as DomainLine

_HASH = "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"
_SUBJECT = "9b1d6f0c2a7e4d35b8c0a1f2e3d4c5b6"


class AuditSubject(Shape):
    """Somebody whom a line is about."""

    subject: str = Field(description="What the audit calls them", examples=[_SUBJECT])
    person: str | None = Field(description="Who that is; null for somebody who was erased", examples=["own/P-037"])


class AuditLine(Shape):
    """Who did what, about whom, when, and under which versions."""

    seq: int = Field(description="Its number; the first line is 1", examples=[1])
    at: Moment = Field(examples=["2026-12-01T12:00:00+00:00"])
    caller: str = Field(description="Who: a key, a token's holder, or a name", examples=["key:0123456789ab"])
    action: str = Field(examples=["people.recommend"])
    about: list[AuditSubject] = Field(description="Whom it is about")
    detail: dict[str, Any] = Field(
        description="What else there is to say; people stand in it under pseudonyms", examples=[{}]
    )
    versions: dict[str, str] = Field(
        description="What the answer was made from", examples=[{"taxonomy": "starter@1.0.0"}]
    )
    snapshot: str = Field(description="Hash of the state that it was made from", examples=["0f5c9d1e7a2b4c68"])
    question: dict[str, Any] | None = Field(description="What was asked, if it can be asked again", examples=[None])
    result: str = Field(description="Hash of what the answer says; blank for none", examples=[_HASH])
    answer: str = Field(description="SHA-256 of the answer's bytes, where they are kept; else blank", examples=[_HASH])
    previous: str = Field(description="Hash of the line before", examples=["0" * 64])
    hash: str = Field(description="Hash over all of the line as it is stored", examples=[_HASH])


class AuditLines(Envelope):
    """One page of the audit, in its order."""

    items: list[AuditLine]
    next_cursor: str | None = Field(
        description="Send it as `cursor` for the next page; null on the last", examples=[None]
    )


class AuditCheck(Envelope):
    """Whether the audit is whole."""

    whole: bool = Field(description="Whether nothing is wrong", examples=[True])
    lines: int = Field(description="How many there are", examples=[42])
    head: str = Field(
        description="Hash of the last line: note it elsewhere with its number, and send both as `kept` later",
        examples=[_HASH],
    )
    answers: int = Field(description="How many answers are kept", examples=[7])
    erased: int = Field(description="How many answers went with erased people", examples=[0])
    wrong: list[str] = Field(description="What is wrong", examples=[[]])


class AuditReplay(Envelope):
    """An answer that was given once, and what today's program answers to the same question."""

    line: AuditLine
    answer: str | None = Field(
        description="Its bytes as text; null when none are kept (any more)", examples=['{"status":"ok"}']
    )
    again: Again = Field(
        description="What today's program makes of the question: same, different, or unknown", examples=["same"]
    )
    moved: list[str] = Field(description="The versions that are others now", examples=[[]])
    detail: str = Field(description="Why there is no answer, or why it cannot be asked again", examples=[""])


def line_json(line: DomainLine, people: Mapping[str, str]) -> dict[str, Any]:
    """A line as :class:`AuditLine` says it, with the ids of people by their pseudonyms."""
    said = line.to_json()
    about = [{"subject": one, "person": people.get(one)} for one in said.pop("subjects")]
    return {**said, "about": about}
