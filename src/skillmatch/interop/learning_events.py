"""Learning events as tables."""

from __future__ import annotations

from datetime import date

from skillmatch.domain.learning_event import EventKind, LearningEvent
from skillmatch.files.tables import Table
from skillmatch.interop.batch import Batch, FindingLog
from skillmatch.interop.cells import Cells
from skillmatch.interop.reading import FirstLines, read_each
from skillmatch.interop.references import reference


def read_events(table: Table, *, source: str | None = None, today: date) -> Batch[LearningEvent]:
    """Events, one a row; a day after ``today`` is rejected, and so is an id that comes twice.

    Raises ``InputError`` when the table lacks a column or is malformed.
    """
    log = FindingLog(table.file)
    ids = FirstLines("id")

    def build(cells: Cells) -> LearningEvent:
        credential = cells.text("credential")
        made = LearningEvent(
            id=cells.needed("id"),
            person_id=reference(cells.needed("person"), source, "person"),
            kind=cells.choice("kind", EventKind),
            on=cells.past_day("date", today),
            credential_id=reference(credential, source, "credential") if credential else None,
            skill_id=cells.text("skill") or None,
            value=cells.number("value"),
        )
        ids.add(made.id, cells.line)
        return made

    return Batch(tuple(read_each(table, "events", None, log, build)), log.findings())
