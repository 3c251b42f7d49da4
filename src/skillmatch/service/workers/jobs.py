"""The worker: threads, one for each lane, that do a workspace's jobs while a program runs."""

from __future__ import annotations

import gc
import logging
import sys
import threading
import time
from collections.abc import Iterable
from types import TracebackType
from typing import Self

from skillmatch.domain.access.job import Lane
from skillmatch.domain.base.errors import SkillmatchError
from skillmatch.service.jobs.lane import JobLane
from skillmatch.service.workspace import Workspace

LOOK_AGAIN = 0.25
"""Seconds between two looks for a waiting job; a look is one small read."""

TRY_AGAIN = 2.0
"""Seconds until the turn is asked for again, when another program has it or the workspace could not be used."""

SWITCH = 0.0005
"""Seconds after which a thread that computes lets others go on, while a job runs. With Python's usual 5 ms every query
of a reader waits that long behind an import that parses, and a reader makes a dozen of them."""

SELDOM = 1_000_000
"""How many collections of the middle generation there are for one of everything, while a job runs."""

_LOG = logging.getLogger(__name__)


class _GivingWay:
    """A program that lets its other threads go on while any of its jobs runs."""

    def __init__(self) -> None:
        self._lock, self._running = threading.Lock(), 0
        self._before = (sys.getswitchinterval(), gc.get_threshold())

    def __enter__(self) -> None:
        with self._lock:
            self._running += 1
            if self._running == 1:
                interval, thresholds = self._before = (sys.getswitchinterval(), gc.get_threshold())
                sys.setswitchinterval(min(interval, SWITCH))
                # A large import holds half a million rows, in no cycles: looking through all of them frees nothing, and
                # stops every thread for half a second each time. The younger generations are looked through as ever.
                gc.set_threshold(thresholds[0], thresholds[1], SELDOM)

    def __exit__(self, *_: object) -> None:
        with self._lock:
            self._running -= 1
            if not self._running:
                sys.setswitchinterval(self._before[0])
                gc.set_threshold(*self._before[1])


_GIVING_WAY = _GivingWay()


class JobWorker:
    """Does the jobs of a workspace's lanes from :meth:`start` to :meth:`stop`, or in a ``with`` block.

    Several programs may each have one on the same workspace: one of them works in each lane, and when it ends another
    takes over. A job left running by a program that died is begun again.
    """

    def __init__(self, workspace: Workspace, lanes: Iterable[Lane] = tuple(Lane)) -> None:
        self._lanes = [workspace.jobs.lane(lane) for lane in lanes]
        self._stop = threading.Event()
        self._threads: list[threading.Thread] = []
        self._working: set[Lane] = set()

    def start(self) -> None:
        """Begin to work; does nothing when it works already."""
        if not self._threads:
            self._stop.clear()
            for lane in self._lanes:
                name = f"skillmatch-jobs-{lane.lane.value}"
                self._threads.append(threading.Thread(target=self._work, args=(lane,), name=name, daemon=True))
                self._threads[-1].start()

    def stop(self, timeout: float = 30.0) -> bool:
        """Stop: running jobs go back into their queues as soon as they look up. Says whether that was in time."""
        self._stop.set()
        until = time.monotonic() + timeout
        for thread in self._threads:
            thread.join(max(0.0, until - time.monotonic()))
        if self.alive:
            return False
        self._threads.clear()
        return True

    @property
    def alive(self) -> bool:
        """Whether a thread runs."""
        return any(thread.is_alive() for thread in self._threads)

    @property
    def has_turn(self) -> bool:
        """Whether it is the one that works in one of its lanes."""
        return bool(self._working)

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop()

    def _work(self, lane: JobLane) -> None:
        while not self._stop.is_set():
            try:
                with lane.turn() as mine:
                    if mine:
                        self._working.add(lane.lane)
                        self._do_all(lane)
            except SkillmatchError as error:  # locked, full ...: the job waits where it was
                _LOG.warning("the job worker pauses: %s", error.code)
            finally:
                self._working.discard(lane.lane)
            self._stop.wait(TRY_AGAIN)

    def _do_all(self, lane: JobLane) -> None:
        while not self._stop.is_set():
            with _GIVING_WAY:
                done = lane.do_next(self._stop.is_set)
            if done is None:
                self._stop.wait(LOOK_AGAIN)
