"""Taking a person's name out of what others wrote and signed; their own rows go with the person."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from typing import Any

from sqlalchemy import Column, Table, select, update

from skillmatch.domain.answer import canonical_json
from skillmatch.domain.person import Evidence, EvidenceSource
from skillmatch.store.people_changes import PersonWrites, evidence_row
from skillmatch.store.plans import PlanWrites
from skillmatch.store.tables import claims, evidence, feedback, overlay, people, role_history
from skillmatch.store.tables_governance import disputes, jobs, plans
from skillmatch.store.tables_keys import api_keys, signers
from skillmatch.store.tables_webhooks import webhooks
from skillmatch.store.vectors import VectorWrites

NOBODY = "erased person"
"""What stands in a name's place."""

_SIGNED: tuple[tuple[Table, str], ...] = (
    (overlay, "author"),
    (feedback, "author"),
    (role_history, "author"),
    (claims, "decided_by"),
    (claims, "handed_in_by"),
    (disputes, "decided_by"),
    (disputes, "handed_in_by"),
    (plans, "kept_by"),
    (jobs, "submitted_by"),
    (api_keys, "name"),
    (api_keys, "created_by"),
    (signers, "name"),
    (webhooks, "created_by"),
)
_WRITTEN: tuple[tuple[Table, str], ...] = (
    (overlay, "reason"),
    (feedback, "note"),
    (role_history, "note"),
    (claims, "text"),
    (claims, "reason"),
    (disputes, "reason"),
    (disputes, "note"),
)
_IN_SNAPSHOT = (overlay, feedback)


class ErasureWrites(PersonWrites, VectorWrites, PlanWrites):
    """Writing over what is left of a person."""

    def namesakes(self, name: str) -> int:
        """How many people have a name."""
        return len(self._connection.execute(select(people.c.id).where(people.c.name == name)).all())

    def replace_name(self, name: str) -> int:
        """Put ``NOBODY`` in the place of a name, where it signs and, if it has several words, within texts.

        Returns in how many rows. A single word is left alone within texts: it may be just a word there.
        """
        count = 0
        for table, field in _SIGNED:
            done = update(table).where(table.c[field] == name).values({field: NOBODY})
            count += self._noted(table, self._connection.execute(done).rowcount)
        if len(name.split()) < 2:
            return count
        for table, field in _WRITTEN:
            count += self._replace_within(table, table.c[field], name)
        query = select(evidence).where(evidence.c.note.contains(name, autoescape=True))
        for row in self._connection.execute(query).all():
            source = EvidenceSource(row.source)
            piece = Evidence(row.skill_id, row.level, source, row.on_date, row.confidence, row.expires, row.note)
            if (note := _without(piece.note, [name])) != piece.note:
                old = (evidence.c.person_id == row.person_id) & (evidence.c.digest == row.digest)
                fresh = evidence_row(row.person_id, replace(piece, note=note))
                self._connection.execute(update(evidence).where(old).values(fresh))
                self._touched_people.add(row.person_id)
                count += self._noted(evidence, 1)
        return count

    def replace_in_jobs(self, names: list[str]) -> int:
        """Take names and ids out of what jobs were given, answered and complained of; returns in how many jobs."""
        count = 0
        for row in self._connection.execute(select(jobs)).all():
            changed: dict[str, Any] = {}
            for field in ("given", "result", "error"):
                text = getattr(row, field)
                if text is not None:
                    document = json.loads(text)
                    cleaned = _within(document, names)
                    if cleaned != document:
                        changed[field] = canonical_json(cleaned)
            if changed:
                self._connection.execute(update(jobs).where(jobs.c.number == row.number).values(changed))
                count += self._noted(jobs, 1)
        return count

    def forget_vectors(self, keys: set[bytes]) -> int:
        """Forget the vectors of some texts, of every encoder; returns how many there were."""
        count = 0
        for encoder_id, number in self._encoders():
            held = {key for _, pack in self._packs(number) for key in pack}
            if held & keys:
                count += self.drop_unused_vectors(encoder_id, held - keys)
                self._erased = True
        return count

    def _replace_within(self, table: Table, column: Column[Any], name: str) -> int:
        primary = list(table.primary_key)
        query = select(*primary, column).where(column.contains(name, autoescape=True))
        count = 0
        for row in self._connection.execute(query).all():
            *key, text = row
            if (cleaned := _without(text, [name])) != text:
                this = [part == value for part, value in zip(primary, key, strict=True)]
                self._connection.execute(update(table).where(*this).values({column.name: cleaned}))
                count += self._noted(table, 1)
        return count

    def _noted(self, table: Table, count: int) -> int:
        if count:
            self._erased = True
            self._touch(snapshot=table in _IN_SNAPSHOT)
        return count


def names_in(text: str, names: list[str]) -> bool:
    """Whether one of the names stands in a text as words of its own."""
    return _without(text, names) != text


def _without(text: str, names: list[str]) -> str:
    for name in names:
        if name in text:
            text = re.sub(rf"(?<!\w){re.escape(name)}(?!\w)", NOBODY, text)
    return text


def _within(value: Any, names: list[str]) -> Any:
    match value:
        case str():
            return _without(value, names)
        case dict():
            return {key: _within(item, names) for key, item in value.items()}
        case list():
            return [_within(item, names) for item in value]
        case _:
            return value
