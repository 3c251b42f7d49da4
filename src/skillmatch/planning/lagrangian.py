"""Large problems: shared limits become prices, everybody's best is exact, and plans are repaired from that.

Order: prices from the relaxation of all, or of blocks of people; climbing on them; a plan from them, improved; then
HiGHS on parts of the problem whose answer is unclear, while the rest stays. What cannot be in a better plan is left out
by proof.
"""

from __future__ import annotations

import math
import time

import numpy as np

from skillmatch.planning.bound import proven, relax, within
from skillmatch.planning.climb import Climb
from skillmatch.planning.local import construct, improve
from skillmatch.planning.parts import Shares, blocks_of, part_of, sample_of
from skillmatch.planning.problem import Floats, Ints, Problem
from skillmatch.planning.solution import (
    Interrupted,
    Keep,
    Solution,
    SolveProgress,
    Standing,
    Warm,
    conclude,
    named,
    unkept,
    unwatched,
)
from skillmatch.planning.worker import Worker

SAMPLE_OPTIONS = 45_000
"""So many options' relaxation HiGHS solves in a few seconds: 2,000 people with 20 options each. More go in blocks."""

GROUP_PEOPLE = 1_000
"""Of so many people at most is a group that shares what few others use."""

PART_OPTIONS = 600
"""So many options at a time are given to HiGHS at first to improve a plan: more when it ends, else fewer."""

NEAR_EACH = 2.5
"""So many options for each person, on average, are near enough to the best to be tried first."""

NODES, PART_SECONDS = 5, 10.0
"""How far HiGHS searches in one part: nodes, which are the same every time, and seconds as a last resort."""

LEAST_OPTIONS, MOST_OPTIONS = 200, 6_000

WHOLE_OPTIONS = 12_000
"""When no more options than this are left by proof, HiGHS gets them all, and its bound holds for the whole."""

STEPS = 1_200
EACH = 100
"""Steps of climbing in all, and between two plans made from the prices."""

ROUNDS = 100


class Search:
    """One search: the best plan and the best bound so far, which only ever come closer."""

    def __init__(
        self,
        problem: Problem,
        worker: Worker,
        *,
        time_limit: float | None,
        gap: float,
        seed: int,
        progress: SolveProgress,
        warm: Warm,
        keep: Keep,
    ) -> None:
        self.keep = keep
        self.problem, self.worker, self.gap, self.progress, self.warm = problem, worker, gap, progress, warm
        self.begun = time.monotonic()
        self.until = math.inf if time_limit is None else self.begun + time_limit
        self.random = np.random.default_rng(seed)
        self.choice: Ints | None = None
        self.worth = -math.inf
        self.multipliers = within(problem, warm.prices(problem))
        self.bound = proven(problem, self.multipliers)
        self.share: Floats = np.zeros(len(problem.value))
        self.relaxed = self.shared = False
        self.part_options = PART_OPTIONS
        self.groups: Ints = np.arange(len(problem.people))
        self.iterations = 0
        self.stopped_by = "iterations"

    def run(self) -> Solution:
        """Search until the gap is closed, the time is over, somebody interrupts, or nothing is left to try."""
        try:
            self._search()
        except (Interrupted, KeyboardInterrupt):
            self.stopped_by = "interrupt"
        names = named(self.problem, self.multipliers)
        return conclude(self.problem, self.choice, self.known, names, "lagrangian", self.stopped_by, self.iterations)

    @property
    def known(self) -> float:
        """The best bound that is known. ``bound`` alone goes with the multipliers, from which options are left out."""
        return min(self.bound, self.warm.bound)

    def _search(self) -> None:
        own = self.warm.taken(self.problem) if self.warm.choice else None
        if own is not None:
            self._take_choice(own)
        self._construct(relax(self.problem, self.multipliers).scores, own)
        climb = Climb(self.problem, self.multipliers, lower=self.worth)
        if self.warm.multipliers and not self._over():
            # Prices of before are near those of now: a few steps from them are worth more than beginning anew.
            self._climb(climb)
        if not self._over():
            self._sample()
            climb = Climb(self.problem, self.multipliers, lower=self.worth, steps=climb.steps)
        for _ in range(0 if self.relaxed else STEPS // EACH):
            if self._over() or (self.shared and self._left() < 0.3 * (self.until - self.begun)):
                break
            before = climb.bound
            self._climb(climb)
            if before - climb.bound < 1e-5 * max(1.0, abs(climb.bound)):
                break
        self._improve_parts()

    def _climb(self, climb: Climb) -> None:
        climb.lower = max(climb.lower, self.worth)
        climb.go(EACH, self._late)
        self.iterations = climb.steps
        self._take_bound(climb.centre)
        self.share = self.share if self.shared else climb.share
        self._construct(relax(self.problem, climb.centre).scores)

    def _sample(self) -> None:
        """Prices and shares from the relaxation of all, or of blocks of people with their share of the capacities.

        Blocks keep those together who share what few others use, so that the price of that is exact. Their fractional
        choices together keep the limits of the whole and are as good to round as its own; the mean of their prices
        proves a bound near its own.
        """
        problem = self.problem
        each = max(1, int(SAMPLE_OPTIONS / max(1.0, len(problem.value) / max(1, len(problem.people)))))
        shares = Shares.of(problem)
        self.groups = shares.groups(min(each, GROUP_PEOPLE))
        blocks = blocks_of(self.groups, each, self.random)
        prices, weight, share = np.zeros(len(problem.rows)), np.zeros(len(problem.rows)), np.zeros(len(problem.value))
        until, solved = time.monotonic() + 0.5 * self._left(), 0
        for block in blocks:
            left = until - time.monotonic()
            if left <= 0:
                break
            mine = shares.within(block)
            part = sample_of(problem, block, mine)
            found = self.worker.solve(part.problem, seconds=min(60.0, left), whole=False, look=self._say)
            if found.multipliers is None or found.share is None:
                break
            solved += 1
            named = {row.name: float(found.multipliers[n]) for n, row in enumerate(part.problem.rows)}
            prices += mine * Warm(named).prices(problem)
            weight += mine
            share[part.options] = found.share
            if solved == 1 and len(blocks) > 2:  # something to show while the others are solved
                self._take_bound(within(problem, prices / np.maximum(weight, 1e-9)))
                self._construct(relax(problem, self.multipliers).scores)
            self._say()
        if solved:
            self._take_bound(within(problem, prices / np.maximum(weight, 1e-9)))
        if solved and solved == len(blocks):
            self.relaxed = solved == 1  # then no multipliers prove more
            starts = problem.start[:-1]
            scores = np.where(share > 1e-9, share, -1.0)
            scores[starts] = 0.0
            share[starts] = 1.0 - np.add.reduceat(share, starts)
            self.share, self.shared = share, True
            self._construct(scores)

    def _improve_parts(self) -> None:
        """HiGHS on what is unclear: first on all that proof leaves, if that is little, then on part after part."""
        problem = self.problem
        for turn in range(ROUNDS):
            if self._over() or self.choice is None:
                return
            found = relax(problem, self.multipliers)
            regret = np.repeat(found.scores[found.best], np.diff(problem.start)) - found.scores
            # An option that costs more than the gap cannot be in a better plan: leaving it out loses nothing.
            open_ = self.bound - regret > self.worth
            open_[self.choice] = True
            if int(open_.sum()) <= WHOLE_OPTIONS:
                self._whole(open_)
                return
            self._part(turn, regret, open_ if turn % 4 == 3 else self._near(regret, open_))

    def _near(self, regret: Floats, open_: np.ndarray) -> np.ndarray:
        """The options that prices hold to be nearly as good as the best: in them a part reaches many people."""
        assert self.choice is not None  # noqa: S101 - asked before
        wanted = min(int(open_.sum()), int(NEAR_EACH * len(self.problem.people)))
        near: np.ndarray = open_ & (regret <= np.partition(regret[open_], wanted - 1)[wanted - 1])
        near[self.choice] = True
        return near

    def _whole(self, keep: np.ndarray) -> None:
        problem = self.problem
        part = part_of(problem, problem.nothing, np.arange(len(problem.people)), keep)
        seconds = min(120.0, self._left())
        found = self.worker.solve(part.problem, seconds=seconds, gap=self.gap / 2, relaxed=False, look=self._say)
        if found.choice is not None:
            self._take_choice(part.into(problem.nothing, found.choice))
        lost = problem.reward[problem.is_floor] @ problem.capacity[problem.is_floor]
        if np.isfinite(found.bound) and np.isfinite(lost):
            self.bound = min(self.bound, max(self.worth, found.bound + problem.offset))
            self._say()

    def _part(self, turn: int, regret: Floats, keep: np.ndarray) -> None:
        """Solve a part: those whose choice differs most from what prices say or is split, and some at random."""
        problem = self.problem
        assert self.choice is not None  # noqa: S101 - asked before
        starts = problem.start[:-1]
        open_counts = np.add.reduceat(keep.astype(np.int64), starts)
        unclear = 1.0 - np.maximum.reduceat(self.share, starts)
        away = regret[self.choice]
        drawn = self.random.random(len(starts))
        rank = unclear + away / max(1e-12, float(away.max(initial=0.0))) + (0.3 + 0.2 * turn) * drawn
        order = np.argsort(-np.where(open_counts > 1, rank, -1.0), kind="stable")
        size = np.cumsum(open_counts[order])
        people = np.sort(order[size <= self.part_options])
        part = part_of(problem, self.choice, people, keep)
        seconds = min(PART_SECONDS, self._left())
        found = self.worker.solve(
            part.problem, seconds=seconds, gap=self.gap / 4, relaxed=False, nodes=NODES, look=self._say
        )
        factor = 1.4 if found.finished else 0.6
        self.part_options = min(MOST_OPTIONS, max(LEAST_OPTIONS, int(self.part_options * factor)))
        if found.choice is not None:
            self._take_choice(part.into(self.choice, found.choice))
        if turn % 4 == 3 and self.choice is not None:
            self._take_choice(improve(problem, self.choice, self._late, rounds=1))
        self._say()

    def _construct(self, scores: Floats, prefer: Ints | None = None) -> None:
        made = construct(self.problem, scores, self._late, prefer)
        self._take_choice(improve(self.problem, made, self._late, rounds=2))
        self._say()

    def _take_choice(self, choice: Ints) -> None:
        if self.problem.keeps_limits(choice):
            worth = self.problem.worth(choice)
            if worth > self.worth:
                self.choice, self.worth = choice, worth

    def _take_bound(self, multipliers: Floats) -> None:
        bound = proven(self.problem, multipliers)
        if bound < self.bound:
            self.bound, self.multipliers = bound, multipliers
        self._say()

    def _say(self) -> None:
        seconds = time.monotonic() - self.begun
        self.keep(Standing(seconds, self.choice, self.worth, self.known, self.multipliers))
        self.progress(seconds, self.worth, self.known)

    def _left(self) -> float:
        return min(600.0, self.until - time.monotonic())

    def _late(self) -> bool:
        return time.monotonic() >= self.until

    def _over(self) -> bool:
        if self._late():
            self.stopped_by = "time"
            return True
        if self.choice is not None and self.known - self.worth <= self.gap * abs(self.worth):
            self.stopped_by = "gap"
            return True
        return False


def solve_lagrangian(
    problem: Problem,
    worker: Worker,
    *,
    time_limit: float | None = None,
    gap: float = 0.001,
    seed: int = 0,
    progress: SolveProgress = unwatched,
    warm: Warm | None = None,
    keep: Keep = unkept,
) -> Solution:
    """Search by prices; the same problem, seed and warm start give the same answer unless the time runs out."""
    return Search(
        problem, worker, time_limit=time_limit, gap=gap, seed=seed, progress=progress, warm=warm or Warm(), keep=keep
    ).run()
