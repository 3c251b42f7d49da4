"""Setting: a scenario with the people, roles and catalogue it is about, and what follows from them for everybody."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from functools import cached_property
from statistics import median

from skillmatch.domain.credential import Catalogue, Credential
from skillmatch.domain.gap import Profile
from skillmatch.domain.person import Person
from skillmatch.domain.role import Role
from skillmatch.domain.scenario import Scenario
from skillmatch.gaps.awards import held_on, running_on
from skillmatch.gaps.profile import build_profile

USUAL_HOURS_PER_WEEK = 4.0
"""Where neither the scenario nor the person says how much time there is (our assumption)."""


@dataclass(frozen=True)
class Setting:
    """Everything that decides what people could do; ``as_of`` is the day, learning begins on the next Monday.

    ``people`` are those in scope, by id; ``skills`` are labels of skills by id, as far as they are to be shown. A
    workload or cost that a credential does not state is taken to be the median of those that the catalogue does
    state. ``open_hours``, ``open_dates`` and ``open_seats`` lift limits, to find out why something does not work.
    """

    scenario: Scenario
    people: Mapping[str, Person]
    roles: Mapping[str, Role]
    catalogue: Catalogue
    as_of: date
    skills: Mapping[str, str] = field(default_factory=dict)
    open_hours: bool = False
    open_dates: bool = False
    open_seats: bool = False
    profiles: dict[str, Profile] = field(default_factory=dict)

    @classmethod
    def of(
        cls,
        scenario: Scenario,
        people: Iterable[Person],
        roles: Mapping[str, Role],
        catalogue: Catalogue,
        as_of: date,
        skills: Mapping[str, str] | None = None,
    ) -> Setting:
        """With those of the people who are in the scenario's scope."""
        scope = {
            person.id: person
            for person in sorted(people, key=lambda item: item.id)
            if (not scenario.units or person.unit in scenario.units)
            and (not scenario.roles or person.role_id in scenario.roles)
        }
        return cls(scenario, scope, roles, catalogue, as_of, dict(skills or {}))

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

    def profile(self, person: Person) -> Profile:
        """What the person can do on the day; built once."""
        if person.id not in self.profiles:
            self.profiles[person.id] = build_profile(person, self.catalogue, self.as_of)
        return self.profiles[person.id]

    def levels(self, person: Person) -> dict[str, float]:
        """The level in each skill of which something is known."""
        return {skill: found.level for skill, found in self.profile(person).attainments.items()}

    def held(self, person: Person) -> frozenset[str]:
        """The credentials that a person holds."""
        return frozenset(award.credential_id for award in held_on(person.awards, self.catalogue, self.as_of))

    def begun(self, person: Person) -> frozenset[str]:
        """The credentials that a person holds or has begun."""
        return self.held(person) | {award.credential_id for award in running_on(person.awards, self.as_of)}

    def allows(self, credential: Credential, person: Person) -> bool:
        """Whether a credential may be used for a person at all, whatever the day."""
        limits = self.scenario.limits
        if credential.id in limits.must_not or self.rate(credential.currency) is None:
            return False
        spoken = limits.languages or person.languages
        return not credential.language or not spoken or tongue(credential.language) in map(tongue, spoken)


def tongue(language: str) -> str:
    """The language of a code without its region."""
    return language.replace("_", "-").partition("-")[0].strip().casefold()


def _median(values: Iterable[float | None]) -> float:
    stated = [value for value in values if value is not None]
    return float(median(stated)) if stated else 0.0
