"""The shapes of grids: units or people against skills."""

from __future__ import annotations

from pydantic import Field

from skillmatch.api.schemas.envelope import Judged, Shape
from skillmatch.api.schemas.groups import UnitPeople
from skillmatch.domain.people.gap import GapState
from skillmatch.domain.skills.skill import SkillType

_SKILL = "transversal.communication"


class GridSkill(Shape):
    """A column: a skill that roles ask for."""

    skill_id: str = Field(examples=[_SKILL])
    label: str = Field(examples=["Communication"])
    type: SkillType = Field(examples=["transversal"])
    field: str = Field(description="Field of work; blank for none", examples=["transversal"])


class GridLine(Shape):
    """A cell: one skill in one unit. What would tell about fewer than five people is null."""

    unit: str | None = Field(description="null for all units together", examples=["Care homes"])
    skill_id: str = Field(examples=[_SKILL])
    label: str = Field(examples=["Communication"])
    level: float = Field(description="The highest level, 0-5, that one of the roles asks for", examples=[3.0])
    wanted: int = Field(description="People whose role asks for it", examples=[38])
    holders: int = Field(description="People known to be at that level, whatever their role", examples=[20])
    ready: int | None = Field(description="Of those wanted, at the level of their own role", examples=[18])
    needed: int | None = Field(description="Of those wanted, who are not", examples=[20])
    unknown: int | None = Field(description="Of these, of whom nothing is known", examples=[6])
    coverage: float | None = Field(description="Mean share of the level wanted that is there, 0-1", examples=[0.72])
    state: GapState | None = Field(description="The cell in one word", examples=["partial"])


class UnitGrid(Judged):
    """Units against skills; nothing in it tells about fewer than five people."""

    detail: str = Field(description="What was left out, and why", examples=[""])
    role: str | None = Field(description="The role that all were held against, if one", examples=[None])
    people: int = Field(examples=[280])
    units: list[UnitPeople]
    left_out: int = Field(description="People in groups too small to show", examples=[0])
    without_role: int = Field(examples=[3])
    minimum_group: int = Field(examples=[5])
    skills: list[GridSkill] = Field(description="The columns, most needed first")
    lines: list[GridLine] = Field(description="All units together first, then unit by unit")


class Stand(Shape):
    """Where a person stands with one requirement."""

    skill_id: str = Field(examples=[_SKILL])
    state: GapState = Field(examples=["partial"])
    attained: float | None = Field(description="Level, 0-5; null exactly when it is unknown", examples=[2.5])
    required: float = Field(examples=[3.0])
    essential: bool = Field(examples=[True])


class GridRow(Shape):
    """A person."""

    person: str = Field(examples=["own/P-037"])
    unit: str = Field(examples=["Care homes"])
    role: str = Field(description="The role that they are held against", examples=["own/R-B03"])
    role_title: str = Field(examples=["Unit leader, dementia care home"])
    coverage: float = Field(description="Share of the role, 0-1", examples=[0.61])
    stands: list[Stand]


class PersonGrid(Judged):
    """The people of one unit against the skills of their roles, lowest coverage first."""

    unit: str = Field(examples=["Care homes"])
    detail: str = Field(description="Who was left out, and why", examples=[""])
    role: str | None = Field(description="The role that all were held against, if one", examples=[None])
    people: list[GridRow]
    total: int = Field(description="How many people of the unit have a role", examples=[38])
    without_role: int = Field(description="How many have none that asks for anything", examples=[0])
    skills: list[GridSkill] = Field(description="The columns, most often open first")
