"""Plan: who does what, what that is worth, and what no plan can exceed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from datetime import date
from enum import StrEnum
from typing import Any

from skillmatch.domain.base import checks
from skillmatch.domain.base.answer import Versions, rounded
from skillmatch.domain.base.display import Tabular
from skillmatch.domain.base.errors import InputError


class PlanStatus(StrEnum):
    """How the search for a plan ended."""

    OPTIMAL = "optimal"
    FEASIBLE = "feasible"
    INFEASIBLE = "infeasible"
    TIMED_OUT = "timed_out"


class OptionKind(StrEnum):
    """By which way somebody comes to fill a place."""

    STAY = "stay"
    MOVE = "move"
    RECOGNISE = "recognise"
    TRAIN = "train"
    HIRE = "hire"


class Cause(StrEnum):
    """Why a place stays empty; each has exactly one."""

    MONEY = "money"
    HOURS = "hours"
    SEATS = "seats"
    DATES = "dates"
    NOBODY_CLOSE = "nobody_close"
    NOTHING_TEACHES = "nothing_teaches"
    NOT_DECIDED = "not_decided"


@dataclass(frozen=True, slots=True)
class PlanStep:
    """One credential that somebody takes from ``start`` to ``end``, with the cohort to join if it has any.

    ``cost`` is in the plan's currency. Where the catalogue states no hours or cost, the usual one stands in.
    """

    credential_id: str
    title: str
    start: date
    end: date
    hours: float
    cost: float
    offering_id: str | None = None

    def __post_init__(self) -> None:
        checks.ordered(self.start, self.end, "end")
        checks.number(self.hours, "hours", least=0)
        checks.number(self.cost, "cost", least=0)


@dataclass(frozen=True, slots=True)
class Assignment:
    """One person's part in a plan: a place in a role (``role_id``), a part in covers, or both.

    ``demand`` is the place of the demand in the scenario (None for none), ``covers`` the places of the covers that
    the person newly counts for. ``worth`` is in places filled, weighted by priority and chance; coverage is of the
    role, 0-1. ``recognised`` are the skills to be recognised before anything is learned.
    """

    person_id: str
    kind: OptionKind
    role_id: str = ""
    unit: str = ""
    steps: tuple[PlanStep, ...] = ()
    recognised: tuple[str, ...] = ()
    demand: int | None = None
    covers: tuple[int, ...] = ()
    coverage_before: float = 0.0
    coverage_after: float = 0.0
    worth: float = 0.0
    cost: float = 0.0
    hours: float = 0.0

    def __post_init__(self) -> None:
        checks.text(self.person_id, "person", most=500)
        checks.number(self.cost, "cost", least=0)
        checks.number(self.hours, "hours", least=0)
        checks.unique((step.credential_id for step in self.steps), "steps")

    @property
    def credential_ids(self) -> tuple[str, ...]:
        """What is taken, in order."""
        return tuple(step.credential_id for step in self.steps)

    @property
    def signature(self) -> tuple[object, ...]:
        """What makes two assignments of a person the same one."""
        return (
            self.kind.value,
            self.demand,
            self.covers,
            self.recognised,
            tuple((step.credential_id, step.offering_id, step.start) for step in self.steps),
        )

    def to_json(self) -> dict[str, Any]:
        """The documented shape."""
        document = asdict(self)
        document["kind"] = self.kind.value
        for step in document["steps"]:
            step["start"], step["end"] = step["start"].isoformat(), step["end"].isoformat()
        document["covers"], document["recognised"] = list(self.covers), list(self.recognised)
        return {"person": document.pop("person_id"), "role": document.pop("role_id"), **document}


@dataclass(frozen=True, slots=True)
class Met:
    """How far one demand or cover is met: ``wanted`` and ``met`` places; ``key`` is its place in the scenario.

    ``doing`` is how many people in scope have the role today, ``ready`` how many of all in scope cover enough of it
    already; of a cover both are those who can do it today.
    """

    key: str
    title: str
    wanted: int
    met: int
    worth: float
    doing: int = 0
    ready: int = 0


@dataclass(frozen=True, slots=True)
class Unmet:
    """So many ``places`` of a demand or cover that stay empty for one cause."""

    key: str
    title: str
    places: int
    cause: Cause
    detail: str


@dataclass(frozen=True, repr=False)
class OpenPlaces(Tabular):
    """The places that stay empty, by cause."""

    items: tuple[Unmet, ...]

    def headline(self) -> str:
        places = sum(item.places for item in self.items)
        return "1 place stays empty" if places == 1 else f"{places} places stay empty"

    def rows(self) -> Sequence[dict[str, Any]]:
        return [
            {"wanted": item.title, "places": item.places, "cause": item.cause.value, "detail": item.detail}
            for item in self.items
        ]


@dataclass(frozen=True, slots=True)
class Approval:
    """Who approved a plan, when and with which words; ``caller`` is the id that proved it, blank for a name said."""

    by: str
    on: date
    note: str = ""
    caller: str = ""

    def __post_init__(self) -> None:
        checks.text(self.by, "by", most=200)
        checks.text(self.note, "note", empty=True, most=2_000)
        checks.text(self.caller, "caller", empty=True, most=500)

    def to_json(self) -> dict[str, str]:
        """The documented shape."""
        return {"by": self.by, "caller": self.caller, "on": self.on.isoformat(), "note": self.note}


NO_VERSIONS = Versions("", "", "", "", "")


@dataclass(frozen=True, repr=False)
class Plan(Tabular):
    """The assignments that answer a scenario: their worth (``objective``) and what no plan can exceed (``bound``).

    Both are in places filled, weighted by priority, less what money, hours and churn weigh. ``coverage`` is the share
    (0-1) of what is wanted that the plan is expected to cover, ``coverage_bound`` what no plan within the limits can
    exceed. ``multipliers`` are the prices found for each shared limit, by its name; ``stopped_by`` says what ended the
    search. ``checked``: the independent checker found every limit kept. Without any plan (``infeasible``,
    ``timed_out``) there are no assignments.
    """

    scenario: str
    status: PlanStatus
    assignments: tuple[Assignment, ...]
    objective: float
    bound: float
    demands: tuple[Met, ...] = ()
    unmet: tuple[Unmet, ...] = ()
    coverage: float = 0.0
    coverage_bound: float = 1.0
    cost: float = 0.0
    hours: float = 0.0
    currency: str = "EUR"
    solver: str = ""
    stopped_by: str = ""
    seed: int = 0
    as_of: date = date.min
    input_hash: str = ""
    versions: Versions = NO_VERSIONS
    multipliers: Mapping[str, float] = field(default_factory=dict)
    notes: tuple[str, ...] = ()
    checked: bool = False

    def __post_init__(self) -> None:
        checks.number(self.objective, "objective")
        checks.number(self.bound, "bound")
        if self.objective > self.bound + 1e-6:
            raise InputError(f"the objective {self.objective:g} exceeds its bound {self.bound:g}.", field="objective")
        checks.unique((item.person_id for item in self.assignments), "assignments")

    @property
    def gap(self) -> float:
        """How much better a plan might still be, as a share of this one's worth; 1 where this one is worth nothing."""
        missing = max(0.0, self.bound - self.objective)
        if missing <= 1e-9:
            return 0.0
        return rounded(min(1.0, missing / self.objective)) if self.objective > 0 else 1.0

    def open_places(self) -> OpenPlaces:
        """What is wanted and stays empty, as a table."""
        return OpenPlaces(self.unmet)

    def headline(self) -> str:
        if self.status in (PlanStatus.INFEASIBLE, PlanStatus.TIMED_OUT) and not self.assignments:
            return f"{self.scenario}: {self.status.value}, no plan"
        return (
            f"{self.scenario}: {self.status.value}, covers {self.coverage:.1%}; no plan can exceed "
            f"{self.coverage_bound:.1%} (gap {self.gap:.2%}); {self.cost:,.0f} {self.currency}, {self.hours:,.0f} hours"
        )

    def rows(self) -> Sequence[dict[str, Any]]:
        return [
            {
                "person": item.person_id,
                "unit": item.unit,
                "way": item.kind.value,
                "role": item.role_id,
                "credentials": list(item.credential_ids),
                "covered before": f"{item.coverage_before:.0%}",
                "covered after": f"{item.coverage_after:.0%}",
                "hours": item.hours,
                "cost": item.cost,
                "done": max((step.end for step in item.steps), default=None),
            }
            for item in self.assignments
        ]

    def to_json(self) -> dict[str, Any]:
        """The documented shape."""
        return {
            "scenario": self.scenario,
            "status": self.status.value,
            "objective": self.objective,
            "bound": self.bound,
            "gap": self.gap,
            "coverage": self.coverage,
            "coverage_bound": self.coverage_bound,
            "cost": self.cost,
            "hours": self.hours,
            "currency": self.currency,
            "demands": [asdict(item) for item in self.demands],
            "unmet": [asdict(item) | {"cause": item.cause.value} for item in self.unmet],
            "assignments": [item.to_json() for item in self.assignments],
            "multipliers": dict(self.multipliers),
            "notes": list(self.notes),
            "solver": self.solver,
            "stopped_by": self.stopped_by,
            "checked": self.checked,
            "seed": self.seed,
            "as_of": self.as_of.isoformat(),
            "versions": self.versions.to_json(),
            "input_hash": self.input_hash,
        }
