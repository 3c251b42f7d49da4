"""Writing people: fields are changed, evidence is only ever added or replaced as a whole, awards follow their day."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable

from sqlalchemy import Table, delete, select, update

from skillmatch.domain.base import checks
from skillmatch.domain.base.answer import canonical_json
from skillmatch.domain.people.person import Award, Evidence, StoredPerson
from skillmatch.store.engine.json_columns import external_of, values_of, write_texts
from skillmatch.store.engine.records import Kind, Upserted
from skillmatch.store.engine.session import BLOCK, CHUNK, Values, blocks, chunks
from skillmatch.store.schema.workspace import awards, evidence, people
from skillmatch.store.tables.disputes import DisputeWrites
from skillmatch.store.tables.people import PersonReads


class PersonWrites(PersonReads, DisputeWrites):
    """Writing people, evidence and awards, and what they object to."""

    def put_people(self, given: Iterable[StoredPerson]) -> Upserted:
        """Add people or change their fields, by id; no id may come twice.

        Evidence and awards that they carry are put as well; what is stored beyond that stays. A person counts
        as changed when a field, a piece of evidence or an award did.
        """
        items = list(given)
        checks.unique((item.id for item in items), "id")
        added: set[str] = set()
        changed: set[str] = set()
        for some in chunks(items, BLOCK):
            stored = self._upsert(people, [person_row(item) for item in some])
            added.update(key[0] for key in stored.added)
            changed.update(key[0] for key in stored.changed)
            said = (evidence_row(item.id, piece) for item in some for piece in item.evidence)
            held = (award_row(item.id, award) for item in some for award in item.awards)
            for table, rows in ((evidence, said), (awards, held)):
                for block in blocks(rows):
                    more = self._upsert(table, block, within="person_id")
                    changed.update(key[0] for key in more.added | more.changed)
        changed -= added
        self._touched_people |= added | changed
        if added or changed:
            self._touch(snapshot=False)
        return Upserted(len(added), len(changed), len(items) - len(added) - len(changed))

    def add_evidence(self, given: Iterable[tuple[str, Evidence]]) -> Upserted:
        """Add (person id, evidence) pairs; a statement equal in every field to a stored one is kept once.

        Nothing is ever changed by it: to correct what was said, use :meth:`replace_evidence`. Raises
        ``NotFoundError`` for an unknown person.
        """
        return self._put_owned(evidence, (evidence_row(person_id, piece) for person_id, piece in given))

    def put_awards(self, given: Iterable[tuple[str, Award]]) -> Upserted:
        """Add or change (person id, award) pairs by person, credential and day of issue; of equal ones the last counts.

        Raises ``NotFoundError`` for an unknown person. The credential need not be in the catalogue.
        """
        return self._put_owned(awards, (award_row(person_id, award) for person_id, award in given))

    def replace_evidence(self, person_id: str, given: Iterable[Evidence]) -> Upserted:
        """Make ``given`` all that is said about a person; what was said otherwise is erased.

        Raises ``NotFoundError`` for an unknown person.
        """
        rows = [evidence_row(person_id, piece) for piece in given]
        self._require(Kind.PERSON, [person_id])
        kept = {row["digest"] for row in rows}
        theirs = evidence.c.person_id == person_id
        stored = set(self._connection.execute(select(evidence.c.digest).where(theirs)).scalars())
        for chunk in chunks(sorted(stored - kept), CHUNK):
            self._connection.execute(delete(evidence).where(theirs & evidence.c.digest.in_(chunk)))
            self._erased = True
            self._touched_people.add(person_id)
            self._touch(snapshot=False)
        return self._put_owned(evidence, rows)

    def _stamp_people(self, moment: str) -> None:
        """Write down when those were changed whom this transaction changed; the store calls it before committing."""
        for some in chunks(sorted(self._touched_people), CHUNK):
            self._connection.execute(update(people).where(people.c.id.in_(some)).values(touched=moment))

    def _put_owned(self, table: Table, rows: Iterable[Values]) -> Upserted:
        added = changed = total = 0
        for block in blocks(rows):
            self._require(Kind.PERSON, (row["person_id"] for row in block))
            stored = self._upsert(table, block, within="person_id")
            added, changed, total = added + len(stored.added), changed + len(stored.changed), total + len(block)
            self._touched_people.update(key[0] for key in stored.added | stored.changed)
        if added or changed:
            self._touch(snapshot=False)
        return Upserted(added, changed, total - added - changed)


def person_row(person: StoredPerson) -> Values:
    """The columns of a person's own fields."""
    columns = values_of(person, ("id", "name", "unit", "role_id", "hours_per_week"))
    return columns | {"external_id": external_of(person.id), "languages": write_texts(person.languages)}


def evidence_row(person_id: str, piece: Evidence) -> Values:
    """The columns of a piece of evidence; the digest is over all of its fields."""
    fields = values_of(piece, ("skill_id", "note", "expires"))
    numbers = {"level": float(piece.level), "confidence": float(piece.confidence)}
    columns = fields | numbers | {"source": piece.source.value, "on_date": piece.on}
    said = canonical_json([str(columns[name]) for name in sorted(columns)])
    digest = hashlib.sha256(said.encode(errors="surrogatepass")).digest()[:16]
    return columns | {"person_id": person_id, "digest": digest}


def evidence_id(piece: Evidence) -> str:
    """What a piece of evidence is called among those about its person: 32 hex digits made from all of its fields."""
    digest: bytes = evidence_row("", piece)["digest"]
    return digest.hex()


def award_row(person_id: str, award: Award) -> Values:
    """The columns of an award."""
    columns = values_of(award, ("credential_id", "issued", "expires"))
    return columns | {"person_id": person_id, "state": award.state.value}
