"""The gate in front of all addresses: from what a request carries to the caller that handlers are given."""

from __future__ import annotations

from starlette.types import ASGIApp, Receive, Send
from starlette.types import Scope as Connection

from skillmatch.api.access import Access
from skillmatch.domain.caller import Caller, Scope

ANYBODY = Caller("open", "Whoever can connect", frozenset({Scope.ADMIN}))
"""The caller where the server was started open."""


class Gate:
    """Finds out whom a request comes from."""

    def __init__(self, app: ASGIApp, access: Access) -> None:
        self._app = app
        self._access = access

    async def __call__(self, scope: Connection, receive: Receive, send: Send) -> None:
        if scope["type"] == "http" and self._access.open:
            scope.setdefault("state", {})["caller"] = ANYBODY
        await self._app(scope, receive, send)
