"""The shapes of a request to find the skills in a long text, and of its answer."""

from __future__ import annotations

from pydantic import Field

from skillmatch.api.schemas.envelope import Body, Envelope, Shape
from skillmatch.api.schemas.linking import Link
from skillmatch.domain.text.extraction import Demand, Reason, Section
from skillmatch.domain.text.link import LinkBasis

MAX_CHARACTERS = 200_000


class ExtractRequest(Body):
    """A text in which to look for skills."""

    text: str = Field(
        min_length=1,
        max_length=MAX_CHARACTERS,
        description="An advert, a CV, a description of a course",
        examples=["Requirements\n- 2+ years of wound care\n- Good communication\n"],
    )
    threshold: float | None = Field(
        default=None,
        ge=0,
        le=1,
        description="Least probability (0-1) of a skill; else the linker's own",
        examples=[0.5],
    )


class Years(Shape):
    """Years of experience that a text names."""

    least: float = Field(examples=[2.0])
    most: float | None = Field(description="Null: no upper end", examples=[None])


class Found(Shape):
    """One skill over all its mentions."""

    skill_id: str = Field(examples=["transversal.communication"])
    label: str = Field(examples=["Communication"])
    probability: float = Field(description="The best over all mentions, 0-1", examples=[0.93])
    basis: LinkBasis = Field(description="What that rests on most", examples=["exact"])
    demand: Demand = Field(description="How strongly the text asks for it", examples=["required"])
    negated: bool = Field(description="Every mention denies it", examples=[False])
    years: Years | None
    level: float | None = Field(description="Level that the text names, 0-5", examples=[3.0])
    mentions: int = Field(description="In how many places", examples=[1])
    quote: str = Field(description="The words of the surest place", examples=["Good communication"])


class Mention(Shape):
    """One place where the text names or means a skill."""

    start: int = Field(description="Offset of its first character", examples=[39])
    end: int = Field(description="Offset behind its last character", examples=[57])
    quote: str = Field(examples=["Good communication"])
    skill_id: str = Field(examples=["transversal.communication"])
    label: str = Field(examples=["Communication"])
    probability: float = Field(examples=[0.93])
    basis: LinkBasis = Field(examples=["exact"])
    demand: Demand = Field(examples=["required"])
    negated: bool = Field(description="The text says that it is not wanted, or not there", examples=[False])
    years: Years | None
    level: float | None = Field(examples=[3.0])
    section: Section = Field(description="What the part of the text around it is about", examples=["requirements"])
    alternatives: list[Link] = Field(description="The next best skills for the same words")


class LeftOut(Shape):
    """A piece of the text that was not read for skills."""

    start: int = Field(examples=[60])
    end: int = Field(examples=[100])
    quote: str = Field(examples=["We are an equal opportunity employer."])
    reason: Reason = Field(examples=["equal_opportunity"])


class Extraction(Envelope):
    """The skills that a text speaks of; offsets count characters of the text that was sent."""

    name: str = Field(examples=["text"])
    detail: str = Field(description="What the status means here", examples=[""])
    characters: int = Field(description="Length of the text", examples=[58])
    degraded: bool = Field(description="The encoder was not available", examples=[False])
    notes: list[str] = Field(description="What to know about how it was read", examples=[[]])
    skills: list[Found] = Field(description="By demand, then probability")
    mentions: list[Mention] = Field(description="In the order of the text")
    left_out: list[LeftOut] = Field(description="What was not read, and why")
