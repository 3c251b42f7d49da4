"""The shapes of answers about groups, and about many people one by one."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any

from pydantic import Field

from skillmatch.api.schemas.envelope import Body, Envelope, Judged, Shape
from skillmatch.api.schemas.gap import Gap

MAX_PEOPLE = 200


class UnitPeople(Shape):
    """A unit that may be shown."""

    unit: str = Field(examples=["Care homes"])
    people: int = Field(examples=[38])


class Team(Judged):
    """Supply and demand by skill and unit; nothing in it tells about fewer than five people."""

    detail: str = Field(description="What was left out, and why", examples=[""])
    role: str | None = Field(description="The role that all were held against, if one", examples=[None])
    people: int = Field(examples=[280])
    units: list[UnitPeople]
    left_out: int = Field(description="People in groups too small to show", examples=[0])
    without_role: int = Field(examples=[3])
    minimum_group: int = Field(examples=[5])
    lines: list[dict[str, Any]] = Field(
        description="By skill and unit: wanted, had, lacking, as `skillmatch team --json` has them", examples=[[]]
    )
    single_points: list[dict[str, Any]] = Field(description="Skills that hang on one person", examples=[[]])
    heat_map: dict[str, Any] = Field(
        description="Units by skills, the share of the demand that is met", examples=[{"units": [], "skills": []}]
    )


class Brief(Shape):
    """What a provider would have to teach."""

    skill_id: str = Field(examples=["care.dementia"])
    label: str = Field(examples=["Dementia care"])
    description: str = Field(examples=["Supports people with dementia."])
    level: float = Field(description="Level wanted, 0-5", examples=[4.0])
    taught_to: float | None = Field(description="The level that the catalogue leads to", examples=[3.0])
    wanted: int = Field(description="People whose role asks for it", examples=[20])
    learners: int | None = Field(description="People who lack it; null where that tells too much", examples=[9])
    hours: float | None = Field(description="Hours that it may take", examples=[40.0])
    latest_start: date | None = Field(examples=["2027-06-01"])
    latest_end: date = Field(examples=["2027-11-30"])
    text: str = Field(description="The brief in a sentence", examples=["9 people need Dementia care at level 4."])


class Unmet(Judged):
    """Demand that nothing in the catalogue teaches."""

    detail: str = Field(examples=[""])
    looked_at: int = Field(description="Wanted skills held against the catalogue", examples=[120])
    hours_per_week: float = Field(examples=[4.0])
    items: list[Brief]


class GapsRequest(Body):
    """Whose gaps, towards one role or each towards their own."""

    people: list[Annotated[str, Field(min_length=1, max_length=500)]] = Field(
        min_length=1, max_length=MAX_PEOPLE, description="Ids of people", examples=[["own/P-037", "own/P-038"]]
    )
    role: str | None = Field(
        default=None, max_length=500, description="Else each towards the role held today", examples=["own/R-B03"]
    )
    as_of: date | None = Field(default=None, examples=["2026-12-01"])


class Gaps(Envelope):
    """One gap for each person, in the order that was asked for; `status` is partial where one could not be judged."""

    items: list[Gap]
