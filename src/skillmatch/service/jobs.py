"""Jobs: handed in at once, done one after the other by whoever has the turn, and never lost with a program."""

from __future__ import annotations

import logging
import secrets
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Any

from skillmatch.domain import checks
from skillmatch.domain.errors import ConflictError, InputError, NotFoundError, SkillmatchError
from skillmatch.domain.job import Job, JobKind, JobList, JobStatus
from skillmatch.domain.webhook import WebhookEvent
from skillmatch.service.announcing import announce
from skillmatch.service.context import WorkspaceContext
from skillmatch.service.job_files import JOBS, LOCK, JobFiles
from skillmatch.service.job_work import Cancelled, JobWork, Stopped, carry_out, checked
from skillmatch.store import Change
from skillmatch.store.turns import turn

MOST_ATTEMPTS = 3
"""A job that was running when its program died is begun again, but after so many times it has failed."""

MOST_WAITING = 50
"""So many jobs of one caller may wait at once: each holds a file, or may search for a day."""

_LOG = logging.getLogger(__name__)


def never() -> bool:
    """The wish to stop that nobody has."""
    return False


class JobQueue:
    """The queue of a workspace. At any time one program does its jobs, one after the other."""

    def __init__(self, context: WorkspaceContext, work: JobWork) -> None:
        self._context = context
        self._work = work

    def submit(self, kind: JobKind | str, given: Mapping[str, Any], *, by: str, file: Path | None = None) -> Job:
        """Hand in a job; it is done later.

        ``import`` takes ``what`` (people, evidence, awards, roles, credentials, offerings, stacks), ``source``,
        ``column_map`` (TOML text), ``dry_run`` and ``keep_going``, and copies ``file``. ``plan`` takes ``scenario``
        (an object as in its file), ``time_limit`` (seconds), ``gap``, ``seed``, ``as_of`` and ``before`` (the id of a
        kept plan). Raises ``InputError`` that names the key, ``ConflictError`` when ``MOST_WAITING`` of ``by`` wait.
        """
        wanted = _kind(kind)
        checks.text(by, "by", most=500)
        sound = checked(wanted, given, file)
        if file is not None:
            sound["file"] = file.name[:200]
        job_id = f"job-{secrets.token_hex(8)}"
        files = JobFiles.of(self._context.store.folder, job_id)
        if file is not None:
            files.take(file, sound.pop("column_map", ""))
        try:
            with self._context.store.writing() as change:
                if len(change.jobs(status=JobStatus.QUEUED, by=by, limit=MOST_WAITING)) >= MOST_WAITING:
                    message = f"{MOST_WAITING} jobs that you handed in wait already."
                    raise ConflictError(message, remedy="Wait until some are done, or cancel some.")
                return change.add_job(job_id, wanted, sound, by, self._context.clock())
        except BaseException:
            files.remove()
            raise

    def get(self, job_id: str) -> Job:
        """A job as it stands. Raises ``NotFoundError``."""
        with self._context.store.reading() as view:
            return self._seen(view.job(job_id))

    def all(
        self,
        *,
        status: JobStatus | None = None,
        kind: JobKind | None = None,
        limit: int | None = None,
        before: int = 0,
        by: str | None = None,
    ) -> JobList:
        """Jobs, all or those that ``by`` handed in, the latest first; ``before`` is the number of the job that the
        page before ended with."""
        with self._context.store.reading() as view:
            found = view.jobs(status=status, kind=kind, limit=limit, before=before, by=by)
        return JobList(tuple(self._seen(item) for item in found))

    def file(self, job_id: str, name: str) -> Path:
        """Where a file lies that a job wrote. Raises ``NotFoundError``."""
        files = self.get(job_id).files
        if name not in files:
            raise NotFoundError("file of the job", name, files)
        return JobFiles.of(self._context.store.folder, job_id).folder / name

    def cancel(self, job_id: str) -> Job:
        """Cancel a job: a waiting one at once, a running one as soon as it looks up, unless it is writing already.

        Raises ``NotFoundError``; ``ConflictError`` for one that is done or has failed.
        """
        found = self.get(job_id)
        files = JobFiles.of(self._context.store.folder, job_id)
        if found.status is JobStatus.RUNNING:  # no row is written: the job may hold the writer's turn
            files.wish_cancelled()
            return self.get(job_id)
        with self._context.store.writing() as change:
            found = change.job(job_id)
            if found.status is JobStatus.RUNNING:
                files.wish_cancelled()
            elif found.status is JobStatus.QUEUED:
                now = self._context.clock()
                change.put_job(replace(found, status=JobStatus.CANCELLED, finished=now))
                _announce(change, found, JobStatus.CANCELLED, now)
                files.forget_given()
            elif found.status is not JobStatus.CANCELLED:
                raise ConflictError(f"job '{job_id}' is {found.status.value}.", remedy="There is nothing to cancel.")
        return self.get(job_id)

    def any_left(self) -> bool:
        """Whether a job waits, or runs (perhaps in a program that died); two small reads.

        >>> workspace.jobs.any_left()
        False
        """
        with self._context.store.reading() as view:
            return view.first_queued() is not None or bool(view.jobs(status=JobStatus.RUNNING, limit=1))

    def run_next(self, *, stopping: Callable[[], bool] = never) -> Job | None:
        """Do the job that has waited longest, and say how it ended; None when none waits or another program has the
        turn."""
        with turn(self._context.store.folder / JOBS / LOCK) as mine:
            if not mine:
                return None
            self.recover()
            return self.do_next(stopping)

    def recover(self) -> None:
        """What a program left running when it died waits again, or has failed when that happened too often.

        Only for whoever has the turn: then nobody else can be running a job.
        """
        with self._context.store.reading() as view:
            if not view.jobs(status=JobStatus.RUNNING, limit=1):
                return
        with self._context.store.writing() as change:
            for job in change.jobs(status=JobStatus.RUNNING):
                files = JobFiles.of(self._context.store.folder, job.id)
                if files.cancel_wished:
                    self._end(change, job, JobStatus.CANCELLED)
                elif job.attempts >= MOST_ATTEMPTS:
                    message = f"the program ended {job.attempts} times while it was doing this job."
                    error = {"code": "interrupted", "message": message, "remedy": "Submit a smaller one."}
                    self._end(change, job, JobStatus.FAILED, error=error)
                else:
                    change.put_job(replace(job, status=JobStatus.QUEUED))

    def do_next(self, stopping: Callable[[], bool]) -> Job | None:
        """Do the job that has waited longest and say how it ended, None when none waits; for whoever has the turn."""
        with self._context.store.reading() as view:
            if view.first_queued() is None:  # looked for without the writer's turn
                return None
        with self._context.store.writing() as change:
            waiting = change.first_queued()
            if waiting is None:
                return None
            job = replace(
                waiting, status=JobStatus.RUNNING, started=self._context.clock(), attempts=waiting.attempts + 1
            )
            change.put_job(job)
        files = JobFiles.of(self._context.store.folder, job.id)
        result: dict[str, Any] | None = None
        error: dict[str, Any] | None = None
        status = JobStatus.DONE
        try:
            result, report = carry_out(self._work, job, files, stopping)
            if report is not None and not report.applied and not report.dry_run:
                status, error = JobStatus.FAILED, _ROWS_REJECTED
        except Stopped:
            with self._context.store.writing() as change:
                change.put_job(replace(waiting, status=JobStatus.QUEUED))
            return None
        except Cancelled:
            status = JobStatus.CANCELLED
        except SkillmatchError as problem:
            status = JobStatus.FAILED
            error = {"code": problem.code, "message": _sentence(problem), "remedy": problem.remedy}
        except Exception as problem:  # whatever goes wrong, the job says so and the next one is done
            _LOG.exception("job %s ended with a fault of the program", job.id)
            status = JobStatus.FAILED
            message = f"something went wrong in skillmatch itself ({type(problem).__name__})."
            error = {"code": "internal", "message": message, "remedy": "Report it."}
        with self._context.store.writing() as change:
            self._end(change, job, status, result=result, error=error)
        return self.get(job.id)

    def _end(
        self,
        change: Change,
        job: Job,
        status: JobStatus,
        *,
        result: dict[str, Any] | None = None,
        error: dict[str, Any] | None = None,
    ) -> None:
        now = self._context.clock()
        change.put_job(replace(job, status=status, finished=now, result=result, error=error))
        _announce(change, job, status, now)
        JobFiles.of(self._context.store.folder, job.id).forget_given()

    def _seen(self, job: Job) -> Job:
        files = JobFiles.of(self._context.store.folder, job.id)
        return replace(job, progress=files.progress(), files=files.written)


def _announce(change: Change, job: Job, status: JobStatus, now: datetime) -> None:
    data = {"job_id": job.id, "kind": job.kind.value, "status": status.value}
    announce(change, WebhookEvent.JOB_FINISHED, data, now)


_ROWS_REJECTED: dict[str, Any] = {
    "code": "rows_rejected",
    "message": "rows could not be taken, so nothing was written; errors.csv lists them.",
    "remedy": "Correct them, or submit it with keep_going.",
}


def _kind(given: JobKind | str) -> JobKind:
    try:
        return JobKind(given)
    except ValueError:
        known = ", ".join(item.value for item in JobKind)
        raise InputError(f"is '{given[:40]}'.", field="kind", remedy=f"Use one of: {known}.") from None


def _sentence(problem: SkillmatchError) -> str:
    where = str(problem.place)
    return f"{where}: {problem.message}" if where else problem.message
