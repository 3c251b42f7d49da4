"""The webhooks' worker: a thread that tells them what is due while a server runs."""

from __future__ import annotations

import logging
import threading
from types import TracebackType
from typing import Self

from skillmatch.domain.base.errors import SkillmatchError
from skillmatch.service.access.outbound import Origins
from skillmatch.service.jobs.files import JOBS
from skillmatch.service.workspace import Workspace
from skillmatch.store.engine.process_lock import turn

LOOK_AGAIN = 1.0
LOCK = "webhooks.lock"
_LOG = logging.getLogger(__name__)


class WebhookWorker:
    """Tells webhooks what is due, in a ``with`` block. Where no host is allowed there is no thread and no connection.

    Several programs may each have one on the same workspace: one of them works.
    """

    def __init__(self, workspace: Workspace, origins: Origins | None = None) -> None:
        self._workspace = workspace
        self._origins = origins or Origins.read()
        self._stop = threading.Event()
        self._thread: threading.Thread | None = None

    def __enter__(self) -> Self:
        if self._origins.allowed:
            self._thread = threading.Thread(target=self._work, name="skillmatch-webhooks", daemon=True)
            self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._stop.set()
        if self._thread is not None:
            self._thread.join(30.0)  # what is being sent when the time is up is sent again another day

    def _work(self) -> None:
        folder = self._workspace.folder
        while not self._stop.is_set():
            try:
                with turn(folder / JOBS / LOCK) as mine:
                    while mine and not self._stop.is_set():
                        self._workspace.webhooks.deliver_due(self._origins, stopping=self._stop.is_set)
                        self._stop.wait(LOOK_AGAIN)
            except SkillmatchError as error:  # locked, full ...: what is due waits where it was
                _LOG.warning("the webhooks' worker pauses: %s", error.code)
            self._stop.wait(LOOK_AGAIN)
