"""The shapes of what people decide about requirements, of a role's history, of suggestions and comparisons."""

from __future__ import annotations

from datetime import date

from pydantic import Field

from skillmatch.api.schemas.envelope import Body, Envelope, Shape
from skillmatch.domain.base.identity import MAX_ID
from skillmatch.domain.roles.role import RequirementKind, RequirementState
from skillmatch.domain.roles.role_history import RoleAction
from skillmatch.domain.skills.overlay import MAX_REASON
from skillmatch.domain.text.extraction import Demand

_REASON = "Why; kept with the decision"


class GovernRequirement(Body):
    """What a role requires of a skill from now on; what is left out stays, or is weight 1 and essential."""

    skill: str = Field(
        min_length=1, max_length=500, description="Id, label or alias of the skill", examples=["care.dementia-care"]
    )
    level: float | None = Field(
        default=None, gt=0, le=5, description="Level wanted; needed for a skill that is not asked for yet", examples=[4]
    )
    weight: float | None = Field(
        default=None, gt=0, le=100, allow_inf_nan=False, description="How much it counts", examples=[1.0]
    )
    essential: bool | None = Field(default=None, description="Whether the work hangs on it", examples=[True])
    reason: str = Field(default="", max_length=MAX_REASON, description=_REASON, examples=["Agreed with the team leads"])


class AcceptRequirements(Body):
    """Suggested requirements that are right as they are."""

    skill: str | None = Field(
        default=None,
        min_length=1,
        max_length=500,
        description="Id, label or alias of the skill; none means all that are suggested",
        examples=["care.dementia-care"],
    )
    reason: str = Field(default="", max_length=MAX_REASON, description=_REASON, examples=["Read by the unit leader"])


class RejectRequirement(Body):
    """A requirement that a role does not have."""

    skill: str = Field(
        min_length=1, max_length=500, description="Id, label or alias of the skill", examples=["care.dementia-care"]
    )
    reason: str = Field(default="", max_length=MAX_REASON, description=_REASON, examples=["Belongs to another job"])


class RoleFromText(Body):
    """A job advert to read requirements from."""

    title: str = Field(min_length=1, max_length=1_000, description="What the role is called", examples=["Wound nurse"])
    text: str = Field(
        min_length=1,
        max_length=200_000,
        description="The advert",
        examples=["Requirements\n- 2+ years of wound care\n- Good communication\n"],
    )
    external_id: str | None = Field(
        default=None,
        min_length=1,
        max_length=MAX_ID,
        description="Your own id of the role; else made from its title",
        examples=["R-901"],
    )


class RoleFromOccupation(Body):
    """An occupation to start a role from."""

    occupation: str = Field(
        min_length=1,
        max_length=1_000,
        description="Id, label or alias of an occupation of the active taxonomy",
        examples=["occupation.care-team-leader"],
    )
    title: str | None = Field(
        default=None, min_length=1, max_length=1_000, description="Else as the occupation", examples=["Care team lead"]
    )
    external_id: str | None = Field(
        default=None,
        min_length=1,
        max_length=MAX_ID,
        description="Your own id of the role; else made from its title",
        examples=["R-902"],
    )


class Terms(Shape):
    """What is asked of a skill."""

    level: float = Field(description="Level wanted, 0-5", examples=[3.0])
    weight: float = Field(examples=[1.0])
    kind: RequirementKind = Field(examples=["essential"])
    state: RequirementState = Field(examples=["governed"])


class RoleChange(Shape):
    """One change of one requirement."""

    number: int = Field(description="Its place in the log of all roles", examples=[1])
    skill_id: str = Field(examples=["transversal.communication"])
    label: str = Field(examples=["Communication"])
    action: RoleAction = Field(
        description="`governed`, `accepted` and `rejected` are decisions that no import changes", examples=["governed"]
    )
    author: str = Field(description="Who decided, or what suggested it", examples=["Unit leader's key"])
    on: date = Field(examples=["2026-11-02"])
    before: Terms | None = Field(description="Null: it was not there")
    after: Terms | None = Field(description="Null: it is no more")
    note: str = Field(description="The reason, or the words that it rests on", examples=["Agreed with the team leads"])


class RoleHistory(Envelope):
    """Who changed what about a role's requirements, in order."""

    role: str = Field(description="Id of the role", examples=["own/R-B03"])
    role_title: str = Field(examples=["Unit leader, dementia care home"])
    items: list[RoleChange]


class SuggestedRequirement(Shape):
    """A requirement with what it was read from."""

    skill_id: str = Field(examples=["transversal.communication"])
    label: str = Field(examples=["Communication"])
    level: float = Field(examples=[3.0])
    level_basis: str = Field(description="What the level rests on: cue, years or assumed", examples=["assumed"])
    weight: float = Field(examples=[0.7])
    kind: RequirementKind = Field(examples=["essential"])
    demand: Demand = Field(description="How strongly the text asks for it", examples=["required"])
    years: str | None = Field(description="Years of experience that it names", examples=["2+"])
    probability: float = Field(description="That the words mean the skill", examples=[0.93])
    quote: str = Field(examples=["Good communication"])
    taken: bool = Field(description="False where a person had decided otherwise", examples=[True])


class RoleSuggestion(Envelope):
    """A role as a text suggests it; without a requirement in the text nothing is kept."""

    role: str = Field(description="Id of the role", examples=["own/R-901"])
    role_title: str = Field(examples=["Wound nurse"])
    source: str = Field(examples=["text"])
    detail: str = Field(description="What the status means here", examples=[""])
    items: list[SuggestedRequirement]
    kept: list[str] = Field(description="Skills of which people had decided otherwise", examples=[[]])


class ComparedRole(Shape):
    """One of two roles."""

    role: str = Field(description="Id of the role", examples=["own/R-B03"])
    role_title: str = Field(examples=["Unit leader, dementia care home"])


class ComparedSkill(Shape):
    """A skill that either role requires."""

    skill_id: str = Field(examples=["transversal.communication"])
    label: str = Field(examples=["Communication"])
    level_a: float | None = Field(description="Level that the first wants", examples=[3.0])
    level_b: float | None = Field(description="Level that the second wants", examples=[4.0])
    difference: float | None = Field(description="Levels that the second wants more", examples=[1.0])
    share_a: float | None = Field(description="Its share (0-1) of the first role's weight", examples=[0.1])
    share_b: float | None = Field(description="Its share (0-1) of the second role's weight", examples=[0.2])


class RoleComparison(Envelope):
    """Two roles beside each other."""

    a: ComparedRole
    b: ComparedRole
    similarity: float = Field(description="The common part (0-1) of what both require", examples=[0.4])
    in_common: list[ComparedSkill]
    only_a: list[ComparedSkill]
    only_b: list[ComparedSkill]
