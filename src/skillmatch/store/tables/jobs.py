"""Jobs in the store: queues, one for each lane, in which those who hand jobs in take turns."""

from __future__ import annotations

import json
from datetime import datetime
from typing import Any

from sqlalchemy import func, insert, select, update

from skillmatch.domain.access.job import Job, JobKind, JobStatus, Lane
from skillmatch.domain.base.answer import canonical_json
from skillmatch.domain.base.errors import ConflictError, NotFoundError
from skillmatch.store.engine.failures import decoding
from skillmatch.store.engine.session import Reads, Values, Writes
from skillmatch.store.schema.governance import jobs

RECENT = 1_000
"""Whose last turn is more jobs ago than this counts as never having had one: not all jobs are looked through."""


class JobReads(Reads):
    """Reading jobs."""

    def jobs(
        self,
        *,
        status: JobStatus | None = None,
        kind: JobKind | None = None,
        limit: int | None = None,
        before: int = 0,
        by: str | None = None,
    ) -> list[Job]:
        """Jobs (of one who handed them in), the latest first; ``before`` (a number, 0 for none) goes on behind the one
        that a page ended with."""
        query = select(jobs).order_by(jobs.c.number.desc())
        if status is not None:
            query = query.where(jobs.c.status == status.value)
        if kind is not None:
            query = query.where(jobs.c.kind == kind.value)
        if by is not None:
            query = query.where(jobs.c.submitted_by == by)
        if before:
            query = query.where(jobs.c.number < before)
        with decoding("job"):
            return [_job(row) for row in self._connection.execute(query.limit(limit))]

    def job(self, job_id: str) -> Job:
        """One job. Raises ``NotFoundError`` for an unknown id."""
        row = self._connection.execute(select(jobs).where(jobs.c.id == job_id)).first()
        if row is None:
            raise NotFoundError("job", job_id)
        with decoding(f"job {job_id}"):
            return _job(row)

    def has_work(self, lane: Lane) -> bool:
        """Whether a job of a lane waits, or runs (perhaps in a program that died)."""
        unfinished = (JobStatus.QUEUED.value, JobStatus.RUNNING.value)
        query = select(jobs.c.number).where(jobs.c.status.in_(unfinished), jobs.c.kind.in_(lane.kinds)).limit(1)
        return self._connection.execute(query).first() is not None

    def next_job(self, lane: Lane) -> Job | None:
        """The job of a lane whose turn it is, or None when none waits.

        What was begun and not finished goes on first. Else the turn is that of whoever has waited longest since a job
        of theirs was begun (who never had a turn, before all others), and of theirs it is the job that came first.
        """
        queued = select(jobs.c.number, jobs.c.submitted_by, jobs.c.started)
        queued = queued.where(jobs.c.status == JobStatus.QUEUED.value, jobs.c.kind.in_(lane.kinds))
        waiting = self._connection.execute(queued.order_by(jobs.c.number)).all()
        if not waiting:
            return None
        number = next((row.number for row in waiting if row.started is not None), None)
        if number is None:
            first: dict[str, int] = {}
            for row in waiting:
                first.setdefault(row.submitted_by, row.number)
            begun = self._last_begun(lane, waiting[-1].number) if len(first) > 1 else {}
            number = first[min(first, key=lambda by: (begun.get(by, ""), first[by]))]
        found = self._connection.execute(select(jobs).where(jobs.c.number == number)).one()
        with decoding("job"):
            return _job(found)

    def _last_begun(self, lane: Lane, newest: int) -> dict[str, str]:
        """When (ISO 8601) a job of a lane was last begun, by who handed it in."""
        query = select(jobs.c.submitted_by, func.max(jobs.c.started).label("started")).where(
            jobs.c.number > newest - RECENT, jobs.c.kind.in_(lane.kinds), jobs.c.started.is_not(None)
        )
        return {row.submitted_by: row.started for row in self._connection.execute(query.group_by(jobs.c.submitted_by))}


class JobWrites(JobReads, Writes):
    """Writing jobs."""

    def add_job(self, job_id: str, kind: JobKind, given: dict[str, Any], by: str, now: datetime) -> Job:
        """Put a job at the end of its queue. Raises ``ConflictError`` for an id that is there."""
        if self._connection.execute(select(jobs.c.id).where(jobs.c.id == job_id)).first() is not None:
            raise ConflictError(f"there is a job '{job_id}' already.", remedy="Submit it under another id.")
        last = self._connection.execute(select(func.max(jobs.c.number))).scalar() or 0
        made = Job(last + 1, job_id, kind, JobStatus.QUEUED, given, by, now)
        self._run(insert(jobs), [_row(made)])
        self._touch(snapshot=False)
        return made

    def put_job(self, job: Job) -> None:
        """Change a job that is there. Raises ``NotFoundError`` for an unknown one."""
        if not self._connection.execute(update(jobs).where(jobs.c.id == job.id).values(_row(job))).rowcount:
            raise NotFoundError("job", job.id)
        self._touch(snapshot=False)


def _moment(text: str | None) -> datetime | None:
    return None if text is None else datetime.fromisoformat(text)


def _job(row: Any) -> Job:
    return Job(
        row.number,
        row.id,
        JobKind(row.kind),
        JobStatus(row.status),
        json.loads(row.given),
        row.submitted_by,
        datetime.fromisoformat(row.submitted),
        _moment(row.started),
        _moment(row.finished),
        row.attempts,
        None if row.result is None else json.loads(row.result),
        None if row.error is None else json.loads(row.error),
    )


def _row(job: Job) -> Values:
    return {
        "number": job.number,
        "id": job.id,
        "kind": job.kind.value,
        "status": job.status.value,
        "given": canonical_json(dict(job.given)),
        "submitted_by": job.by,
        "submitted": job.submitted.isoformat(),
        "started": None if job.started is None else job.started.isoformat(),
        "finished": None if job.finished is None else job.finished.isoformat(),
        "attempts": job.attempts,
        "result": None if job.result is None else canonical_json(dict(job.result)),
        "error": None if job.error is None else canonical_json(dict(job.error)),
    }
