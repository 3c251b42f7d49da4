"""Parity: whether soft and technical skills are treated alike, as a figure that can be followed over time."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from skillmatch.domain.base.answer import Status, Versions
from skillmatch.domain.base.display import Tabular
from skillmatch.domain.skills.skill import SkillType


@dataclass(frozen=True, slots=True)
class ParityLine:
    """One type of skill: its share (0-1) of what people lack, and of what recommendations are expected to close.

    ``ratio`` is the second divided by the first: 1 is parity, below 1 the type gets less than it lacks; None where
    nothing of it is lacking or nothing at all is offered.
    """

    skill_type: SkillType
    share_of_gap: float
    share_of_closure: float
    ratio: float | None

    def to_json(self) -> dict[str, Any]:
        """The documented shape."""
        return {
            "skill_type": self.skill_type.value,
            "share_of_gap": self.share_of_gap,
            "share_of_closure": self.share_of_closure,
            "ratio": self.ratio,
        }


@dataclass(frozen=True, repr=False)
class Parity(Tabular):
    """The lines for every type of skill over some ``people``; without lines ``detail`` says why."""

    status: Status
    detail: str
    people: int | None
    lines: tuple[ParityLine, ...]
    as_of: date
    versions: Versions

    def headline(self) -> str:
        if not self.lines:
            return f"parity of skill types: {self.status.value}, {self.detail}"
        said = ", ".join(
            f"{line.skill_type.value} {'not told' if line.ratio is None else f'{line.ratio:.2f}'}"
            for line in self.lines
        )
        return f"parity of skill types over {self.people} people (1 is alike): {said}"

    def rows(self) -> Sequence[dict[str, Any]]:
        return [
            {
                "skills": line.skill_type.value,
                "share of the gap": f"{line.share_of_gap:.1%}",
                "share of what is offered": f"{line.share_of_closure:.1%}",
                "ratio": line.ratio,
            }
            for line in self.lines
        ]

    def to_json(self) -> dict[str, Any]:
        """The documented shape."""
        return {
            "status": self.status.value,
            "detail": self.detail,
            "people": self.people,
            "lines": [line.to_json() for line in self.lines],
            "as_of": self.as_of.isoformat(),
            "versions": self.versions.to_json(),
        }
