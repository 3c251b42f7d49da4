"""A lane of jobs: who has its turn does its jobs one after the other, whatever becomes of the programs."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from skillmatch.domain.access.job import Job, JobStatus, Lane
from skillmatch.domain.access.webhook import WebhookEvent
from skillmatch.domain.base.errors import SkillmatchError
from skillmatch.service.core.context import WorkspaceContext
from skillmatch.service.core.events import announce
from skillmatch.service.jobs.files import JobFiles, lock_of
from skillmatch.service.jobs.work import Cancelled, JobWork, Stopped, carry_out
from skillmatch.store import Change
from skillmatch.store.engine.process_lock import turn
from skillmatch.store.erasure.meanwhile import forget_erasures

MOST_ATTEMPTS = 3
"""A job that was running when its program died is begun again, but after so many times it has failed."""

_LOG = logging.getLogger(__name__)


@dataclass(frozen=True)
class JobLane:
    """One lane of a workspace's jobs. At any time one program does them."""

    context: WorkspaceContext
    work: JobWork
    lane: Lane

    @property
    def has_work(self) -> bool:
        """Whether a job waits, or runs (perhaps in a program that died); one small read."""
        with self.context.store.reading() as view:
            return view.has_work(self.lane)

    @property
    def is_free(self) -> bool:
        """Whether nobody has the turn just now."""
        with turn(lock_of(self.context.store.folder, self.lane)) as mine:
            return mine

    @contextmanager
    def turn(self) -> Iterator[bool]:
        """Whether the turn is ours; while it is, nobody else does jobs of the lane.

        What a program left running when it died waits again, or has failed when that happened too often.
        """
        with turn(lock_of(self.context.store.folder, self.lane)) as mine:
            if mine:
                self._recover()
            yield mine

    def do_next(self, stopping: Callable[[], bool]) -> Job | None:
        """Do the job whose turn it is, and say how it ended; None when none waits, or ``stopping`` put it back.

        Only for whoever has the turn.
        """
        store, clock = self.context.store, self.context.clock
        with store.reading() as view:
            if view.next_job(self.lane) is None:  # looked for without the writer's turn
                return None
        with store.writing() as change:
            waiting = change.next_job(self.lane)
            if waiting is None:
                return None
            job = replace(waiting, status=JobStatus.RUNNING, started=clock(), attempts=waiting.attempts + 1)
            change.put_job(job)
        files = JobFiles.of(store.folder, job.id)
        result: dict[str, Any] | None = None
        error: dict[str, Any] | None = None
        status = JobStatus.DONE
        try:
            result, report = carry_out(self.work, job, files, stopping)
            if report is not None and not report.applied and not report.dry_run:
                status, error = JobStatus.FAILED, _ROWS_REJECTED
        except Stopped:  # no attempt: nothing went wrong; it has been begun, so that it goes on before others
            with store.writing() as change:
                change.put_job(replace(job, status=JobStatus.QUEUED, attempts=waiting.attempts))
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
        ended = replace(job, status=status, finished=clock(), result=result, error=error)
        with store.writing() as change:
            end(change, ended, files)
        return files.seen(ended)

    def _recover(self) -> None:
        store = self.context.store
        with store.reading() as view:
            if not any(view.jobs(status=JobStatus.RUNNING, kind=kind, limit=1) for kind in self.lane.kinds):
                return
        with store.writing() as change:
            for job in change.jobs(status=JobStatus.RUNNING):
                if job.kind.lane is self.lane:
                    _recover(change, job, JobFiles.of(store.folder, job.id), self.context.clock())


def end(change: Change, job: Job, files: JobFiles) -> None:
    """Write down how a job ended, tell who wants to know, and delete what it was given."""
    change.put_job(job)
    data = {"job_id": job.id, "kind": job.kind.value, "status": job.status.value}
    assert job.finished is not None  # noqa: S101 - it has ended
    announce(change, WebhookEvent.JOB_FINISHED, data, job.finished)
    forget_erasures(change)
    files.forget_given()


def _recover(change: Change, job: Job, files: JobFiles, now: datetime) -> None:
    if files.cancel_wished:
        end(change, replace(job, status=JobStatus.CANCELLED, finished=now), files)
    elif job.attempts >= MOST_ATTEMPTS:
        message = f"the program ended {job.attempts} times while it was doing this job."
        error = {"code": "interrupted", "message": message, "remedy": "Submit a smaller one."}
        end(change, replace(job, status=JobStatus.FAILED, finished=now, error=error), files)
    else:
        change.put_job(replace(job, status=JobStatus.QUEUED))


_ROWS_REJECTED: dict[str, Any] = {
    "code": "rows_rejected",
    "message": "rows could not be taken, so nothing was written; errors.csv lists them.",
    "remedy": "Correct them, or submit it with keep_going.",
}


def _sentence(problem: SkillmatchError) -> str:
    where = str(problem.place)
    return f"{where}: {problem.message}" if where else problem.message
