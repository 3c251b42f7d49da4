"""Learning events in the store: a log by the senders' ids; nothing in it ever changes."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from sqlalchemy import insert, select

from skillmatch.domain.people.learning_event import EventKind, LearningEvent
from skillmatch.store.engine.failures import decoding
from skillmatch.store.engine.json_columns import values_of
from skillmatch.store.engine.session import CHUNK, Reads, Values, Writes, chunks
from skillmatch.store.schema.governance import learning_events


class EventReads(Reads):
    """Reading learning events."""

    def events(self, person_id: str | None = None) -> list[LearningEvent]:
        """All events, or one person's, in the order of their days and ids."""
        query = select(learning_events).order_by(learning_events.c.on_date, learning_events.c.id)
        if person_id is not None:
            query = query.where(learning_events.c.person_id == person_id)
        with decoding("learning event"):
            return [_event(row) for row in self._connection.execute(query)]

    def events_by_id(self, ids: Sequence[str]) -> dict[str, LearningEvent]:
        """Those of the events that are there, by id."""
        found: dict[str, LearningEvent] = {}
        with decoding("learning event"):
            for some in chunks(sorted(set(ids)), CHUNK):
                query = select(learning_events).where(learning_events.c.id.in_(some))
                found.update((row.id, _event(row)) for row in self._connection.execute(query))
        return found


class EventWrites(EventReads, Writes):
    """Writing learning events."""

    def add_events(self, given: Iterable[LearningEvent]) -> None:
        """Add events whose ids are not there yet, of people who are."""
        rows = [_row(item) for item in given]
        if rows:
            self._run(insert(learning_events), rows)
            self._touch(snapshot=False)


def _event(row: Any) -> LearningEvent:
    return LearningEvent(
        row.id, row.person_id, EventKind(row.kind), row.on_date, row.credential_id, row.skill_id, row.value
    )


def _row(item: LearningEvent) -> Values:
    columns = values_of(item, ("id", "person_id", "credential_id", "skill_id", "value"))
    return columns | {"kind": item.kind.value, "on_date": item.on}
