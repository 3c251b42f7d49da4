"""Asking: links, profiles, gaps, recommendations and pathways, each from one consistent state."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

from skillmatch.domain.advice.advice import Advice, Limits, Preference
from skillmatch.domain.advice.counterfactual import Counterfactual
from skillmatch.domain.advice.parity import Parity
from skillmatch.domain.advice.pathway import Pace, Pathway
from skillmatch.domain.people.gap import Gap, Profile
from skillmatch.domain.people.person import Person
from skillmatch.gaps import profiled
from skillmatch.recommend.parity import find_parity
from skillmatch.service.advice.batch import Asked, answers
from skillmatch.service.advice.case import DEFAULT_LIMIT, NO_LIMITS, NO_PREFERENCE, Case, parity_answers
from skillmatch.service.core import lookups
from skillmatch.service.core.context import WorkspaceContext


class Advisor:
    """Questions about people and roles; ``as_of`` is the day the answer holds for, see :meth:`today`.

    A person may be named, or be one that was looked up just now.
    """

    def __init__(self, context: WorkspaceContext) -> None:
        self._context = context

    def profile(self, person: str | Person, *, as_of: date | None = None) -> Profile:
        """What the evidence for a person adds up to.

        ``as_of`` is the day of the answer. Raises ``NotFoundError`` for an unknown person.

        >>> workspace.profile("P-037").person_id
        'own/P-037'
        """
        with self._context.store.reading() as view:
            snapshot = self._context.snapshots.current(view)
            found = lookups.person_of(view, snapshot, person)
        return profiled(found, self._context.day(snapshot, as_of), snapshot.reference).profile

    def gap(self, person: str | Person, role: str, *, as_of: date | None = None) -> Gap:
        """Where a person stands with each requirement of a role.

        Levels are 0 to 5, coverage 0 to 1. Raises ``NotFoundError`` for an unknown person or role.

        >>> workspace.gap("P-037", "R-B03").role_title
        'Unit leader, dementia care home'
        """
        return self._case(person, role, as_of).gap

    def recommend(
        self,
        person: str | Person,
        role: str,
        *,
        limit: int = DEFAULT_LIMIT,
        limits: Limits = NO_LIMITS,
        preference: Preference = NO_PREFERENCE,
        as_of: date | None = None,
    ) -> Advice:
        """The credentials that close most of the gap for their effort, with reasons, and what was left out.

        Limits are in hours, weeks and money. Raises ``NotFoundError`` for an unknown person or role.

        >>> len(workspace.recommend("P-037", "R-B03", limit=2).recommendations)
        2
        """
        return self._case(person, role, as_of).recommend(limit, limits, preference)

    def recommend_all(
        self,
        role: str | None = None,
        *,
        units: Iterable[str] | None = None,
        limit: int = DEFAULT_LIMIT,
        limits: Limits = NO_LIMITS,
        preference: Preference = NO_PREFERENCE,
        as_of: date | None = None,
        workers: int = 1,
    ) -> Iterator[Advice]:
        """Advice for everyone (of some units), towards one role or each towards their own; one at a time.

        ``workers`` processes (1-64) share the work of a large organisation; the answers and their order are the same.
        A script that uses several must be importable (``if __name__ == "__main__":``), as for any Python processes.
        Raises ``NotFoundError`` for an unknown role.

        >>> next(workspace.recommend_all(limit=1)).person_id
        'own/P-001'
        """
        with self._context.store.reading() as view:
            snapshot = self._context.snapshots.current(view)
            goal = None if role is None else lookups.find_role(snapshot, role)
            asked = Asked(goal, snapshot, self._context.day(snapshot, as_of), limit, limits, preference)
            yield from answers(asked, map(snapshot.person, view.people(units=units)), workers)

    def pathway(
        self,
        person: str | Person,
        role: str,
        pace: Pace,
        *,
        limits: Limits = NO_LIMITS,
        preference: Preference = NO_PREFERENCE,
        as_of: date | None = None,
    ) -> Pathway:
        """An ordered, scheduled set of credentials within hours per week, weeks and limits.

        Raises ``NotFoundError`` for an unknown person or role.

        >>> workspace.pathway("P-037", "R-B03", Pace(hours_per_week=5, weeks=30)).role_id
        'own/R-B03'
        """
        return self._case(person, role, as_of).pathway(pace, limits, preference)

    def why(
        self,
        person: str | Person,
        role: str,
        credential: str,
        *,
        limit: int = DEFAULT_LIMIT,
        limits: Limits = NO_LIMITS,
        preference: Preference = NO_PREFERENCE,
        as_of: date | None = None,
    ) -> Counterfactual:
        """Why a credential is or is not among the best ``limit``, what would change that, and how close it was.

        Raises ``NotFoundError`` for an unknown person, role or credential.

        >>> workspace.why("P-037", "R-B03", "A-001").credential_id
        'own/A-001'
        """
        case = self._case(person, role, as_of)
        return case.why(lookups.find_credential(case.snapshot, credential).id, limit, limits, preference)

    def parity(self, role: str | None = None, *, as_of: date | None = None) -> Parity:
        """Whether soft and technical skills fare alike, over everyone towards one role or each towards their own.

        Raises ``NotFoundError`` for an unknown role.

        >>> workspace.team.parity("R-B03").as_of
        datetime.date(2026, 12, 1)
        """
        with self._context.store.reading() as view:
            snapshot = self._context.snapshots.current(view)
            goal = None if role is None else lookups.find_role(snapshot, role)
            day = self._context.day(snapshot, as_of)
            answers = parity_answers(map(snapshot.person, view.people()), goal, snapshot, day)
            return find_parity(answers, snapshot.types, day, snapshot.versions)

    def _case(self, person: str | Person, role: str, as_of: date | None) -> Case:
        with self._context.store.reading() as view:
            snapshot = self._context.snapshots.current(view)
            found = lookups.person_of(view, snapshot, person)
        return Case.of(snapshot, found, lookups.find_role(snapshot, role), self._context.day(snapshot, as_of))
