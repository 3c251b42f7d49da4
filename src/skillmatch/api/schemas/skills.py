"""The shapes of skills."""

from __future__ import annotations

from pydantic import Field

from skillmatch.api.schemas.common import Shape
from skillmatch.domain.skill import Skill as DomainSkill
from skillmatch.domain.skill import SkillType
from skillmatch.service.snapshot import Snapshot


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

    @classmethod
    def of(cls, skill: DomainSkill, snapshot: Snapshot) -> Skill:
        """From the skill and the snapshot that it is in."""
        return cls(
            id=skill.id,
            label=skill.label,
            aliases=list(skill.aliases),
            description=skill.description,
            type=skill.type,
            broader=[BroaderSkill(skill_id=item, label=snapshot.labels.get(item, item)) for item in skill.broader],
            field=skill.field,
            deprecated=skill.deprecated,
            note=snapshot.overlaid.notes.get(skill.id, ""),
            taxonomy=snapshot.versions.taxonomy,
        )


class Skills(Shape):
    """The skills found, best first."""

    items: list[Skill]
