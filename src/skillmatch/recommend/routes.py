"""The pathways to choose from: the best one, the fastest, the cheapest, the shortest, the most certain."""

from __future__ import annotations

import math
from collections.abc import Iterator

from skillmatch.domain.advice.advice import Reason
from skillmatch.domain.advice.pathway import Route, Step
from skillmatch.domain.base.answer import rounded
from skillmatch.recommend.bounds import Aim
from skillmatch.recommend.order import sooner_gained
from skillmatch.recommend.problem import Problem, level_to
from skillmatch.recommend.search import Draft, Search

ENOUGH = 0.8
"""Another route must add this part of what the best one adds: faster by learning next to nothing is no choice."""

TIE = 0.001
"""How little the other figures weigh beside the one that a route is best at (see ``aims``)."""

MOST_OPENED = 120
"""After so many part-built pathways the search for a route is given up, and the route is not shown."""


def aims(problem: Problem, floor: float) -> Iterator[Aim]:
    """The best by worth, then the four others, each with a little weight on all other figures.

    Those weights decide between equals and keep every route from being dominated. A tie's worth of coverage is the
    whole time at hand, 10,000 in money, or a certainty of nearly nothing.
    """
    span = max(1.0, 7.0 * problem.pace.weeks)
    days, cost, doubt = TIE / span, TIE / 10_000, TIE / 10
    yield Aim("best", 1.0, days, cost, problem.price, doubt)
    yield Aim("fastest", TIE, 1.0, cost, TIE, doubt, floor)
    if all(problem.offers.comparable(item.credential) for item in problem.items):
        yield Aim("cheapest", TIE, days, 1.0, TIE, doubt, floor)
    yield Aim("fewest steps", TIE, days, cost, 1.0, doubt, floor)
    yield Aim("most certain", TIE, days, cost, TIE * TIE, 1.0, floor)


def routes(problem: Problem, best: Draft) -> tuple[tuple[str, ...], tuple[Route, ...]]:
    """At what the best pathway is best, and the other routes with theirs; only what is proven."""
    mine: list[str] = ["best"]
    others: dict[tuple[str, ...], tuple[list[str], Draft]] = {}
    for aim in list(aims(problem, ENOUGH * best.cover))[1:]:
        search = Search(problem, aim)
        found = search.run(MOST_OPENED, best)
        if found.draft is None or found.gap > 0:
            continue
        if figures(found.draft) == figures(best):
            mine.append(aim.name)
        else:
            draft = sooner_gained(problem, search, found.draft)
            others.setdefault(draft.ids, ([], draft))[0].append(aim.name)
    shown = [
        Route(
            names=tuple(names),
            steps=(steps := steps_of(problem, draft)),
            coverage_after=steps[-1].coverage_after,
            certainty=certainty(draft),
            trade_off=trade_off(draft, best, problem.offers.currency),
        )
        for names, draft in others.values()
        if not any(dominates(figures(other), figures(draft)) for other in (best, *(d for _, d in others.values())))
    ]
    return tuple(mine), tuple(shown)


def figures(draft: Draft) -> tuple[float, ...]:
    """What routes are compared by, less being better: coverage, last day, cost, steps, certainty."""
    return (
        -rounded(draft.cover),
        float(draft.end.toordinal()),
        rounded(draft.cost),
        float(len(draft.ids)),
        rounded(draft.doubt),
    )


def dominates(one: tuple[float, ...], other: tuple[float, ...]) -> bool:
    """Whether one is nowhere worse and somewhere better."""
    return one != other and all(a <= b for a, b in zip(one, other, strict=True))


def certainty(draft: Draft) -> float:
    """The probability (0-1) that every step works out."""
    return rounded(math.exp(-draft.doubt))


def trade_off(draft: Draft, best: Draft, currency: str) -> str:
    """What a route gives up and gains against the best one, in words."""
    days = (draft.end - best.end).days
    money = rounded(draft.cost - best.cost)
    steps = len(draft.ids) - len(best.ids)
    covered = draft.cover - best.cover
    sure = certainty(draft) - certainty(best)
    parts = [
        _more(
            abs(days) / 7 if abs(days) >= 14 else abs(days),
            "weeks" if abs(days) >= 14 else "days",
            days,
            "longer",
            "shorter",
        ),
        _more(abs(money), currency, money, "dearer", "cheaper"),
        _more(abs(steps), "steps" if abs(steps) > 1 else "step", steps, "more", "fewer"),
        _more(100 * abs(covered), "points of coverage", covered, "more", "less"),
        _more(100 * abs(sure), "points of certainty", sure, "more", "less"),
    ]
    return ", ".join(part for part in parts if part)


def _more(amount: float, unit: str, sign: float, up: str, down: str) -> str:
    said = f"{amount:.1f}".rstrip("0").rstrip(".")
    return f"{said} {unit} {up if sign > 0 else down}" if said != "0" else ""


def steps_of(problem: Problem, draft: Draft) -> tuple[Step, ...]:
    """A draft as the steps of a pathway, with the reason for each."""
    levels, shares, covered = list(problem.levels), list(problem.shares), problem.covered
    steps = []
    for taken in draft.taken:
        item = problem.items[taken.number]
        credential, reasons = item.credential, []
        basis = {outcome.skill_id: outcome.basis for outcome in credential.outcomes}
        for taught in item.taught:
            before = levels[taught.skill]
            after = level_to(before, taught)
            if after <= before:
                continue
            levels[taught.skill] = after
            skill = problem.skills[taught.skill]
            more = problem.share_at(taught.skill, after) - shares[taught.skill] if taught.worth > 0 else 0.0
            if more > 0:
                shares[taught.skill] += taught.probability * more
                known = problem.situation.profile.attainments
                reasons.append(
                    Reason(
                        skill_id=skill,
                        label=problem.offers.labels.get(skill, skill),
                        contribution=rounded(taught.worth * more),
                        level_before=before if before > 0 or skill in known else None,
                        level_after=after,
                        basis=basis[skill],
                        probability=taught.probability,
                        level_required=problem.required[skill].level,
                    )
                )
        covered = min(1.0, covered + taken.added)
        steps.append(
            Step(
                credential_id=credential.id,
                title=credential.title,
                start=taken.slot.start,
                end=taken.slot.end,
                hours=problem.offers.hours_of(credential),
                cost=credential.cost,
                offering_id=taken.slot.offering_id,
                hours_stated=credential.hours is not None,
                coverage_after=rounded(covered),
                currency=credential.currency,
                reasons=tuple(sorted(reasons, key=lambda reason: (-reason.contribution, reason.skill_id))),
            )
        )
    return tuple(steps)
