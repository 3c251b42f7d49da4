"""The shapes of skills."""

from __future__ import annotations

from typing import Any

from pydantic import Field

from skillmatch.api.schemas.envelope import Envelope, Shape
from skillmatch.domain.people.attainment import Kin
from skillmatch.domain.skills.skill import Skill as DomainSkill
from skillmatch.domain.skills.skill import SkillType
from skillmatch.service.core.snapshot import Snapshot


class BroaderSkill(Shape):
    """A skill one step up."""

    skill_id: str = Field(examples=["transversal.communication"])
    label: str = Field(examples=["Communication"])


class Skill(Shape):
    """A concept of the active taxonomy."""

    id: str = Field(examples=["transversal.active-listening"])
    label: str = Field(examples=["Active listening"])
    aliases: list[str] = Field(description="Other names for it", examples=[["attentive listening"]])
    description: str = Field(examples=["Gives full attention to a speaker and checks what was understood."])
    type: SkillType = Field(examples=["transversal"])
    broader: list[BroaderSkill] = Field(description="The skills one step up")
    field: str = Field(description="Field of work", examples=["transversal"])
    deprecated: bool = Field(description="Kept for old references only", examples=[False])
    note: str = Field(description="What the organisation notes about a deprecated skill", examples=[""])
    taxonomy: str = Field(description="Name and version of its taxonomy", examples=["starter@1.0.0"])


def skill_json(skill: DomainSkill, snapshot: Snapshot) -> dict[str, Any]:
    """A skill as :class:`Skill` says it, with the labels of the snapshot that it is in."""
    return {
        "id": skill.id,
        "label": skill.label,
        "aliases": list(skill.aliases),
        "description": skill.description,
        "type": skill.type.value,
        "broader": [{"skill_id": item, "label": snapshot.labels.get(item, item)} for item in skill.broader],
        "field": skill.field,
        "deprecated": skill.deprecated,
        "note": snapshot.overlaid.notes.get(skill.id, ""),
        "taxonomy": snapshot.versions.taxonomy,
    }


class Skills(Envelope):
    """The skills found, best first."""

    items: list[Skill]


class OneSkill(Envelope, Skill):
    """A concept of the active taxonomy."""


class Completion(Shape):
    """A skill with the name of it that begins as was typed."""

    skill_id: str = Field(examples=["transversal.communication"])
    label: str = Field(examples=["Communication"])
    name: str = Field(description="The label, or the alias that begins so", examples=["Communication"])


class Completions(Envelope):
    """Skills to choose from while somebody types, the shortest names first."""

    items: list[Completion]


class RelatedSkill(Shape):
    """A skill one step away."""

    skill_id: str = Field(examples=["transversal.active-listening"])
    label: str = Field(examples=["Active listening"])
    kin: Kin = Field(description="Where it stands: narrower, broader, or a neighbour", examples=["narrower"])
    transfer: float = Field(
        description="Share (0-1) of a level in it to be expected in the skill asked for", examples=[0.5]
    )


class RelatedSkills(Envelope):
    """The skills around one, those first that tell most about it."""

    skill_id: str = Field(examples=["transversal.communication"])
    label: str = Field(examples=["Communication"])
    items: list[RelatedSkill]
