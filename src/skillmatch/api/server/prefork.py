"""The process from which those that answer are forked: it makes the application once.

It has no thread and opens no workspace: neither may cross a fork.
"""

from __future__ import annotations

import gc
import json
import logging
import os
import signal
import socket
import sys
import threading
import time
from pathlib import Path
from typing import TYPE_CHECKING

from skillmatch.api.crew import Orders
from skillmatch.api.http.access import Access
from skillmatch.api.server.json_log import configure
from skillmatch.api.server.keeping import keep
from skillmatch.domain.base.errors import SkillmatchError

if TYPE_CHECKING:
    from fastapi import FastAPI

LOOK_AGAIN = 1.0

_log = logging.getLogger("skillmatch.api.server.prefork")  # the module's own name is __main__


def answering(app: FastAPI, listener: socket.socket) -> int:
    """Answer in this process until it is told to stop; the status to end with."""
    from skillmatch.api.server.process import server_of

    gc.enable()
    parent = os.getppid()
    threading.Thread(target=_end_with, args=(parent,), name="skillmatch-parent", daemon=True).start()
    server = server_of(app)
    server.run(sockets=[listener])
    return 0 if server.started else 1


def _end_with(parent: int) -> None:
    while os.getppid() == parent:
        time.sleep(LOOK_AGAIN)
    os.kill(os.getpid(), signal.SIGTERM)


def main(orders: Orders) -> int:
    """Make the application, wait for the word to begin, then keep the processes; the status to end with."""
    configure(orders.log_level)
    gc.disable()  # what is imported stays; looking through it again and again is a sixth of the time that it takes

    from skillmatch.api.app import create_app
    from skillmatch.api.server.process import server_of  # noqa: F401 - here, so that nobody who is forked has to

    try:
        app = create_app(Path(orders.workspace), access=Access(orders.open), host=orders.host)
    except SkillmatchError as error:
        _log.error("the application cannot be made: %s", error)
        return 1
    gc.freeze()  # what all share stays shared: a collection in one of them touches none of it
    if not sys.stdin.readline():
        return 0  # the process that started this one has ended before it began
    with socket.socket(fileno=orders.socket) as listener:
        return keep(orders.workers, lambda: answering(app, listener), orders.parent)


if __name__ == "__main__":
    sys.exit(main(Orders(**json.loads(sys.argv[1]))))
