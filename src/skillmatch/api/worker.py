"""One of several server processes: it makes the application from what the process that started it left word of."""

from __future__ import annotations

import json
import os
import signal
import threading
import time
from dataclasses import asdict, dataclass
from pathlib import Path

from fastapi import FastAPI

from skillmatch.api.access import LOOPBACK, Access
from skillmatch.api.app import create_app
from skillmatch.api.request_log import configure

WORD = "SKILLMATCH_SERVE"
"""The variable that tells the processes what to serve."""

LOOK_AGAIN = 1.0


@dataclass(frozen=True, slots=True)
class Serving:
    """What a server process is to serve: the workspace's folder, where it listens, how much it logs, whether to
    anybody (``open``), and for which process (by its id)."""

    workspace: str
    parent: int
    host: str = LOOPBACK
    log_level: str = "info"
    open: bool = False

    def leave_word(self) -> None:
        """Tell the processes that this one starts from now on."""
        os.environ[WORD] = json.dumps(asdict(self))

    @classmethod
    def word(cls) -> Serving:
        """What the process that started this one left word of."""
        return cls(**json.loads(os.environ[WORD]))


def make() -> FastAPI:
    """The application of this process; it ends when the process that started it has ended, however that ended."""
    given = Serving.word()
    configure(given.log_level)
    threading.Thread(target=_end_with, args=(given.parent,), name="skillmatch-parent", daemon=True).start()
    return create_app(Path(given.workspace), access=Access(given.open), host=given.host)


def _end_with(parent: int) -> None:
    while os.getppid() == parent:
        time.sleep(LOOK_AGAIN)
    os.kill(os.getpid(), signal.SIGTERM)
