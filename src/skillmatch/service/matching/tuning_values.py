"""What a tuning ends with: what became of it, and the measures before and after."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from skillmatch.domain.base.display import Tabular
from skillmatch.matching.tuning.measures import Measures


class TuningStatus(StrEnum):
    """How a tuning ended: put in force, found better in a dry run, not better, not tried, taken back, or none there."""

    INSTALLED = "installed"
    BETTER = "better"
    KEPT = "kept"
    INSUFFICIENT_DATA = "insufficient_data"
    REMOVED = "removed"
    NOTHING_TO_REMOVE = "nothing_to_remove"


@dataclass(frozen=True, slots=True)
class BeforeAfter:
    """The same measures of what was in force and of what was tuned."""

    before: Measures = field(default_factory=Measures)
    after: Measures = field(default_factory=Measures)

    def to_json(self) -> dict[str, Any]:
        """The documented shape."""
        return {"before": self.before.to_json(), "after": self.after.to_json()}


@dataclass(frozen=True, slots=True, repr=False)
class TuningReport(Tabular):
    """What became of a tuning. ``reason`` says why it was not put in force, ``more_needed`` how many decisions are.

    ``counts`` are decisions in force by what they were used for. ``encoder`` and ``linker`` are those in force now.
    ``held_out`` compares what was in force with what was tuned, ``guard`` the packaged matching with it.
    """

    status: TuningStatus
    encoder: str
    linker: str
    reason: str = ""
    more_needed: int = 0
    counts: Mapping[str, int] = field(default_factory=dict)
    held_out: BeforeAfter = field(default_factory=BeforeAfter)
    guard: BeforeAfter = field(default_factory=BeforeAfter)
    stretch: float | None = None
    shift: float | None = None

    def headline(self) -> str:
        return f"tuning: {self.status.value.replace('_', ' ')}" + (f" ({self.reason})" if self.reason else "")

    def rows(self) -> Sequence[dict[str, Any]]:
        return [
            {"on": on, "measure": name, "before": before, "after": pair.after.to_json()[name]}
            for on, pair in (("held-out decisions", self.held_out), ("guard", self.guard))
            for name, before in pair.before.to_json().items()
        ]

    def to_json(self) -> dict[str, Any]:
        """The documented shape."""
        return {
            "status": self.status.value,
            "reason": self.reason,
            "more_needed": self.more_needed,
            "decisions": {name: self.counts.get(name, 0) for name in ("usable", "learning", "curve", "held_out")},
            "held_out": self.held_out.to_json(),
            "guard": self.guard.to_json(),
            "curve": {"stretch": self.stretch, "shift": self.shift},
            "encoder": self.encoder,
            "linker": self.linker,
        }
