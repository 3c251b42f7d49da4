"""How much better a part-built pathway can still become: a bound that no way of finishing it beats.

Each requirement may be filled up with a mixture of fractions of credentials, each at the best rate of time, money and
price at which any credential left teaches it. Whatever set of credentials is taken, its time is at least the sum over
the requirements of what it adds times that rate, because a credential's own time divides among what it adds. So the
best mixture (a fractional knapsack, the largest rates first) bounds the best set; this is the dual argument behind
Dantzig's bound, applied to requirements instead of things.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from skillmatch.recommend.problem import Problem

Floats = NDArray[np.float64]

LARGE = 1e18


@dataclass(frozen=True, slots=True)
class Aim:
    """What a pathway should be best at: the sum of its figures times these weights (all above 0) is made least.

    The best for positive weights is never worse than another in every respect. ``cover`` weighs the coverage added,
    which counts against the sum; ``floor`` is the least of it that will do.
    """

    name: str
    cover: float
    days: float
    cost: float
    steps: float
    doubt: float
    floor: float = 0.0


class Bounds:
    """Bounds for many part-built pathways of a problem and an aim at once."""

    def __init__(self, problem: Problem, aim: Aim) -> None:
        hits = [
            (number, taught)
            for number, item in enumerate(problem.items)
            for taught in item.taught
            if taught.worth > 0 and taught.share > problem.shares[taught.skill]
        ]
        self.aim = aim
        self.item = np.array([number for number, _ in hits], dtype=np.intp)
        self.skill = np.array([taught.skill for _, taught in hits], dtype=np.intp)
        self.worth = np.array([taught.worth for _, taught in hits])
        self.share = np.array([taught.share for _, taught in hits])
        self.level = np.array([taught.level for _, taught in hits])
        count = len(problem.open)
        self.weight = np.array([problem.weights[skill] for skill in problem.open])
        self.most = np.array(
            [max((hit.share for _, hit in hits if hit.skill == number), default=0.0) for number in range(count)]
        )
        self.days = np.array([item.days for item in problem.items])
        self.cost = np.array([item.cost for item in problem.items])
        doubt = np.array([item.doubt for item in problem.items])
        self.price = aim.days * self.days + aim.cost * self.cost + aim.steps + aim.doubt * doubt
        self.by_skill = np.argsort(self.skill, kind="stable")
        self.skills_hit, self.skill_starts = np.unique(self.skill[self.by_skill], return_index=True)
        self.items_hit, self.item_starts = np.unique(self.item, return_index=True)
        self.back = np.searchsorted(self.items_hit, self.item)

    def least(
        self, levels: Floats, shares: Floats, taken: NDArray[np.bool_], days: Floats, money: Floats | None, lack: Floats
    ) -> Floats:
        """What finishing may change the aimed-at sum by, at the least; infinite where the floor is out of reach.

        ``levels`` and ``shares`` are (n, skills), ``taken`` (n, items); ``days`` and ``money`` what is left (n,),
        ``lack`` the coverage still missing to the floor (n,).
        """
        rows = len(levels)
        if not len(self.item):
            return np.where(lack > 1e-9, LARGE, 0.0)
        fits = ~taken & (self.days <= days[:, None])
        if money is not None:
            fits &= self.cost <= money[:, None] + 1e-6
        more = np.maximum(0.0, self.share - shares[:, self.skill]) * self.worth
        more *= (self.level > levels[:, self.skill]) & fits[:, self.item]
        gains = np.add.reduceat(more, self.item_starts, axis=1)
        usable = more > 0
        full = gains[:, self.back]

        def rate(of: Floats) -> Floats:
            with np.errstate(divide="ignore", invalid="ignore"):
                rates = np.where(usable, of[self.item] / full, LARGE)
            wide = np.full((rows, len(self.weight)), LARGE)
            wide[:, self.skills_hit] = np.minimum.reduceat(rates[:, self.by_skill], self.skill_starts, axis=1)
            return wide

        cap = np.zeros((rows, len(self.weight)))
        cap[:, self.skills_hit] = np.add.reduceat(more[:, self.by_skill], self.skill_starts, axis=1)
        cap = np.minimum(cap, self.weight * np.maximum(0.0, self.most - shares))
        price, time = rate(self.price), rate(self.days)
        profit = np.where(cap > 0, np.maximum(0.0, self.aim.cover - price), 0.0)
        room = [(time, days)]
        if money is not None:
            room.append((rate(self.cost), money + 1e-6))
        found = -np.min([_packed(profit, cap, rates, left) for rates, left in room], axis=0)
        if self.aim.floor > 0:
            found = np.maximum(found, _filled(price - self.aim.cover, cap, lack))
            for rates, left in room:
                reach = _packed(np.where(cap > 0, 1.0, 0.0), cap, rates, left)
                found = np.where(reach < lack - 1e-9, LARGE, found)
        return np.asarray(found)


def _packed(profit: Floats, cap: Floats, rates: Floats, left: Floats) -> Floats:
    """The most profit from filling up to ``cap`` where each unit takes ``rates`` of what is ``left``."""
    with np.errstate(divide="ignore", invalid="ignore"):
        order = np.argsort(np.where(profit > 0, rates / profit, LARGE), axis=1, kind="stable")
    amount = _along(np.where(profit > 0, cap, 0.0), order)
    used = amount * np.minimum(_along(rates, order), LARGE)
    before = np.cumsum(used, axis=1) - used
    with np.errstate(divide="ignore", invalid="ignore"):
        part = np.where(used > 0, np.clip((left[:, None] - before) / used, 0.0, 1.0), 1.0)
    return np.asarray((part * amount * _along(profit, order)).sum(axis=1))


def _filled(net: Floats, cap: Floats, lack: Floats) -> Floats:
    """The least net price of filling ``lack`` in all, and of what pays for itself besides; infinite if it cannot be."""
    order = np.argsort(np.where(cap > 0, net, LARGE), axis=1, kind="stable")
    amount, price = _along(cap, order), _along(net, order)
    before = np.cumsum(amount, axis=1) - amount
    part = np.maximum(np.clip(lack[:, None] - before, 0.0, amount), np.where(price < 0, amount, 0.0))
    total = np.where(part > 0, price * part, 0.0).sum(axis=1)
    return np.where(cap.sum(axis=1) < lack - 1e-9, LARGE, total)


def _along(values: Any, order: NDArray[np.intp]) -> Floats:
    return np.take_along_axis(values, order, axis=1)
