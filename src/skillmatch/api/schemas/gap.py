"""The shape of a gap: the role's requirements held against a person's profile."""

from __future__ import annotations

from datetime import date

from pydantic import Field

from skillmatch.api.schemas.common import Shape, Versions
from skillmatch.domain.answer import Status
from skillmatch.domain.gap import GapState
from skillmatch.domain.person import EvidenceSource


class GapEvidence(Shape):
    """One dated statement that a gap item rests on."""

    source: EvidenceSource = Field(description="Who or what says so", examples=["assessment"])
    level: float = Field(description="The level stated, 0-5", examples=[2.0])
    on: date = Field(description="The day of the statement", examples=["2026-05-04"])
    confidence: float = Field(description="The source's own confidence, 0-1", examples=[0.9])
    note: str = Field(description="Its origin in words", examples=["Practical check in the care lab"])


class GapItem(Shape):
    """One requirement and where the person stands with it."""

    skill_id: str = Field(examples=["transversal.communication"])
    label: str = Field(examples=["Communication"])
    required: float = Field(description="Level wanted, 0-5", examples=[3.0])
    attained: float | None = Field(description="Level attained, 0-5; null when nothing is known", examples=[2.0])
    weight: float = Field(description="Importance relative to the other requirements", examples=[0.9])
    essential: bool = Field(description="Whether the work cannot be done without it", examples=[True])
    state: GapState = Field(description="`missing` is known to be absent; `unknown` is not known", examples=["partial"])
    evidence: list[GapEvidence]


class Gap(Shape):
    """A role minus a profile, requirement by requirement."""

    person: str = Field(description="Id of the person", examples=["own/P-037"])
    role: str = Field(description="Id of the role", examples=["own/R-B03"])
    role_title: str = Field(examples=["Unit leader, dementia care home"])
    status: Status = Field(description="How the answer ended; empty is never success", examples=["ok"])
    coverage: float = Field(description="Weighted share (0-1) of the required levels that is attained", examples=[0.62])
    items: list[GapItem]
    as_of: date = Field(description="The day the answer holds for", examples=["2026-12-01"])
    versions: Versions
