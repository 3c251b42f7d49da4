"""Lines about people whose words could not be placed: kept beside their evidence until they become evidence."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import Any

from sqlalchemy import delete, select

from skillmatch.domain.base.answer import canonical_json
from skillmatch.domain.people.person import EvidenceSource
from skillmatch.domain.people.waiting import WaitingLine
from skillmatch.domain.skills.taxonomy import fold
from skillmatch.store.engine.failures import decoding
from skillmatch.store.engine.records import Upserted
from skillmatch.store.engine.session import Reads, Values
from skillmatch.store.schema.workspace import waiting_lines
from skillmatch.store.tables.people_changes import PersonWrites


def keep_waiting(change: PersonWrites, given: Iterable[tuple[str, WaitingLine]]) -> Upserted:
    """Keep (person id, line) pairs; a line equal in every field to a kept one is kept once.

    Raises ``NotFoundError`` for an unknown person.
    """
    return change._put_owned(waiting_lines, (waiting_row(person_id, line) for person_id, line in given))


def waiting_of(view: Reads, person_id: str) -> tuple[WaitingLine, ...]:
    """The lines that wait of one person, in the order of words and day; none of an unknown one."""
    order = (waiting_lines.c.words, waiting_lines.c.on_date, waiting_lines.c.digest)
    query = select(waiting_lines).where(waiting_lines.c.person_id == person_id).order_by(*order)
    return tuple(waiting_line(row) for row in view._connection.execute(query))


def waiting_words(view: Reads) -> dict[str, list[str]]:
    """For each text that waits, in one of its spellings, the person of each line it stands in."""
    query = select(waiting_lines.c.words, waiting_lines.c.person_id)
    spelled: dict[str, str] = {}
    found: dict[str, list[str]] = defaultdict(list)
    for words, person_id in view._connection.execute(query.order_by(waiting_lines.c.words, waiting_lines.c.person_id)):
        found[spelled.setdefault(fold(words), words)].append(person_id)
    return dict(found)


def place_waiting(change: PersonWrites, meant: Mapping[str, str]) -> int:
    """Make evidence of every line whose words ``meant`` knows (folded words to skill id); returns of how many."""
    if not meant:
        return 0
    wanted = [words for words in _distinct(change) if fold(words) in meant]
    rows = [
        row
        for words in wanted
        for row in change._connection.execute(select(waiting_lines).where(waiting_lines.c.words == words)).all()
    ]
    if not rows:
        return 0
    lines = [(row.person_id, waiting_line(row)) for row in rows]
    change.add_evidence((person_id, line.placed(meant[fold(line.words)])) for person_id, line in lines)
    for row in rows:
        same = (waiting_lines.c.person_id == row.person_id) & (waiting_lines.c.digest == row.digest)
        change._connection.execute(delete(waiting_lines).where(same))
    change._touched_people.update(row.person_id for row in rows)
    change._touch(snapshot=False)
    return len(rows)


def waiting_row(person_id: str, line: WaitingLine) -> Values:
    """The columns of a line; the digest is over all of its fields."""
    columns: Values = {
        "words": line.words,
        "level": float(line.level),
        "source": line.source.value,
        "on_date": line.on,
        "confidence": float(line.confidence),
        "expires": line.expires,
        "note": line.note,
    }
    said = canonical_json([str(columns[name]) for name in sorted(columns)])
    digest = hashlib.sha256(said.encode(errors="surrogatepass")).digest()[:16]
    return columns | {"person_id": person_id, "digest": digest}


def waiting_line(row: Any) -> WaitingLine:
    """The line in a row."""
    with decoding("waiting line"):
        source = EvidenceSource(row.source)
        return WaitingLine(row.words, row.level, source, row.on_date, row.confidence, row.expires, row.note)


def _distinct(view: Reads) -> list[str]:
    query = select(waiting_lines.c.words).distinct().order_by(waiting_lines.c.words)
    return list(view._connection.execute(query).scalars())
