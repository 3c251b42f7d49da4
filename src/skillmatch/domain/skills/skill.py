"""Skill and its relations: the concepts of a taxonomy."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from skillmatch.domain.base import checks
from skillmatch.domain.base.errors import InputError


class SkillType(StrEnum):
    """What kind of concept a skill is; transversal ones matter in any job."""

    SKILL = "skill"
    KNOWLEDGE = "knowledge"
    TRANSVERSAL = "transversal"


class RelationKind(StrEnum):
    """How one skill bears on another: it needs it, is helped by it, or stands beside it."""

    ESSENTIAL = "essential"
    OPTIONAL = "optional"
    RELATED = "related"


@dataclass(frozen=True, slots=True)
class Skill:
    """A concept in a taxonomy.

    ``aliases`` are other names for the same concept, never the label itself, none twice; ``broader`` holds the
    ids of the skills one step up, never its own.
    """

    id: str
    label: str
    aliases: tuple[str, ...] = ()
    description: str = ""
    type: SkillType = SkillType.SKILL
    broader: tuple[str, ...] = ()
    field: str = ""
    deprecated: bool = False

    def __post_init__(self) -> None:
        checks.text(self.id, "id", most=500)
        checks.text(self.label, "label", most=1_000)
        checks.text(self.description, "description", empty=True)
        checks.text(self.field, "field", empty=True)
        checks.texts(self.aliases, "aliases")
        if self.label in self.aliases:
            raise InputError(f"'{self.label}' is the label already.", field="aliases", remedy="Leave it out there.")
        checks.texts(self.broader, "broader")
        if self.id in self.broader:
            raise InputError("a skill cannot be broader than itself.", field="broader")

    @property
    def names(self) -> tuple[str, ...]:
        """The label, then the aliases."""
        return (self.label, *self.aliases)


@dataclass(frozen=True, slots=True, order=True)
class SkillRelation:
    """A statement that one skill bears on another: ``skill`` needs, is helped by or is related to ``other``."""

    skill: str
    kind: RelationKind
    other: str

    def __post_init__(self) -> None:
        if self.skill == self.other:
            raise InputError(f"'{self.skill}' cannot be related to itself.", field="to")
