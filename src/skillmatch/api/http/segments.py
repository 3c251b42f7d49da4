"""Segments: ids in addresses. A slash that a client wrote as %2F belongs to the id, and what is no text is refused."""

from __future__ import annotations

from urllib.parse import unquote, unquote_to_bytes

from starlette.types import ASGIApp, Receive, Scope, Send

from skillmatch.api.http.problems import problem_response, request_id_of
from skillmatch.domain.base import checks
from skillmatch.domain.base.errors import InputError

_STAND_IN = "\x1f"  # a control character, which no id may hold


class WholeSegments:
    """Lets %2F pass through the routing: afterwards :func:`segment` turns the stand-in back into a slash.

    Servers decode an address before anybody routes it, so that ``a%2Fb`` would be two segments. They also put a mark
    in the place of bytes that are not UTF-8, so that two addresses would be one: such an address is refused, as is a
    path in which something cannot be seen.
    """

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        raw: bytes = scope.get("raw_path", b"")
        fault = _fault(raw.partition(b"?")[0], scope.get("query_string", b""))
        if fault:
            remedy = "Percent-encode the UTF-8 of what is meant, without invisible characters."
            refused = problem_response("malformed_address", fault, request_id_of(scope), remedy=remedy)
            await refused(scope, receive, send)
            return
        if b"%2f" in raw.lower():
            text = raw.partition(b"?")[0].decode("latin-1").replace("%2f", "%2F").replace("%2F", "%1F")
            scope = {**scope, "path": unquote(text, errors="replace")}
        await self._app(scope, receive, send)


def _fault(path: bytes, query: bytes) -> str:
    """What makes an address none that can be read; blank for a sound one."""
    for part, raw in (("path", path), ("query", query)):
        try:
            text = unquote_to_bytes(raw).decode("utf-8")
            if part == "path":
                checks.name(text, part, empty=True, most=len(text))
        except UnicodeDecodeError:
            return f"The {part} of the address is not UTF-8."
        except InputError as error:
            return f"The {part} of the address {error.message}"
    return ""


def segment(given: str) -> str:
    """A path parameter as the client meant it."""
    return given.replace(_STAND_IN, "/")
