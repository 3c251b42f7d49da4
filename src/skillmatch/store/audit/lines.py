"""Lines of the audit: from a note about people to a sealed line about pseudonyms, and from a row to a line again."""

from __future__ import annotations

import hashlib
import hmac
import json
import re
import secrets
import zlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import Connection, bindparam, delete, insert, select, update
from sqlalchemy.dialects.sqlite import insert as insert_here

from skillmatch.domain.access.audit import START, AccessNote, AuditLine
from skillmatch.domain.base.answer import canonical_json
from skillmatch.store.audit.tables import answer_subjects, answers, head, keys, lines
from skillmatch.store.engine.json_columns import external_of

MARK = "subject:"
"""What stands before a pseudonym in details and questions."""

LIGHTLY = 3
"""How hard answers are compressed (zlib, 1-9): a third of the time of 6, and a tenth more room."""

# Made once: every answer about a person executes them.
_END = select(head).where(head.c.number == 1)
_MOVED = update(head).where(head.c.number == 1).values(seq=bindparam("ending"), hash=bindparam("sealed"))
_KNOWN = select(keys.c.person_id, keys.c.subject).where(keys.c.person_id.in_(bindparam("ids", expanding=True)))
_LINE = insert(lines)
_ANSWER = insert_here(answers).on_conflict_do_nothing()
_ABOUT = insert_here(answer_subjects).on_conflict_do_nothing()


@dataclass
class Waiting:
    """A note on its way into the log, with the bytes of its answer and its moment (ISO 8601 in UTC)."""

    note: AccessNote
    answer: bytes | None
    at: str
    line: AuditLine | None = None
    error: Exception | None = None


def append(connection: Connection, batch: Sequence[Waiting]) -> list[AuditLine]:
    """Add a line for each note, in order, with the answers and the noted end; all inside the caller's transaction."""
    seq, previous = end_of(connection)
    known = _pseudonyms(connection, {one for item in batch for one in item.note.subjects})
    made: list[AuditLine] = []
    kept: dict[str, bytes] = {}
    about: set[tuple[str, str]] = set()
    for item in batch:
        note = item.note
        names = {one: known[one] for one in note.subjects}
        digest = ""
        if item.answer is not None:
            digest = hashlib.sha256(item.answer).hexdigest()
            kept[digest] = item.answer
            about.update((subject, digest) for subject in names.values())
        seq += 1
        line = AuditLine(
            seq,
            item.at,
            masked(note.caller, names),
            note.action,
            tuple(names.values()),
            masked(dict(note.detail), names),
            dict(note.versions),
            note.snapshot,
            None if note.question is None else masked(dict(note.question), names),
            note.result,
            digest,
            previous,
        )
        line = replace(line, hash=line.sealed_hash())
        previous = line.hash
        made.append(line)
    connection.execute(_LINE, [_row(line) for line in made])
    _keep(connection, kept, about)
    if not connection.execute(_MOVED, {"ending": seq, "sealed": previous}).rowcount:
        connection.execute(insert(head), [{"number": 1, "seq": seq, "hash": previous}])
    return made


def drop_person(connection: Connection, person_id: str) -> int:
    """Delete a person's key and the answers about them; returns how many answers went."""
    subject = select(keys.c.subject).where(keys.c.person_id == person_id).scalar_subquery()
    gone = list(
        connection.execute(select(answer_subjects.c.hash).where(answer_subjects.c.subject == subject)).scalars()
    )
    for start in range(0, len(gone), 500):
        some = gone[start : start + 500]
        connection.execute(delete(answers).where(answers.c.hash.in_(some)))
        connection.execute(delete(answer_subjects).where(answer_subjects.c.hash.in_(some)))
    connection.execute(delete(keys).where(keys.c.person_id == person_id))
    return len(gone)


def end_of(connection: Connection) -> tuple[int, str]:
    """Number and hash of the last line, as noted."""
    row = connection.execute(_END).first()
    return (0, START) if row is None else (int(row.seq), str(row.hash))


def masked(value: Any, names: Mapping[str, str]) -> Any:
    """The value with a person's ids, ours and the customer's own, replaced by their pseudonym wherever they stand."""
    match value:
        case str():
            for person_id, subject in names.items():
                for given in (person_id, external_of(person_id)):
                    if given in value:
                        value = re.sub(rf"(?<!\w){re.escape(given)}(?!\w)", MARK + subject, value)
            return value
        case Mapping():
            return {masked(key, names): masked(item, names) for key, item in value.items()}
        case list() | tuple():
            return [masked(item, names) for item in value]
        case _:
            return value


def unmasked(value: Any, people: Mapping[str, str]) -> Any:
    """The value with people's ids in place of their pseudonyms, as far as these still mean somebody."""
    match value:
        case str() if value.startswith(MARK):
            return people.get(value.removeprefix(MARK), value)
        case Mapping():
            return {key: unmasked(item, people) for key, item in value.items()}
        case list() | tuple():
            return [unmasked(item, people) for item in value]
        case _:
            return value


def line_of(row: Any) -> AuditLine:
    """A line from its row; raises ``ValueError`` where somebody broke its JSON."""
    return AuditLine(
        row.seq,
        row.at,
        row.caller,
        row.action,
        tuple(json.loads(row.subjects)),
        json.loads(row.detail),
        json.loads(row.versions),
        row.snapshot,
        None if row.question is None else json.loads(row.question),
        row.result,
        row.answer,
        row.previous,
        row.hash,
    )


def _pseudonyms(connection: Connection, wanted: set[str]) -> dict[str, str]:
    """The pseudonym of each person; who is new gets a key of their own."""
    known: dict[str, str] = {}
    listed = sorted(wanted)
    for start in range(0, len(listed), 500):
        some = connection.execute(_KNOWN, {"ids": listed[start : start + 500]})
        known.update((row.person_id, row.subject) for row in some)
    fresh = []
    for person_id in listed:
        if person_id not in known:
            key = secrets.token_bytes(32)
            known[person_id] = hmac.new(key, person_id.encode(), hashlib.sha256).hexdigest()[:32]
            fresh.append({"person_id": person_id, "key": key, "subject": known[person_id]})
    if fresh:
        connection.execute(insert(keys), fresh)
    return known


def _keep(connection: Connection, kept: Mapping[str, bytes], about: set[tuple[str, str]]) -> None:
    """Store the answers that are not there yet, and whom they are about."""
    if not kept:
        return
    connection.execute(_ANSWER, [{"hash": one, "data": zlib.compress(data, LIGHTLY)} for one, data in kept.items()])
    if about:
        connection.execute(_ABOUT, [{"subject": subject, "hash": digest} for subject, digest in sorted(about)])


def _row(line: AuditLine) -> dict[str, Any]:
    document = line.to_json()
    for name in ("subjects", "detail", "versions"):
        document[name] = canonical_json(document[name])
    document["question"] = None if line.question is None else canonical_json(document["question"])
    return document
