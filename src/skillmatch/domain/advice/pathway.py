"""Pathway: an ordered, scheduled set of credentials for one person and role, and what else there is to choose from."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from skillmatch.domain.advice.advice import Reason
from skillmatch.domain.base import checks
from skillmatch.domain.base.answer import Status, Versions, rounded
from skillmatch.domain.base.display import AboutPerson


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
    catalogue gives no workload and an assumption stands in its place; a ``cost`` of None is not stated. The
    contributions of its ``reasons`` are shares of coverage; a step without any prepares for a later one.
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
    currency: str = "EUR"
    reasons: tuple[Reason, ...] = ()

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
            "currency": self.currency,
            "offering_id": self.offering_id,
            "coverage_after": self.coverage_after,
            "reasons": [reason.to_json() for reason in self.reasons],
        }


def costs_of(steps: Iterable[Step]) -> dict[str, float]:
    """The sum of the stated costs for each currency; money of two currencies is never added up."""
    totals: dict[str, float] = {}
    for step in steps:
        if step.cost is not None:
            totals[step.currency] = rounded(totals.get(step.currency, 0.0) + step.cost)
    return dict(sorted(totals.items()))


@dataclass(frozen=True, slots=True)
class Route:
    """Another pathway to choose, with what it is best at (``names``) and in words what it trades for that.

    ``certainty`` (0-1) is the probability that every step is completed and reaches its level.
    """

    names: tuple[str, ...]
    steps: tuple[Step, ...]
    coverage_after: float
    certainty: float
    trade_off: str

    def to_json(self) -> dict[str, Any]:
        """The documented shape."""
        return {
            "names": list(self.names),
            "steps": [step.to_json() for step in self.steps],
            "coverage_after": self.coverage_after,
            "certainty": self.certainty,
            "hours": sum(step.hours for step in self.steps),
            "costs": costs_of(self.steps),
            "end": max(step.end for step in self.steps).isoformat(),
            "trade_off": self.trade_off,
        }


@dataclass(frozen=True, slots=True)
class Remark:
    """Something to know about a pathway, about ``subject_id``: a skill, a credential or a stack by its title.

    ``kind`` is ``open`` (a requirement that stays open, with the cause), ``wasted`` (a credential that would add
    nothing any more), ``stack`` (a larger credential that comes into reach) or ``currency``.
    """

    kind: str
    subject_id: str
    title: str
    detail: str

    def to_json(self) -> dict[str, Any]:
        """The documented shape."""
        return {"kind": self.kind, "subject_id": self.subject_id, "title": self.title, "detail": self.detail}


@dataclass(frozen=True, repr=False)
class Pathway(AboutPerson):
    """Steps in the order of their start, with the coverage (0-1) before and the coverage expected after.

    No pathway is worth more than ``gap_to_best`` above this one, in coverage; 0 is proof that it is the best
    there is. ``names`` says at what else it is best; ``alternatives`` hold the others that are, none of them worse
    than another in every respect. ``certainty`` is as for a ``Route``.
    """

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
    gap_to_best: float = 0.0
    certainty: float = 1.0
    names: tuple[str, ...] = ()
    alternatives: tuple[Route, ...] = ()
    remarks: tuple[Remark, ...] = ()

    @property
    def proven(self) -> bool:
        """Whether it is proven that no pathway is better."""
        return self.gap_to_best <= 0

    @property
    def hours(self) -> float:
        """The whole workload."""
        return sum(step.hours for step in self.steps)

    @property
    def costs(self) -> dict[str, float]:
        """The sum of the stated costs for each currency."""
        return costs_of(self.steps)

    @property
    def cost(self) -> float | None:
        """The sum of the stated costs; None when they are in several currencies."""
        return None if len(self.costs) > 1 else sum(self.costs.values())

    def told_of(self, who: str) -> str:
        if not self.steps:
            return f"{who} to {self.role_title}: {self.status.value}, {self.detail}"
        proof = "" if self.proven else f"; a better one adds at most {self.gap_to_best:.1%} more"
        return (
            f"{who} to {self.role_title}: {self.coverage_before:.0%} to {self.coverage_after:.0%} covered "
            f"in {len(self.steps)} steps, {self.hours:g} hours, done {max(step.end for step in self.steps)}{proof}"
        )

    def rows(self) -> Sequence[dict[str, Any]]:
        return [
            {
                "credential": step.title,
                "start": step.start,
                "end": step.end,
                "hours": step.hours,
                "cost": step.cost,
                "currency": step.currency,
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
            "gap_to_best": self.gap_to_best,
            "certainty": self.certainty,
            "hours": self.hours,
            "cost": self.cost,
            "costs": self.costs,
            "names": list(self.names),
            "alternatives": [item.to_json() for item in self.alternatives],
            "remarks": [item.to_json() for item in self.remarks],
            "as_of": self.as_of.isoformat(),
            "versions": self.versions.to_json(),
        }
