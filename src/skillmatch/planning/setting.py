"""Setting: a scenario with the people, roles and catalogue it is about, and what follows from them for everybody."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from functools import cached_property, lru_cache
from statistics import median

from skillmatch.domain.catalogue.credential import Catalogue, Credential
from skillmatch.domain.people.person import Person
from skillmatch.domain.plans.scenario import Cover, Demand, Scenario
from skillmatch.domain.roles.role import Requirement, Role
from skillmatch.gaps import Reference, profiled
from skillmatch.planning.starting_point import Held, StartingPoint
from skillmatch.recommend import Situation

USUAL_HOURS_PER_WEEK = 4.0
"""Where neither the scenario nor the person says how much time there is (our assumption)."""


@dataclass(frozen=True)
class Setting:
    """Everything that decides what people could do; ``as_of`` is the day, learning begins on the next Monday.

    ``people`` are those in scope, by id. Where they stand is what the assessment says, what is ruled out for them is
    what advice rules out: plans have no rules of their own for either. A workload or cost that a credential does not
    state is taken to be the median of those that the catalogue does state. ``open_hours``, ``open_dates`` and
    ``open_seats`` lift limits, to find out why something does not work.
    """

    scenario: Scenario
    people: Mapping[str, Person]
    roles: Mapping[str, Role]
    reference: Reference
    as_of: date
    open_hours: bool = False
    open_dates: bool = False
    open_seats: bool = False
    _starts: dict[str, StartingPoint] = field(default_factory=dict, repr=False)

    @classmethod
    def of(
        cls,
        scenario: Scenario,
        people: Iterable[Person],
        roles: Mapping[str, Role],
        reference: Reference,
        as_of: date,
    ) -> Setting:
        """With those of the people who are in the scenario's scope."""
        scope = {
            person.id: person
            for person in sorted(people, key=lambda item: item.id)
            if (not scenario.units or person.unit in scenario.units)
            and (not scenario.roles or person.role_id in scenario.roles)
        }
        return cls(scenario, scope, roles, reference, as_of)

    def with_catalogue(self, catalogue: Catalogue) -> Setting:
        """The same people before another catalogue: where they stand is worked out anew."""
        return replace(self, reference=replace(self.reference, catalogue=catalogue), _starts={})

    @property
    def catalogue(self) -> Catalogue:
        """What may be learned, and what awards lead to."""
        return self.reference.catalogue

    def label(self, skill_id: str) -> str:
        """What a skill is called."""
        return self.reference.labels.get(skill_id, skill_id)

    def opened(self, *, hours: bool = False, dates: bool = False, seats: bool = False) -> Setting:
        """The same without the limits on hours per week, on days and weeks, or with seats in cohorts that are full."""
        return replace(self, open_hours=hours, open_dates=dates, open_seats=seats)

    @cached_property
    def units(self) -> dict[str, int]:
        """How many people of each unit are in scope."""
        return dict(sorted(Counter(person.unit for person in self.people.values()).items()))

    @cached_property
    def monday(self) -> date:
        """The Monday after the day: the earliest one on which anything is begun."""
        return self.as_of + timedelta(days=7 - self.as_of.weekday())

    @cached_property
    def usual_hours(self) -> float:
        """The median workload that the catalogue states."""
        return _median(item.hours for item in self.catalogue.credentials.values())

    @cached_property
    def usual_cost(self) -> float:
        """The median cost that the catalogue states, in the scenario's currency where there is a rate."""
        return _median(
            None if item.cost is None else item.cost * (self.rate(item.currency) or 1.0)
            for item in self.catalogue.credentials.values()
        )

    def rate(self, currency: str) -> float | None:
        """What a unit of a currency is worth in the scenario's; None when nobody said."""
        limits = self.scenario.limits
        return 1.0 if currency == limits.currency else limits.rates.get(currency)

    def hours_of(self, credential: Credential) -> float:
        """The workload, stated or usual."""
        return self.usual_hours if credential.hours is None else credential.hours

    def cost_of(self, credential: Credential) -> float:
        """The cost in the scenario's currency, stated or usual."""
        return self.usual_cost if credential.cost is None else credential.cost * (self.rate(credential.currency) or 1.0)

    def pace(self, person: Person) -> float:
        """Hours a week that a person can learn: the lower of their own and the scenario's."""
        if self.open_hours:
            return 168.0
        given = [item for item in (person.hours_per_week, self.scenario.limits.hours_per_week) if item is not None]
        return min(given, default=USUAL_HOURS_PER_WEEK)

    def last_day(self, by: date) -> date:
        """The last day for learning towards something wanted ``by`` a day."""
        if self.open_dates:
            return date(self.as_of.year + 20, 12, 31)
        weeks = self.scenario.limits.weeks
        return by if weeks is None else min(by, self.monday + timedelta(days=7 * weeks - 1))

    def start(self, person: Person) -> StartingPoint:
        """Where a person stands, worked out once."""
        if person.id not in self._starts:
            self._starts[person.id] = StartingPoint(profiled(person, self.as_of, self.reference))
        return self._starts[person.id]

    def held(self, person: Person, goal: Demand | Cover) -> Held:
        """The person held against what a demand or a cover asks for."""
        return self.start(person).towards(self.role_of(goal))

    def role_of(self, goal: Demand | Cover) -> Role:
        """The role that a demand is for. A cover is one of a single requirement: people are held against it alike."""
        return self.roles[goal.role_id] if isinstance(goal, Demand) else _as_role(goal.skill_id, goal.level)

    def situation(self, person: Person) -> Situation:
        """What decides whether a credential is for a person, by the rules of all advice."""
        return self.start(person).situation(self.scenario.limits.languages)

    def allows(self, credential: Credential, person: Person) -> bool:
        """Whether a credential may be used for a person at all, whatever the day."""
        if credential.id in self._barred:
            return False
        return not self.start(person).is_ruled_out(credential, self.scenario.limits.languages)

    @cached_property
    def _barred(self) -> frozenset[str]:
        """What the scenario uses for nobody: what it names, and what is priced in a currency without a rate."""
        credentials = self.catalogue.credentials.values()
        unpriced = {item.id for item in credentials if self.rate(item.currency) is None}
        return frozenset(unpriced | set(self.scenario.limits.must_not))


@lru_cache(maxsize=1024)
def _as_role(skill_id: str, level: float) -> Role:
    return Role(f"cover/{skill_id}/{level!r}", skill_id, requirements=(Requirement(skill_id, level),))


def _median(values: Iterable[float | None]) -> float:
    stated = [value for value in values if value is not None]
    return float(median(stated)) if stated else 0.0
