"""The search for a pathway: many part-built ones side by side, those that used up as much against each other."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from heapq import heappop, heappush, nlargest
from typing import NamedTuple

from skillmatch.domain.answer import rounded
from skillmatch.domain.credential import Credential
from skillmatch.domain.gap import Gap
from skillmatch.domain.pathway import Pace
from skillmatch.recommend.candidates import RoleOffers
from skillmatch.recommend.exclusions import is_ruled_out
from skillmatch.recommend.expectation import Expectation
from skillmatch.recommend.prerequisites import Chain, Preparation, first_lacking
from skillmatch.recommend.schedule import Slot, find_slot, last_day
from skillmatch.recommend.situation import Situation

SHELVES = 24
"""Into how many parts the time and the money are divided; part-built pathways that used up as much compete."""

WIDTH = 8
"""How many part-built pathways of a shelf are built on; more finds better ones, more slowly."""

WIDEST = 16
"""How many targets are tried as the next one, best gain for its effort first."""


Order = tuple[float, date, float, tuple[str, ...]]


class Taken(NamedTuple):
    """One credential of a part-built pathway, with the coverage expected after it."""

    credential: Credential
    slot: Slot
    coverage_after: float


@dataclass(frozen=True, slots=True)
class Draft:
    """A part-built pathway: what is taken, from when on there is time again, what it costs and covers.

    ``before_last`` is the expectation before the last credential; what follows from that one is worked out only
    for the few drafts that are built on.
    """

    taken: tuple[Taken, ...]
    free: date
    cost: float
    coverage: float
    before_last: Expectation

    @property
    def order(self) -> Order:
        """Best first: more covered, done sooner, cheaper, then by ids."""
        return (-rounded(self.coverage), self.free, rounded(self.cost), tuple(item.credential.id for item in self.taken))


class Search:
    """The search for one person and role.

    Time and money are divided into ``SHELVES``; a draft lies on the shelf of what it used up most of. Shelf by
    shelf the best ``WIDTH`` drafts are built on, so that a long course competes with several short ones and not
    with one of them.
    """

    def __init__(self, gap: Gap, offers: RoleOffers, situation: Situation, pace: Pace) -> None:
        self.offers = offers
        # Of money the whole pathway has what one credential has otherwise; only a draft knows what is left of it.
        self.situation = replace(situation, limits=replace(situation.limits, cost=None))
        self.budget = situation.limits.cost
        self.pace = pace
        self.start = situation.as_of + timedelta(days=1)
        self.deadline = last_day(situation.as_of, pace)
        self.allowed: dict[str, bool] = {}
        targets = [item.credential for item in offers.candidates if self._may(item.credential)]
        self.targets = {target.id for target in targets}
        self.today = Expectation.today(offers, situation, sorted(self.targets))
        self.ways = Preparation(targets, offers, situation, self._may)
        self.empty = Draft((), self.start, 0.0, gap.coverage, self.today)

    def best(self) -> Draft:
        """The best draft found; the empty one when nothing helps."""
        best = self.empty
        shelves: list[list[Order]] = [[] for _ in range(SHELVES + 1)]
        shelves[0].append(best.order)
        drafts = {best.order: best}
        built: set[frozenset[str]] = set()
        for shelf in shelves:
            width = WIDTH
            while shelf and width:
                draft = drafts.pop(heappop(shelf))
                ids = frozenset(item.credential.id for item in draft.taken)
                if ids in built:
                    continue  # the same credentials in another order, done later
                built.add(ids)
                width -= 1
                for grown in self._grown(draft):
                    best = min(best, grown, key=lambda item: item.order)
                    if grown.order not in drafts:
                        heappush(shelves[self._shelf(grown)], grown.order)
                        drafts[grown.order] = grown
        return best

    def _shelf(self, draft: Draft) -> int:
        used = (draft.free - self.start).days / ((self.deadline - self.start).days + 1)
        if self.budget:
            used = max(used, draft.cost / self.budget)
        return min(SHELVES, int(used * SHELVES))

    def _may(self, credential: Credential) -> bool:
        if credential.id not in self.allowed:
            self.allowed[credential.id] = not is_ruled_out(credential, self.situation)
        return self.allowed[credential.id]

    def _grown(self, draft: Draft) -> Iterator[Draft]:
        """The drafts that are one target longer, with whatever it needs before it."""
        now = draft.before_last
        if draft.taken:
            now = self._after(now, draft.taken[-1].credential)
        known = self.offers.catalogue.credentials
        for target in nlargest(WIDEST, now.gains, key=lambda item: (now.gains[item] / self._effort(known[item]), item)):
            chain = self._way_to(known[target], draft, now)
            grown = self._take(draft, chain, now) if chain else None
            if grown is not None:
                yield grown

    def _effort(self, credential: Credential) -> float:
        """The part of the time and the money that a credential takes, never quite nothing."""
        effort = 0.01 + self.offers.hours_of(credential) / max(1.0, self.pace.hours_per_week * self.pace.weeks)
        return effort + (self.offers.cost_of(credential) / self.budget if self.budget else 0.0)

    def _way_to(self, target: Credential, draft: Draft, now: Expectation) -> Chain | None:
        taken = frozenset(item.credential.id for item in draft.taken)
        lacking = first_lacking(target, lambda item: item in taken or self.situation.satisfies(item), now.levels)
        return (target,) if lacking is None else self.ways.way_to(target, taken, now.levels)

    def _take(self, draft: Draft, chain: Chain, now: Expectation) -> Draft | None:
        """The draft with a chain of credentials more, or None when it does not fit."""
        for item in chain:
            if draft.taken and draft.taken[-1].credential.id in {other.id for other in chain}:
                now = self._after(now, draft.taken[-1].credential)
            slot = find_slot(item, self.offers.hours_of(item), draft.free, self.deadline, self.pace)
            cost = draft.cost + self.offers.cost_of(item)
            if slot is None or (self.budget is not None and rounded(cost) > self.budget):
                return None
            coverage = min(1.0, draft.coverage + now.gain(item.id))
            draft = Draft((*draft.taken, Taken(item, slot, rounded(coverage))), slot.free, cost, coverage, now)
        return draft

    def _after(self, now: Expectation, credential: Credential) -> Expectation:
        """What to expect after one more credential."""
        teaching = self.offers.catalogue.teaching
        touched = {
            other
            for outcome in credential.outcomes
            if outcome.skill_id in now.shares
            for other, _ in teaching[outcome.skill_id]
            if other in self.targets
        }
        return now.after(credential, touched)
