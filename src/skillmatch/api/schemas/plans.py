"""The shapes of scenarios and plans. Scenario and plan themselves are the documents of a plan's file."""

from __future__ import annotations

from datetime import date
from enum import StrEnum
from typing import Any

from pydantic import Field

from skillmatch.api.schemas.common import GivenName, Moment
from skillmatch.api.schemas.envelope import Body, Envelope, Shape
from skillmatch.domain.plans.kept_plan import KeptPlan
from skillmatch.domain.plans.plan import PlanStatus

EXAMPLE_SCENARIO: dict[str, Any] = {
    "name": "First aiders",
    "covers": [{"skill": "transversal.first-aid", "level": 3, "people": 6, "by": "2027-06-30"}],
    "limits": {"budget": 5000, "hours_per_week": 4},
}

_SCENARIO = "What is wanted within which limits, with the keys of a scenario's file (see docs/planning.md)"
_AS_OF = "The day that the plan begins; else the workspace's day"


class ScenarioRequest(Body):
    """A scenario to look at."""

    scenario: dict[str, Any] = Field(description=_SCENARIO, examples=[EXAMPLE_SCENARIO])
    as_of: date | None = Field(default=None, description=_AS_OF, examples=["2026-12-01"])


class QuestionRequest(ScenarioRequest):
    """A scenario that is solved while the caller waits."""

    time_limit: float = Field(default=5.0, ge=0, le=20, description="Seconds to search at most", examples=[5.0])


class PlanRequest(ScenarioRequest):
    """A scenario to solve."""

    time_limit: float | None = Field(default=None, ge=0, le=86_400, description="Seconds to search", examples=[20.0])
    gap: float | None = Field(
        default=None, ge=0, le=1, description="How far below the bound is good enough", examples=[0.001]
    )
    seed: int | None = Field(default=None, ge=0, le=2**31, description="The same seed, the same plan", examples=[1])
    before: str | None = Field(
        default=None, max_length=100, description="Id of a kept plan that the search begins with", examples=[None]
    )


class ApprovalRequest(Body):
    """What whoever approves a plan has to say; the caller signs it."""

    name: GivenName = None
    note: str = Field(default="", max_length=2_000, examples=["Agreed with the works council."])


class Approval(Shape):
    """Who approved a plan, and when."""

    by: str = Field(description="Their name", examples=["Mia Holt"])
    caller: str = Field(
        description="The key or the token's subject that proved it; blank where the name was only said",
        examples=["key:0123456789ab"],
    )
    on: date = Field(examples=["2026-12-01"])
    note: str = Field(examples=[""])


class PlanSummary(Shape):
    """A kept plan in a list."""

    id: str = Field(examples=["plan-0f5c9d1e7a2b4c68"])
    kept: Moment = Field(description="When it was kept", examples=["2026-12-01T08:00:00+00:00"])
    by: str = Field(description="The caller whose job made it", examples=["3f9a1c"])
    scenario: str = Field(description="What the scenario is called", examples=["First aiders"])
    plan_status: PlanStatus = Field(examples=["optimal"])
    coverage: float = Field(description="Share (0-1) of what is wanted", examples=[0.941])
    coverage_bound: float = Field(description="Share that no plan can exceed", examples=[0.946])
    objective: float = Field(examples=[17.2])
    bound: float = Field(description="No plan is worth more", examples=[17.3])
    cost: float = Field(examples=[4200.0])
    currency: str = Field(examples=["EUR"])
    hours: float = Field(examples=[120.0])
    people: int = Field(description="How many have a part in it", examples=[6])
    plan_as_of: date = Field(description="The day that it begins", examples=["2026-12-01"])
    approvals: list[Approval]


class Plans(Envelope):
    """One page of kept plans, by id."""

    items: list[PlanSummary]
    next_cursor: str | None = Field(
        description="Send it as `cursor` for the next page; null on the last", examples=[None]
    )


class OnePlan(Envelope, PlanSummary):
    """A kept plan with all its parts."""

    plan: dict[str, Any] = Field(
        description="assignments, unmet need with its cause, calendar, prices of limits and notes, as in a plan's file",
        examples=[{"assignments": [], "unmet": []}],
    )
    given: dict[str, Any] = Field(description="The scenario that it answers", examples=[EXAMPLE_SCENARIO])
    input_hash: str = Field(description="Over all that was read", examples=["9b1d6f0c2a7e4d35"])


class OneScenario(Envelope):
    """A scenario without contradictions, its names resolved."""

    scenario: dict[str, Any] = Field(examples=[EXAMPLE_SCENARIO])


class Breach(Shape):
    """A limit that a plan breaks."""

    rule: str = Field(examples=["budget"])
    where: str = Field(examples=["all"])
    detail: str = Field(examples=["5200 of 5000"])


class PlanCheck(Envelope):
    """Whether a plan keeps its limits in the workspace as it is now."""

    plan: str = Field(description="Id of the plan", examples=["plan-0f5c9d1e7a2b4c68"])
    breaches: list[Breach]
    changed_inputs: list[str] = Field(description="What it was made from and is different now", examples=[["people"]])


class PlanAnswer(Envelope):
    """Prices, a curve, a stress run or a comparison, as the command of that name prints it."""

    result: dict[str, Any] = Field(examples=[{"items": []}])


class PlanPart(StrEnum):
    """What a plan is exported as."""

    MANAGERS_CSV = "managers.csv"
    MANAGERS_XLSX = "managers.xlsx"
    PROVIDERS_CSV = "providers.csv"
    PROVIDERS_XLSX = "providers.xlsx"
    CALENDAR = "calendar.ics"
    JSON = "plan.json"


def plan_json(plan: KeptPlan) -> dict[str, Any]:
    """A kept plan as :class:`PlanSummary` says it."""
    said = plan.to_json()
    said["plan_status"], said["plan_as_of"] = said.pop("status"), said.pop("as_of")
    said["approvals"] = [{"caller": "", **item} for item in said["approvals"]]  # those of earlier versions lack it
    return {name: said[name] for name in PlanSummary.model_fields}
