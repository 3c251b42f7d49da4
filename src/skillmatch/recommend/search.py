"""The search for a pathway: many part-built ones side by side, those that used up as much against each other."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import cached_property
from heapq import heappop, heappush
from itertools import islice
from typing import NamedTuple

from skillmatch.domain.answer import rounded
from skillmatch.domain.credential import Credential
from skillmatch.domain.gap import Gap
from skillmatch.domain.pathway import Pace
from skillmatch.recommend.candidates import RoleOffers
from skillmatch.recommend.exclusions import is_ruled_out
from skillmatch.recommend.expectation import Expectation
from skillmatch.recommend.preparation import Chain, Preparation
from skillmatch.recommend.schedule import Slot, find_slot, last_day, last_start
from skillmatch.recommend.situation import Situation

SHELVES = 16
"""Into how many parts the time and the money are divided; part-built pathways that used up as much compete."""

WIDTH = 4
"""How many part-built pathways of a shelf are built on; more finds better ones, more slowly."""

WIDEST = 16
"""How many drafts grow from one, each with another target, best gain for its effort first."""

SCRAP = 0.1
"""A credential is no target when it adds less than this part of an average requirement, only a means to one."""

Gains = Mapping[str, float]
Order = tuple[float, date, float, tuple[str, ...]]


class Taken(NamedTuple):
    """One credential of a part-built pathway, with the coverage expected after it."""

    credential: Credential
    slot: Slot
    coverage_after: float


@dataclass(frozen=True)
class Draft:
    """A part-built pathway: what is taken, from when on there is time again, what it costs and covers.

    ``before_last`` is the expectation before its last credential, ``gains`` what each target would add before its
    last ``added`` ones: what follows is worked out only for the few drafts that are built on.
    """

    taken: tuple[Taken, ...]
    free: date
    cost: float
    coverage: float
    before_last: Expectation
    gains: Gains
    added: int

    @cached_property
    def ids(self) -> tuple[str, ...]:
        """What is taken, in its order."""
        return tuple(item.credential.id for item in self.taken)

    @cached_property
    def order(self) -> Order:
        """Best first: more covered, done sooner, cheaper, then by ids."""
        return (-rounded(self.coverage), self.free, rounded(self.cost), self.ids)

    def expected(self) -> Expectation:
        """What to expect after all that is taken."""
        return self.before_last.after(self.taken[-1].credential) if self.taken else self.before_last


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
        known = offers.catalogue.credentials
        self._allowed: dict[str, bool] = {}
        self._slots: dict[tuple[str, date], Slot | None] = {}
        self.targets = {
            item.credential.id: self._effort(item.credential)
            for item in offers.candidates
            if self._may(item.credential)
        }
        self.last_starts = {
            item: last_start(known[item], offers.hours_of(known[item]), self.deadline, pace) for item in self.targets
        }
        self.ways = Preparation((known[item] for item in self.targets), situation, self._may, self._done)
        today = Expectation.today(offers, situation)
        self.empty = Draft((), self.start, 0.0, gap.coverage, today, self._gains(today, self.targets), 0)

    def best(self) -> Draft:
        """The best draft found; the empty one when nothing helps."""
        best = self.empty
        drafts = {best.order: best}
        shelves: list[list[Order]] = [[] for _ in range(SHELVES + 1)]
        shelves[0].append(best.order)
        built: set[frozenset[str]] = set()
        for shelf in shelves:
            width = WIDTH
            while shelf and width:
                draft = drafts.pop(heappop(shelf))
                if frozenset(draft.ids) in built:
                    continue  # the same credentials in another order, covering less or done later
                built.add(frozenset(draft.ids))
                width -= 1
                for grown in islice(self._grown(draft), WIDEST):
                    best = min(best, grown, key=lambda item: item.order)
                    if grown.order not in drafts:
                        heappush(shelves[self._shelf(grown)], grown.order)
                        drafts[grown.order] = grown
        return best

    def can_begin(self) -> bool:
        """Whether at least one target fits, with whatever it needs before it."""
        return any(True for _ in self._grown(self.empty))

    def helpful(self) -> bool:
        """Whether any credential of the catalogue, allowed or not, would add something."""
        return bool(self._gains(self.empty.before_last, self.offers.by_id))

    def _shelf(self, draft: Draft) -> int:
        used = (draft.free - self.start).days / ((self.deadline - self.start).days + 1)
        if self.budget:
            used = max(used, draft.cost / self.budget)
        return min(SHELVES, int(used * SHELVES))

    def _grown(self, draft: Draft) -> Iterator[Draft]:
        """The drafts that are one target longer, with whatever it needs before it."""
        now = draft.expected()
        touched = self._touched(draft)
        gains = {item: gain for item, gain in draft.gains.items() if item not in touched}
        gains |= self._gains(now, touched.difference(draft.ids))
        gains = {item: gain for item, gain in gains.items() if self._may_still_fit(item, draft)}
        known, taken = self.offers.catalogue.credentials, frozenset(draft.ids)
        for target in sorted(gains, key=lambda item: (-gains[item] / self.targets[item], item)):
            chain = self.ways.way_to(known[target], taken, now.levels)
            grown = self._take(draft, chain, now, gains) if chain else None
            if grown is not None:
                yield grown

    def _may_still_fit(self, target: str, draft: Draft) -> bool:
        """Whether a target fits after a draft, but for what it needs before it; if not, it never will again."""
        last = self.last_starts[target]
        if last is None or last < draft.free:
            return False
        return not self._too_dear(draft.cost + self.offers.cost_of(self.offers.by_id[target].credential))

    def _gains(self, now: Expectation, targets: Iterable[str]) -> Gains:
        """What each of some targets would add to coverage, without those that would add but a scrap."""
        least = SCRAP / max(1, len(now.shares))
        gains = ((item, now.gain(item)) for item in targets)
        return {item: gain for item, gain in gains if gain >= least}

    def _touched(self, draft: Draft) -> set[str]:
        """The targets whose gain may differ from ``draft.gains``: those taken since, and those that teach the same."""
        touched = set(draft.ids)
        for item in draft.taken[len(draft.taken) - draft.added :]:
            for outcome in item.credential.outcomes:
                if outcome.skill_id in draft.before_last.shares:
                    touched.update(other for other, _ in self.offers.catalogue.teaching[outcome.skill_id])
        return touched & self.targets.keys()

    def _take(self, draft: Draft, chain: Chain, now: Expectation, gains: Gains) -> Draft | None:
        """The draft with a chain of credentials more, or None when it does not fit."""
        fitted = self._fit(chain, draft.free, draft.cost)
        if fitted is None:
            return None
        slots, cost = fitted
        taken, coverage = list(draft.taken), draft.coverage
        for number, (item, slot) in enumerate(zip(chain, slots, strict=True)):
            if number:
                now = now.after(chain[number - 1])
            coverage = min(1.0, coverage + now.gain(item.id))
            taken.append(Taken(item, slot, rounded(coverage)))
        return Draft(tuple(taken), slots[-1].free, cost, coverage, now, gains, len(chain))

    def _fit(self, chain: Chain, free: date, cost: float) -> tuple[list[Slot], float] | None:
        """The soonest slots of a chain from ``free`` on, and the cost with it; None beyond the time or the money."""
        slots = []
        for item in chain:
            key = (item.id, free)
            if key not in self._slots:
                self._slots[key] = find_slot(item, self.offers.hours_of(item), free, self.deadline, self.pace)
            slot = self._slots[key]
            cost += self.offers.cost_of(item)
            if slot is None or self._too_dear(cost):
                return None
            slots.append(slot)
            free = slot.free
        return slots, cost

    def _done(self, chain: Chain) -> date | None:
        """The day from which there would be time again if a chain were begun at once; None when it does not fit."""
        fitted = self._fit(chain, self.start, 0.0)
        return None if fitted is None else fitted[0][-1].free

    def _too_dear(self, cost: float) -> bool:
        return self.budget is not None and rounded(cost) > self.budget

    def _may(self, credential: Credential) -> bool:
        if credential.id not in self._allowed:
            self._allowed[credential.id] = not is_ruled_out(credential, self.situation)
        return self._allowed[credential.id]

    def _effort(self, credential: Credential) -> float:
        """The part of the time and the money that a credential takes, never quite nothing."""
        effort = 0.01 + self.offers.hours_of(credential) / max(1.0, self.pace.hours_per_week * self.pace.weeks)
        return effort + (self.offers.cost_of(credential) / self.budget if self.budget else 0.0)
