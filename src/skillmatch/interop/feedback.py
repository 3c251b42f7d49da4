"""Feedback from a table, as it was exported or collected elsewhere."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from skillmatch.domain.base.errors import InputError
from skillmatch.domain.skills.feedback import Context, Decision, Verdict
from skillmatch.files.tables import Table
from skillmatch.interop.batch import Batch, FindingLog
from skillmatch.interop.cells import Cells
from skillmatch.interop.overlay import NO_AUTHOR
from skillmatch.interop.reading import read_each


@dataclass(frozen=True, slots=True)
class GivenDecision:
    """A row: the decision with the skill in the file's words, and who signed it."""

    decision: Decision
    author: str
    on: date
    note: str


def read_feedback(table: Table, *, author: str, on: date) -> Batch[GivenDecision]:
    """Decisions in the file's order; ``author`` and ``on`` stand in for blank cells, a blank author must have one.

    Numbers are not read: the order is what counts. Raises ``InputError`` when the table lacks a column or is
    malformed.
    """
    log = FindingLog(table.file)

    def build(cells: Cells) -> GivenDecision:
        signed = cells.text("author") or author
        if not signed:
            raise InputError("must not be blank.", field="author", remedy=NO_AUTHOR)
        decision = Decision(
            cells.choice("verdict", Verdict),
            cells.needed("text"),
            cells.text("skill"),
            cells.choice("context", Context, Context.ANY),
        )
        return GivenDecision(decision, signed, cells.day("date") or on, cells.text("note"))

    return Batch(tuple(read_each(table, "feedback", None, log, build)), log.findings())
