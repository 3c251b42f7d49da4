"""The shapes of answers about one person beyond gap, recommendations and pathway."""

from __future__ import annotations

from datetime import date

from pydantic import Field

from skillmatch.api.schemas.envelope import Judged, Shape
from skillmatch.api.schemas.recommendations import Exclusion, Recommendation
from skillmatch.domain.base.answer import Status


class Change(Shape):
    """The smallest change of one thing that flips the answer."""

    kind: str = Field(
        description="level, hours, money, rating, holding, language, cohort or prior_learning", examples=["level"]
    )
    subject_id: str = Field(description="The skill or credential it is about", examples=["transversal.communication"])
    before: float | None = Field(description="Null where it is yes or no", examples=[2.0])
    after: float | None = Field(examples=[3.5])
    detail: str = Field(description="The change in words", examples=["a level of 3.5 instead of 2 in Communication"])


class Why(Judged):
    """Whether a credential is among the best, why, how close it was, and what would change it."""

    person: str = Field(description="Id of the person", examples=["own/P-037"])
    role: str = Field(description="Id of the role", examples=["own/R-B03"])
    role_title: str = Field(examples=["Unit leader, dementia care home"])
    credential_id: str = Field(examples=["own/A-002"])
    title: str = Field(examples=["Communication for Team Leads"])
    recommended: bool = Field(description="Whether it is among the first `limit`", examples=[True])
    limit: int = Field(examples=[5])
    place: int | None = Field(description="Its place in the whole list; null when it is left out", examples=[1])
    cause: str = Field(description="Why it is not recommended; empty when it is", examples=[""])
    margin: float | None = Field(
        description="How far ahead of the first that is not shown, or behind the last that is; null if it adds nothing",
        examples=[0.012],
    )
    recommendation: Recommendation | None
    exclusion: Exclusion | None
    in_the_way: list[str] = Field(
        description="All rules that speak against it, of which `exclusion` is the first", examples=[[]]
    )
    changes: list[Change] = Field(description="Each on its own flips the answer")


class Hurdle(Shape):
    """One requirement that is not met."""

    skill_id: str = Field(examples=["transversal.communication"])
    label: str = Field(examples=["Communication"])
    required: float = Field(description="Level wanted, 0-5", examples=[3.0])
    attained: float | None = Field(description="Null when nothing is known", examples=[2.0])
    share_of_gap: float = Field(description="Its share (0-1) of the whole gap", examples=[0.3])


class Money(Shape):
    """A sum in one currency."""

    currency: str = Field(examples=["EUR"])
    amount: float = Field(examples=[690.0])


class Effort(Shape):
    """What a pathway to a role takes."""

    status: Status = Field(examples=["ok"])
    detail: str = Field(examples=["every requirement is met"])
    steps: int = Field(examples=[3])
    hours: float = Field(examples=[72.0])
    costs: list[Money] = Field(description="The stated costs by currency")
    cost_unstated: int = Field(description="Steps whose cost nobody stated", examples=[0])
    coverage_after: float = Field(description="Coverage (0-1) expected after it", examples=[0.9])
    done: date | None = Field(description="When the last step ends", examples=["2027-05-31"])


class AdjacentRole(Shape):
    """A role that is near."""

    role: str = Field(description="Id of the role", examples=["own/R-B03"])
    role_title: str = Field(examples=["Unit leader, dementia care home"])
    coverage: float = Field(description="Weighted share (0-1) attained today", examples=[0.7])
    similarity: float | None = Field(description="To today's role (0-1); null without one", examples=[0.5])
    gap: float = Field(description="What coverage leaves open", examples=[0.3])
    unknown: int = Field(description="Requirements that nobody has said anything about", examples=[2])
    hurdles: list[Hurdle] = Field(description="What makes most of the difference")
    route: Effort


class Adjacent(Judged):
    """The roles nearest to a person, nearest first."""

    person: str = Field(description="Id of the person", examples=["own/P-037"])
    current_role: str | None = Field(examples=["own/R-B03"])
    detail: str = Field(description="What the status means here", examples=[""])
    compared: int = Field(description="Among how many roles", examples=[24])
    hours_per_week: float = Field(description="The pace of the routes", examples=[4.0])
    weeks: int = Field(examples=[52])
    items: list[AdjacentRole]
