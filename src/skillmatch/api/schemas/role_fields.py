"""The shapes of roles as they are sent."""

from __future__ import annotations

from typing import Any

from pydantic import Field

from skillmatch.api.schemas.envelope import Body
from skillmatch.domain.base.identity import MAX_ID, OWN_SOURCE
from skillmatch.domain.roles.role import Requirement, RequirementKind, RequirementState
from skillmatch.domain.roles.role import Role as DomainRole

MAX_REQUIREMENTS = 500
MAX_TITLE = 1_000
MAX_TEXT = 20_000

_TITLE = "What the job is called"
_ABOUT = "What it is about"
_OCCUPATION = "The occupation of the active taxonomy that it is like: its id, label or alias"
_NEEDS = f"All that it asks for, at most {MAX_REQUIREMENTS}; what a named person decided stays as it is"


class RequirementFields(Body):
    """One skill that a role asks for."""

    skill: str = Field(
        min_length=1, max_length=500, description="Id, label or alias of a skill, or words", examples=["Communication"]
    )
    level: float = Field(gt=0, le=5, allow_inf_nan=False, description="Level wanted, up to 5", examples=[3.0])
    weight: float = Field(
        default=1.0,
        gt=0,
        le=100,
        allow_inf_nan=False,
        description="Importance relative to the others",
        examples=[1.0],
    )
    kind: RequirementKind = Field(default=RequirementKind.ESSENTIAL, examples=["essential"])
    state: RequirementState = Field(
        default=RequirementState.GOVERNED,
        description="`suggested` until somebody looked at it; always so where words had to be matched",
        examples=["governed"],
    )

    def requirement(self) -> Requirement:
        """The value that it stands for. Raises ``InputError``."""
        return Requirement(self.skill, self.level, self.weight, self.kind, self.state)


class RoleFields(Body):
    """What an HR system says of a role; what is left out is empty."""

    title: str = Field(
        min_length=1, max_length=MAX_TITLE, description=_TITLE, examples=["Unit leader, dementia care home"]
    )
    description: str = Field(
        default="", max_length=MAX_TEXT, description=_ABOUT, examples=["Leads the team of a dementia unit."]
    )
    occupation_id: str | None = Field(
        default=None,
        min_length=1,
        max_length=500,
        description=_OCCUPATION,
        examples=["occupation.care-team-leader"],
    )
    requirements: list[RequirementFields] = Field(
        default=[],
        max_length=MAX_REQUIREMENTS,
        description=_NEEDS,
        examples=[[{"skill": "Communication", "level": 4.0, "weight": 1.0, "kind": "essential", "state": "governed"}]],
    )

    def role(self, role_id: str) -> DomainRole:
        """The role that it stands for, its skills in the words sent. Raises ``InputError``."""
        needs = tuple(need.requirement() for need in self.requirements)
        return DomainRole(role_id, self.title, self.description, self.occupation_id, needs)


class NewRole(RoleFields):
    """A role that is not there yet."""

    source: str = Field(
        default=OWN_SOURCE,
        min_length=1,
        max_length=MAX_ID,
        description="The system that the id comes from",
        examples=["hris"],
    )
    external_id: str = Field(min_length=1, max_length=MAX_ID, description="Your own id of the role", examples=["R-900"])


class RolePatch(Body):
    """The fields to change; null takes away what is recorded. Requirements are replaced as a whole."""

    title: str | None = Field(default=None, max_length=MAX_TITLE, description=_TITLE, examples=["Unit leader"])
    description: str | None = Field(
        default=None, max_length=MAX_TEXT, description=_ABOUT, examples=["Leads the team of a dementia unit."]
    )
    occupation_id: str | None = Field(
        default=None, max_length=500, description=_OCCUPATION, examples=["occupation.care-team-leader"]
    )
    requirements: list[RequirementFields] | None = Field(
        default=None,
        max_length=MAX_REQUIREMENTS,
        description=_NEEDS,
        examples=[[{"skill": "Communication", "level": 4.0, "weight": 1.0, "kind": "essential", "state": "governed"}]],
    )


def sent_json(role: DomainRole) -> dict[str, Any]:
    """A stored role as if it had been sent, for a patch to be laid over it."""
    return {
        "title": role.title,
        "description": role.description,
        "occupation_id": role.occupation_id,
        "requirements": [
            {
                "skill": need.skill_id,
                "level": need.level,
                "weight": need.weight,
                "kind": need.kind.value,
                "state": need.state.value,
            }
            for need in role.requirements
        ],
    }
