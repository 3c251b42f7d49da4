"""Review: texts of the catalogue whose meaning a person should look at, with what each is taken to mean now."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from skillmatch.domain.base.display import Tabular


@dataclass(frozen=True, slots=True)
class DoubtfulText:
    """A provider's words, in how many credentials they stand (and the title of the first), and what they mean now.

    ``skill_id`` and ``label`` are None where they match nothing; ``probability`` (0-1) is how sure that match is.
    """

    text: str
    count: int
    title: str
    skill_id: str | None = None
    label: str | None = None
    probability: float = 0.0

    def to_json(self) -> dict[str, Any]:
        """The documented shape."""
        return {
            "text": self.text,
            "count": self.count,
            "title": self.title,
            "skill_id": self.skill_id,
            "label": self.label,
            "probability": self.probability,
        }


@dataclass(frozen=True, slots=True, repr=False)
class DoubtfulTexts(Tabular):
    """Texts to look at: those that most often matter and are least sure come first. ``total`` is of how many."""

    items: tuple[DoubtfulText, ...]
    total: int

    def headline(self) -> str:
        if not self.total:
            return "every text of the catalogue is matched surely, or was decided about"
        return f"{len(self.items):,} of {self.total:,} texts to look at"

    def rows(self) -> Sequence[dict[str, Any]]:
        return [item.to_json() for item in self.items]

    def to_json(self) -> dict[str, Any]:
        """The documented shape."""
        return {"total": self.total, "items": [item.to_json() for item in self.items]}
