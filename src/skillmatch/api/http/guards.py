"""Guards: what every request passes before it is handled, and what every response carries."""

from __future__ import annotations

import logging
import re
import uuid

from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from skillmatch.api.http.access import ALLOW_REMOTE, LOOPBACK, REMOTE_RISK, addressed_here, from_here
from skillmatch.api.http.problems import problem_response, request_id_of

SECURITY_HEADERS = {
    "Content-Security-Policy": (
        "default-src 'self'; object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
    ),
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}

_REQUEST_ID = re.compile(r"[0-9A-Fa-f]{16,32}|[0-9A-Fa-f]{8}(-[0-9A-Fa-f]{4}){3}-[0-9A-Fa-f]{12}")
_log = logging.getLogger(__name__)


class RequestFrame:
    """The outermost guard: gives the request an id, every response its headers, and every surprise a problem.

    The client's ``X-Request-Id`` is kept if it is a UUID or hexadecimal: ids are logged, and must not be anything by
    which a person or a key could be known. Nothing may be cached unless a response says otherwise: most
    answers are about people.
    """

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        given = Headers(scope=scope).get("x-request-id", "")
        request_id = given if _REQUEST_ID.fullmatch(given) else uuid.uuid4().hex
        scope.setdefault("state", {})["request_id"] = request_id
        begun = False

        async def send_framed(message: Message) -> None:
            nonlocal begun
            if message["type"] == "http.response.start":
                begun = True
                headers = MutableHeaders(scope=message)
                headers["X-Request-Id"] = request_id
                headers.setdefault("Cache-Control", "no-store")
                for name, value in SECURITY_HEADERS.items():
                    headers[name] = value
                for name, value in scope["state"].get("deprecation", {}).items():
                    headers.append(name, value)
            await send(message)

        try:
            await self._app(scope, receive, send_framed)
        except Exception:
            _log.exception("request %s failed", request_id)
            if begun:  # half an answer is out; only breaking off tells the client so
                raise
            response = problem_response(
                "internal",
                "Something unforeseen happened; nothing was changed.",
                request_id,
                remedy="Tell whoever runs skillmatch the request_id; the log says more.",
            )
            await response(scope, receive, send_framed)


class LocalOnly:
    """Refuses requests that come from, or are addressed to, another machine."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        remedy = f"Call it as {LOOPBACK}; whoever runs it may set {ALLOW_REMOTE}=1."
        request_id = request_id_of(scope)
        if not from_here(scope):
            detail = f"This server answers its own machine only. {REMOTE_RISK}"
            await problem_response("remote_refused", detail, request_id, remedy=remedy)(scope, receive, send)
        elif not addressed_here(Headers(scope=scope).get("host", "")):
            detail = "The Host header does not name this machine."
            await problem_response("wrong_host", detail, request_id, remedy=remedy)(scope, receive, send)
        else:
            await self._app(scope, receive, send)
