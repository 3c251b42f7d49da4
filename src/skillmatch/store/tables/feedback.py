"""Feedback in the store: a log of decisions that only grows."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import func, insert, select

from skillmatch.domain.base.errors import ConflictError
from skillmatch.domain.skills.feedback import Context, Decision, FeedbackEntry, Verdict
from skillmatch.store.engine.failures import decoding
from skillmatch.store.engine.session import Reads, Values, Writes, blocks
from skillmatch.store.schema.workspace import feedback


class FeedbackReads(Reads):
    """Reading feedback."""

    def feedback(self) -> tuple[FeedbackEntry, ...]:
        """All entries in their order."""
        with decoding("feedback"):
            return tuple(_entry(row) for row in self._connection.execute(select(feedback).order_by(feedback.c.number)))


class FeedbackWrites(FeedbackReads, Writes):
    """Writing feedback."""

    def append_feedback(self, entries: Sequence[FeedbackEntry]) -> None:
        """Put entries behind those there are; their numbers must go on where the log ends.

        Raises ``ConflictError`` when another writer has been faster.
        """
        if not entries:
            return
        last = self._connection.execute(select(func.max(feedback.c.number))).scalar() or 0
        if [entry.number for entry in entries] != list(range(last + 1, last + 1 + len(entries))):
            raise ConflictError(
                f"the feedback has {last} entries by now; numbers must go on from there.", remedy="Do it again."
            )
        for some in blocks(entries):
            self._run(insert(feedback), [_row(entry) for entry in some])
        self._touch()


def _entry(row: Any) -> FeedbackEntry:
    decision = Decision(Verdict(row.verdict), row.text, row.skill_id, Context(row.context))
    return FeedbackEntry(row.number, decision, row.author, row.on_date, row.note)


def _row(entry: FeedbackEntry) -> Values:
    decision = entry.decision
    return {
        "number": entry.number,
        "verdict": decision.verdict.value,
        "text": decision.text,
        "skill_id": decision.skill_id,
        "context": decision.context.value,
        "author": entry.author,
        "on_date": entry.on,
        "note": entry.note,
    }
