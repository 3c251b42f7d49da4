"""Serving: the application on a socket, in one process or several, until it is told to stop."""

from __future__ import annotations

import os
import signal
import socket
import tempfile
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, NoReturn

import uvicorn
from uvicorn.supervisors import Multiprocess

from skillmatch.api.access import CLOSED, LOOPBACK, Access, check_host, remote_allowed
from skillmatch.api.app import create_app
from skillmatch.api.job_process import JobProcess
from skillmatch.api.metrics import SHARED
from skillmatch.api.protocol import Protocol
from skillmatch.api.request_log import LEVELS, configure
from skillmatch.api.worker import Serving
from skillmatch.domain.errors import InputError
from skillmatch.service.webhook_worker import WebhookWorker
from skillmatch.service.workspace import Workspace

PORT = 8000
MOST_WORKERS = 64

CONNECTIONS = 1_000
"""Connections at once of one process; those beyond are told to come back."""

IDLE_SECONDS = 15
GRACE_SECONDS = 20
"""Seconds that requests under way may take to be answered once the server is told to stop."""

HEADER_BYTES = 32 * 1024
"""What the protocol holds of a request's headers before it hangs up; the application's own limit is lower."""


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
    be had; ``WorkspaceError`` when the workspace cannot be opened. All of that before anything is served.
    """
    check_host(host, remote_allowed(), access)
    if not 1 <= workers <= MOST_WORKERS:
        raise InputError(f"is {workers}.", field="workers", remedy=f"Use a number from 1 to {MOST_WORKERS}.")
    if log_level not in LEVELS:
        raise InputError(f"is '{log_level[:20]}'.", field="log-level", remedy=f"Use one of {', '.join(LEVELS)}.")
    with Workspace.open(folder) as workspace, listen(host, port) as listener:
        configure(log_level)
        if ready is not None:
            ready(address_of(listener, host))
        with ended_properly(), JobProcess(workspace, log_level=log_level), WebhookWorker(workspace):
            if workers == 1:
                app = create_app(workspace, access=access, host=host)
                uvicorn.Server(uvicorn.Config(app, **_options())).run(sockets=[listener])
            else:
                serving = Serving(str(workspace.folder), os.getpid(), host, log_level, access.open)
                _serve_with(workers, serving, listener)


def _serve_with(workers: int, serving: Serving, listener: socket.socket) -> None:
    with tempfile.TemporaryDirectory(prefix="skillmatch-metrics-") as shared:
        os.environ[SHARED] = shared  # read by the other processes only: in this one, it comes too late
        serving.leave_word()
        config = uvicorn.Config("skillmatch.api.worker:make", factory=True, workers=workers, **_options())
        Multiprocess(config, sockets=[listener]).run()


def _options() -> dict[str, Any]:
    return {
        "http": Protocol,
        "ws": "none",
        "lifespan": "on",
        "proxy_headers": False,  # where a request comes from decides who may ask; nobody else may say it
        "server_header": False,
        "access_log": False,  # addresses name people; our own log has their templates only
        "log_config": None,
        "limit_concurrency": CONNECTIONS,
        "timeout_keep_alive": IDLE_SECONDS,
        "timeout_graceful_shutdown": GRACE_SECONDS,
        "h11_max_incomplete_event_size": HEADER_BYTES,
    }


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
