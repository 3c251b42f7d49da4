"""Related skill: a neighbour of a skill in the taxonomy, and how far a level carries over from it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from skillmatch.domain.attainment import Kin


@dataclass(frozen=True, slots=True)
class RelatedSkill:
    """A skill beside another one. ``transfer`` (0-1) is the share of its level to be expected in the other one."""

    skill_id: str
    label: str
    kin: Kin
    transfer: float

    def to_json(self) -> dict[str, Any]:
        """The documented shape."""
        return {
            "skill_id": self.skill_id,
            "label": self.label,
            "kin": self.kin.value,
            "transfer": self.transfer,
        }
