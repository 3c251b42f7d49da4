"""A first pathway: the set of credentials, in order and on a calendar, that covers most of a role."""

from __future__ import annotations

from skillmatch.domain.answer import Status
from skillmatch.domain.gap import Gap, GapState
from skillmatch.domain.pathway import Pace, Pathway, Step
from skillmatch.recommend.candidates import RoleOffers
from skillmatch.recommend.search import Search, Taken
from skillmatch.recommend.situation import Situation


def find_pathway(gap: Gap, offers: RoleOffers, situation: Situation, pace: Pace) -> Pathway:
    """The pathway that is expected to cover most of the role within the hours per week, the weeks and the limits.

    """
    search = Search(gap, offers, situation, pace)
    best = search.best()
    return Pathway(
        person_id=gap.person_id,
        role_id=gap.role_id,
        role_title=gap.role_title,
        status=Status.OK,
        detail="",
        steps=tuple(_step(item, offers) for item in best.taken),
        coverage_before=gap.coverage,
        coverage_after=best.taken[-1].coverage_after if best.taken else gap.coverage,
        as_of=gap.as_of,
        versions=gap.versions,
    )


def _step(item: Taken, offers: RoleOffers) -> Step:
    return Step(
        credential_id=item.credential.id,
        title=item.credential.title,
        start=item.slot.start,
        end=item.slot.end,
        hours=offers.hours_of(item.credential),
        cost=item.credential.cost,
        offering_id=item.slot.offering_id,
        hours_stated=item.credential.hours is not None,
        coverage_after=item.coverage_after,
    )
