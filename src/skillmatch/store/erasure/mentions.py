"""Taking the names of erased people out of what others wrote and signed; their own rows went with them.

One walk over all texts serves any number of people; only rows in which a name stands are written. No writer waits for
the walk.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from typing import Any, NamedTuple

from sqlalchemy import Column, Table, select, tuple_, update

from skillmatch.domain.base.answer import canonical_json
from skillmatch.domain.people.person import Evidence, EvidenceSource
from skillmatch.store.engine.session import CHUNK, Reads, Writes, chunks
from skillmatch.store.erasure.words import NOBODY, ErasedWords
from skillmatch.store.schema.governance import api_keys, disputes, jobs, plans, signers, webhooks
from skillmatch.store.schema.workspace import claims, evidence, feedback, overlay, people, role_history, waiting_lines
from skillmatch.store.tables.people_changes import evidence_row
from skillmatch.store.tables.waiting import waiting_line, waiting_row

BLOCK = 2_000
"""Rows read at a time."""

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
_WRITTEN: tuple[tuple[Table, tuple[str, ...]], ...] = (
    (overlay, ("reason",)),
    (feedback, ("note",)),
    (role_history, ("note",)),
    (claims, ("text", "reason")),
    (disputes, ("reason", "note")),
    (evidence, ("note",)),
    (waiting_lines, ("words", "note")),
)
_OF_JOBS = ((jobs, ("given", "result", "error")),)
_IN_SNAPSHOT = (overlay, feedback)

Written = Iterable[tuple[Table, tuple[str, ...]]]


class Mention(NamedTuple):
    """A row in which somebody is named: its table, its primary key, and the columns in which texts stand."""

    table: Table
    key: tuple[Any, ...]
    columns: tuple[str, ...]


def namesakes(view: Reads, names: Iterable[str]) -> set[str]:
    """Which of these names somebody has."""
    found: set[str] = set()
    for some in chunks(sorted(set(names)), CHUNK):
        found.update(view._connection.execute(select(people.c.name).where(people.c.name.in_(some))).scalars())
    return found


def sign_as_nobody(change: Writes, names: Iterable[str]) -> int:
    """Put ``NOBODY`` in the place of names that signed; returns in how many rows."""
    count = 0
    for some in chunks(sorted(set(names)), CHUNK):
        for table, field in _SIGNED:
            done = update(table).where(table.c[field].in_(some)).values({field: NOBODY})
            count += _noted(change, table, change._connection.execute(done).rowcount)
    return count


def in_texts(view: Reads, words: ErasedWords) -> Iterator[Mention]:
    """The rows of what people wrote in which one of the words stands."""
    return _mentions(view, words, _WRITTEN)


def in_jobs(view: Reads, words: ErasedWords) -> Iterator[Mention]:
    """The jobs that were given, answered or complained of one of the words."""
    return _mentions(view, words, _OF_JOBS)


def take_out(change: Writes, words: ErasedWords, mentions: Sequence[Mention]) -> int:
    """Take the words out of rows, as these are now; returns out of how many."""
    count = 0
    for table, key, columns in mentions:
        this = [part == value for part, value in zip(table.primary_key, key, strict=True)]
        row = change._connection.execute(select(table).where(*this)).first()
        if row is None:
            continue
        texts = {name: getattr(row, name) for name in columns}
        cleaned = {name: _cleaned(table, text, words) for name, text in texts.items() if text is not None}
        changed = {name: text for name, text in cleaned.items() if text != texts[name]}
        if not changed:
            continue
        if table is evidence:  # its key is made from all of its fields
            source = EvidenceSource(row.source)
            piece = Evidence(row.skill_id, row.level, source, row.on_date, row.confidence, row.expires, row.note)
            changed = evidence_row(row.person_id, replace(piece, note=changed["note"]))
            change._touched_people.add(row.person_id)
        if table is waiting_lines:
            line = replace(waiting_line(row), words=cleaned["words"], note=cleaned["note"])
            changed = waiting_row(row.person_id, line)
            change._touched_people.add(row.person_id)
        change._connection.execute(update(table).where(*this).values(changed))
        count += _noted(change, table, 1)
    return count


def _mentions(view: Reads, words: ErasedWords, written: Written) -> Iterator[Mention]:
    for table, columns in written:
        primary: list[Column[Any]] = list(table.primary_key)
        texts = [table.c[name] for name in columns]
        query = select(*primary, *texts).order_by(*primary).limit(BLOCK)
        last: tuple[Any, ...] | None = None
        while True:
            more = query if last is None else query.where(tuple_(*primary) > tuple_(*last))
            rows = view._connection.execute(more).all()
            for row in rows:
                if any(text and words.stand_in(text) for text in row[len(primary) :]):
                    yield Mention(table, tuple(row[: len(primary)]), columns)
            if len(rows) < BLOCK:
                break
            last = tuple(rows[-1][: len(primary)])


def _cleaned(table: Table, text: str, words: ErasedWords) -> str:
    return canonical_json(words.out_of_all(json.loads(text))) if table is jobs else words.out_of(text)


def _noted(change: Writes, table: Table, count: int) -> int:
    if count:
        change._erased = True
        change._touch(snapshot=table in _IN_SNAPSHOT)
    return count
