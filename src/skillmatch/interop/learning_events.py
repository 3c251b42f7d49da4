"""Learning events as tables."""

from __future__ import annotations

import json
from datetime import date
from hashlib import sha256

from skillmatch.domain.base.report import Severity
from skillmatch.domain.people.learning_event import VALUES, EventKind, LearningEvent
from skillmatch.files.tables import Table
from skillmatch.interop.batch import Batch, FindingLog
from skillmatch.interop.cells import Cells
from skillmatch.interop.column_map import ColumnMap
from skillmatch.interop.reading import FirstLines, read_each, source_of
from skillmatch.interop.references import reference

KINDS: dict[str, EventKind] = {
    "passed": EventKind.COMPLETED,
    "complete": EventKind.COMPLETED,
    "finished": EventKind.COMPLETED,
    "enrolled": EventKind.STARTED,
    "registered": EventKind.STARTED,
    "begun": EventKind.STARTED,
    "initialized": EventKind.STARTED,
    "progressed": EventKind.PROGRESS,
    "in progress": EventKind.PROGRESS,
    "scored": EventKind.SCORE,
    "grade": EventKind.SCORE,
    "rated": EventKind.RATING,
}
"""What learning systems call the kinds of events."""


def read_events(
    table: Table, *, source: str | None = None, today: date, column_map: ColumnMap | None = None
) -> Batch[LearningEvent]:
    """Events, one a row; a day after ``today`` is rejected, and so is an id that comes twice.

    Without an id one is made from the rest of the row, so that the same row is the same event again. Raises
    ``InputError`` when the table lacks a column or is malformed.
    """
    log = FindingLog(table.file)
    used = source_of(source, column_map)
    ids = FirstLines("id")

    def build(cells: Cells) -> LearningEvent:
        credential = cells.text("credential")
        kind = cells.choice("kind", EventKind, words=KINDS)
        made = LearningEvent(
            id=cells.text("id") or _made_id(cells, used),
            person_id=reference(cells.own_id("person"), used, "person"),
            kind=kind,
            on=cells.past_day("date", today),
            credential_id=reference(credential, used, "credential") if credential else None,
            skill_id=cells.text("skill") or None,
            value=cells.share("value") if kind in VALUES else None,
        )
        if kind not in VALUES and cells.text("value"):
            message = f"events say a value with '{kind.value}', which has none: it was left out."
            log.tally("value_left_out", Severity.NOTE, message, "value")
        ids.add(made.id, cells.line)
        return made

    return Batch(tuple(read_each(table, "events", column_map, log, build)), log.findings())


def _made_id(cells: Cells, source: str | None) -> str:
    told = [source or "", *(cells.text(name) for name in ("person", "kind", "date", "credential", "skill", "value"))]
    return f"row-{sha256(json.dumps(told).encode()).hexdigest()[:20]}"
