"""The shapes of what is handed out as a whole: everything about one person, and tables."""

from __future__ import annotations

from enum import StrEnum
from typing import Any

from pydantic import Field

from skillmatch.api.schemas.common import Moment
from skillmatch.api.schemas.envelope import Envelope, Shape

_SKILL = "transversal.communication"


class TableFile(StrEnum):
    """The tables that can be had, each as CSV and as a workbook."""

    CREDENTIALS_CSV = "credentials.csv"
    CREDENTIALS_XLSX = "credentials.xlsx"
    OFFERINGS_CSV = "offerings.csv"
    OFFERINGS_XLSX = "offerings.xlsx"
    STACKS_CSV = "stacks.csv"
    STACKS_XLSX = "stacks.xlsx"
    ROLES_CSV = "roles.csv"
    ROLES_XLSX = "roles.xlsx"
    PEOPLE_CSV = "people.csv"
    PEOPLE_XLSX = "people.xlsx"
    EVIDENCE_CSV = "evidence.csv"
    EVIDENCE_XLSX = "evidence.xlsx"
    AWARDS_CSV = "awards.csv"
    AWARDS_XLSX = "awards.xlsx"


class Access(Shape):
    """Somebody asked or did something about the person."""

    seq: int = Field(description="The line of the audit", examples=[1])
    at: Moment = Field(examples=["2026-12-01T12:00:00+00:00"])
    by: str = Field(description="Who: a key, a token's holder, or a name", examples=["key:0123456789ab"])
    action: str = Field(examples=["people.recommend"])
    versions: dict[str, str] = Field(examples=[{"taxonomy": "starter@1.0.0"}])
    answer: str | None = Field(description="What was answered, byte for byte, where it is kept", examples=[None])


class PersonExport(Envelope):
    """Everything that is held about one person, names of skills and credentials beside their ids."""

    format: str = Field(description="The name and version of this form", examples=["skillmatch-person/1"])
    made: Moment = Field(description="When it was put together", examples=["2026-12-01T12:00:00+00:00"])
    person: dict[str, Any] = Field(
        description="Their own fields", examples=[{"id": "own/P-037", "name": "Kerem Demirci", "unit": "Care homes"}]
    )
    evidence: list[dict[str, Any]] = Field(
        description="What was said about their skills", examples=[[{"skill_id": _SKILL, "level": 3.0}]]
    )
    waiting: list[dict[str, Any]] = Field(
        description="What was said in words that no skill was found for", examples=[[{"words": "obs", "level": 3.0}]]
    )
    awards: list[dict[str, Any]] = Field(
        description="The credentials that they hold or have begun", examples=[[{"credential_id": "own/A-002"}]]
    )
    rulings: list[dict[str, Any]] = Field(description="What changed when they objected", examples=[[]])
    profile: list[dict[str, Any]] = Field(
        description="What the evidence adds up to today", examples=[[{"skill_id": _SKILL, "level": 2.8}]]
    )
    claims: list[dict[str, Any]] = Field(description="What they say that they can do already", examples=[[]])
    disputes: list[dict[str, Any]] = Field(description="What they object to", examples=[[]])
    events: list[dict[str, Any]] = Field(description="What they began, finished or failed", examples=[[]])
    plans: list[dict[str, Any]] = Field(description="Their parts in kept plans", examples=[[]])
    attribution: str = Field(
        description="What the publishers of the active taxonomy ask to be said; blank for nothing", examples=[""]
    )
    accesses: list[Access] | None = Field(
        description="Who asked about them; null for callers who are neither the person nor an administrator"
    )
