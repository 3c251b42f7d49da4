"""Jobs in a process of their own: an import that parses, or a plan that is searched for, never holds up an answer.

The process is there only while there is something to do. A thread of the server looks for waiting jobs and starts it;
after a minute without any it ends, and its memory is free again.
"""

from __future__ import annotations

import json
import logging
import os
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path
from types import FrameType, TracebackType
from typing import Self

from skillmatch.api.json_log import LEVELS, configure
from skillmatch.domain.errors import SkillmatchError
from skillmatch.service.job_worker import LOOK_AGAIN, TRY_AGAIN, JobWorker
from skillmatch.service.workspace import Workspace

IDLE_SECONDS = 60.0
"""Seconds without a job after which the process ends."""

STOP_SECONDS = 30.0
"""Seconds that a running job may take to go back into the queue."""

_LOG = logging.getLogger(__name__)


class JobProcess:
    """Has a workspace's jobs done, in a ``with`` block; several programs may, on the same workspace: one works.

    A job whose process dies is begun again, by the rules of a program that ends (see ``MOST_ATTEMPTS``).
    """

    def __init__(self, workspace: Workspace, *, log_level: str = LEVELS[1], idle: float = IDLE_SECONDS) -> None:
        self._workspace = workspace
        self._given = json.dumps([str(workspace.folder), os.getpid(), log_level, idle])
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._watch, name="skillmatch-jobs", daemon=True)

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._stop.set()
        self._thread.join(STOP_SECONDS + 5)

    def _watch(self) -> None:
        while not self._stop.is_set():
            pause = LOOK_AGAIN
            try:
                if self._workspace.jobs.any_left() and self._have_them_done():
                    pause = TRY_AGAIN
            except (SkillmatchError, OSError) as error:  # locked, full ...: the jobs wait where they were
                _LOG.warning("the job process pauses: %s", type(error).__name__)
                pause = TRY_AGAIN
            self._stop.wait(pause)

    def _have_them_done(self) -> bool:
        """Whether the process died instead of ending."""
        # -P: nothing in the folder that the server was started in is taken for a module of ours.
        command = [sys.executable, "-P", "-m", "skillmatch.api.job_process", self._given]
        with subprocess.Popen(command, stdin=subprocess.DEVNULL) as process:  # noqa: S603 - our own program
            while process.poll() is None and not self._stop.is_set():
                self._stop.wait(LOOK_AGAIN)
            if process.poll() is None:
                process.terminate()
                try:
                    process.wait(STOP_SECONDS)
                except subprocess.TimeoutExpired:
                    process.kill()
        died = not self._stop.is_set() and process.returncode != 0
        if died:
            _LOG.warning("the job process died with status %s", process.returncode)
        return died


def work(folder: Path, parent: int, idle: float) -> None:
    """Do jobs until there were none for ``idle`` seconds, the process ``parent`` has ended, or a signal says so."""
    stop = threading.Event()

    def leave(number: int, frame: FrameType | None) -> None:  # noqa: ARG001 - as signal handlers are
        stop.set()

    signal.signal(signal.SIGTERM, leave)
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C reaches the whole group: the server says when to stop
    with Workspace.open(folder) as workspace, JobWorker(workspace) as worker:
        last = time.monotonic()
        while not stop.wait(LOOK_AGAIN) and os.getppid() == parent and worker.alive:
            if workspace.jobs.any_left():
                last = time.monotonic()
            elif time.monotonic() - last > idle:
                break


if __name__ == "__main__":
    place, started_by, level, patience = json.loads(sys.argv[1])
    configure(level)
    work(Path(place), started_by, patience)
