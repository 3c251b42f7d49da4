"""The log of requests: a line for each, with nothing in it by which a person could be found.

Addresses, queries, headers and bodies name people; so a request's line has the template of its address only.
"""

from __future__ import annotations

import hashlib
import logging
import time

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from skillmatch.api.http.metrics import Metrics, route_of
from skillmatch.api.http.problems import request_id_of
from skillmatch.domain.access.caller import Caller

PROBES = frozenset({"/health", "/ready", "/metrics"})

_log = logging.getLogger("skillmatch.requests")


class Observed:
    """Counts every request and writes its line, once it is answered."""

    def __init__(self, app: ASGIApp, metrics: Metrics) -> None:
        self._app = app
        self._metrics = metrics

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        begun = time.perf_counter()
        status = 500  # what the outermost guard answers when an exception comes by

        async def send_seen(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
            await send(message)

        try:
            await self._app(scope, receive, send_seen)
        finally:
            self._note(scope, status, time.perf_counter() - begun)

    def _note(self, scope: Scope, status: int, seconds: float) -> None:
        route, state = route_of(scope), scope.get("state", {})
        self._metrics.answered(scope["method"], route, status, seconds)
        level = logging.DEBUG if route in PROBES else logging.INFO
        if _log.isEnabledFor(level):
            fields = {
                "request_id": request_id_of(scope),
                "method": scope["method"][:10],
                "route": route,
                "status": status,
                "ms": round(seconds * 1000, 2),
                "caller": named(state.get("caller")),
            }
            _log.log(level, "request", extra={"fields": fields})


def named(caller: Caller | None) -> str | None:
    """How a caller is called in a log: keys by their id; whoever a token stands for, who may be a person, by a hash."""
    if caller is None:
        return None
    kind, colon, rest = caller.id.partition(":")
    if kind in ("key", "open") or not colon:
        return caller.id if kind in ("key", "open") else _hashed(caller.id)
    return f"{kind}:{_hashed(rest)}"


def _hashed(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8", "replace")).hexdigest()[:12]
