"""Waiting: what somebody wrote that no skill was found for; kept in their words until a person says what it means."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from skillmatch.domain.base import checks
from skillmatch.domain.base.display import Tabular
from skillmatch.domain.base.levels import check_level
from skillmatch.domain.people.person import Evidence, EvidenceSource
from skillmatch.domain.text.link import Link


@dataclass(frozen=True, slots=True)
class WaitingLine:
    """A statement about a person whose ``words`` could not be placed; it counts for nothing until they are.

    The other fields are those of ``Evidence``, which it becomes.
    """

    words: str
    level: float
    source: EvidenceSource
    on: date
    confidence: float = 1.0
    expires: date | None = None
    note: str = ""

    def __post_init__(self) -> None:
        checks.text(self.words, "skill", most=500)
        check_level(self.level)
        checks.number(self.confidence, "confidence", least=0, most=1)
        checks.text(self.note, "note", empty=True)
        checks.ordered(self.on, self.expires, "expires")

    @classmethod
    def of(cls, piece: Evidence) -> WaitingLine:
        """The line of a statement that names its skill in words."""
        return cls(piece.skill_id, piece.level, piece.source, piece.on, piece.confidence, piece.expires, piece.note)

    def placed(self, skill_id: str) -> Evidence:
        """The evidence that it is, once a person said which skill was meant; the words stay in the note."""
        note = f"{self.note} [{self.words}]".strip()
        return Evidence(skill_id, self.level, self.source, self.on, self.confidence, self.expires, note)


@dataclass(frozen=True, slots=True)
class WaitingWords:
    """Words that wait in ``lines`` lines about ``people`` people, and the skills nearest to them, best first.

    ``likely`` says that the first of these is at least likely now, as it may be in another taxonomy.
    """

    words: str
    lines: int
    people: int
    nearest: tuple[Link, ...] = ()
    likely: bool = False

    def to_json(self) -> dict[str, Any]:
        """The documented shape."""
        return {
            "words": self.words,
            "lines": self.lines,
            "people": self.people,
            "likely": self.likely,
            "nearest": [link.to_json() for link in self.nearest],
        }


@dataclass(frozen=True, slots=True, repr=False)
class WaitingList(Tabular):
    """Words that wait to be placed, those in most lines first. ``total`` is of how many."""

    items: tuple[WaitingWords, ...]
    total: int

    def headline(self) -> str:
        if not self.total:
            return "nothing waits to be placed"
        return f"{len(self.items):,} of {self.total:,} words that wait to be placed"

    def rows(self) -> Sequence[dict[str, Any]]:
        return [
            {"words": item.words, "lines": item.lines, "likely": item.likely}
            | {f"nearest_{place}": _shown(item, place) for place in (1, 2, 3)}
            for item in self.items
        ]

    def to_json(self) -> dict[str, Any]:
        """The documented shape."""
        return {"total": self.total, "items": [item.to_json() for item in self.items]}


@dataclass(frozen=True, slots=True)
class Placing:
    """What one review did: how many texts were decided about, and how many lines became evidence by it."""

    decided: int
    placed: int

    def to_json(self) -> dict[str, Any]:
        """The documented shape."""
        return {"decided": self.decided, "placed": self.placed}


def _shown(item: WaitingWords, place: int) -> str:
    if len(item.nearest) < place:
        return ""
    link = item.nearest[place - 1]
    return f"{link.label} ({link.probability:.0%})"
