"""Serving: the application on a socket, until it is told to stop."""

from __future__ import annotations

import socket
from collections.abc import Callable
from pathlib import Path

import uvicorn

from skillmatch.api.access import CLOSED, LOOPBACK, Access, check_host, remote_allowed
from skillmatch.api.app import create_app
from skillmatch.domain.errors import InputError
from skillmatch.service.workspace import Workspace

PORT = 8000


def serve(
    folder: Path | None = None,
    *,
    host: str = LOOPBACK,
    port: int = PORT,
    access: Access = CLOSED,
    ready: Callable[[str], None] | None = None,
) -> None:
    """Serve the workspace in a folder (the settings' when None) until interrupted.

    ``port`` 0 takes a free one; ``access`` says whether callers need keys; ``ready`` is called with the address once it
    is known. Raises ``InputError`` when
    other machines could connect and that is not allowed, or when the port cannot be had; ``WorkspaceError`` when the
    workspace cannot be opened. All of that before anything is served.
    """
    check_host(host, remote_allowed(), access)
    with Workspace.open(folder) as workspace, listen(host, port) as listener:
        config = uvicorn.Config(
            create_app(workspace, access=access, host=host),
            proxy_headers=False,  # where a request comes from decides who may ask; nobody else may say it
            server_header=False,
            access_log=False,  # addresses name people; what was read about whom belongs in no plain log
            log_level="warning",
        )
        if ready is not None:
            ready(address_of(listener, host))
        uvicorn.Server(config).run(sockets=[listener])


def listen(host: str, port: int) -> socket.socket:
    """A listening socket; port 0 takes a free one. Raises ``InputError`` when it cannot be had."""
    if not 0 <= port <= 65_535:
        raise InputError(f"is {port}.", field="port", remedy="Use a number from 0 to 65535.")
    try:
        family, *_, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
        return socket.create_server(address, family=family, backlog=128)
    except OSError as error:
        remedy = "Choose another port, or stop what listens there."
        reason = error.strerror or str(error)
        raise InputError(f"cannot listen on {host}, port {port}: {reason}.", field="port", remedy=remedy) from error


def address_of(listener: socket.socket, host: str) -> str:
    """What to type into a browser to reach a listener."""
    name = f"[{host}]" if ":" in host else host
    return f"http://{name}:{listener.getsockname()[1]}"
