"""Adjacent roles: where else a person could go, how far that is, and what would make the difference."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from skillmatch.domain.advice.pathway import Pace
from skillmatch.domain.base.answer import Status, Versions
from skillmatch.domain.base.display import AboutPerson, shown


@dataclass(frozen=True, slots=True)
class Hurdle:
    """One requirement that is not met and its share (0-1) of the whole gap; ``attained`` is None when unknown."""

    skill_id: str
    label: str
    required: float
    attained: float | None
    share_of_gap: float

    def to_json(self) -> dict[str, Any]:
        """The documented shape."""
        return {
            "skill_id": self.skill_id,
            "label": self.label,
            "required": self.required,
            "attained": self.attained,
            "share_of_gap": self.share_of_gap,
        }


@dataclass(frozen=True, slots=True)
class Route:
    """What a pathway to a role takes: steps, hours, stated costs by currency, and the coverage expected after it.

    ``status`` and ``detail`` are the pathway's own; without a step ``coverage_after`` is that of today. Steps whose
    cost is not stated are counted in ``cost_unstated`` and cost nothing here.
    """

    status: Status
    detail: str
    steps: int
    hours: float
    costs: tuple[tuple[str, float], ...]
    cost_unstated: int
    coverage_after: float
    done: date | None

    def to_json(self) -> dict[str, Any]:
        """The documented shape."""
        return {
            "status": self.status.value,
            "detail": self.detail,
            "steps": self.steps,
            "hours": self.hours,
            "costs": [{"currency": currency, "amount": amount} for currency, amount in self.costs],
            "cost_unstated": self.cost_unstated,
            "coverage_after": self.coverage_after,
            "done": None if self.done is None else self.done.isoformat(),
        }


@dataclass(frozen=True, slots=True)
class AdjacentRole:
    """A role with the coverage (0-1) that a person has of it today.

    ``similarity`` (0-1) is to the person's current role, None without one. ``gap`` is what coverage leaves open,
    ``unknown`` how many requirements nobody has said anything about. ``hurdles`` hold most of the gap.
    """

    role_id: str
    role_title: str
    coverage: float
    similarity: float | None
    gap: float
    unknown: int
    hurdles: tuple[Hurdle, ...]
    route: Route

    def to_json(self) -> dict[str, Any]:
        """The documented shape."""
        return {
            "role": self.role_id,
            "role_title": self.role_title,
            "coverage": self.coverage,
            "similarity": self.similarity,
            "gap": self.gap,
            "unknown": self.unknown,
            "hurdles": [hurdle.to_json() for hurdle in self.hurdles],
            "route": self.route.to_json(),
        }


@dataclass(frozen=True, repr=False)
class AdjacentRoles(AboutPerson):
    """The roles that a person is nearest to, nearest first; ``compared`` says among how many.

    In their order a requirement of which nothing is known counts as far as the current role asks for the same skill;
    the ``coverage`` of each is what evidence bears out.

    ``status`` is ``ok`` or ``insufficient_data``, with why in ``detail``: nothing is known of the person that any
    role asks for, or there is no other role with requirements.
    """

    person_id: str
    current_role_id: str | None
    status: Status
    detail: str
    roles: tuple[AdjacentRole, ...]
    compared: int
    pace: Pace
    as_of: date
    versions: Versions

    def told_of(self, who: str) -> str:
        if not self.roles:
            return f"{who}: {self.status.value}, {self.detail}"
        first = self.roles[0]
        return f"{who}: nearest of {self.compared} roles is {first.role_title} ({first.coverage:.0%} covered)"

    def rows(self) -> Sequence[dict[str, Any]]:
        return [
            {
                "role": item.role_title,
                "covered": f"{item.coverage:.0%}",
                "like today's": "" if item.similarity is None else f"{item.similarity:.0%}",
                "covered after": f"{item.route.coverage_after:.0%}",
                "hours": item.route.hours,
                "cost": [f"{shown(amount)} {currency}" for currency, amount in item.route.costs],
                "what makes the difference": [hurdle.label for hurdle in item.hurdles],
            }
            for item in self.roles
        ]

    def to_json(self) -> dict[str, Any]:
        """The documented shape."""
        return {
            "person": self.person_id,
            "current_role": self.current_role_id,
            "status": self.status.value,
            "detail": self.detail,
            "compared": self.compared,
            "hours_per_week": self.pace.hours_per_week,
            "weeks": self.pace.weeks,
            "items": [item.to_json() for item in self.roles],
            "as_of": self.as_of.isoformat(),
            "versions": self.versions.to_json(),
        }
