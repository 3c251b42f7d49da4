"""Arrivals: the bodies that are on their way, so many of each caller and so many in all."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from skillmatch.api.http.problems import ProblemError

QUICK_SECONDS = 1.0
"""A body that is on its way for longer has to make room for others."""


@dataclass(frozen=True, slots=True)
class Room:
    """How many bodies may be on their way at once: of one caller (``each``), of one who asks for themselves alone or
    says nothing of who they are (``own``), and ``all``. ``patient`` ones are never given up for others."""

    each: int
    own: int
    all: int
    patient: bool = False


class Arrivals:
    """Who is sending a body.

    Where there is no room, the body that is longest on its way is given up: of this caller or, where all of them are
    too many, of the one who sends most. So slow bodies make room for quick ones, and one caller's never for those of
    another who sends more. Where none is slow, whoever comes is refused.
    """

    def __init__(self, room: Room) -> None:
        self._room = room
        self._of: dict[str, dict[asyncio.Timeout, float]] = {}  # of each caller, from the oldest to the newest

    @contextmanager
    def one(self, caller: str, own: bool, limit: asyncio.Timeout) -> Iterator[None]:
        """Room for one body of a caller; ``limit`` is what ends when it is given up.

        Raises the problem 429 where there is none for this caller, 503 where there is none for anybody.
        """
        most = self._room.own if own else self._room.each
        now = asyncio.get_running_loop().time()
        if len(self._of.get(caller, ())) >= most and not self._given_up(caller, now):
            raise ProblemError(
                "too_many_requests",
                f"{most} bodies of this caller are on their way, and no more are taken at once.",
                code="too_many_bodies",
                remedy="Send them one after the other.",
                headers={"Retry-After": "1", "Connection": "close"},
            )
        full = sum(map(len, self._of.values())) >= self._room.all
        if full and not self._given_up(max(self._of, key=lambda name: len(self._of[name])), now):
            raise ProblemError(
                "busy",
                f"{self._room.all} bodies are on their way to this server, and no more are taken at once.",
                remedy="Send it again in a second.",
                headers={"Retry-After": "1", "Connection": "close"},
            )
        self._of.setdefault(caller, {})[limit] = now
        try:
            yield
        finally:
            self._forget(caller, limit)

    def _given_up(self, caller: str, now: float) -> bool:
        """Whether a caller's oldest body was slow, and is given up."""
        oldest, since = next(iter(self._of[caller].items()))
        if self._room.patient or now - since < QUICK_SECONDS:
            return False
        if not oldest.expired():
            oldest.reschedule(now)
        self._forget(caller, oldest)
        return True

    def _forget(self, caller: str, limit: asyncio.Timeout) -> None:
        theirs = self._of.get(caller, {})
        theirs.pop(limit, None)
        if not theirs:
            self._of.pop(caller, None)
