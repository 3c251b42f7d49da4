"""Bodies: read before anyone else does, within the limits of size, time, depth and number."""

from __future__ import annotations

import asyncio
import hashlib
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from tempfile import SpooledTemporaryFile
from typing import IO

from starlette.datastructures import Headers
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from skillmatch.api.http.arrivals import Arrivals
from skillmatch.api.http.limits import LIMITS, Limits
from skillmatch.api.http.nesting import nested_deeper
from skillmatch.api.http.problems import ProblemError
from skillmatch.domain.access.caller import Caller
from skillmatch.domain.access.caller import Scope as Permission

_MEBIBYTE = 1024 * 1024
_PIECE = 256 * 1024


class Body:
    """Reads a body before anyone else does, within the limits of size, time and depth.

    The limit of size also holds for a body of undeclared or falsely declared length. A file is put on the disk
    meanwhile and passed on in pieces; its SHA-256 is in ``state["body_digest"]``. A caller whose file would be refused
    fills no disk with it: theirs is a body as any other. While it arrives it is one of its caller's (:class:`Arrivals`)
    and takes no place of those that are answered.
    """

    def __init__(self, app: ASGIApp, limits: Limits = LIMITS) -> None:
        self._app = app
        self._limits = limits
        self._bodies = Arrivals(limits.bodies)
        self._uploads = Arrivals(limits.uploads)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        try:
            if scope["path"] in self._limits.files and _may_send_files(scope):
                _check_declared(scope, self._limits.file_bytes)
                with SpooledTemporaryFile(max_size=_MEBIBYTE) as file:
                    digest = await self._spool(scope, receive, file)
                    if digest is not None:
                        scope.setdefault("state", {})["body_digest"] = digest
                        await self._app(scope, _in_pieces(file, receive), send)
                return
            _check_declared(scope, self._limits.body_bytes)
            async with _on_its_way(self._bodies, scope, self._limits.body_seconds):
                body = await _whole(receive, self._limits.body_bytes)
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

    async def _spool(self, scope: Scope, receive: Receive, file: IO[bytes]) -> str | None:
        """Put a file on the disk and give its hash; None when the client has gone."""
        limits, read, digest, more = self._limits, 0, hashlib.sha256(), True
        async with _on_its_way(self._uploads, scope, limits.file_seconds):
            while more:
                try:
                    async with asyncio.timeout(limits.pause_seconds):
                        message = await receive()
                except TimeoutError:
                    raise _too_slow(limits.pause_seconds) from None
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


@asynccontextmanager
async def _on_its_way(arrivals: Arrivals, scope: Scope, seconds: float) -> AsyncIterator[None]:
    """While a body arrives; problem 408 where it takes longer than this, or has to make room for others."""
    caller = _caller(scope)
    own = caller is None or caller.only_self
    try:
        async with asyncio.timeout(seconds) as limit:
            with arrivals.one("" if caller is None else caller.id, own, limit):
                yield
    except TimeoutError:
        raise _too_slow(seconds) from None


def _caller(scope: Scope) -> Caller | None:
    found: Caller | None = scope.get("state", {}).get("caller")
    return found


def _may_send_files(scope: Scope) -> bool:
    caller = _caller(scope)
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
    detail = f"The body did not arrive within {seconds:.0f} s, or while there was room for slow ones."
    return ProblemError("body_too_slow", detail, remedy="Send it faster.", headers={"Connection": "close"})
