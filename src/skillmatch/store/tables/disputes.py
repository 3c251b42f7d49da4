"""Disputes in the store."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Any

from sqlalchemy import bindparam, select, update

from skillmatch.domain.base import checks
from skillmatch.domain.base.errors import NotFoundError
from skillmatch.domain.people.dispute import Dispute, DisputeDecision, DisputeVerdict
from skillmatch.domain.people.person import EvidenceSource, Ruling
from skillmatch.store.engine.failures import decoding
from skillmatch.store.engine.json_columns import values_of
from skillmatch.store.engine.records import Kind
from skillmatch.store.engine.session import Reads, Values, Writes
from skillmatch.store.schema.governance import disputes

_UPHELD = (  # made once: everybody who is read is asked about
    select(disputes)
    .where(disputes.c.person_id.in_(bindparam("ids", expanding=True)))
    .where(disputes.c.verdict == DisputeVerdict.UPHELD.value)
    .order_by(disputes.c.decided_on, disputes.c.raised, disputes.c.id)
)


class DisputeReads(Reads):
    """Reading disputes."""

    def disputes(self, person_id: str | None = None) -> list[Dispute]:
        """All disputes, or one person's, in the order in which they were raised."""
        query = select(disputes).order_by(disputes.c.raised, disputes.c.id)
        if person_id is not None:
            query = query.where(disputes.c.person_id == person_id)
        with decoding("dispute"):
            return [_dispute(row) for row in self._connection.execute(query)]

    def dispute(self, dispute_id: str) -> Dispute:
        """One dispute, by its id with or without its source. Raises ``NotFoundError`` for an unknown one."""
        near = [dispute_id] if "/" in dispute_id else [dispute_id, f"own/{dispute_id}"]
        row = self._connection.execute(select(disputes).where(disputes.c.id.in_(near))).first()
        if row is None:
            raise NotFoundError("dispute", dispute_id)
        with decoding(f"dispute {dispute_id}"):
            return _dispute(row)

    def dispute_handed_in_by(self, dispute_id: str) -> str | None:
        """Who handed a dispute in; None where nobody knows."""
        query = select(disputes.c.handed_in_by).where(disputes.c.id == dispute_id)
        return self._connection.execute(query).scalar_one_or_none()

    def _rulings(self, ids: Sequence[str]) -> dict[str, list[Ruling]]:
        """What upheld disputes changed for people, by person, in the order of the decisions."""
        found: dict[str, list[Ruling]] = defaultdict(list)
        with decoding("dispute"):
            for row in self._connection.execute(_UPHELD, {"ids": ids}):
                ruling = _dispute(row).ruling()
                if ruling is not None:
                    found[row.person_id].append(ruling)
        return found


class DisputeWrites(DisputeReads, Writes):
    """Writing disputes."""

    def put_disputes(self, given: Iterable[Dispute], *, handed_in_by: str | None = None) -> None:
        """Add or change disputes by id. Raises ``NotFoundError`` for an unknown person."""
        items = list(given)
        checks.unique((item.id for item in items), "id")
        self._require(Kind.PERSON, (item.person_id for item in items))
        stored = self._upsert(disputes, [_row(item) for item in items])
        if handed_in_by is not None:
            new = disputes.c.id.in_([key for (key,) in stored.added])
            self._connection.execute(update(disputes).where(new).values(handed_in_by=handed_in_by))
        if stored.added or stored.changed:
            changed = stored.added | stored.changed
            self._touched_people.update(item.person_id for item in items if (item.id,) in changed)
            self._touch(snapshot=False)


def _dispute(row: Any) -> Dispute:
    decision = None
    if row.verdict is not None:
        verdict = DisputeVerdict(row.verdict)
        decision = DisputeDecision(verdict, row.decided_by, row.note, row.decided_on, row.decided_level)
    source = None if row.source is None else EvidenceSource(row.source)
    return Dispute(row.id, row.person_id, row.raised, row.reason, row.skill_id, row.credential_id, source, decision)


def _row(item: Dispute) -> Values:
    made = item.decision
    return values_of(item, ("id", "person_id", "raised", "reason", "skill_id", "credential_id")) | {
        "source": None if item.source is None else item.source.value,
        "verdict": None if made is None else made.verdict.value,
        "decided_by": None if made is None else made.by,
        "note": None if made is None else made.note,
        "decided_on": None if made is None else made.on,
        "decided_level": None if made is None else made.level,
    }
