"""Answers kept for a while, so that a request that is sent again changes nothing a second time."""

from __future__ import annotations

import json
from dataclasses import dataclass

from sqlalchemy import delete, insert, select, update

from skillmatch.domain.base.answer import canonical_json
from skillmatch.store.engine.failures import decoding
from skillmatch.store.engine.session import Reads, Writes
from skillmatch.store.schema.governance import kept_answers

KEPT_SECONDS = 24 * 3600.0
MOST_KEPT = 10_000  # per caller; the oldest are forgotten first


@dataclass(frozen=True, slots=True)
class KeptAnswer:
    """What is known of a request by its Idempotency-Key.

    ``begun`` is in seconds since 1970. ``status`` is None while it is being answered. ``body`` is None then, and also
    where the answer is not kept: it held a secret, or somebody named in it may have been erased.
    """

    fingerprint: str
    begun: float
    status: int | None = None
    headers: tuple[tuple[str, str], ...] = ()
    body: bytes | None = None


class AnswerReads(Reads):
    """Reading kept answers."""

    def kept_answer(self, caller: str, key: str) -> KeptAnswer | None:
        """What is kept under a caller's key, or None."""
        one = (kept_answers.c.caller == caller, kept_answers.c.key == key)
        row = self._connection.execute(select(kept_answers).where(*one)).first()
        if row is None:
            return None
        with decoding("kept answer"):
            headers = tuple((str(name), str(value)) for name, value in json.loads(row.headers or "[]"))
            return KeptAnswer(row.fingerprint, row.begun, row.status, headers, row.body)


class AnswerWrites(AnswerReads, Writes):
    """Writing kept answers; none of it counts as a change of the workspace."""

    def begin_answer(self, caller: str, key: str, fingerprint: str, now: float) -> None:
        """Reserve a key for the request that is about to be answered, in place of whatever was kept under it.

        Forgets what is older than a day, and the oldest of a caller who has ``MOST_KEPT``. A clock that was set back
        only makes answers stay longer.
        """
        self.drop_answer(caller, key)
        self._connection.execute(delete(kept_answers).where(kept_answers.c.begun < now - KEPT_SECONDS))
        mine = select(kept_answers.c.number).where(kept_answers.c.caller == caller)
        last = mine.order_by(kept_answers.c.number.desc()).offset(MOST_KEPT - 1).limit(1)
        oldest = self._connection.execute(last).scalar()
        if oldest is not None:
            old = (kept_answers.c.caller == caller, kept_answers.c.number <= oldest)
            self._connection.execute(delete(kept_answers).where(*old))
        row = {"caller": caller, "key": key, "fingerprint": fingerprint, "begun": now}
        self._connection.execute(insert(kept_answers), [row])

    def finish_answer(self, caller: str, key: str, answer: KeptAnswer) -> None:
        """Keep the answer to the request that the key was reserved for."""
        one = (kept_answers.c.caller == caller, kept_answers.c.key == key)
        values = {
            "status": answer.status,
            "headers": canonical_json(answer.headers if answer.body is not None else []),
            "body": answer.body,
        }
        self._connection.execute(update(kept_answers).where(*one).values(values))

    def drop_answer(self, caller: str, key: str) -> None:
        """Forget a key, so that its request may be sent again."""
        one = (kept_answers.c.caller == caller, kept_answers.c.key == key)
        self._connection.execute(delete(kept_answers).where(*one))

    def blank_answers(self) -> None:
        """Forget what all kept answers say, but not that they were given: for when somebody is erased."""
        telling = kept_answers.c.body.is_not(None)
        self._connection.execute(update(kept_answers).where(telling).values(headers="[]", body=None))
        self._erased = True
