"""Scenario: what a workforce must be able to do by when, within which limits, and by which ways."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from datetime import date
from typing import Any

from skillmatch.domain.base import checks
from skillmatch.domain.base.errors import InputError
from skillmatch.domain.base.levels import check_level

READY = 0.8
"""The share of a role that somebody must cover to count as ready for it, unless the demand says otherwise."""


@dataclass(frozen=True, slots=True)
class Demand:
    """So many people ready for a role by a day; a higher ``priority`` (above 0) counts for more.

    Somebody is ready who covers at least the share ``ready`` (0-1) of the role. With ``must`` a plan that does not
    fill every place is no plan.
    """

    role_id: str
    headcount: int
    by: date
    priority: float = 1.0
    ready: float = READY
    must: bool = False

    def __post_init__(self) -> None:
        checks.text(self.role_id, "role", most=500)
        checks.whole(self.headcount, "headcount", least=1)
        checks.number(self.priority, "priority", least=0.000001, most=1_000_000)
        checks.number(self.ready, "ready", least=0.01, most=1)


@dataclass(frozen=True, slots=True)
class Cover:
    """At least ``people`` who can do a skill at a level by a day, also after any ``leavers`` of them have left.

    Whoever the leavers are, enough remain exactly when ``people + leavers`` can do it. ``unit`` confines it to the
    people of one unit.
    """

    skill_id: str
    level: float
    people: int
    by: date
    leavers: int = 0
    priority: float = 1.0
    unit: str = ""
    must: bool = False

    def __post_init__(self) -> None:
        checks.text(self.skill_id, "skill", most=500)
        check_level(self.level, least=0.000001)
        checks.whole(self.people, "people", least=1)
        checks.whole(self.leavers, "leavers")
        checks.number(self.priority, "priority", least=0.000001, most=1_000_000)
        checks.text(self.unit, "unit", empty=True, most=500)

    @property
    def wanted(self) -> int:
        """How many must be able to do it so that any ``leavers`` may go."""
        return self.people + self.leavers


@dataclass(frozen=True, slots=True)
class PlanLimits:
    """What a plan may use; None or nothing said means no limit.

    ``budget`` and ``unit_budgets`` are money in ``currency``; ``rates`` say what one unit of another currency is worth
    in it. ``hours_per_week`` holds for each person (their own, if lower), ``weeks`` from the scenario's day on,
    ``hours`` for everybody together. ``seats`` adds a limit per credential to the seats of its cohorts. ``most_away``
    is how many people of a unit may be learning in the same week. ``must`` says how many people at least take a
    credential, ``must_not`` which ones nobody takes.
    """

    budget: float | None = None
    hours_per_week: float | None = None
    weeks: int | None = None
    hours: float | None = None
    unit_budgets: Mapping[str, float] = field(default_factory=dict)
    seats: Mapping[str, int] = field(default_factory=dict)
    most_away: int | None = None
    must: Mapping[str, int] = field(default_factory=dict)
    must_not: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()
    currency: str = "EUR"
    rates: Mapping[str, float] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for value, name in ((self.budget, "budget"), (self.hours, "hours")):
            if value is not None:
                checks.number(value, name, least=0)
        if self.hours_per_week is not None:
            checks.number(self.hours_per_week, "hours_per_week", least=0, most=168, unit="hours")
        if self.weeks is not None:
            checks.whole(self.weeks, "weeks", most=520)
        if self.most_away is not None:
            checks.whole(self.most_away, "most_away", least=1)
        for unit, money in self.unit_budgets.items():
            checks.number(money, f"unit_budgets.{unit}", least=0)
        for name, counts in (("seats", self.seats), ("must", self.must)):
            for key, count in counts.items():
                checks.whole(count, f"{name}.{key}", least=1)
        for currency, rate in self.rates.items():
            checks.number(rate, f"rates.{currency}", least=0.000001)
        checks.texts(self.must_not, "must_not")
        checks.texts(self.languages, "languages")
        checks.text(self.currency, "currency", most=10)


@dataclass(frozen=True, slots=True)
class Weights:
    """What a plan gives up, in places filled: per unit of money, per hour of learning, per person assigned anew.

    The defaults only break ties: a million of money, or a hundred thousand hours, weigh as much as one place of
    priority 1. ``churn`` is what changing one person's assignment of the plan before must be worth.
    """

    money: float = 1e-6
    hours: float = 1e-5
    churn: float = 0.02

    def __post_init__(self) -> None:
        for value, name in ((self.money, "money"), (self.hours, "hours"), (self.churn, "churn")):
            checks.number(value, name, least=0, most=1_000)


@dataclass(frozen=True, slots=True)
class Risk:
    """The chance (0-1) that somebody completes one credential, and that somebody leaves before the day."""

    completion: float = 1.0
    attrition: float = 0.0

    def __post_init__(self) -> None:
        checks.number(self.completion, "completion", least=0.01, most=1)
        checks.number(self.attrition, "attrition", least=0, most=0.99)


@dataclass(frozen=True, slots=True)
class Ways:
    """Ways to fill a place besides training: move who is close, recognise prior learning, hire.

    Costs are per person. Recognition takes the highest level that anybody said of a skill for the true one, and is
    right with ``recognise_chance`` (0-1). Someone hired covers the share ``hire_ready`` of the role.
    """

    train: bool = True
    move: bool = True
    move_cost: float = 0.0
    recognise: bool = False
    recognise_cost: float = 0.0
    recognise_hours: float = 0.0
    recognise_chance: float = 0.7
    hire_most: int = 0
    hire_cost: float = 0.0
    hire_ready: float = 1.0

    def __post_init__(self) -> None:
        costs = ("move_cost", "recognise_cost", "recognise_hours", "hire_cost")
        for name in costs:
            checks.number(getattr(self, name), name, least=0)
        checks.number(self.recognise_chance, "recognise_chance", least=0.01, most=1)
        checks.number(self.hire_ready, "hire_ready", least=0.01, most=1)
        checks.whole(self.hire_most, "hire_most", most=100_000)


@dataclass(frozen=True, slots=True)
class Future:
    """One way in which things may turn out: factors on headcounts and prices, other risks where they are given."""

    name: str
    demand: float = 1.0
    price: float = 1.0
    completion: float | None = None
    attrition: float | None = None

    def __post_init__(self) -> None:
        checks.text(self.name, "name", most=100)
        checks.number(self.demand, "demand", least=0.01, most=100)
        checks.number(self.price, "price", least=0.01, most=100)
        Risk(1.0 if self.completion is None else self.completion, 0.0 if self.attrition is None else self.attrition)


@dataclass(frozen=True, slots=True)
class Scenario:
    """The people in scope (everybody when ``units`` and ``roles`` are empty), what is wanted of them, and the limits.

    ``taxonomy`` names the taxonomy of the workspace that it was written for, if that matters. Options of a person are
    made of at most ``credentials_each`` credentials, and at most ``options_each`` are kept for each demand.
    """

    name: str
    demands: tuple[Demand, ...]
    limits: PlanLimits
    units: tuple[str, ...] = ()
    covers: tuple[Cover, ...] = ()
    roles: tuple[str, ...] = ()
    weights: Weights = Weights()
    risk: Risk = Risk()
    ways: Ways = Ways()
    futures: tuple[Future, ...] = ()
    taxonomy: str = ""
    credentials_each: int = 3
    options_each: int = 8

    def __post_init__(self) -> None:
        checks.text(self.name, "name", most=200)
        if not self.demands and not self.covers:
            raise InputError("a scenario needs at least one demand.", field="demands")
        checks.texts(self.units, "units")
        checks.texts(self.roles, "roles")
        checks.unique((item.name for item in self.futures), "futures")
        checks.whole(self.credentials_each, "credentials_each", least=1, most=6)
        checks.whole(self.options_each, "options_each", least=1, most=50)

    @property
    def ideal(self) -> float:
        """What a plan that fills every place with people who cover all of the role would be worth, in places."""
        return sum(item.priority * item.headcount for item in self.demands) + sum(
            item.priority * item.wanted for item in self.covers
        )

    def to_json(self) -> dict[str, Any]:
        """All of it as plain values, fit for hashing and for a plan's file."""

        def plain(value: Any) -> Any:
            if isinstance(value, dict):
                return {key: plain(item) for key, item in value.items()}
            if isinstance(value, (list, tuple)):
                return [plain(item) for item in value]
            return value.isoformat() if isinstance(value, date) else value

        return {key: plain(value) for key, value in asdict(self).items()}
