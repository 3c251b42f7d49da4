"""Limits: what a request may weigh, how long it may take to arrive, and how long to be answered."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Collection
from dataclasses import dataclass

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from skillmatch.api.http.arrivals import Room
from skillmatch.api.http.problems import ProblemError, request_id_of

_MEBIBYTE = 1024 * 1024
_log = logging.getLogger(__name__)


BODIES = Room(each=100, own=8, all=300)
UPLOADS = Room(each=4, own=1, all=16, patient=True)


@dataclass(frozen=True, slots=True)
class Limits:
    """What one server takes.

    Bytes for the request line with the headers, for a body, and for a body that is a file (``files``: the addresses
    of those); ``depth`` of nested JSON; seconds for a body to arrive, for a file, between two pieces of a file, and
    for an answer; how many ``bodies`` and ``uploads`` (files) may be on their way at once.

    Requests answered ``at_once``, those of one caller (``each_at_once``) and of one who asks for themselves alone or
    says nothing of who they are (``own_at_once``), and how many more of theirs may wait for that.
    """

    header_bytes: int = 16 * 1024
    headers: int = 100
    body_bytes: int = _MEBIBYTE
    file_bytes: int = 256 * _MEBIBYTE
    files: Collection[str] = ("/v1/imports",)
    depth: int = 40
    body_seconds: float = 15.0
    file_seconds: float = 600.0
    pause_seconds: float = 15.0
    answer_seconds: float = 30.0
    bodies: Room = BODIES
    uploads: Room = UPLOADS
    at_once: int = 100
    each_at_once: int = 16
    own_at_once: int = 4
    each_waiting: int = 200
    own_waiting: int = 20


LIMITS = Limits()

PROBES = ("/health", "/ready")
"""Addresses that are answered even when everything else waits."""


class HeaderLimit:
    """Refuses headers that are too large."""

    def __init__(self, app: ASGIApp, limits: Limits = LIMITS) -> None:
        self._app = app
        self._limits = limits

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        problem = self._too_large(scope) if scope["type"] == "http" else None
        await (self._app if problem is None else problem.response(scope))(scope, receive, send)

    def _too_large(self, scope: Scope) -> ProblemError | None:
        size = sum(len(name) + len(value) + 4 for name, value in scope["headers"])
        size += len(scope.get("raw_path") or scope["path"]) + len(scope["query_string"])
        if size <= self._limits.header_bytes and len(scope["headers"]) <= self._limits.headers:
            return None
        detail = f"The address and the headers have more than {self._limits.header_bytes:,} bytes"
        detail += f", or there are more than {self._limits.headers} headers."
        return ProblemError("headers_too_large", detail, remedy="Send what is long in the body.")


class AnswerTime:
    """Answers that something took too long instead of letting the client wait on.

    Threads cannot be stopped: what was begun goes on, and its answer is thrown away (or kept, where the request has
    an Idempotency-Key, so that sending it again gets it). An answer that has begun is never cut off.
    """

    def __init__(self, app: ASGIApp, limits: Limits = LIMITS) -> None:
        self._app = app
        self._limits = limits
        self._late: set[asyncio.Task[None]] = set()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or scope["path"] in self._limits.files:
            await self._app(scope, receive, send)
            return
        begun = late = False

        async def send_in_time(message: Message) -> None:
            nonlocal begun
            if not late:
                begun = True
                await send(message)

        async def run() -> None:
            await self._app(scope, receive, send_in_time)

        task = asyncio.ensure_future(run())
        try:
            await asyncio.wait({task}, timeout=self._limits.answer_seconds)
            if task.done() or begun:
                await task
                return
        except asyncio.CancelledError:
            task.cancel()
            raise
        late = True
        self._late.add(task)
        task.add_done_callback(self._ended)
        problem = ProblemError(
            "took_too_long",
            f"There was no answer within {self._limits.answer_seconds:g} s.",
            remedy="Ask for less at once, or send it as a job; a change may still have been made.",
            headers={"Retry-After": "5"},
        )
        _log.warning("request %s took too long", request_id_of(scope))
        await problem.response(scope)(scope, receive, send)

    def _ended(self, task: asyncio.Task[None]) -> None:
        self._late.discard(task)
        if not task.cancelled() and task.exception() is not None:
            _log.warning("a request that took too long ended with %s", type(task.exception()).__name__)
