"""The shape of a pathway: credentials in an order, on a calendar."""

from __future__ import annotations

from datetime import date

from pydantic import Field

from skillmatch.api.schemas.common import Shape, Versions
from skillmatch.domain.answer import Status


class Step(Shape):
    """One credential, worked on from `start` to `end` (both included)."""

    credential_id: str = Field(examples=["own/A-002"])
    title: str = Field(examples=["Communication for Team Leads"])
    start: date = Field(examples=["2026-12-01"])
    end: date = Field(examples=["2027-01-25"])
    hours: float = Field(description="Whole workload", examples=[32.0])
    hours_stated: bool = Field(description="False where an assumption stands in for the workload", examples=[True])
    cost: float | None = Field(description="Per learner; null when not stated", examples=[690.0])
    offering_id: str | None = Field(description="The cohort to join, if it runs in cohorts", examples=["own/A-002-1"])
    coverage_after: float = Field(description="Coverage (0-1) expected once it is done", examples=[0.72])


class Pathway(Shape):
    """Steps in the order of their start, with the coverage before and the coverage expected after."""

    person: str = Field(description="Id of the person", examples=["own/P-037"])
    role: str = Field(description="Id of the role", examples=["own/R-B03"])
    role_title: str = Field(examples=["Unit leader, dementia care home"])
    status: Status = Field(description="How the search ended; empty is never success", examples=["ok"])
    detail: str = Field(description="What the status means here", examples=["every requirement is met"])
    steps: list[Step]
    coverage_before: float = Field(description="Coverage (0-1) today", examples=[0.62])
    coverage_after: float = Field(description="Coverage (0-1) expected after the last step", examples=[0.72])
    hours: float = Field(description="Whole workload of all steps", examples=[32.0])
    cost: float = Field(description="Sum of the stated costs", examples=[690.0])
    as_of: date = Field(description="The day the answer holds for", examples=["2026-12-01"])
    versions: Versions
