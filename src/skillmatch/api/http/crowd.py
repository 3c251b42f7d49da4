"""The crowd: how many requests are answered at once, of each caller and of all."""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

from starlette.types import ASGIApp, Receive, Send
from starlette.types import Scope as Connection

from skillmatch.api.http.limits import LIMITS, PROBES, Limits
from skillmatch.api.http.problems import ProblemError
from skillmatch.domain.access.caller import Caller


@dataclass(slots=True)
class Share:
    """What one caller has of a process: requests that are being answered, and those that wait for their turn."""

    running: int = 0
    waiting: deque[asyncio.Future[None]] = field(default_factory=deque)


class Crowd:
    """Lets a request be answered when it is its turn.

    A caller has a share of the places; what they send beyond it waits behind their own requests, and beyond that is
    refused: nobody can take all places. It stands behind whatever reads the body, so that a place, which is also a
    thread, is taken by what can be answered at once, and kept until that has ended.
    """

    def __init__(self, app: ASGIApp, limits: Limits = LIMITS) -> None:
        self._app = app
        self._limits = limits
        self._now = 0
        self._shares: dict[str, Share] = {}

    async def __call__(self, scope: Connection, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or scope["path"] in PROBES:
            await self._app(scope, receive, send)
            return
        caller: Caller | None = scope.get("state", {}).get("caller")
        try:
            async with self._place(caller):
                await self._app(scope, receive, send)
        except ProblemError as problem:
            await problem.response(scope)(scope, receive, send)

    @asynccontextmanager
    async def _place(self, caller: Caller | None) -> AsyncIterator[None]:
        limits = self._limits
        own = caller is None or caller.only_self
        most, queue = (limits.own_at_once, limits.own_waiting) if own else (limits.each_at_once, limits.each_waiting)
        name = "" if caller is None else caller.id
        share = self._shares.setdefault(name, Share())
        if len(share.waiting) >= queue:
            raise ProblemError(
                "too_many_requests",
                f"{most} requests of this caller are being answered and {queue} wait; there is no place for more.",
                code="too_many_at_once",
                remedy="Wait for some answers before you ask again.",
                headers={"Retry-After": "1"},
            )
        await self._turn(share, most)
        try:
            if self._now >= limits.at_once:
                raise ProblemError(
                    "busy",
                    f"The server answers {limits.at_once} requests at once, and no more.",
                    remedy="Send it again in a second.",
                    headers={"Retry-After": "1"},
                )
            self._now += 1
            try:
                yield
            finally:
                self._now -= 1
        finally:
            self._pass_on(share)
            if not share.running:
                self._shares.pop(name, None)

    async def _turn(self, share: Share, most: int) -> None:
        """Wait until one more of a caller's requests may be answered."""
        if share.running < most:
            share.running += 1
            return
        turn: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        share.waiting.append(turn)
        try:
            await turn
        except asyncio.CancelledError:
            if turn.done() and not turn.cancelled():
                self._pass_on(share)
            raise

    def _pass_on(self, share: Share) -> None:
        """Give a turn that has ended to the next who waits."""
        while share.waiting:
            turn = share.waiting.popleft()
            if not turn.done():
                turn.get_loop().call_soon_threadsafe(self._begin, share, turn)
                return
        share.running -= 1

    def _begin(self, share: Share, turn: asyncio.Future[None]) -> None:
        if turn.done():  # its client has gone meanwhile
            self._pass_on(share)
        else:
            turn.set_result(None)
