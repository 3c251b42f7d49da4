"""The worker: a thread that does a workspace's jobs while a server runs."""

from __future__ import annotations

import gc
import logging
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from types import TracebackType
from typing import Self

from skillmatch.domain.errors import SkillmatchError
from skillmatch.service.job_files import JOBS, LOCK
from skillmatch.service.workspace import Workspace
from skillmatch.store.turns import turn

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


@contextmanager
def _giving_way() -> Iterator[None]:
    before, thresholds = sys.getswitchinterval(), gc.get_threshold()
    sys.setswitchinterval(min(before, SWITCH))
    # A large import holds half a million rows, in no cycles: looking through all of them frees nothing, and stops
    # every thread for half a second each time. The younger generations are looked through as ever.
    gc.set_threshold(thresholds[0], thresholds[1], SELDOM)
    try:
        yield
    finally:
        sys.setswitchinterval(before)
        gc.set_threshold(*thresholds)


class JobWorker:
    """Does the jobs of a workspace one after the other from :meth:`start` to :meth:`stop`, or in a ``with`` block.

    Several programs may each have one on the same workspace: one of them works, and when it ends another takes over.
    A job left running by a program that died is begun again.
    """

    def __init__(self, workspace: Workspace) -> None:
        self._workspace = workspace
        self._stop = threading.Event()
        self._thread: threading.Thread | None = None

    def start(self) -> None:
        """Begin to work; does nothing when it works already."""
        if self._thread is None:
            self._stop.clear()
            self._thread = threading.Thread(target=self._work, name="skillmatch-jobs", daemon=True)
            self._thread.start()

    def stop(self, timeout: float | None = 30.0) -> bool:
        """Stop: a running job goes back into the queue as soon as it looks up. Says whether that was in time."""
        thread = self._thread
        if thread is None:
            return True
        self._stop.set()
        thread.join(timeout)
        if thread.is_alive():
            return False
        self._thread = None
        return True

    @property
    def alive(self) -> bool:
        """Whether the thread runs."""
        return self._thread is not None and self._thread.is_alive()

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop()

    def _work(self) -> None:
        folder = self._workspace.folder
        while not self._stop.is_set():
            try:
                with turn(folder / JOBS / LOCK) as mine:
                    if mine:
                        self._workspace.jobs.recover()
                        while not self._stop.is_set():
                            with _giving_way():
                                done = self._workspace.jobs.do_next(self._stop.is_set)
                            if done is None:
                                self._stop.wait(LOOK_AGAIN)
            except SkillmatchError as error:  # locked, full ...: the job waits where it was
                _LOG.warning("the job worker pauses: %s", error.code)
            self._stop.wait(TRY_AGAIN)
