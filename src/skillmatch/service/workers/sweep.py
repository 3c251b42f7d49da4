"""The sweep's worker: a thread that does what is owed to erased people while a server runs."""

from __future__ import annotations

import logging
import threading
from types import TracebackType
from typing import Self

from skillmatch.domain.base.errors import SkillmatchError
from skillmatch.service.jobs.files import JOBS
from skillmatch.service.workspace import Workspace
from skillmatch.store.engine.process_lock import turn

LOOK_AGAIN = 1.0
"""Seconds between two looks at how many are owed something; a look is one small read."""

MOST_WAIT = 900.0
"""Seconds after which a sweep begins although one erasure follows another."""

LOCK = "sweep.lock"
_LOG = logging.getLogger(__name__)


class SweepWorker:
    """Sweeps up after erasures in a ``with`` block: once no more came since the last look, or after ``MOST_WAIT``.

    Several programs may each have one on the same workspace: one of them works.
    """

    def __init__(self, workspace: Workspace, *, look_again: float = LOOK_AGAIN, most_wait: float = MOST_WAIT) -> None:
        self._workspace = workspace
        self._look_again = look_again
        self._most_looks = most_wait / look_again
        self._stop = threading.Event()
        self._thread: threading.Thread | None = None

    def __enter__(self) -> Self:
        self._thread = threading.Thread(target=self._work, name="skillmatch-sweep", daemon=True)
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._stop.set()
        if self._thread is not None:
            self._thread.join(30.0)  # what is not done when the time is up stays owed

    def _work(self) -> None:
        seen = looks = 0
        while not self._stop.wait(self._look_again):
            try:
                owed = self._workspace.people.erasures_owed()
                looks = looks + 1 if owed else 0
                if owed and (owed == seen or looks >= self._most_looks):
                    with turn(self._workspace.folder / JOBS / LOCK) as mine:
                        if mine:
                            self._workspace.people.sweep()
                    looks = 0
                seen = owed
            except SkillmatchError as error:  # locked, full ...: what is owed stays owed
                _LOG.warning("the sweep after erasures pauses: %s", error.code)
