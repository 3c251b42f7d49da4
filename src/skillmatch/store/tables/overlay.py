"""The overlay in the store: a log of signed changes that only grows."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import func, insert, select

from skillmatch.domain.base.errors import ConflictError
from skillmatch.domain.skills.overlay import ChangeKind, OverlayChange, OverlayEntry
from skillmatch.domain.skills.skill import SkillType
from skillmatch.store.engine.failures import decoding
from skillmatch.store.engine.json_columns import read_texts, write_texts
from skillmatch.store.engine.session import Reads, Values, Writes
from skillmatch.store.schema.workspace import overlay


class OverlayReads(Reads):
    """Reading the overlay."""

    def overlay(self) -> tuple[OverlayEntry, ...]:
        """All entries in their order."""
        with decoding("overlay"):
            return tuple(_entry(row) for row in self._connection.execute(select(overlay).order_by(overlay.c.number)))


class OverlayWrites(OverlayReads, Writes):
    """Writing the overlay."""

    def append_overlay(self, entries: Sequence[OverlayEntry]) -> None:
        """Put entries behind those there are; their numbers must go on where the log ends.

        Raises ``ConflictError`` when another writer has been faster.
        """
        if not entries:
            return
        last = self._connection.execute(select(func.max(overlay.c.number))).scalar() or 0
        if [entry.number for entry in entries] != list(range(last + 1, last + 1 + len(entries))):
            raise ConflictError(
                f"the overlay has {last} entries by now; numbers must go on from there.", remedy="Do it again."
            )
        self._run(insert(overlay), [_row(entry) for entry in entries])
        self._touch()


def _entry(row: Any) -> OverlayEntry:
    change = OverlayChange(
        ChangeKind(row.kind),
        row.skill_id,
        row.text,
        row.description,
        SkillType(row.type),
        read_texts(row.broader),
        row.other_id,
        row.withdraws,
    )
    return OverlayEntry(row.number, change, row.author, row.on_date, row.reason)


def _row(entry: OverlayEntry) -> Values:
    change = entry.change
    return {
        "number": entry.number,
        "kind": change.kind.value,
        "skill_id": change.skill_id,
        "text": change.text,
        "description": change.description,
        "type": change.type.value,
        "broader": write_texts(change.broader),
        "other_id": change.other_id,
        "withdraws": change.withdraws,
        "author": entry.author,
        "on_date": entry.on,
        "reason": entry.reason,
    }
