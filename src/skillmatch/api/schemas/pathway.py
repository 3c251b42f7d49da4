"""The shape of a pathway: credentials in an order, on a calendar."""

from __future__ import annotations

from datetime import date

from pydantic import Field

from skillmatch.api.schemas.envelope import Judged, Shape
from skillmatch.api.schemas.recommendations import Reason


class Step(Shape):
    """One credential, worked on from `start` to `end` (both included)."""

    credential_id: str = Field(examples=["own/A-002"])
    title: str = Field(examples=["Communication for Team Leads"])
    start: date = Field(examples=["2026-12-01"])
    end: date = Field(examples=["2027-01-25"])
    hours: float = Field(description="Whole workload", examples=[32.0])
    hours_stated: bool = Field(description="False where an assumption stands in for the workload", examples=[True])
    cost: float | None = Field(description="Per learner; null when not stated", examples=[690.0])
    currency: str = Field(examples=["EUR"])
    offering_id: str | None = Field(description="The cohort to join, if it runs in cohorts", examples=["own/A-002-1"])
    coverage_after: float = Field(description="Coverage (0-1) expected once it is done", examples=[0.72])
    reasons: list[Reason] = Field(description="What it adds, in shares of coverage; none when it prepares for others")


class Route(Shape):
    """Another pathway to choose."""

    names: list[str] = Field(description="What it is best at", examples=[["fastest"]])
    steps: list[Step]
    coverage_after: float = Field(examples=[0.7])
    certainty: float = Field(description="Probability (0-1) that every step works out", examples=[0.6])
    hours: float = Field(examples=[20.0])
    costs: dict[str, float] = Field(description="Sum of the stated costs by currency", examples=[{"EUR": 120.0}])
    end: date = Field(examples=["2027-01-25"])
    trade_off: str = Field(description="Against the best pathway", examples=["3 weeks longer, 120 EUR cheaper"])


class Remark(Shape):
    """Something to know about a pathway."""

    kind: str = Field(description="open, wasted, stack or currency", examples=["open"])
    subject_id: str = Field(examples=["transversal.communication"])
    title: str = Field(examples=["Communication"])
    detail: str = Field(examples=["no time is left"])


class Pathway(Judged):
    """Steps in the order of their start, with the coverage before and the coverage expected after."""

    person: str = Field(description="Id of the person", examples=["own/P-037"])
    role: str = Field(description="Id of the role", examples=["own/R-B03"])
    role_title: str = Field(examples=["Unit leader, dementia care home"])
    detail: str = Field(description="What the status means here", examples=["every requirement is met"])
    steps: list[Step]
    coverage_before: float = Field(description="Coverage (0-1) today", examples=[0.62])
    coverage_after: float = Field(description="Coverage (0-1) expected after the last step", examples=[0.72])
    gap_to_best: float = Field(description="How much more any pathway could be worth; 0 is proof", examples=[0.0])
    certainty: float = Field(description="Probability (0-1) that every step works out", examples=[0.6])
    hours: float = Field(description="Whole workload of all steps", examples=[32.0])
    cost: float | None = Field(description="Sum of the stated costs; null for several currencies", examples=[690.0])
    costs: dict[str, float] = Field(description="Sum of the stated costs by currency", examples=[{"EUR": 690.0}])
    names: list[str] = Field(description="What this pathway is best at", examples=[["best", "fastest"]])
    alternatives: list[Route]
    remarks: list[Remark]
