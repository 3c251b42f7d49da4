"""The processes that answer where there are several: started, told to begin, waited for, and stopped together."""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
import tempfile
from contextlib import ExitStack
from dataclasses import asdict, dataclass
from pathlib import Path
from types import TracebackType
from typing import Self

from skillmatch.domain.base.errors import SkillmatchError

SHARED = "PROMETHEUS_MULTIPROC_DIR"
"""The variable that names the folder in which several server processes add up their figures."""

STOP_SECONDS = 40.0
"""Seconds that all of them may take to end; requests under way have half of that."""


class ServingError(SkillmatchError):
    """The processes that answer could not be started, or died again and again."""

    code = "serving_failed"


@dataclass(frozen=True, slots=True)
class Orders:
    """What the processes are to serve: how many ``workers``, a workspace's folder, as ``host``, how much they log,
    whether to anybody (``open``), on which inherited socket, and for which process (by its id)."""

    workers: int
    workspace: str
    host: str
    log_level: str
    open: bool
    socket: int
    parent: int


class Crew:
    """Several processes that answer on one socket, in a ``with`` block.

    The application is made once, in a process of its own that begins at once, and forked from there
    (:mod:`skillmatch.api.server.prefork`): whoever follows one that died is there in no time, on a busy machine too.
    """

    def __init__(
        self, workers: int, workspace: Path, listener: socket.socket, *, host: str, log_level: str, open_: bool
    ) -> None:
        self._orders = Orders(workers, str(workspace), host, log_level, open_, listener.fileno(), os.getpid())
        self._things = ExitStack()

    def __enter__(self) -> Self:
        figures = self._things.enter_context(tempfile.TemporaryDirectory(prefix="skillmatch-metrics-"))
        self._things.callback(self._stop)
        # -P: nothing in the folder that the server was started in is taken for a module of ours.
        command = [sys.executable, "-P", "-m", "skillmatch.api.server.prefork", json.dumps(asdict(self._orders))]
        self._process = subprocess.Popen(  # noqa: S603 - our own program
            command,
            stdin=subprocess.PIPE,
            env={**os.environ, SHARED: figures},
            pass_fds=[self._orders.socket],
            process_group=0,  # Ctrl-C reaches the process that was started only, which says when to stop
        )
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._things.close()

    def answer(self) -> None:
        """Let them answer until they end or this is interrupted. Raises ``ServingError`` when they die unasked."""
        assert self._process.stdin is not None  # noqa: S101 - asked for above
        try:
            with self._process.stdin as line:
                line.write(b"answer\n")
            status = self._process.wait()
        except BrokenPipeError:
            status = self._process.wait()
        finally:
            self._stop()
        raise ServingError(
            f"The processes that answer have ended ({ending(status)}).",
            remedy="The log says how each of them ended; free some memory, or try it with one worker.",
        )

    def _stop(self) -> None:
        if self._process.poll() is None:
            self._process.terminate()
            try:
                self._process.wait(STOP_SECONDS)
            except subprocess.TimeoutExpired:
                self._process.kill()
                self._process.wait()


def ending(status: int) -> str:
    """How a process ended, in words: ``status 3``, ``SIGKILL``."""
    return f"status {status}" if status >= 0 else signal.Signals(-status).name
