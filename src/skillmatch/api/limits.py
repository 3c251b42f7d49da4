"""Limits: what a request may weigh, how long it may take to arrive, and how long to be answered."""

from __future__ import annotations

import asyncio
import hashlib
import logging
from collections.abc import Collection
from dataclasses import dataclass
from tempfile import SpooledTemporaryFile
from typing import IO

from starlette.datastructures import Headers
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from skillmatch.api.nesting import nested_deeper
from skillmatch.api.problems import ProblemError, request_id_of
from skillmatch.domain.caller import Caller
from skillmatch.domain.caller import Scope as Permission

_MEBIBYTE = 1024 * 1024
_PIECE = 256 * 1024
_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Limits:
    """What one server takes.

    Bytes for the request line with the headers, for a body, and for a body that is a file (``files``: the addresses
    of those); ``depth`` of nested JSON; seconds for a body to arrive, for a file, between two pieces of a file, and
    for an answer; requests answered at once.
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
    at_once: int = 100


LIMITS = Limits()

PROBES = ("/health", "/ready")
"""Addresses that are answered even when everything else waits."""


class Crowd:
    """Refuses requests beyond those that may be answered at once, and headers that are too large."""

    def __init__(self, app: ASGIApp, limits: Limits = LIMITS) -> None:
        self._app = app
        self._limits = limits
        self._now = 0

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or scope["path"] in PROBES:
            await self._app(scope, receive, send)
            return
        problem = self._too_large(scope)
        if problem is None and self._now >= self._limits.at_once:
            problem = ProblemError(
                "busy",
                f"The server answers {self._limits.at_once} requests at once, and no more.",
                remedy="Send it again in a second.",
                headers={"Retry-After": "1"},
            )
        if problem is not None:
            await problem.response(scope)(scope, receive, send)
            return
        self._now += 1
        try:
            await self._app(scope, receive, send)
        finally:
            self._now -= 1

    def _too_large(self, scope: Scope) -> ProblemError | None:
        size = sum(len(name) + len(value) + 4 for name, value in scope["headers"])
        size += len(scope.get("raw_path") or scope["path"]) + len(scope["query_string"])
        if size <= self._limits.header_bytes and len(scope["headers"]) <= self._limits.headers:
            return None
        detail = f"The address and the headers have more than {self._limits.header_bytes:,} bytes"
        detail += f", or there are more than {self._limits.headers} headers."
        return ProblemError("headers_too_large", detail, remedy="Send what is long in the body.")


class Body:
    """Reads a body before anyone else does, within the limits of size, time and depth.

    The limit of size also holds for a body of undeclared or falsely declared length. A file is put on the disk
    meanwhile and passed on in pieces; its SHA-256 is in ``state["body_digest"]``. A caller whose file would be refused
    fills no disk with it: theirs is a body as any other.
    """

    def __init__(self, app: ASGIApp, limits: Limits = LIMITS) -> None:
        self._app = app
        self._limits = limits

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        try:
            if scope["path"] in self._limits.files and _may_send_files(scope):
                _check_declared(scope, self._limits.file_bytes)
                with SpooledTemporaryFile(max_size=_MEBIBYTE) as file:
                    digest = await self._spool(receive, file)
                    if digest is not None:
                        scope.setdefault("state", {})["body_digest"] = digest
                        await self._app(scope, _in_pieces(file, receive), send)
                return
            _check_declared(scope, self._limits.body_bytes)
            try:
                async with asyncio.timeout(self._limits.body_seconds):
                    body = await _whole(receive, self._limits.body_bytes)
            except TimeoutError:
                raise _too_slow(self._limits.body_seconds) from None
            if body is None:
                return
            if nested_deeper(body, self._limits.depth):
                raise ProblemError(
                    "malformed_body",
                    f"The body is nested more than {self._limits.depth} deep, or its brackets do not match.",
                    code="body_too_deep",
                    remedy="Send one JSON object as the description of the address shows it.",
                )
        except ProblemError as problem:
            await problem.response(scope)(scope, receive, send)
            return
        given = False

        async def receive_whole() -> Message:
            nonlocal given
            if given:
                return await receive()
            given = True
            return {"type": "http.request", "body": body, "more_body": False}

        await self._app(scope, receive_whole, send)

    async def _spool(self, receive: Receive, file: IO[bytes]) -> str | None:
        """Put a file on the disk and give its hash; None when the client has gone."""
        limits, read, digest = self._limits, 0, hashlib.sha256()
        loop = asyncio.get_running_loop()
        ends, more = loop.time() + limits.file_seconds, True
        while more:
            patience = min(limits.pause_seconds, max(0.0, ends - loop.time()))
            try:
                async with asyncio.timeout(patience):
                    message = await receive()
            except TimeoutError:
                raise _too_slow(patience) from None
            if message["type"] == "http.disconnect":
                return None
            piece = message.get("body", b"")
            read += len(piece)
            if read > limits.file_bytes:
                raise _too_much(limits.file_bytes)
            digest.update(piece)
            try:
                file.write(piece)
            except OSError as error:
                detail = f"The file could not be put on the disk: {error.strerror}."
                raise ProblemError("workspace_full", detail, remedy="Free some space, then try again.") from error
            more = message.get("more_body", False)
        file.seek(0)
        return digest.hexdigest()


def _may_send_files(scope: Scope) -> bool:
    caller: Caller | None = scope.get("state", {}).get("caller")
    return caller is None or (caller.has(Permission.WRITE) and not caller.restricted)


def _in_pieces(file: IO[bytes], receive: Receive) -> Receive:
    """A ``receive`` that reads a file from the disk."""
    ended = False

    async def receive_piece() -> Message:
        nonlocal ended
        if ended:
            return await receive()
        piece = file.read(_PIECE)
        ended = len(piece) < _PIECE
        return {"type": "http.request", "body": piece, "more_body": not ended}

    return receive_piece


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


def _check_declared(scope: Scope, most: int) -> None:
    declared = Headers(scope=scope).get("content-length", "0")
    if declared.isdecimal() and (len(declared) > 15 or int(declared) > most):
        raise _too_much(most)


async def _whole(receive: Receive, most: int) -> bytes | None:
    """The body, None when the client has gone."""
    body = bytearray()
    while True:
        message = await receive()
        if message["type"] == "http.disconnect":
            return None
        body += message.get("body", b"")
        if len(body) > most:
            raise _too_much(most)
        if not message.get("more_body", False):
            return bytes(body)


def _too_much(most: int) -> ProblemError:
    detail = f"The body has more than {most:,} bytes."
    return ProblemError(
        "body_too_large", detail, remedy="Send it in several requests.", headers={"Connection": "close"}
    )


def _too_slow(seconds: float) -> ProblemError:
    detail = f"The body did not arrive within {seconds:.0f} s."
    return ProblemError("body_too_slow", detail, remedy="Send it faster.", headers={"Connection": "close"})
