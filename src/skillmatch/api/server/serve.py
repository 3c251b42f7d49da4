"""Serving: the application on a socket, in one process or several, until it is told to stop."""

from __future__ import annotations

import os
import signal
import socket
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

from skillmatch.api.crew import Crew
from skillmatch.api.http.access import CLOSED, LOOPBACK, Access, check_host, remote_allowed
from skillmatch.api.server.json_log import LEVELS, configure
from skillmatch.domain.base.errors import InputError
from skillmatch.service.core.settings import Settings

if TYPE_CHECKING:
    from skillmatch.service.workspace import Workspace

PORT = 8000
MOST_WORKERS = 64
DESCRIPTORS = 8_192


def serve(
    folder: Path | None = None,
    *,
    host: str = LOOPBACK,
    port: int = PORT,
    workers: int = 1,
    log_level: str = "info",
    access: Access = CLOSED,
    ready: Callable[[str], None] | None = None,
) -> None:
    """Serve the workspace in a folder (the settings' when None), and do its jobs, until told to stop.

    ``port`` 0 takes a free one; ``ready`` is called with the address once it is known; ``workers`` (1-64) is the number
    of processes that answer; one more for each lane does its jobs while there are any. ``access`` says whether callers
    need keys.
    Raises ``InputError`` when other machines could connect and that is not allowed, or when the port cannot
    be had; ``WorkspaceError`` when the workspace cannot be opened. All of that before anything is served. Later,
    ``ServingError`` when the processes that answer die again and again.
    """
    check_host(host, remote_allowed(), access)
    if not 1 <= workers <= MOST_WORKERS:
        raise InputError(f"is {workers}.", field="workers", remedy=f"Use a number from 1 to {MOST_WORKERS}.")
    if workers > 1 and not hasattr(os, "fork"):
        raise InputError("needs a system that can fork.", field="workers", remedy="Use one worker here.")
    if log_level not in LEVELS:
        raise InputError(f"is '{log_level[:20]}'.", field="log-level", remedy=f"Use one of {', '.join(LEVELS)}.")
    _have_descriptors()
    with ExitStack() as things:
        listener = things.enter_context(listen(host, port))
        crew = None
        if workers > 1:
            place = folder or Settings.read().workspace
            crew = things.enter_context(
                Crew(workers, place, listener, host=host, log_level=log_level, open_=access.open)
            )

        from skillmatch.api.server.job_process import JobProcess  # seconds of imports, which the crew makes meanwhile
        from skillmatch.service.workers.sweep import SweepWorker
        from skillmatch.service.workers.webhooks import WebhookWorker
        from skillmatch.service.workspace import Workspace

        workspace = things.enter_context(Workspace.open(folder))
        configure(log_level)
        if ready is not None:
            ready(address_of(listener, host))
        with (
            ended_properly(),
            JobProcess(workspace, log_level=log_level),
            WebhookWorker(workspace),
            SweepWorker(workspace),
        ):
            if crew is None:
                _alone(workspace, access, host, listener)
            else:
                crew.answer()


def _have_descriptors() -> None:
    """As many files and connections at once as the system lets us have: some give a program 1,024 unless it asks."""
    if sys.platform != "win32":
        import resource

        least, most = resource.getrlimit(resource.RLIMIT_NOFILE)
        wanted = DESCRIPTORS if most == resource.RLIM_INFINITY else min(DESCRIPTORS, most)
        if least < wanted:
            resource.setrlimit(resource.RLIMIT_NOFILE, (wanted, most))


def _alone(workspace: Workspace, access: Access, host: str, listener: socket.socket) -> None:
    from skillmatch.api.app import create_app  # heavy; where others answer, this process has no need of it
    from skillmatch.api.server.process import server_of

    server_of(create_app(workspace, access=access, host=host)).run(sockets=[listener])


@contextmanager
def ended_properly() -> Iterator[None]:
    """Let the signal to terminate end the block like an exception, so that what was begun is put away.

    The server stops at the signal and then sends it again to whatever handled it before: by default, sudden death.
    """
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    before = signal.signal(signal.SIGTERM, _leave)
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, before)


def _leave(*_: object) -> NoReturn:
    raise SystemExit(0)


def listen(host: str, port: int) -> socket.socket:
    """A listening socket; port 0 takes a free one. Raises ``InputError`` when it cannot be had."""
    if not 0 <= port <= 65_535:
        raise InputError(f"is {port}.", field="port", remedy="Use a number from 0 to 65535.")
    try:
        family, *_, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
        return socket.create_server(address, family=family, backlog=512)
    except OSError as error:
        remedy = "Choose another port, or stop what listens there."
        reason = error.strerror or str(error)
        raise InputError(f"cannot listen on {host}, port {port}: {reason}.", field="port", remedy=remedy) from error


def address_of(listener: socket.socket, host: str) -> str:
    """What to type into a browser to reach a listener."""
    name = f"[{host}]" if ":" in host else host
    return f"http://{name}:{listener.getsockname()[1]}"
