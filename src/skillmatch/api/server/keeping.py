"""Keeping processes: those that answer are forked from one that never does, which follows up whoever dies."""

from __future__ import annotations

import logging
import os
import signal
import threading
import time
from collections.abc import Callable
from typing import NoReturn

from skillmatch.api.crew import STOP_SECONDS, ending

MOST_DEATHS = 3
"""After so many deaths in a row, there is something that no other try will mend."""

CALM_SECONDS = 60.0
"""A death after so long a time without one is the first of its row."""

LOOK_AGAIN = 0.2

_SIGNALS = (signal.SIGTERM, signal.SIGINT)
_log = logging.getLogger(__name__)


def keep(workers: int, work: Callable[[], int], parent: int) -> int:
    """Have ``workers`` processes do ``work`` until a signal says stop or the process ``parent`` has ended.

    Returns the status to end with: 0, or 1 after ``MOST_DEATHS`` in a row. Each death is told at once. Whether a
    process is slow is nobody's business here: on a busy machine all of them are.
    """
    stop = threading.Event()
    for number in _SIGNALS:
        signal.signal(number, lambda *_: stop.set())
    living = {_fork(work) for _ in range(workers)}
    deaths, last = 0, float("-inf")
    while not stop.is_set() and deaths < MOST_DEATHS and os.getppid() == parent:
        pid, status = os.waitpid(-1, os.WNOHANG)
        if pid == 0:
            stop.wait(LOOK_AGAIN)
            continue
        living.discard(pid)
        now = time.monotonic()
        deaths, last = deaths + 1 if now - last < CALM_SECONDS else 1, now
        fields = {"ended": ending(os.waitstatus_to_exitcode(status)), "in_a_row": deaths}
        _log.warning("a process that answers died", extra={"fields": fields})
        if deaths < MOST_DEATHS:
            living.add(_fork(work))
        else:
            _log.error("the server ends: %s processes died in a row", deaths)
    _end(living)
    return 1 if deaths == MOST_DEATHS else 0


def _fork(work: Callable[[], int]) -> int:
    """The id of a new process that does ``work`` and ends with what that returns."""
    signal.pthread_sigmask(signal.SIG_BLOCK, _SIGNALS)  # else the child may take one for the parent's
    pid = os.fork()
    if pid == 0:
        status = 1
        try:
            signal.signal(signal.SIGTERM, _leave)
            signal.pthread_sigmask(signal.SIG_UNBLOCK, _SIGNALS)
            status = work()
        except SystemExit:
            status = 0
        except BaseException:
            _log.exception("a process that answers failed")
        finally:
            os._exit(status)  # nothing of the parent's is put away here
    signal.pthread_sigmask(signal.SIG_UNBLOCK, _SIGNALS)
    return pid


def _leave(*_: object) -> NoReturn:
    raise SystemExit(0)


def _end(living: set[int]) -> None:
    """Let the processes finish what they are answering, and end them by force where they do not."""
    for pid in living:
        os.kill(pid, signal.SIGTERM)
    ends = time.monotonic() + STOP_SECONDS - 10
    while living:
        if time.monotonic() > ends:
            for pid in living:
                os.kill(pid, signal.SIGKILL)
        living -= {pid for pid in living if os.waitpid(pid, os.WNOHANG)[0]}
        time.sleep(LOOK_AGAIN / 4)
