"""The log: one line of JSON per request and event, with nothing in it by which a person could be found.

Addresses, queries, headers and bodies name people; so a request's line has the template of its address only. Errors
are told by their type and place, because their messages may quote what somebody sent.
"""

from __future__ import annotations

import hashlib
import json
import logging
import sys
import time
import traceback
from datetime import UTC, datetime
from types import TracebackType
from typing import Any, TextIO

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from skillmatch.api.metrics import Metrics, route_of
from skillmatch.api.problems import request_id_of
from skillmatch.domain.caller import Caller

LEVELS = ("debug", "info", "warning", "error")
PROBES = frozenset({"/health", "/ready", "/metrics"})
MOST_FRAMES = 20

_log = logging.getLogger("skillmatch.requests")
_OURS = ("skillmatch", "uvicorn.error")


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


class JsonLines(logging.Formatter):
    """Writes a record as one line of JSON."""

    def format(self, record: logging.LogRecord) -> str:
        line: dict[str, Any] = {
            "at": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "logger": record.name,
            "event": record.getMessage(),
        }
        line |= getattr(record, "fields", {})
        if record.exc_info and record.exc_info[0] is not None:
            line["error"] = record.exc_info[0].__name__
            line["trace"] = frames(record.exc_info[2])
        return json.dumps(line, ensure_ascii=True, default=str)


def frames(trace: TracebackType | None) -> list[str]:
    """Where an error came from: the last frames as ``module.py:12 function``, without a word of its message."""
    found = traceback.extract_tb(trace)[-MOST_FRAMES:]
    return [f"{frame.filename.rpartition('/')[2]}:{frame.lineno} {frame.name}" for frame in found]


def configure(level: str, stream: TextIO | None = None) -> logging.Handler:
    """Let our loggers and the server's write JSON lines to a stream (standard error when None), and nothing else."""
    handler = logging.StreamHandler(stream or sys.stderr)
    handler.setFormatter(JsonLines())
    for name in _OURS:
        logger = logging.getLogger(name)
        logger.handlers = [handler]
        logger.propagate = False
        logger.setLevel(level.upper())
    return handler
