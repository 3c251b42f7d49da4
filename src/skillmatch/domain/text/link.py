"""Link: text matched to a skill, with a calibrated probability, or an honest abstention."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from skillmatch.domain.base import checks
from skillmatch.domain.base.display import Tabular


class LinkBasis(StrEnum):
    """What a link rests on most: an exact name, the letters, the meaning of the words, or a person's decision."""

    EXACT = "exact"
    LEXICAL = "lexical"
    SEMANTIC = "semantic"
    BROADER = "broader"
    HUMAN = "human"


@dataclass(frozen=True, slots=True)
class Link:
    """One skill that a text may mean: ``probability`` (0-1) that it does, ``similarity`` (-1 to 1) of the wording."""

    skill_id: str
    label: str
    probability: float
    similarity: float
    basis: LinkBasis

    def __post_init__(self) -> None:
        checks.number(self.probability, "probability", least=0, most=1)
        checks.number(self.similarity, "similarity", least=-1, most=1)

    def to_json(self) -> dict[str, Any]:
        """The documented shape."""
        return {
            "skill_id": self.skill_id,
            "label": self.label,
            "probability": self.probability,
            "similarity": self.similarity,
            "basis": self.basis.value,
        }


@dataclass(frozen=True, slots=True, repr=False)
class LinkAnswer(Tabular):
    """What a text was matched to, best first. ``abstained`` says that no link is sure enough to be used.

    ``degraded`` says that the encoder was not available and only names and letters were compared.
    """

    text: str
    links: tuple[Link, ...]
    abstained: bool
    degraded: bool = False

    @property
    def best(self) -> Link | None:
        """The link to use, or None when the linker abstained."""
        return None if self.abstained or not self.links else self.links[0]

    def headline(self) -> str:
        if self.best is None:
            return f"'{self.text[:60]}' matches no skill surely enough"
        return f"'{self.text[:60]}' means {self.best.label} ({self.best.probability:.0%})"

    def rows(self) -> Sequence[dict[str, Any]]:
        return [link.to_json() for link in self.links]

    def to_json(self) -> dict[str, Any]:
        """The documented shape."""
        return {
            "text": self.text,
            "abstained": self.abstained,
            "degraded": self.degraded,
            "links": [link.to_json() for link in self.links],
        }
