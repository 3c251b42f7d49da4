"""Advice: from a person and a role to gap, recommendations and pathway, all from one snapshot."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from skillmatch.domain.advice.advice import Advice, Limits, Preference
from skillmatch.domain.advice.counterfactual import Counterfactual
from skillmatch.domain.advice.pathway import Pace, Pathway
from skillmatch.domain.people.gap import Gap
from skillmatch.domain.people.person import Person
from skillmatch.domain.roles.role import Role
from skillmatch.gaps import Assessment, assess
from skillmatch.recommend import RoleOffers, Situation, explain, find_pathway, rank
from skillmatch.service.core.snapshot import Snapshot

DEFAULT_LIMIT = 5
NO_LIMITS = Limits()
NO_PREFERENCE = Preference()


@dataclass(frozen=True)
class Case:
    """One person held against one role on a day: what every kind of advice starts from."""

    snapshot: Snapshot
    assessment: Assessment

    @classmethod
    def of(cls, snapshot: Snapshot, person: Person, role: Role, as_of: date) -> Case:
        """Assess the person."""
        return cls(snapshot, assess(person, role, as_of, snapshot.reference))

    @property
    def gap(self) -> Gap:
        """Where the person stands with each requirement."""
        return self.assessment.gap

    def recommend(self, limit: int, limits: Limits, preference: Preference) -> Advice:
        """The best ``limit`` credentials and what was left out."""
        return rank(self.gap, self._offers(preference), self._situation(limits), limit)

    def pathway(self, pace: Pace, limits: Limits, preference: Preference) -> Pathway:
        """An ordered, scheduled set of credentials."""
        return find_pathway(self.gap, self._offers(preference), self._situation(limits), pace)

    def why(self, credential_id: str, limit: int, limits: Limits, preference: Preference) -> Counterfactual:
        """Why a credential is or is not among the best ``limit``, and what would change that."""
        return explain(self.gap, self._offers(preference), self._situation(limits), credential_id, limit)

    def _offers(self, preference: Preference) -> RoleOffers:
        return self.snapshot.offers(self.assessment.role, preference)

    def _situation(self, limits: Limits) -> Situation:
        known = self.assessment
        return Situation(known.person, known.profile, limits, self.snapshot.catalogue, known.as_of)


def recommend_each(
    people: Iterable[Person],
    role: Role | None,
    snapshot: Snapshot,
    as_of: date,
    *,
    limit: int = DEFAULT_LIMIT,
    limits: Limits = NO_LIMITS,
    preference: Preference = NO_PREFERENCE,
) -> Iterator[Advice]:
    """Advice for many people one after the other, towards ``role`` or else each towards the role they have.

    People without a role, or with one that is not known any more, are left out when no ``role`` is given.
    Nothing is kept of a person once their advice is handed over, so memory does not grow.
    """
    for person in people:
        goal = role or snapshot.roles.get(person.role_id or "")
        if goal is not None:
            yield Case.of(snapshot, person, goal, as_of).recommend(limit, limits, preference)


def parity_answers(
    people: Iterable[Person], role: Role | None, snapshot: Snapshot, as_of: date
) -> Iterator[tuple[Gap, Advice]]:
    """Gap and advice for everyone who has a role to go to, one after the other."""
    for person in people:
        goal = role or snapshot.roles.get(person.role_id or "")
        if goal is not None:
            case = Case.of(snapshot, person, goal, as_of)
            yield case.gap, case.recommend(DEFAULT_LIMIT, NO_LIMITS, NO_PREFERENCE)
