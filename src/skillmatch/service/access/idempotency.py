"""Answers kept for a day under the keys that callers gave their requests."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from skillmatch.service.core.context import WorkspaceContext
from skillmatch.store import KEPT_SECONDS, KeptAnswer

ABANDONED_SECONDS = 180.0  # longer than any answer may take: whoever began it has died


class Turn(StrEnum):
    """What a request with an Idempotency-Key is to do."""

    GO = "go"  # answer it; the key is reserved
    REPLAY = "replay"  # send the answer that was kept
    IN_FLIGHT = "in_flight"  # another request with the key is being answered
    REUSED = "reused"  # the key belongs to another request
    FORGOTTEN = "forgotten"  # it was answered, and what it said had to be forgotten


@dataclass(frozen=True, slots=True)
class Reservation:
    """The turn, with the answer to replay if that is what it is."""

    turn: Turn
    answer: KeptAnswer | None = None


class IdempotencyKeys:
    """The kept answers of a workspace."""

    def __init__(self, context: WorkspaceContext) -> None:
        self._context = context

    def reserve(self, caller: str, key: str, fingerprint: str) -> Reservation:
        """Reserve a caller's key for a request, or say why that cannot be; two at once never both get ``GO``.

        A request that was begun and never ended (the program was killed) blocks its key for three minutes.

        >>> workspace.idempotency.reserve("key:1", "order-7", "a hash").turn
        <Turn.GO: 'go'>
        """
        now = self._context.clock().timestamp()
        with self._context.store.writing() as change:
            kept = change.kept_answer(caller, key)
            if kept is not None and now - kept.begun <= KEPT_SECONDS:
                if kept.fingerprint != fingerprint:
                    return Reservation(Turn.REUSED)
                if kept.status is not None:
                    return Reservation(Turn.FORGOTTEN) if kept.body is None else Reservation(Turn.REPLAY, kept)
                if abs(now - kept.begun) <= ABANDONED_SECONDS:  # abs: a clock set back must not block it for long
                    return Reservation(Turn.IN_FLIGHT)
            change.begin_answer(caller, key, fingerprint, now)
        return Reservation(Turn.GO)

    def keep(
        self, caller: str, key: str, status: int, headers: tuple[tuple[str, str], ...], body: bytes | None
    ) -> None:
        """Keep the answer to a request that :meth:`reserve` let through.

        Without a ``body`` only that it was answered: sent again, it is ``FORGOTTEN``.
        """
        with self._context.store.writing() as change:
            change.finish_answer(caller, key, KeptAnswer("", 0.0, status, headers, body))

    def release(self, caller: str, key: str) -> None:
        """Give a reserved key back: nothing was changed, and the same request may well succeed next time."""
        with self._context.store.writing() as change:
            change.drop_answer(caller, key)
