"""The search for the best pathway: part-built ones with a bound on what each can become, the most promising first."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from heapq import heappop, heappush
from typing import NamedTuple

import numpy as np

from skillmatch.gaps.gap import attains
from skillmatch.recommend.bounds import LARGE, Aim, Bounds
from skillmatch.recommend.problem import Item, Problem, level_to
from skillmatch.recommend.schedule import Slot, find_slots

SLACK = 1e-9
"""Sums closer than this are equal."""


class Taken(NamedTuple):
    """A step of a part-built pathway: the item's number, when, and the coverage it adds."""

    number: int
    slot: Slot
    added: float


@dataclass(frozen=True, slots=True)
class Draft:
    """A part-built pathway, and where the person stands after it."""

    taken: tuple[Taken, ...]
    ids: tuple[str, ...]
    levels: tuple[float, ...]
    shares: tuple[float, ...]
    cover: float
    cost: float
    doubt: float
    end: date
    free: date


@dataclass(frozen=True, slots=True)
class Found:
    """The best pathway found, None when there is none; no other has a sum that is lower by more than ``gap``."""

    draft: Draft | None
    gap: float
    opened: int


class Search:
    """An exact search: best bound first, with dominance; cut short after so many drafts, and then with a gap.

    Two drafts after which the same levels are attained and the same is left to choose from compete: one is dropped
    when the other covers each requirement as far, leaves time as soon and money as much, and has taken no more.
    """

    def __init__(self, problem: Problem, aim: Aim) -> None:
        self.problem, self.aim, self.bounds = problem, aim, Bounds(problem, aim)
        self.names = [item.credential.id for item in problem.items]
        self._slots: dict[tuple[int, date], list[Slot]] = {}
        self._kept: dict[tuple[object, ...], list[Draft]] = {}
        start = problem.start
        before = start - timedelta(days=1)
        self.empty = Draft((), (), problem.levels, problem.shares, 0.0, 0.0, 0.0, before, start)

    def run(self, most: int, known: Draft | None = None) -> Found:
        """Search until proven, or until ``most`` drafts were opened; ``known`` is a pathway that will do."""
        best, least = known, LARGE if known is None else self.value(known)
        if self.empty.cover >= self.aim.floor - SLACK and least > 0.0:
            best, least = self.empty, 0.0
        heap: list[tuple[float, tuple[str, ...], int, Draft]] = []
        bound = float(self._bounds([self.empty])[0])
        heappush(heap, (bound, (), 0, self.empty))
        opened = count = 0
        while heap:
            bound, _, _, draft = heappop(heap)
            if bound >= least - SLACK:
                break
            if opened >= most:
                return Found(best, max(0.0, least - bound), opened)
            if not self._is_kept(draft):
                continue
            opened += 1
            grown = [item for item in self.grown(draft) if self._keep(item)]
            for item in grown:
                value = self.value(item)
                tie = best is not None and value < least + SLACK and item.ids < best.ids
                if item.cover >= self.aim.floor - SLACK and (value < least - SLACK or tie):
                    best, least = item, min(value, least)
            if grown:
                for item, limit in zip(grown, self._bounds(grown), strict=True):
                    if limit < least - SLACK:
                        count += 1
                        heappush(heap, (float(limit), item.ids, count, item))
        return Found(best, 0.0, opened)

    def value(self, draft: Draft) -> float:
        """The aimed-at sum of a pathway that ends here."""
        return self._sum(draft, (draft.end - self.problem.start).days + 1)

    def grown(self, draft: Draft) -> Iterator[Draft]:
        """The drafts that are one step longer, where that step is of any use."""
        problem = self.problem
        taken = set(draft.ids)
        waiting = {other for item in problem.items if item.credential.id not in taken for other in item.after}
        top = self._tops(taken)
        for number, item in enumerate(problem.items):
            name = item.credential.id
            if name in taken or not item.after <= taken:
                continue
            if any(not attains(draft.levels[skill], level) for skill, level in item.needs):
                continue
            if problem.budget is not None and draft.cost + item.cost > problem.budget + 1e-6:
                continue
            taught = self._taught(draft, item, top)
            if taught is not None or name in waiting:
                yield from self._with(draft, number, taught)

    def replayed(self, numbers: Sequence[int]) -> Draft | None:
        """The draft that takes these items in this order, each as soon as it can be done; None when one cannot."""
        draft = self.empty
        tops = [math.inf] * len(self.problem.levels)
        for number in numbers:
            item = self.problem.items[number]
            if not item.after <= set(draft.ids):
                return None
            if any(not attains(draft.levels[skill], level) for skill, level in item.needs):
                return None
            following = next(self._with(draft, number, self._taught(draft, item, tops)), None)
            if following is None:
                return None
            draft = following
        return draft

    def _with(
        self, draft: Draft, number: int, taught: tuple[tuple[float, ...], tuple[float, ...], float] | None
    ) -> Iterator[Draft]:
        """The draft with one item more, in each slot that may be the best; ``taught`` None changes no level."""
        item = self.problem.items[number]
        levels, shares, added = taught or (draft.levels, draft.shares, 0.0)
        for slot in self._slots_of(number, draft.free):
            yield Draft(
                (*draft.taken, Taken(number, slot, added)),
                (*draft.ids, item.credential.id),
                levels,
                shares,
                draft.cover + added,
                draft.cost + item.cost,
                draft.doubt + item.doubt,
                slot.end,
                slot.free,
            )

    def _tops(self, taken: set[str]) -> list[float]:
        """For each skill the highest level that something left to choose teaches or asks for."""
        tops = [0.0] * len(self.problem.levels)
        for item in self.problem.items:
            if item.credential.id not in taken:
                for skill, level in item.needs:
                    tops[skill] = max(tops[skill], level)
                for taught in item.taught:
                    if taught.worth > 0:
                        tops[taught.skill] = max(tops[taught.skill], taught.level)
        return tops

    def _taught(
        self, draft: Draft, item: Item, tops: list[float]
    ) -> tuple[tuple[float, ...], tuple[float, ...], float] | None:
        """Levels, shares and coverage with an item more; None when it changes nothing that matters."""
        levels, shares, added, useful = list(draft.levels), list(draft.shares), 0.0, False
        for taught in item.taught:
            before = levels[taught.skill]
            after = level_to(before, taught)
            if after <= before:
                continue
            levels[taught.skill] = after
            useful = useful or before < tops[taught.skill]
            if taught.worth > 0:
                more = self.problem.share_at(taught.skill, after) - shares[taught.skill]
                if more > 0:
                    shares[taught.skill] += taught.probability * more
                    added += taught.worth * more
                    useful = True
        return (tuple(levels), tuple(shares), added) if useful else None

    def _slots_of(self, number: int, free: date) -> list[Slot]:
        key = (number, free)
        if key not in self._slots:
            problem, credential = self.problem, self.problem.items[number].credential
            hours = problem.offers.hours_of(credential)
            self._slots[key] = find_slots(credential, hours, free, problem.deadline, problem.pace)
        return self._slots[key]

    def _sum(self, draft: Draft, days: int) -> float:
        aim = self.aim
        return (
            aim.days * days
            + aim.cost * draft.cost
            + aim.steps * len(draft.ids)
            + aim.doubt * draft.doubt
            - aim.cover * draft.cover
        )

    def _bounds(self, drafts: list[Draft]) -> np.ndarray:
        """For each draft the least sum that any pathway which goes on from it can have."""
        problem, count = self.problem, len(self.problem.open)
        levels = np.array([item.levels[:count] for item in drafts]).reshape(len(drafts), count)
        shares = np.array([item.shares for item in drafts]).reshape(len(drafts), count)
        taken = np.zeros((len(drafts), len(problem.items)), dtype=bool)
        for row, item in enumerate(drafts):
            taken[row, [step.number for step in item.taken]] = True
        days = np.array([(problem.deadline - item.free).days + 1.0 for item in drafts])
        money = None if problem.budget is None else np.array([problem.budget - item.cost for item in drafts])
        lack = np.array([max(0.0, self.aim.floor - item.cover) for item in drafts])
        base = np.array([self._sum(item, (item.free - problem.start).days) for item in drafts])
        return np.asarray(base + self.bounds.least(levels, shares, taken, days, money, lack))

    def _key(self, draft: Draft) -> tuple[object, ...]:
        """What is the same for drafts that compete: the levels, and what of theirs still matters to what follows."""
        items = self.problem.items
        matters = sorted(
            step.number
            for step in draft.taken
            if items[step.number].credential.id in self.problem.asked_for
            or any(taught.level > draft.levels[taught.skill] for taught in items[step.number].taught)
        )
        return (draft.levels, tuple(matters))

    def _keep(self, draft: Draft) -> bool:
        rivals = self._kept.setdefault(self._key(draft), [])
        if any(self._beats(other, draft) for other in rivals):
            return False
        rivals[:] = [other for other in rivals if not self._beats(draft, other)]
        rivals.append(draft)
        return True

    def _is_kept(self, draft: Draft) -> bool:
        return not draft.ids or any(other is draft for other in self._kept[self._key(draft)])

    def _beats(self, one: Draft, other: Draft) -> bool:
        """Whether whatever follows the other one may as well follow this one; of equals the first by ids."""
        if one.free > other.free or one.end > other.end or one.cost > other.cost + SLACK:
            return False
        mine, theirs = self._sum(one, 0), self._sum(other, 0)
        if mine > theirs + SLACK or any(a < b - SLACK for a, b in zip(one.shares, other.shares, strict=True)):
            return False
        equal = (one.free, one.end) == (other.free, other.end) and abs(mine - theirs) <= SLACK
        return one.ids <= other.ids if equal and abs(one.cost - other.cost) <= SLACK else True
