"""The shapes of roles and what they ask for."""

from __future__ import annotations

from collections.abc import Mapping

from pydantic import Field

from skillmatch.api.schemas.common import labelled
from skillmatch.api.schemas.envelope import Envelope, Shape
from skillmatch.domain.roles.role import RequirementKind, RequirementState
from skillmatch.domain.roles.role import Role as DomainRole


class Requirement(Shape):
    """One skill that a role asks for."""

    skill_id: str = Field(examples=["transversal.communication"])
    label: str = Field(examples=["Communication"])
    level: float = Field(description="Level wanted, 0-5", examples=[3.0])
    weight: float = Field(description="Importance relative to the others", examples=[0.9])
    kind: RequirementKind = Field(examples=["essential"])
    state: RequirementState = Field(
        description="Whether the system suggested it or a person governs it", examples=["governed"]
    )


class Role(Shape):
    """The employer's job, with its requirements."""

    id: str = Field(examples=["own/R-B03"])
    title: str = Field(examples=["Unit leader, dementia care home"])
    description: str = Field(examples=["Leads the team of a dementia unit and assures quality of life and care."])
    occupation_id: str | None = Field(
        description="The occupation it started from, if any", examples=["occupation.care-team-leader"]
    )
    requirements: list[Requirement]

    @classmethod
    def of(cls, role: DomainRole, labels: Mapping[str, str]) -> Role:
        """From the role and the labels of skills by their ids."""
        return cls(
            id=role.id,
            title=role.title,
            description=role.description,
            occupation_id=role.occupation_id,
            requirements=[Requirement.model_validate(labelled(item, labels)) for item in role.requirements],
        )


class Linked(Shape):
    """Words that were neither the id nor a name of a skill, and what they were taken to mean."""

    given: str = Field(examples=["talks with relatives"])
    skill_id: str = Field(examples=["transversal.communication"])
    label: str = Field(examples=["Communication"])
    probability: float = Field(description="That they mean this skill", examples=[0.84])


class RoleSummary(Shape):
    """A role in a list."""

    id: str = Field(examples=["own/R-B03"])
    title: str = Field(examples=["Unit leader, dementia care home"])
    occupation_id: str | None = Field(
        description="The occupation it started from, if any", examples=["occupation.care-team-leader"]
    )
    requirement_count: int = Field(description="How many skills it asks for", examples=[12])
    suggested_count: int = Field(description="Of how many of these nobody decided yet", examples=[0])

    @classmethod
    def of(cls, role: DomainRole) -> RoleSummary:
        """From the role itself."""
        return cls(
            id=role.id,
            title=role.title,
            occupation_id=role.occupation_id,
            requirement_count=len(role.requirements),
            suggested_count=sum(need.state is RequirementState.SUGGESTED for need in role.requirements),
        )


class OneRole(Envelope, Role):
    """The employer's job, with its requirements."""


class WrittenRole(OneRole):
    """The role as it is stored now, which may be other than what was sent."""

    kept: list[str] = Field(
        description="Skills whose requirement stays as a named person decided", examples=[["transversal.communication"]]
    )
    linked: list[Linked] = Field(description="Words that were matched; such requirements are suggested")


class Roles(Envelope):
    """One page of roles, by id."""

    items: list[RoleSummary]
    next_cursor: str | None = Field(
        description="Send it as `cursor` for the next page; null on the last", examples=[None]
    )
