"""Who was erased while jobs that knew them had not ended, so that none of these brings them back.

Only digests of ids are kept, and only until those jobs have ended.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from hashlib import sha256

from sqlalchemy import delete, func, insert, select

from skillmatch.domain.access.job import JobStatus
from skillmatch.store.engine.session import Reads, Writes
from skillmatch.store.schema.governance import erased_meanwhile, jobs

_UNFINISHED = jobs.c.status.in_((JobStatus.QUEUED.value, JobStatus.RUNNING.value))


@dataclass(frozen=True, slots=True)
class ErasedMeanwhile:
    """The people erased since a job was handed in: what stands for them in plans, by the digest of their id."""

    stand_ins: Mapping[str, str] = field(default_factory=dict)

    def stand_in(self, person_id: str) -> str | None:
        """What takes a person's place in plans; None for who was not erased."""
        return self.stand_ins.get(_digest(person_id)) if self.stand_ins else None

    def means(self, reference: str) -> bool:
        """Whether a file that calls somebody so, perhaps from another source, can mean one of them."""
        return bool(self.stand_ins) and not {_digest(reference), _digest(_bare(reference))}.isdisjoint(self.stand_ins)


def note_erasure(change: Writes, person_id: str, stand_in: str) -> None:
    """Let all jobs that have not ended know that a person is erased in this transaction."""
    last = change._connection.execute(select(func.max(jobs.c.number)).where(_UNFINISHED)).scalar()
    if last is None:
        return
    digests = [_digest(person_id), _digest(_bare(person_id))]
    change._connection.execute(delete(erased_meanwhile).where(erased_meanwhile.c.digest.in_(digests)))
    rows = [{"digest": digest, "stand_in": stand_in, "last_job": last} for digest in digests]
    change._connection.execute(insert(erased_meanwhile), rows)


def erased_since(view: Reads, job: int | None) -> ErasedMeanwhile:
    """Who was erased since the job with a number was handed in; nobody where there is no job."""
    if job is None:
        return ErasedMeanwhile()
    rows = view._connection.execute(select(erased_meanwhile).where(erased_meanwhile.c.last_job >= job))
    return ErasedMeanwhile({row.digest: row.stand_in for row in rows})


def forget_erasures(change: Writes) -> None:
    """Forget those whom no job knows any more: all that were there when they were erased have ended."""
    first = select(func.min(jobs.c.number)).where(_UNFINISHED).scalar_subquery()
    change._connection.execute(delete(erased_meanwhile).where(first.is_(None) | (erased_meanwhile.c.last_job < first)))


def _bare(person_id: str) -> str:
    """The customer's own id, which no full id is spelled like."""
    return "/" + person_id.partition("/")[2]


def _digest(person_id: str) -> str:
    return sha256(person_id.encode()).hexdigest()
