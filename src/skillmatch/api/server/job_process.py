"""Jobs in processes of their own, one for each lane: an import that parses, or a plan that is searched for, never holds
up an answer, nor the other.

A process is there only while there is something to do in its lane. A thread of the server looks for waiting jobs and
starts it; after a minute without any it ends, and its memory is free again.
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

from skillmatch.api.server.json_log import LEVELS, configure
from skillmatch.domain.access.job import Lane
from skillmatch.domain.base.errors import SkillmatchError
from skillmatch.service.jobs.lane import JobLane
from skillmatch.service.workers.jobs import LOOK_AGAIN, TRY_AGAIN, JobWorker
from skillmatch.service.workspace import Workspace

IDLE_SECONDS = 60.0
"""Seconds without a job after which the process ends."""

STOP_SECONDS = 30.0
"""Seconds that running jobs may take to go back into their queues."""

_LOG = logging.getLogger(__name__)


class JobProcess:
    """Has a workspace's jobs done, in a ``with`` block; several programs may, on the same workspace: one works a lane.

    A job whose process dies is begun again, by the rules of a program that ends (see ``MOST_ATTEMPTS``).
    """

    def __init__(self, workspace: Workspace, *, log_level: str = LEVELS[1], idle: float = IDLE_SECONDS) -> None:
        lanes = (workspace.jobs.lane(lane) for lane in Lane)
        self._lanes = [_LaneProcess(workspace.folder, lane, log_level, idle) for lane in lanes]
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
        while not self._stop.wait(LOOK_AGAIN):
            for lane in self._lanes:
                lane.look()
        until = time.monotonic() + STOP_SECONDS
        for lane in self._lanes:
            lane.ask_to_end()
        for lane in self._lanes:
            lane.end(until)


class _LaneProcess:
    """The process of one lane: none while there is nothing to do, or while another program has the turn."""

    def __init__(self, folder: Path, lane: JobLane, log_level: str, idle: float) -> None:
        self._lane = lane
        self._given = json.dumps([str(folder), lane.lane.value, os.getpid(), log_level, idle])
        self._process: subprocess.Popen[bytes] | None = None
        self._not_before = 0.0

    def look(self) -> None:
        """Start it where it is needed, and note when it has ended."""
        if self._process is not None:
            if self._process.poll() is None:
                return
            if self._process.returncode != 0:
                _LOG.warning("the process of the lane %s died with %s", self._lane.lane, self._process.returncode)
                self._not_before = time.monotonic() + TRY_AGAIN
            self._process = None
        try:
            if time.monotonic() >= self._not_before and self._lane.has_work and self._lane.is_free:
                # -P: nothing in the folder that the server was started in is taken for a module of ours.
                command = [sys.executable, "-P", "-m", "skillmatch.api.server.job_process", self._given]
                self._process = subprocess.Popen(command, stdin=subprocess.DEVNULL)  # noqa: S603 - our own program
        except (SkillmatchError, OSError) as error:  # locked, full ...: the jobs wait where they were
            _LOG.warning("the process of the lane %s is not started: %s", self._lane.lane, type(error).__name__)
            self._not_before = time.monotonic() + TRY_AGAIN

    def ask_to_end(self) -> None:
        """Have its job put back into the queue."""
        if self._process is not None:
            self._process.terminate()

    def end(self, until: float) -> None:
        """Wait for its end until then (in monotonic seconds), and end it then."""
        if self._process is not None:
            try:
                self._process.wait(max(0.0, until - time.monotonic()))
            except subprocess.TimeoutExpired:
                self._process.kill()
                self._process.wait()


def work(folder: Path, lane: Lane, parent: int, idle: float) -> None:
    """Do a lane's jobs until there were none (or another program had the turn) for ``idle`` seconds, the process
    ``parent`` has ended, or a signal says so."""
    stop = threading.Event()

    def leave(number: int, frame: FrameType | None) -> None:  # noqa: ARG001 - as signal handlers are
        stop.set()

    signal.signal(signal.SIGTERM, leave)
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C reaches the whole group: the server says when to stop
    with Workspace.open(folder) as workspace, JobWorker(workspace, [lane]) as worker:
        queue = workspace.jobs.lane(lane)
        last = time.monotonic()
        while not stop.wait(LOOK_AGAIN) and os.getppid() == parent and worker.alive:
            if worker.has_turn and queue.has_work:
                last = time.monotonic()
            elif time.monotonic() - last > idle:
                break


if __name__ == "__main__":
    place, of_lane, started_by, level, patience = json.loads(sys.argv[1])
    configure(level)
    work(Path(place), Lane(of_lane), started_by, patience)
