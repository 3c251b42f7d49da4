"""Idempotency: a change that is sent again under the same Idempotency-Key is answered again, and made once.

Answers below 500 are kept for a day, byte for byte, refusals too. Of a request that failed on our side nothing was
changed, so its key is free again. Of an answer that holds a secret (:func:`keep_secret`) nothing is kept but that it
was given.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable

from starlette.concurrency import run_in_threadpool
from starlette.datastructures import Headers
from starlette.requests import Request
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from skillmatch.api.http.problems import ProblemError, of_domain
from skillmatch.domain.access.caller import Caller
from skillmatch.domain.base.errors import SkillmatchError
from skillmatch.service.access.idempotency import Turn
from skillmatch.service.workspace import Workspace

HEADER = "Idempotency-Key"
METHODS = frozenset({"POST", "PUT", "PATCH", "DELETE"})
MAX_KEY = 255
_UNKEPT = "answer_not_to_be_kept"

_KEY = re.compile(r'"?([\x21\x23-\x7e][\x20\x21\x23-\x7e]*)"?')


def keep_secret(request: Request) -> None:
    """Say that the answer to a request holds a secret, which must stand nowhere once it was sent."""
    request.scope.setdefault("state", {})[_UNKEPT] = True


class Idempotent:
    """Answers a repeated request from what was kept; needs the caller, and the body at one piece, before it."""

    def __init__(self, app: ASGIApp, workspace: Callable[[], Workspace]) -> None:
        self._app = app
        self._workspace = workspace

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        headers = Headers(scope=scope) if scope["type"] == "http" and scope["method"] in METHODS else None
        caller: Caller | None = scope.get("state", {}).get("caller")
        if headers is None or HEADER not in headers or caller is None:
            await self._app(scope, receive, send)
            return
        try:
            key = _key_in(headers)
            message = await receive()
            workspace, print_ = self._workspace(), _fingerprint(scope, headers, message.get("body", b""))
            reserved = await run_in_threadpool(workspace.idempotency.reserve, caller.id, key, print_)
            answer = reserved.answer
            if reserved.turn is Turn.REPLAY and answer is not None:
                replayed = Response(answer.body, status_code=answer.status or 200)
                replayed.raw_headers = [
                    (name.encode("latin-1"), value.encode("latin-1")) for name, value in answer.headers
                ]
                replayed.headers["Idempotency-Replayed"] = "true"
                await replayed(scope, receive, send)
                return
            if reserved.turn is not Turn.GO:
                raise _refusal(reserved.turn)
        except ProblemError as problem:
            await problem.response(scope)(scope, receive, send)
            return
        except SkillmatchError as error:
            await of_domain(error, scope)(scope, receive, send)
            return
        await self._answer(workspace, caller, key, message, scope, receive, send)

    async def _answer(
        self, workspace: Workspace, caller: Caller, key: str, first: Message, scope: Scope, receive: Receive, send: Send
    ) -> None:
        """Let the request be handled, and keep the answer before it is sent."""
        given = False
        sent: list[Message] = []

        async def receive_again() -> Message:
            nonlocal given
            if given:
                return await receive()
            given = True
            return first

        async def collect(message: Message) -> None:
            sent.append(message)

        try:
            await self._app(scope, receive_again, collect)
            start = sent[0]
            if start["status"] >= 500:
                await run_in_threadpool(workspace.idempotency.release, caller.id, key)
            else:
                body: bytes | None = b"".join(message.get("body", b"") for message in sent[1:])
                kept = tuple((name.decode("latin-1"), value.decode("latin-1")) for name, value in start["headers"])
                if scope.get("state", {}).get(_UNKEPT):
                    kept, body = (), None
                await run_in_threadpool(workspace.idempotency.keep, caller.id, key, start["status"], kept, body)
        except BaseException:
            await run_in_threadpool(workspace.idempotency.release, caller.id, key)
            raise
        for message in sent:
            await send(message)


def _key_in(headers: Headers) -> str:
    given = headers.getlist(HEADER)
    found = _KEY.fullmatch(given[0]) if len(given) == 1 and len(given[0]) <= MAX_KEY else None
    if found is None:
        raise ProblemError(
            "malformed_header",
            f"{HEADER} must be one text of 1 to {MAX_KEY} visible characters.",
            remedy="Send a new UUID with each change, and the same one when you send it again.",
        )
    return found[1]


def _fingerprint(scope: Scope, headers: Headers, body: bytes) -> str:
    """What makes two requests the same: method, address, conditions and body."""
    parts = [scope["method"].encode(), scope.get("raw_path", b""), scope.get("query_string", b"")]
    parts += [headers.get(name, "").encode() for name in ("content-type", "if-match", "if-none-match")]
    parts.append(scope.get("state", {}).get("body_digest", "").encode())  # of a file, which comes in pieces
    digest = hashlib.sha256()
    for part in (*parts, body):
        digest.update(len(part).to_bytes(8, "big") + part)
    return digest.hexdigest()


def _refusal(turn: Turn) -> ProblemError:
    match turn:
        case Turn.IN_FLIGHT:
            return ProblemError(
                "key_in_flight",
                f"Another request with this {HEADER} is being answered.",
                remedy="Send it again in a moment.",
                headers={"Retry-After": "1"},
            )
        case Turn.FORGOTTEN:
            return ProblemError(
                "key_forgotten",
                "The request was answered before; its answer is not kept: it held a secret, or somebody was erased.",
                remedy="Read what is stored now. For another change, or another secret, send a new key.",
            )
        case _:
            return ProblemError(
                "key_reused",
                f"This {HEADER} was used for another request.",
                remedy="Send a new key with each new request, the same one only when you send the same again.",
            )
