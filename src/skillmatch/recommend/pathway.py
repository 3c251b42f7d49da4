"""The best pathway for one person and role, and the others that there are to choose from."""

from __future__ import annotations

from dataclasses import replace

from skillmatch.domain.advice.pathway import Pace, Pathway
from skillmatch.domain.base.answer import Status, rounded
from skillmatch.domain.people.gap import Gap, GapState
from skillmatch.recommend.bounds import Aim
from skillmatch.recommend.candidates import RoleOffers
from skillmatch.recommend.order import sooner_gained
from skillmatch.recommend.problem import Problem
from skillmatch.recommend.remarks import currencies, remarks, why_stuck
from skillmatch.recommend.routes import aims, certainty, routes, steps_of
from skillmatch.recommend.search import Draft, Search
from skillmatch.recommend.situation import Situation

EVERY_HOUR = Pace(hours_per_week=168, weeks=520)
"""The widest pace there is: what does not fit into it fails for another reason than time."""

MOST_OPENED = 250
"""After so many part-built pathways the search for the best one ends, and says how much better another could be."""


def find_pathway(gap: Gap, offers: RoleOffers, situation: Situation, pace: Pace) -> Pathway:
    """The pathway worth most within the hours per week, the weeks and the limits, and the other ones to choose from.

    Worth is the coverage expected, less ``SCRAP`` of an average requirement for each step. Coverage weighs each
    outcome with the probability of its link, leaves out what is more likely wrong than right, and supposes that
    every step works out; how likely that is, is its ``certainty``. Credentials are done one after the other: at
    so many hours a week, two at once would both take longer. Of orders that end as soon, the one that gains earliest
    is taken. What is already begun is not scheduled, not counted
    and not taught again. ``limits.cost`` caps the sum of the costs, where a cost that is not stated counts as the
    usual one; ``limits.hours`` caps each credential.

    The search is exact; where it is cut short, ``gap_to_best`` says how much more any pathway could be worth. The
    alternatives are the fastest, cheapest, shortest and most certain of those that add at least ``ENOUGH`` of what
    the best one adds, each shown only with its proof. When there is no step, ``detail`` names the cause. Raises
    ``ValueError`` when the gap is not one to the role of the offers.
    """
    offers.expect(gap)
    problem = Problem(gap, offers, situation, pace)
    search = Search(problem, aim_best(problem))
    found = search.run(MOST_OPENED)
    if found.draft is None or not found.draft.taken:
        status, detail = _why_none(gap, problem)
        return _pathway(gap, status, detail)
    best = sooner_gained(problem, search, found.draft)
    status, detail = gap.status, ""
    if status is Status.INSUFFICIENT_DATA:
        detail = "nothing is known of the person's skills"
    names, others = routes(problem, best) if found.gap <= 1e-6 else ((), ())
    return replace(
        _pathway(gap, status, detail),
        steps=(steps := steps_of(problem, best)),
        coverage_after=steps[-1].coverage_after,
        gap_to_best=rounded(found.gap),
        certainty=certainty(best),
        names=names,
        alternatives=others,
        remarks=(*remarks(gap, problem, best), *currencies(problem)),
    )


def aim_best(problem: Problem) -> Aim:
    """The aim of the best pathway: worth; of nearly equal ones the sooner, cheaper and surer one."""
    return next(iter(aims(problem, 0.0)))


def _pathway(gap: Gap, status: Status, detail: str) -> Pathway:
    return Pathway(
        person_id=gap.person_id,
        role_id=gap.role_id,
        role_title=gap.role_title,
        status=status,
        detail=detail,
        steps=(),
        coverage_before=gap.coverage,
        coverage_after=gap.coverage,
        as_of=gap.as_of,
        versions=gap.versions,
    )


def _begins(problem: Problem) -> bool:
    """Whether any pathway is worth taking: the first one found will do."""
    found: Draft | None = Search(problem, aim_best(problem)).run(MOST_OPENED).draft
    return found is not None and bool(found.taken)


def _why_none(gap: Gap, problem: Problem) -> tuple[Status, str]:
    """Why there is no step: the first limit that, once lifted, would let one begin."""
    if not gap.items:
        return Status.INSUFFICIENT_DATA, "the role has no requirements"
    if all(item.state in (GapState.MET, GapState.EXCEEDS) for item in gap.items):
        return Status.NOTHING_TO_CLOSE, "every requirement is met"
    if not problem.offers.catalogue.credentials:
        return Status.NO_PATHWAY, "nothing in the catalogue adds to what is attained: it is empty"
    if not problem.helpful:
        return Status.NO_PATHWAY, "nothing in the catalogue adds to what is attained or already begun"
    if not any(problem.may(item) for item in problem.helpful):
        return Status.NO_PATHWAY, "every credential that would help is left out; see the recommendations"
    budget, pace, offers = problem.budget, problem.pace, problem.offers
    free = problem.situation  # of which the problem took the limit of the cost
    if budget is not None and _begins(Problem(gap, offers, free, pace)):
        return Status.NO_PATHWAY, f"whatever would help costs more than {budget:g} with all it needs"
    widest = Problem(gap, offers, free, EVERY_HOUR)
    if _begins(widest):
        fit = f"{pace.weeks} weeks at {pace.hours_per_week:g} hours a week"
        return Status.NO_PATHWAY, f"nothing that would help fits into {fit}"
    return Status.NO_PATHWAY, why_stuck(widest)
