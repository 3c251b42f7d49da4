"""Claims of prior learning in the store."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from sqlalchemy import select, update

from skillmatch.domain.base import checks
from skillmatch.domain.base.errors import NotFoundError
from skillmatch.domain.people.claim import Claim, Decision, Verdict
from skillmatch.store.engine.failures import decoding
from skillmatch.store.engine.json_columns import read_texts, values_of, write_texts
from skillmatch.store.engine.records import Kind, Upserted
from skillmatch.store.engine.session import Reads, Values, Writes
from skillmatch.store.schema.workspace import claims


class ClaimReads(Reads):
    """Reading claims."""

    def claims(self, person_id: str | None = None) -> list[Claim]:
        """All claims, or one person's, in the order of submission and id."""
        query = select(claims).order_by(claims.c.submitted, claims.c.id)
        if person_id is not None:
            query = query.where(claims.c.person_id == person_id)
        with decoding("claim"):
            return [_claim(row) for row in self._connection.execute(query)]

    def claim(self, claim_id: str) -> Claim:
        """One claim, by its id with or without its source. Raises ``NotFoundError`` for an unknown one."""
        near = [claim_id] if "/" in claim_id else [claim_id, f"own/{claim_id}"]
        row = self._connection.execute(select(claims).where(claims.c.id.in_(near))).first()
        if row is None:
            raise NotFoundError("claim", claim_id)
        with decoding(f"claim {claim_id}"):
            return _claim(row)

    def claim_handed_in_by(self, claim_id: str) -> str | None:
        """Who handed a claim in; None where nobody knows."""
        query = select(claims.c.handed_in_by).where(claims.c.id == claim_id)
        return self._connection.execute(query).scalar_one_or_none()


class ClaimWrites(ClaimReads, Writes):
    """Writing claims."""

    def put_claims(self, given: Iterable[Claim], *, handed_in_by: str | None = None) -> Upserted:
        """Add or change claims by id; no id may come twice. Raises ``NotFoundError`` for an unknown person."""
        items = list(given)
        checks.unique((item.id for item in items), "id")
        self._require(Kind.PERSON, (item.person_id for item in items))
        stored = self._upsert(claims, [_row(item) for item in items])
        if handed_in_by is not None:
            new = claims.c.id.in_([key for (key,) in stored.added])
            self._connection.execute(update(claims).where(new).values(handed_in_by=handed_in_by))
        if stored.added or stored.changed:
            self._touch(snapshot=False)
        added, changed = len(stored.added), len(stored.changed)
        return Upserted(added, changed, len(items) - added - changed)


def _claim(row: Any) -> Claim:
    decision = None
    if row.verdict is not None:
        decision = Decision(Verdict(row.verdict), row.decided_by, row.reason, row.decided_on, row.decided_level)
    return Claim(
        row.id,
        row.person_id,
        row.submitted,
        row.text,
        row.credential_id,
        row.skill_id,
        row.level,
        read_texts(row.links),
        decision,
    )


def _row(item: Claim) -> Values:
    made = item.decision
    columns = values_of(item, ("id", "person_id", "submitted", "text", "credential_id", "skill_id", "level"))
    return columns | {
        "links": write_texts(item.links),
        "verdict": None if made is None else made.verdict.value,
        "decided_by": None if made is None else made.by,
        "reason": None if made is None else made.reason,
        "decided_on": None if made is None else made.on,
        "decided_level": None if made is None else made.level,
    }
