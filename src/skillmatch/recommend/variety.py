"""Order scored candidates so that each counts only for what those above it leave open."""

from __future__ import annotations

from collections.abc import Sequence
from heapq import heapify, heappop, heappush
from math import fsum

from skillmatch.domain.base.answer import rounded
from skillmatch.recommend.scored import Scored

Left = dict[str, float]
"""How much of each requirement (0-1) is attained once those above work out, for the requirements that they teach."""


def varied(scored: Sequence[Scored], limit: int) -> list[tuple[float, Scored]]:
    """The ``limit`` best with their fresh scores: what each adds to those above it, its other figures unchanged.

    Greedy on a monotone submodular function, the weighted coverage of the requirements: a second credential for the
    same skill counts only for the share that the first leaves open, supposing that this one works out. So five
    near-copies are one recommendation and then, after all that adds something, four ways to do the same. The fresh
    scores never rise down the list; ties go by score, then id. Only what may still come first is worked out again
    (the lazy evaluation that submodularity allows).
    """
    heap = [(-entry.score, -entry.score, entry.id, 0, place) for place, entry in enumerate(scored)]
    heapify(heap)
    left: Left = {}
    chosen: list[tuple[float, Scored]] = []
    while heap and len(chosen) < limit:
        fresh, score, name, seen, place = heappop(heap)
        entry = scored[place]
        if seen < len(chosen):
            heappush(heap, (-_fresh(entry, left), score, name, len(chosen), place))
            continue
        chosen.append((-fresh + 0.0, entry))
        _take(entry, left)
    return chosen


def _fresh(entry: Scored, left: Left) -> float:
    total = [entry.fit]
    for part in entry.parts:
        before = part.standing.share
        now = max(before, left.get(part.hit.need.skill_id, before))
        total.append(part.score if now == before else part.score * max(0.0, part.reach - now) / (part.reach - before))
    return rounded(fsum(total))


def _take(entry: Scored, left: Left) -> None:
    for part in entry.parts:
        skill = part.hit.need.skill_id
        now = left.get(skill, part.standing.share)
        left[skill] = now + part.hit.outcome.probability * max(0.0, part.reach - now)
