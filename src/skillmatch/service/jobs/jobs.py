"""Jobs: handed in at once, done later by whoever has the turn of their lane, and never lost with a program."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from skillmatch.domain.access.job import Job, JobKind, JobList, JobStatus, Lane
from skillmatch.domain.base import checks
from skillmatch.domain.base.errors import ConflictError, InputError, NotFoundError
from skillmatch.service.core.context import WorkspaceContext
from skillmatch.service.core.settings import Settings
from skillmatch.service.jobs.files import JobFiles
from skillmatch.service.jobs.lane import JobLane, end
from skillmatch.service.jobs.work import JobWork, checked

MOST_WAITING = 50
"""So many jobs of one kind and caller may wait at once: each holds a file, or may search for a day."""


def never() -> bool:
    """The wish to stop that nobody has."""
    return False


class JobQueue:
    """The jobs of a workspace: handed in, looked at, cancelled, done."""

    def __init__(self, context: WorkspaceContext, work: JobWork) -> None:
        self._context = context
        self._work = work

    def submit(self, kind: JobKind | str, given: Mapping[str, Any], *, by: str, file: Path | None = None) -> Job:
        """Hand in a job; it is done later.

        ``import`` takes ``what`` (people, evidence, awards, roles, credentials, offerings, stacks), ``source``,
        ``column_map`` (TOML text), ``dry_run`` and ``keep_going``, and copies ``file``. ``plan`` takes ``scenario``
        (an object as in its file), ``time_limit`` (seconds), ``gap``, ``seed``, ``as_of`` and ``before`` (the id of a
        kept plan); a search is as long as the settings allow. Raises ``InputError`` that names the key,
        ``ConflictError`` when ``MOST_WAITING`` of the kind and of ``by`` wait.
        """
        wanted = _kind(kind)
        checks.text(by, "by", most=500)
        sound = checked(wanted, given, file, Settings.read().plan_seconds)
        if file is not None:
            sound["file"] = file.name[:200]
        job_id = f"job-{secrets.token_hex(8)}"
        files = JobFiles.of(self._context.store.folder, job_id)
        if file is not None:
            files.take(file, sound.pop("column_map", ""))
        try:
            with self._context.store.writing() as change:
                waiting = change.jobs(status=JobStatus.QUEUED, kind=wanted, by=by, limit=MOST_WAITING)
                if len(waiting) >= MOST_WAITING:
                    message = f"{MOST_WAITING} jobs of this kind that you handed in wait already."
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
                end(change, replace(found, status=JobStatus.CANCELLED, finished=self._context.clock()), files)
            elif found.status is not JobStatus.CANCELLED:
                raise ConflictError(f"job '{job_id}' is {found.status.value}.", remedy="There is nothing to cancel.")
        return self.get(job_id)

    def run_next(self, *, stopping: Callable[[], bool] = never) -> Job | None:
        """Do the job whose turn it is, and say how it ended; None when none waits or other programs have the turns.

        Imports go before plans, which take longer.
        """
        for lane in Lane:
            queue = self.lane(lane)
            with queue.turn() as mine:
                done = queue.do_next(stopping) if mine else None
            if done is not None:
                return done
        return None

    def lane(self, lane: Lane) -> JobLane:
        """The jobs of one lane, for whoever does them.

        >>> workspace.jobs.lane(Lane.PLANS).has_work
        False
        """
        return JobLane(self._context, self._work, lane)

    def _seen(self, job: Job) -> Job:
        return JobFiles.of(self._context.store.folder, job.id).seen(job)


def _kind(given: JobKind | str) -> JobKind:
    try:
        return JobKind(given)
    except ValueError:
        known = ", ".join(item.value for item in JobKind)
        raise InputError(f"is '{given[:40]}'.", field="kind", remedy=f"Use one of: {known}.") from None
