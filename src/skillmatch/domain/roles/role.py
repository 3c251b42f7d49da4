"""Occupation, role and requirement: what work asks for."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from skillmatch.domain.base import checks
from skillmatch.domain.base.levels import check_level


class RequirementKind(StrEnum):
    """Whether the work cannot be done without the skill, or is merely done better with it."""

    ESSENTIAL = "essential"
    OPTIONAL = "optional"


class RequirementState(StrEnum):
    """Who stands behind a requirement: the system suggested it, or a person governs it."""

    SUGGESTED = "suggested"
    GOVERNED = "governed"


@dataclass(frozen=True, slots=True)
class Requirement:
    """One skill that a role or occupation asks for.

    ``level`` is the level wanted (above 0, at most 5), ``weight`` its importance relative to the others (above
    0, at most 100).
    """

    skill_id: str
    level: float
    weight: float = 1.0
    kind: RequirementKind = RequirementKind.ESSENTIAL
    state: RequirementState = RequirementState.GOVERNED

    def __post_init__(self) -> None:
        checks.text(self.skill_id, "skill", most=500)
        check_level(self.level, least=0.000001)
        checks.number(self.weight, "weight", least=0.000001, most=100)

    @property
    def essential(self) -> bool:
        """Whether the work cannot be done without it."""
        return self.kind is RequirementKind.ESSENTIAL


@dataclass(frozen=True, slots=True)
class Occupation:
    """A kind of work as a taxonomy describes it; ``code`` is its code there (ISCO, O*NET-SOC) if it has one."""

    id: str
    label: str
    aliases: tuple[str, ...] = ()
    description: str = ""
    code: str = ""
    requirements: tuple[Requirement, ...] = ()

    def __post_init__(self) -> None:
        checks.text(self.id, "id", most=500)
        checks.text(self.label, "label", most=1_000)
        checks.texts(self.aliases, "aliases")
        checks.optional_texts(description=self.description, code=self.code)
        checks.unique((need.skill_id for need in self.requirements), "requirements")


@dataclass(frozen=True, slots=True)
class Role:
    """The employer's job; it may start from an ``occupation``. No skill is required twice."""

    id: str
    title: str
    description: str = ""
    occupation_id: str | None = None
    requirements: tuple[Requirement, ...] = ()

    def __post_init__(self) -> None:
        checks.text(self.id, "id", most=500)
        checks.name(self.title, "title", most=1_000)
        checks.text(self.description, "description", empty=True)
        checks.unique((need.skill_id for need in self.requirements), "requirements")

    @property
    def total_weight(self) -> float:
        """Sum of the weights of all requirements; 0 for a role without any."""
        return sum([need.weight for need in self.requirements])
