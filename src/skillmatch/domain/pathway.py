"""Pathway: an ordered, scheduled set of credentials for one person and role."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from skillmatch.domain import checks
from skillmatch.domain.answer import Status, Versions
from skillmatch.domain.table import Tabular


@dataclass(frozen=True, slots=True)
class Pace:
    """How fast a person can learn: hours in a week (0-168) and whole weeks until the deadline (0-520).

    0 of either is allowed and means no time: whatever takes any is then out of reach.
    """

    hours_per_week: float
    weeks: int

    def __post_init__(self) -> None:
        checks.number(self.hours_per_week, "hours_per_week", least=0, most=168, unit="hours")
        checks.whole(self.weeks, "weeks", most=520)


@dataclass(frozen=True, slots=True)
class Step:
    """One credential in a pathway, worked on from ``start`` to ``end`` (both included).

    ``offering_id`` is the cohort to join, if the credential has any. ``hours_stated`` is False where the
    catalogue gives no workload and an assumption stands in its place; a ``cost`` of None is not stated.
    """

    credential_id: str
    title: str
    start: date
    end: date
    hours: float
    cost: float | None
    offering_id: str | None
    hours_stated: bool
    coverage_after: float

    def __post_init__(self) -> None:
        checks.ordered(self.start, self.end, "end")

    def to_json(self) -> dict[str, Any]:
        """The documented shape."""
        return {
            "credential_id": self.credential_id,
            "title": self.title,
            "start": self.start.isoformat(),
            "end": self.end.isoformat(),
            "hours": self.hours,
            "hours_stated": self.hours_stated,
            "cost": self.cost,
            "offering_id": self.offering_id,
            "coverage_after": self.coverage_after,
        }


@dataclass(frozen=True, repr=False)
class Pathway(Tabular):
    """Steps in the order of their start, with the coverage (0-1) before and the coverage expected after."""

    person_id: str
    role_id: str
    role_title: str
    status: Status
    detail: str
    steps: tuple[Step, ...]
    coverage_before: float
    coverage_after: float
    as_of: date
    versions: Versions

    @property
    def hours(self) -> float:
        """The whole workload."""
        return sum(step.hours for step in self.steps)

    @property
    def cost(self) -> float:
        """The sum of the stated costs."""
        return sum(step.cost or 0.0 for step in self.steps)

    def headline(self) -> str:
        if not self.steps:
            return f"{self.person_id} to {self.role_title}: {self.status.value}, {self.detail}"
        return (
            f"{self.person_id} to {self.role_title}: {self.coverage_before:.0%} to {self.coverage_after:.0%} covered "
            f"in {len(self.steps)} steps, {self.hours:g} hours, done {max(step.end for step in self.steps)}"
        )

    def rows(self) -> Sequence[dict[str, Any]]:
        return [
            {
                "credential": step.title,
                "start": step.start,
                "end": step.end,
                "hours": step.hours,
                "cost": step.cost,
                "covered after": f"{step.coverage_after:.0%}",
            }
            for step in self.steps
        ]

    def to_json(self) -> dict[str, Any]:
        """The documented shape."""
        return {
            "person": self.person_id,
            "role": self.role_id,
            "role_title": self.role_title,
            "status": self.status.value,
            "detail": self.detail,
            "steps": [step.to_json() for step in self.steps],
            "coverage_before": self.coverage_before,
            "coverage_after": self.coverage_after,
            "hours": self.hours,
            "cost": self.cost,
            "as_of": self.as_of.isoformat(),
            "versions": self.versions.to_json(),
        }
