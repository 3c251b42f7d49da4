"""The shapes of jobs: work that is handed in now and done later."""

from __future__ import annotations

from typing import Any

from pydantic import Field

from skillmatch.api.schemas.common import Moment
from skillmatch.api.schemas.envelope import Envelope, Shape
from skillmatch.domain.access.job import Job as DomainJob
from skillmatch.domain.access.job import JobKind, JobStatus


class Progress(Shape):
    """How far a job is."""

    stage: str = Field(description="What it does just now", examples=["writing"])
    done: int = Field(examples=[1200])
    total: int = Field(description="0 while nobody knows", examples=[5000])
    best: float | None = Field(description="Worth of the best plan so far", examples=[None])
    bound: float | None = Field(description="Worth that no plan can exceed", examples=[None])


class Failure(Shape):
    """Why a job failed."""

    code: str = Field(description="Stable, for programs", examples=["rows_rejected"])
    message: str = Field(examples=["rows could not be taken, so nothing was written; errors.csv lists them."])
    remedy: str = Field(examples=["Correct them, or submit it with keep_going."])


class Job(Shape):
    """One piece of work, from handing in to its end."""

    id: str = Field(examples=["job-0f5c9d1e7a2b4c68"])
    kind: JobKind = Field(examples=["import"])
    job_status: JobStatus = Field(description="done, failed and cancelled are final", examples=["done"])
    given: dict[str, Any] = Field(description="What was handed in, without the file", examples=[{"what": "people"}])
    by: str = Field(description="The caller who handed it in", examples=["3f9a1c"])
    submitted: Moment = Field(examples=["2026-12-01T08:00:00+00:00"])
    started: Moment | None = Field(examples=["2026-12-01T08:00:01+00:00"])
    finished: Moment | None = Field(examples=["2026-12-01T08:00:09+00:00"])
    attempts: int = Field(description="How often it was begun; a program may have ended meanwhile", examples=[1])
    progress: Progress
    result: dict[str, Any] | None = Field(
        description="In the end: the report of an import, or the id and summary of a plan",
        examples=[{"applied": True, "added": 1}],
    )
    error: Failure | None = Field(examples=[None])
    files: list[str] = Field(description="Names below `/v1/jobs/{id}/files`", examples=[["errors.csv"]])


class OneJob(Envelope, Job):
    """One piece of work, from handing in to its end; `status` is of this answer, `job_status` of the work."""


class Jobs(Envelope):
    """One page of jobs, the latest first."""

    items: list[Job]
    next_cursor: str | None = Field(
        description="Send it as `cursor` for the next page; null on the last", examples=[None]
    )


def job_json(job: DomainJob) -> dict[str, Any]:
    """A job as :class:`Job` says it."""
    said = job.to_json()
    said["job_status"] = said.pop("status")
    return {name: said[name] for name in Job.model_fields}
