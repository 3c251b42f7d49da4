"""The shapes of a request to link texts to skills, and of its answer."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from skillmatch.api.schemas.envelope import Body, Envelope, Shape
from skillmatch.domain.text.link import LinkBasis

MAX_TEXTS = 1_000
MAX_CHARACTERS = 2_000
MAX_TOP = 50


class LinkRequest(Body):
    """Texts to match to skills."""

    texts: list[Annotated[str, Field(max_length=MAX_CHARACTERS)]] = Field(
        min_length=1,
        max_length=MAX_TEXTS,
        description=f"At most {MAX_TEXTS:,} texts of at most {MAX_CHARACTERS:,} characters each",
        examples=[["welding stainless steel", "keeping patients' records"]],
    )
    top: int = Field(default=5, ge=1, le=MAX_TOP, description="How many links to give for each text")
    abstain: bool = Field(
        default=True, description="Whether to say so when no link is sure enough; if not, `top` links always come"
    )


class Link(Shape):
    """One skill that a text may mean."""

    skill_id: str = Field(examples=["manufacturing.welding"])
    label: str = Field(examples=["Welding"])
    probability: float = Field(description="Calibrated probability (0-1) that the text means it", examples=[0.93])
    similarity: float = Field(description="Similarity of the wording, -1 to 1", examples=[0.81])
    basis: LinkBasis = Field(description="What the link rests on most", examples=["semantic"])


class LinkAnswer(Shape):
    """What one text was matched to, best first."""

    text: str = Field(description="The text as it was sent", examples=["welding stainless steel"])
    abstained: bool = Field(description="No link is sure enough to be used", examples=[False])
    degraded: bool = Field(
        description="The encoder was not available; only names and letters were compared", examples=[False]
    )
    links: list[Link]


class LinkAnswers(Envelope):
    """One answer per text, in the order of the texts."""

    items: list[LinkAnswer]
