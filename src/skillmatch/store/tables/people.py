"""Reading people: their fields, everything said about them (evidence) and what they hold (awards)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from sqlalchemy import Select, bindparam, func, select

from skillmatch.domain.people.person import Award, AwardState, Evidence, EvidenceSource, StoredPerson
from skillmatch.store.engine.failures import decoding
from skillmatch.store.engine.json_columns import read_texts
from skillmatch.store.engine.records import Kind
from skillmatch.store.engine.session import CHUNK, chunks
from skillmatch.store.schema.workspace import awards, evidence, people
from skillmatch.store.tables.disputes import DisputeReads

_SOURCES = {source.value: source for source in EvidenceSource}
_STATES = {state.value: state for state in AwardState}


# Made once: putting a query together costs as much as asking it of an embedded database.
_EVIDENCE = (
    select(
        evidence.c.person_id,
        evidence.c.skill_id,
        evidence.c.level,
        evidence.c.source,
        evidence.c.on_date,
        evidence.c.confidence,
        evidence.c.expires,
        evidence.c.note,
    )
    .where(evidence.c.person_id.in_(bindparam("ids", expanding=True)))
    .order_by(*(evidence.c[name] for name in ("person_id", "skill_id", "on_date", "source", "digest")))
)
_AWARDS = (
    select(awards.c.person_id, awards.c.credential_id, awards.c.state, awards.c.issued, awards.c.expires)
    .where(awards.c.person_id.in_(bindparam("ids", expanding=True)))
    .order_by(awards.c.person_id, awards.c.credential_id, awards.c.issued)
)


class PersonReads(DisputeReads):
    """Reading people, always with all their evidence and awards.

    Evidence comes in the order of skill, day and source, awards in that of credential and day, whatever order
    they came in.
    """

    def person(self, person_id: str) -> StoredPerson:
        """One person. Raises ``NotFoundError`` for an unknown id."""
        rows = self._connection.execute(select(people).where(people.c.id == person_id)).all()
        if not rows:
            raise self._not_found(Kind.PERSON, person_id)
        return next(self._assemble(rows))

    def people(
        self, *, units: Iterable[str] | None = None, ids: Iterable[str] | None = None, known_only: bool = False
    ) -> Iterator[StoredPerson]:
        """People in the order of their ids, a few hundred in memory at a time.

        ``units`` and ``ids`` narrow them down; None means no limit. Raises ``NotFoundError`` for an unknown id
        before the first person comes; with ``known_only`` unknown ids are passed over.
        """
        query = select(people).order_by(people.c.id)
        if units is not None:
            query = query.where(people.c.unit.in_(sorted(set(units))))
        if ids is None:
            return self._stream(query)
        wanted = sorted(set(ids))
        if not known_only:
            self._require(Kind.PERSON, wanted)
        return self._pick(query, wanted)

    def units_of(self, ids: Iterable[str]) -> set[str]:
        """The units that these people are in; unknown ids are passed over."""
        found: set[str] = set()
        for chunk in chunks(sorted(set(ids)), CHUNK):
            query = select(people.c.unit).where(people.c.id.in_(chunk)).distinct()
            found.update(self._connection.execute(query).scalars())
        return found

    def people_after(
        self, after: str, limit: int, *, units: Iterable[str] | None = None, since: str | None = None
    ) -> list[StoredPerson]:
        """At most ``limit`` people behind the id ``after``, in the order of their ids; of some units, or of all.

        With ``since`` (ISO 8601 in UTC) only those about whom something was changed from then on, and those of whom
        nobody knows when.
        """
        query = select(people).where(people.c.id > after).order_by(people.c.id).limit(limit)
        if units is not None:
            query = query.where(people.c.unit.in_(sorted(set(units))))
        if since is not None:
            query = query.where((people.c.touched >= since) | people.c.touched.is_(None))
        return list(self._assemble(self._connection.execute(query).all()))

    def units(self) -> dict[str, int]:
        """How many people each unit has, by name; those without a unit stand under the empty name."""
        query = select(people.c.unit, func.count()).group_by(people.c.unit).order_by(people.c.unit)
        return {row[0]: row[1] for row in self._connection.execute(query)}

    def members(self, unit: str) -> list[str]:
        """The ids, in order, of the people of a unit; none of an unknown one."""
        query = select(people.c.id).where(people.c.unit == unit).order_by(people.c.id)
        return list(self._connection.execute(query).scalars())

    def is_somebodys_role(self, role_id: str) -> bool:
        """Whether anybody has a role."""
        query = select(people.c.id).where(people.c.role_id == role_id).limit(1)
        return self._connection.execute(query).first() is not None

    def with_fewer_pieces(self, least: int) -> list[str]:
        """The ids, in order, of people of whom fewer than ``least`` pieces of evidence are stored."""
        query = (
            select(people.c.id)
            .outerjoin(evidence, evidence.c.person_id == people.c.id)
            .group_by(people.c.id)
            .having(func.count(evidence.c.person_id) < least)
            .order_by(people.c.id)
        )
        return list(self._connection.execute(query).scalars())

    def _stream(self, query: Select[Any]) -> Iterator[StoredPerson]:
        after = ""
        while rows := self._connection.execute(query.where(people.c.id > after).limit(CHUNK)).all():
            yield from self._assemble(rows)
            after = rows[-1].id

    def _pick(self, query: Select[Any], wanted: Sequence[str]) -> Iterator[StoredPerson]:
        for chunk in chunks(wanted, CHUNK):
            yield from self._assemble(self._connection.execute(query.where(people.c.id.in_(chunk))).all())

    def _assemble(self, rows: Sequence[Any]) -> Iterator[StoredPerson]:
        ids = [row.id for row in rows]
        said, held, ruled = self._evidence(ids), self._awards(ids), self._rulings(ids)
        for row in rows:
            with decoding(f"person {row.id}"):
                person = StoredPerson(
                    row.id,
                    row.name,
                    row.unit,
                    row.role_id,
                    read_texts(row.languages),
                    row.hours_per_week,
                    tuple(said.get(row.id, ())),
                    tuple(held.get(row.id, ())),
                    tuple(ruled.get(row.id, ())),
                )
            yield person

    def _evidence(self, ids: Sequence[str]) -> dict[str, list[Evidence]]:
        found: dict[str, list[Evidence]] = defaultdict(list)
        with decoding("piece of evidence"):
            rows = self._connection.execute(_EVIDENCE, {"ids": ids})
            for person_id, skill_id, level, source, on, confidence, expires, note in rows:
                found[person_id].append(Evidence(skill_id, level, _SOURCES[source], on, confidence, expires, note))
        return found

    def _awards(self, ids: Sequence[str]) -> dict[str, list[Award]]:
        found: dict[str, list[Award]] = defaultdict(list)
        with decoding("award"):
            for person_id, credential_id, state, issued, expires in self._connection.execute(_AWARDS, {"ids": ids}):
                found[person_id].append(Award(credential_id, _STATES[state], issued, expires))
        return found
