"""Kept plans in the store: the document of each, and what a list shows of it."""

from __future__ import annotations

import json
from typing import Any, NamedTuple

from sqlalchemy import delete, select

from skillmatch.domain.base.answer import canonical_json
from skillmatch.domain.base.errors import NotFoundError
from skillmatch.store.engine.session import Reads, Writes
from skillmatch.store.schema.governance import plans


class PlanRecord(NamedTuple):
    """A kept plan: when (ISO 8601) and by whom it was kept, its summary, and the text of its file."""

    id: str
    kept: str
    by: str
    summary: dict[str, Any]
    document: str


class PlanReads(Reads):
    """Reading kept plans."""

    def plan_summaries(self, *, limit: int | None = None, before: tuple[str, str] | None = None) -> list[PlanRecord]:
        """Kept plans, the latest first, without their documents; ``before`` are the moment and the id of the plan that
        the page before ended with."""
        query = select(plans.c.id, plans.c.kept, plans.c.kept_by, plans.c.summary)
        if before is not None:
            kept, plan_id = before
            query = query.where((plans.c.kept < kept) | ((plans.c.kept == kept) & (plans.c.id > plan_id)))
        rows = self._connection.execute(query.order_by(plans.c.kept.desc(), plans.c.id).limit(limit))
        return [PlanRecord(row.id, row.kept, row.kept_by, json.loads(row.summary), "") for row in rows]

    def plan_record(self, plan_id: str) -> PlanRecord:
        """One kept plan. Raises ``NotFoundError`` for an unknown id."""
        row = self._connection.execute(select(plans).where(plans.c.id == plan_id)).first()
        if row is None:
            raise NotFoundError("plan", plan_id)
        return PlanRecord(row.id, row.kept, row.kept_by, json.loads(row.summary), row.document)


class PlanWrites(PlanReads, Writes):
    """Writing kept plans."""

    def put_plan(self, record: PlanRecord) -> None:
        """Keep a plan under its id, in place of what was there."""
        row = {
            "id": record.id,
            "kept": record.kept,
            "kept_by": record.by,
            "summary": canonical_json(record.summary),
            "document": record.document,
        }
        self._upsert(plans, [row])
        self._touch(snapshot=False)

    def forget_old_text(self) -> None:
        """See to it that what a plan said before this transaction does not linger in the log."""
        self._erased = True

    def remove_plan(self, plan_id: str) -> None:
        """Forget a plan; its bytes are overwritten. Raises ``NotFoundError`` for an unknown id."""
        if not self._connection.execute(delete(plans).where(plans.c.id == plan_id)).rowcount:
            raise NotFoundError("plan", plan_id)
        self._erased = True
        self._touch(snapshot=False)
