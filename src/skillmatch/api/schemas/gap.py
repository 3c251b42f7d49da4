"""The shape of a gap: the role's requirements held against a person's profile."""

from __future__ import annotations

from datetime import date

from pydantic import Field

from skillmatch.api.schemas.envelope import Judged, Shape
from skillmatch.domain.people.attainment import Kin
from skillmatch.domain.people.gap import GapState
from skillmatch.domain.people.person import EvidenceSource
from skillmatch.domain.people.question import QuestionKind


class GapEvidence(Shape):
    """One dated statement that a gap item rests on."""

    source: EvidenceSource = Field(description="Who or what says so", examples=["assessment"])
    level: float = Field(description="The level stated, 0-5", examples=[2.0])
    on: date | None = Field(description="The day of the statement; null where nobody dated it", examples=["2026-05-04"])
    confidence: float = Field(description="The source's own confidence, 0-1", examples=[0.9])
    weight: float = Field(description="What it counts, 0-1; 1 is a fresh examination", examples=[0.5])
    note: str = Field(description="Its origin in words", examples=["Practical check in the care lab"])


class Through(Shape):
    """The skill that stands in for the required one."""

    skill_id: str = Field(examples=["transversal.active-listening"])
    label: str = Field(examples=["Active listening"])
    kin: Kin = Field(
        description="How it is akin; with a transfer below 1 it explains a part of the required skill at most",
        examples=["narrower"],
    )
    level: float = Field(description="The person's level in that skill, 0-5", examples=[3.0])
    transfer: float = Field(description="Share of it that carries over, 0-1", examples=[0.6])


class Question(Shape):
    """The cheapest question that would settle whether the requirement is met."""

    kind: QuestionKind = Field(examples=["ask_manager"])
    text: str = Field(examples=["Ask the manager: how well do they do this: Communication? Level 3 is wanted."])
    minutes: float = Field(description="What it costs of people's time", examples=[5.0])
    certainty: float = Field(description="How sure one can expect to be afterwards, 0.5-1", examples=[0.89])
    information: float = Field(description="Bits that it is expected to tell, 0-1", examples=[0.6])


class GapItem(Shape):
    """One requirement and where the person stands with it."""

    skill_id: str = Field(examples=["transversal.communication"])
    label: str = Field(examples=["Communication"])
    required: float = Field(description="Level wanted, 0-5", examples=[3.0])
    attained: float | None = Field(description="Level attained, 0-5; null when nothing is known", examples=[2.0])
    low: float | None = Field(description="Lower end of the 80 % interval; null when nothing is known", examples=[1.4])
    high: float | None = Field(description="Upper end of the 80 % interval", examples=[2.6])
    levels: list[float] = Field(
        description="Probability of each level 0 to 5; empty when nothing is known",
        examples=[[0.002, 0.157, 0.682, 0.157, 0.002, 0.0]],
    )
    chance: float | None = Field(description="Probability that the requirement is met, 0-1", examples=[0.1])
    weight: float = Field(description="Importance relative to the other requirements", examples=[0.9])
    essential: bool = Field(description="Whether the work cannot be done without it", examples=[True])
    state: GapState = Field(description="`missing` is known to be absent; `unknown` is not known", examples=["partial"])
    thin: bool = Field(description="One weak piece of evidence is all there is", examples=[False])
    contradictory: bool = Field(description="Pieces of evidence contradict each other", examples=[False])
    through: Through | None
    question: Question | None
    evidence: list[GapEvidence]


class Gap(Judged):
    """A role minus a profile, requirement by requirement."""

    person: str = Field(description="Id of the person", examples=["own/P-037"])
    role: str = Field(description="Id of the role", examples=["own/R-B03"])
    role_title: str = Field(examples=["Unit leader, dementia care home"])
    is_current_role: bool = Field(description="Whether it is the role that the person has today", examples=[False])
    coverage: float = Field(description="Weighted share (0-1) of the required levels that is attained", examples=[0.62])
    items: list[GapItem]
