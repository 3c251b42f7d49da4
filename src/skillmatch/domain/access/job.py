"""Job: work that takes longer than a caller should wait, with how far it is and how it ended."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any

from skillmatch.domain.base import checks
from skillmatch.domain.base.display import Tabular


class JobStatus(StrEnum):
    """Where a job stands; the last three are final."""

    QUEUED = "queued"
    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"
    CANCELLED = "cancelled"

    @property
    def final(self) -> bool:
        """Whether nothing more will become of it."""
        return self in (JobStatus.DONE, JobStatus.FAILED, JobStatus.CANCELLED)


class Lane(StrEnum):
    """A queue of its own for jobs of a sort: one job of a lane is done at a time, and no lane waits for another."""

    DATA = "data"
    PLANS = "plans"

    @property
    def kinds(self) -> tuple[JobKind, ...]:
        """The kinds of job that wait in it."""
        return tuple(kind for kind in JobKind if kind.lane is self)


class JobKind(StrEnum):
    """What a job does: take a file's rows, or solve a scenario."""

    IMPORT = "import"
    PLAN = "plan"

    @property
    def lane(self) -> Lane:
        """The queue that jobs of the kind wait in."""
        match self:
            case JobKind.IMPORT:
                return Lane.DATA
            case JobKind.PLAN:
                return Lane.PLANS


@dataclass(frozen=True, slots=True)
class JobProgress:
    """How far a job is: ``done`` of ``total`` (0: nobody knows) in a stage.

    A plan's search also says the worth of the best plan so far and the bound that none can exceed.
    """

    stage: str = ""
    done: int = 0
    total: int = 0
    best: float | None = None
    bound: float | None = None

    def to_json(self) -> dict[str, Any]:
        """The documented shape."""
        return {"stage": self.stage, "done": self.done, "total": self.total, "best": self.best, "bound": self.bound}


NOT_BEGUN = JobProgress()


@dataclass(frozen=True, slots=True)
class Job:
    """One piece of work: what was ``given``, by whom, its status, and in the end its ``result`` or its ``error``.

    ``attempts`` counts how often it was begun. ``files`` are the names of what it wrote, such as ``errors.csv``.
    ``error`` has ``code``, ``message`` and ``remedy``.
    """

    number: int
    id: str
    kind: JobKind
    status: JobStatus
    given: Mapping[str, Any]
    by: str
    submitted: datetime
    started: datetime | None = None
    finished: datetime | None = None
    attempts: int = 0
    result: Mapping[str, Any] | None = None
    error: Mapping[str, Any] | None = None
    progress: JobProgress = NOT_BEGUN
    files: tuple[str, ...] = field(default=())

    def __post_init__(self) -> None:
        checks.text(self.id, "id", most=100)
        checks.text(self.by, "by", most=500)
        checks.whole(self.attempts, "attempts")

    def to_json(self) -> dict[str, Any]:
        """The documented shape."""
        return {
            "id": self.id,
            "kind": self.kind.value,
            "status": self.status.value,
            "given": dict(self.given),
            "by": self.by,
            "submitted": self.submitted.isoformat(),
            "started": None if self.started is None else self.started.isoformat(),
            "finished": None if self.finished is None else self.finished.isoformat(),
            "attempts": self.attempts,
            "progress": self.progress.to_json(),
            "result": None if self.result is None else dict(self.result),
            "error": None if self.error is None else dict(self.error),
            "files": list(self.files),
        }


@dataclass(frozen=True, repr=False)
class JobList(Tabular):
    """Jobs, the latest first."""

    items: tuple[Job, ...]

    def headline(self) -> str:
        waiting = sum(not item.status.final for item in self.items)
        return f"{len(self.items)} jobs, {waiting} of them not finished"

    def rows(self) -> Sequence[dict[str, Any]]:
        return [
            {
                "id": item.id,
                "kind": item.kind.value,
                "status": item.status.value,
                "by": item.by,
                "submitted": item.submitted,
                "finished": item.finished,
            }
            for item in self.items
        ]

    def to_json(self) -> dict[str, Any]:
        """The documented shape."""
        return {"items": [item.to_json() for item in self.items]}
