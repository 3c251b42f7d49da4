"""Segments: ids with slashes in addresses. A slash that a client wrote as %2F belongs to the id, not to the address."""

from __future__ import annotations

from urllib.parse import unquote

from starlette.types import ASGIApp, Receive, Scope, Send

_STAND_IN = "\x1f"  # a control character, which no id may hold


class WholeSegments:
    """Lets %2F pass through the routing: afterwards :func:`segment` turns the stand-in back into a slash.

    Servers decode an address before anybody routes it, so that ``a%2Fb`` would be two segments.
    """

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        raw: bytes = scope.get("raw_path", b"") if scope["type"] == "http" else b""
        if b"%2f" in raw.lower():
            text = raw.partition(b"?")[0].decode("latin-1").replace("%2f", "%2F").replace("%2F", "%1F")
            scope = {**scope, "path": unquote(text, errors="replace")}
        await self._app(scope, receive, send)


def segment(given: str) -> str:
    """A path parameter as the client meant it."""
    return given.replace(_STAND_IN, "/")
