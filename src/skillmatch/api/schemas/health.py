"""The shape of a workspace's health."""

from __future__ import annotations

from pydantic import Field

from skillmatch.api.schemas.envelope import Envelope, Shape
from skillmatch.service.core.health import Verdict


class Check(Shape):
    """One thing that was looked at."""

    name: str = Field(examples=["taxonomy"])
    verdict: Verdict = Field(examples=["ok"])
    seen: str = Field(description="What was seen", examples=["starter@1.0.0: 860 skills, 75 occupations"])
    remedy: str = Field(description="What to do about it; empty when nothing is to do", examples=[""])


class Health(Envelope):
    """All checks of the workspace, and the versions it answers with."""

    sound: bool = Field(description="Whether no check found a fault; warnings are allowed", examples=[True])
    checks: list[Check]
    attribution: str = Field(
        description="What the publishers of the active taxonomy ask to be said; blank for nothing", examples=[""]
    )
