"""Adjacent roles: the roles a person is nearest to, with what it takes to reach them."""

from __future__ import annotations

from datetime import date

from skillmatch.domain.advice.adjacent import AdjacentRoles, Route
from skillmatch.domain.advice.advice import Limits, Preference
from skillmatch.domain.advice.pathway import Pace
from skillmatch.domain.base.answer import Status
from skillmatch.domain.people.gap import Gap
from skillmatch.domain.people.person import Person
from skillmatch.domain.roles.role import Role
from skillmatch.gaps import profiled
from skillmatch.recommend.adjacent import find_adjacent
from skillmatch.service.advice.case import NO_LIMITS, NO_PREFERENCE, Case
from skillmatch.service.core import lookups
from skillmatch.service.core.context import WorkspaceContext

USUAL_PACE = Pace(hours_per_week=4.0, weeks=52)
"""A learner's pace where neither the question nor the person's record says one (our assumption)."""


class AdjacentRoleFinder:
    """Where else a person could go."""

    def __init__(self, context: WorkspaceContext) -> None:
        self._context = context

    def adjacent(
        self,
        person: str | Person,
        *,
        limit: int = 5,
        pace: Pace | None = None,
        limits: Limits = NO_LIMITS,
        preference: Preference = NO_PREFERENCE,
        as_of: date | None = None,
    ) -> AdjacentRoles:
        """The ``limit`` roles of the workspace nearest to a person, each with a pathway's hours and cost.

        ``pace`` is by default the person's own hours a week (4 where none are recorded) for 52 weeks. Raises
        ``NotFoundError`` for an unknown person.

        >>> workspace.adjacent("P-037", limit=2).current_role_id
        'own/R-B03'
        """
        with self._context.store.reading() as view:
            snapshot = self._context.snapshots.current(view)
            found = lookups.person_of(view, snapshot, person)
        day = self._context.day(snapshot, as_of)
        chosen = pace or Pace(found.hours_per_week or USUAL_PACE.hours_per_week, USUAL_PACE.weeks)
        known = profiled(found, day, snapshot.reference)
        cases: dict[str, Case] = {}

        def gap_of(role: Role) -> Gap:
            cases[role.id] = Case(snapshot, known.towards(role))
            return cases[role.id].gap

        def route_of(role: Role) -> Route:
            return _route(cases[role.id], chosen, limits, preference)

        current = snapshot.roles.get(found.role_id or "")
        others = [role for role in snapshot.roles.values() if role.requirements and role is not current]
        roles = find_adjacent(others, known.levels, current, gap_of, route_of, limit)
        status, detail = Status.OK, ""
        if not others:
            status, detail = Status.INSUFFICIENT_DATA, "there is no other role with requirements"
        elif not roles:
            status, detail = Status.INSUFFICIENT_DATA, "nothing is known of the person that any other role asks for"
        return AdjacentRoles(
            person_id=found.id,
            current_role_id=None if current is None else current.id,
            status=status,
            detail=detail,
            roles=roles,
            compared=len(others),
            pace=chosen,
            as_of=day,
            versions=snapshot.versions,
        )


def _route(case: Case, pace: Pace, limits: Limits, preference: Preference) -> Route:
    """What a pathway to the case's role takes; money of two currencies is never added up."""
    pathway = case.pathway(pace, limits, preference)
    credentials = case.snapshot.catalogue.credentials
    costs: dict[str, float] = {}
    for step in pathway.steps:
        if step.cost is not None:
            currency = credentials[step.credential_id].currency
            costs[currency] = costs.get(currency, 0.0) + step.cost
    return Route(
        status=pathway.status,
        detail=pathway.detail,
        steps=len(pathway.steps),
        hours=pathway.hours,
        costs=tuple(sorted(costs.items())),
        cost_unstated=sum(step.cost is None for step in pathway.steps),
        coverage_after=pathway.coverage_after,
        done=max((step.end for step in pathway.steps), default=None),
    )
