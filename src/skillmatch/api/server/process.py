"""The server of one process: uvicorn around the application, with the limits that hold before any request does."""

from __future__ import annotations

import uvicorn
from fastapi import FastAPI

from skillmatch.api.server.protocol import Protocol

CONNECTIONS = 1_000
"""Connections at once of one process; those beyond are told to come back."""

IDLE_SECONDS = 15
GRACE_SECONDS = 20
"""Seconds that requests under way may take to be answered once the server is told to stop."""

HEADER_BYTES = 32 * 1024
"""What the protocol holds of a request's headers before it hangs up; the application's own limit is lower."""


def server_of(app: FastAPI) -> uvicorn.Server:
    """The server of an application; its ``run`` takes sockets that listen."""
    return uvicorn.Server(
        uvicorn.Config(
            app,
            http=Protocol,
            ws="none",
            lifespan="on",
            proxy_headers=False,  # where a request comes from decides who may ask; nobody else may say it
            server_header=False,
            access_log=False,  # addresses name people; our own log has their templates only
            log_config=None,
            limit_concurrency=CONNECTIONS,
            timeout_keep_alive=IDLE_SECONDS,
            timeout_graceful_shutdown=GRACE_SECONDS,
            h11_max_incomplete_event_size=HEADER_BYTES,
        )
    )
