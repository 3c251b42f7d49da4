"""Comparison of two roles, requirement by requirement."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from skillmatch.domain.base.display import Tabular


@dataclass(frozen=True, slots=True)
class ComparedSkill:
    """A skill that either role requires: level (0-5) and share of the role's weight (0-1); None where it does not."""

    skill_id: str
    label: str
    level_a: float | None
    level_b: float | None
    share_a: float | None
    share_b: float | None

    @property
    def difference(self) -> float | None:
        """Levels that the second role wants more than the first; None where only one requires the skill."""
        return None if self.level_a is None or self.level_b is None else round(self.level_b - self.level_a, 6)

    def to_json(self) -> dict[str, Any]:
        """The documented shape."""
        return {
            "skill_id": self.skill_id,
            "label": self.label,
            "level_a": self.level_a,
            "level_b": self.level_b,
            "difference": self.difference,
            "share_a": self.share_a,
            "share_b": self.share_b,
        }


@dataclass(frozen=True, repr=False)
class RoleComparison(Tabular):
    """Two roles beside each other: skills in common first (heavier first), then those of one alone.

    ``similarity`` (0-1) is the common part of what both require, see ``recommend.likeness``.
    """

    a_id: str
    a_title: str
    b_id: str
    b_title: str
    similarity: float
    skills: tuple[ComparedSkill, ...]

    def in_common(self) -> tuple[ComparedSkill, ...]:
        """The skills that both require."""
        return tuple(skill for skill in self.skills if skill.difference is not None)

    def only_a(self) -> tuple[ComparedSkill, ...]:
        """The skills that only the first one requires."""
        return tuple(skill for skill in self.skills if skill.level_b is None)

    def only_b(self) -> tuple[ComparedSkill, ...]:
        """The skills that only the second one requires."""
        return tuple(skill for skill in self.skills if skill.level_a is None)

    def headline(self) -> str:
        return (
            f"{self.a_title} and {self.b_title}: {self.similarity:.0%} alike, "
            f"{len(self.in_common())} skills in common, {len(self.only_a())} only in the first, "
            f"{len(self.only_b())} only in the second"
        )

    def rows(self) -> Sequence[dict[str, Any]]:
        return [
            {
                "skill": skill.label,
                self.a_title: skill.level_a,
                self.b_title if self.b_title != self.a_title else f"{self.b_title} (2)": skill.level_b,
                "difference": skill.difference,
            }
            for skill in self.skills
        ]

    def to_json(self) -> dict[str, Any]:
        """The documented shape."""
        return {
            "a": {"role": self.a_id, "role_title": self.a_title},
            "b": {"role": self.b_id, "role_title": self.b_title},
            "similarity": self.similarity,
            "in_common": [skill.to_json() for skill in self.in_common()],
            "only_a": [skill.to_json() for skill in self.only_a()],
            "only_b": [skill.to_json() for skill in self.only_b()],
        }
