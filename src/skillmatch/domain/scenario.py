"""Scenario and plan: what a workforce must be able to do by when, and the assignments that answer it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from skillmatch.domain import checks
from skillmatch.domain.errors import InputError


@dataclass(frozen=True, slots=True)
class Demand:
    """So many people ready for a role by a day; a higher ``priority`` (above 0) counts for more."""

    role_id: str
    headcount: int
    by: date
    priority: float = 1.0

    def __post_init__(self) -> None:
        checks.text(self.role_id, "role", most=500)
        checks.whole(self.headcount, "headcount", least=1)
        checks.number(self.priority, "priority", least=0.000001)


@dataclass(frozen=True, slots=True)
class PlanLimits:
    """What a scenario may use: money in all, learning hours per person and week, weeks; None means no limit."""

    budget: float | None = None
    hours_per_week: float | None = None
    weeks: int | None = None

    def __post_init__(self) -> None:
        for value, field in ((self.budget, "budget"), (self.hours_per_week, "hours_per_week")):
            if value is not None:
                checks.number(value, field, least=0)
        if self.weeks is not None:
            checks.whole(self.weeks, "weeks")


@dataclass(frozen=True, slots=True)
class Scenario:
    """The people in scope (all units when empty), the demands, and the limits."""

    name: str
    demands: tuple[Demand, ...]
    limits: PlanLimits
    units: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        checks.text(self.name, "name", most=200)
        if not self.demands:
            raise InputError("a scenario needs at least one demand.", field="demands")


class PlanStatus(StrEnum):
    """How the search for a plan ended."""

    OPTIMAL = "optimal"
    FEASIBLE = "feasible"
    INFEASIBLE = "infeasible"
    TIMED_OUT = "timed_out"


@dataclass(frozen=True, slots=True)
class Assignment:
    """One person takes these credentials towards one role."""

    person_id: str
    role_id: str
    credential_ids: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Plan:
    """The assignments that answer a scenario: their worth (``objective``) and what no plan can exceed (``bound``)."""

    scenario: str
    status: PlanStatus
    assignments: tuple[Assignment, ...]
    objective: float
    bound: float

    def __post_init__(self) -> None:
        checks.number(self.objective, "objective")
        checks.number(self.bound, "bound")
        if self.objective > self.bound + 1e-6:
            raise InputError(f"the objective {self.objective:g} exceeds its bound {self.bound:g}.", field="objective")
        checks.unique((item.person_id for item in self.assignments), "assignments")
