"""The command that serves a workspace over HTTP."""

from __future__ import annotations

from contextlib import suppress
from typing import Annotated

import typer

from skillmatch.cli.invocation import Invocation, way_out


def serve(
    invocation: Invocation,
    host: Annotated[
        str, typer.Option("--host", help="Where to listen; this machine only unless allowed.")
    ] = "127.0.0.1",
    port: Annotated[int, typer.Option("--port", help="Which port; 0 takes a free one.")] = 8000,
    workers: Annotated[int, typer.Option("--workers", help="How many processes answer (1-64).")] = 1,
    log_level: Annotated[
        str, typer.Option("--log-level", metavar="LEVEL", help="debug, info, warning or error; JSON lines on stderr.")
    ] = "info",
    is_open: Annotated[
        bool, typer.Option("--open", help="Let everybody on this machine in without a key; for trying it out.")
    ] = False,
) -> None:
    """Serve the workspace over HTTP, and do its jobs.

    Programs with a key (see 'keys create') can ask it; the page /docs explains how. Ctrl-C ends it.
    """
    from skillmatch.api.http.access import CLOSED, OPEN
    from skillmatch.api.server.serve import serve as serve_forever

    folder = invocation.folder()
    access = OPEN if is_open else CLOSED

    def ready(address: str) -> None:
        words = f"Serving {folder} on {address}; {address}/docs explains it, Ctrl-C ends it."
        invocation.answer({"workspace": str(folder), "address": address}, lambda screen: screen.unwrapped(words))

    with suppress(KeyboardInterrupt), way_out():  # Ctrl-C: here it is how people say that they are done
        serve_forever(folder, host=host, port=port, workers=workers, log_level=log_level, access=access, ready=ready)
