"""Advice for many people: in this process, or in several that each take a part at a time; the answers are the same."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from dataclasses import dataclass
from datetime import date
from itertools import islice
from multiprocessing import get_context

from skillmatch.domain.advice.advice import Advice, Limits, Preference
from skillmatch.domain.base import checks
from skillmatch.domain.people.person import Person
from skillmatch.domain.roles.role import Role
from skillmatch.service.advice.case import recommend_each
from skillmatch.service.core.snapshot import Snapshot

PART = 250  # people whose advice is worked out at once by a process
AHEAD = 3  # parts that each process may be ahead of whoever takes the answers; bounds memory
MOST_WORKERS = 64


@dataclass(frozen=True)
class Asked:
    """What is asked of everybody: the same question for each, from one snapshot."""

    role: Role | None
    snapshot: Snapshot
    as_of: date
    limit: int
    limits: Limits
    preference: Preference

    def answer(self, people: Iterable[Person]) -> Iterator[Advice]:
        """Advice for each of them who has a role to go to, in order, one after the other."""
        return recommend_each(
            people,
            self.role,
            self.snapshot,
            self.as_of,
            limit=self.limit,
            limits=self.limits,
            preference=self.preference,
        )


def answers(asked: Asked, people: Iterable[Person], workers: int) -> Iterator[Advice]:
    """Advice for many people in their order; with ``workers`` over 1 from so many processes.

    Memory does not grow with the people: no process gets further ahead than a few parts. Closing the iterator early,
    as ``break`` does, ends the processes. Raises ``InputError`` for a number of workers that is not 1 to 64.
    """
    checks.whole(workers, "workers", least=1, most=MOST_WORKERS)
    if workers == 1:
        yield from asked.answer(people)
        return
    # Not forked: a copy of a program with threads may hang in the middle of what one of them was doing.
    pool = ProcessPoolExecutor(workers, get_context("spawn"), _begin, (asked,))
    try:
        waiting: deque[Future[list[Advice]]] = deque()
        for part in _parts(people):
            waiting.append(pool.submit(_answer, part))
            if len(waiting) > AHEAD * workers:
                yield from waiting.popleft().result()
        while waiting:
            yield from waiting.popleft().result()
    finally:
        pool.shutdown(wait=False, cancel_futures=True)


def _parts(people: Iterable[Person]) -> Iterator[list[Person]]:
    waiting = iter(people)
    while part := list(islice(waiting, PART)):
        yield part


_asked: list[Asked] = []
"""In a process of the pool: the question, handed over once when the process began."""


def _begin(asked: Asked) -> None:
    _asked[:] = [asked]


def _answer(people: list[Person]) -> list[Advice]:
    return list(_asked[0].answer(people))
