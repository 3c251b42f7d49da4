"""Selection: how many people of each unit a plan trains or moves, and whether units fare very differently."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any

from skillmatch.domain.base.answer import Status
from skillmatch.domain.base.display import Tabular

FOUR_FIFTHS = 0.8
"""A rate below this share of the highest one is a signal to look at (the rule of thumb of US selection guidelines)."""


@dataclass(frozen=True, slots=True)
class SelectionLine:
    """Of so many ``people`` of a unit in scope, how many the plan has ``selected``; ``ratio`` is to the highest rate.

    ``signal``: the ratio is below four fifths.
    """

    unit: str
    people: int
    selected: int
    rate: float
    ratio: float
    signal: bool


@dataclass(frozen=True, repr=False)
class Selection(Tabular):
    """The lines of the units that may be shown; ``hidden`` people are of units too small to be. Without, ``detail``."""

    status: Status
    detail: str
    scenario: str
    lines: tuple[SelectionLine, ...]
    hidden: int

    def headline(self) -> str:
        if not self.lines:
            return f"selection by unit: {self.status.value}, {self.detail}"
        below = sum(line.signal for line in self.lines)
        return f"{self.scenario}: {below} of {len(self.lines)} units are selected at less than four fifths of the most"

    def rows(self) -> Sequence[dict[str, Any]]:
        return [asdict(line) for line in self.lines]

    def to_json(self) -> dict[str, Any]:
        """The documented shape."""
        return {
            "status": self.status.value,
            "detail": self.detail,
            "scenario": self.scenario,
            "lines": [asdict(line) for line in self.lines],
            "hidden": self.hidden,
        }
