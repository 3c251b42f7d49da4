"""What can go wrong when the API is asked, as one small tree.

ClientError
├── NoAnswerError               nobody answered: no connection, or none in time
├── JobFailedError              a job that was waited for failed or was cancelled
└── ApiError                    the API answered with a problem (RFC 9457)
    ├── UnauthenticatedError    401
    ├── ForbiddenError          403
    ├── NotFoundError           404
    ├── ConflictError           409
    ├── ChangedMeanwhileError   412, 428: what is stored is not what was read
    ├── InvalidError            400, 413, 415, 422
    ├── TooManyRequestsError    429
    └── UnavailableError        500 and above
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any


class ClientError(Exception):
    """Base of everything that the client raises on purpose."""


class NoAnswerError(ClientError):
    """Nobody answered. Of a change it is not known whether it was made; sending it again makes it once."""


class JobFailedError(ClientError):
    """A job failed or was cancelled; ``job`` is the job as it stands."""

    def __init__(self, job: Mapping[str, Any]) -> None:
        self.job = dict(job)
        error = job.get("error") or {}
        super().__init__(
            f"job {job.get('id')} is {job.get('job_status')}: {error.get('message', 'no reason was given')}"
        )


class ApiError(ClientError):
    """A problem: ``status``, its stable ``code``, ``detail`` and ``remedy`` for people, ``errors`` with JSON pointers,
    and the ``request_id`` to tell whoever runs skillmatch."""

    def __init__(self, status: int, problem: Mapping[str, Any]) -> None:
        self.status = status
        self.code = str(problem.get("code", "unknown"))
        self.detail = str(problem.get("detail", ""))
        self.remedy = str(problem.get("remedy", ""))
        self.errors: list[dict[str, Any]] = list(problem.get("errors", ()))
        self.request_id = str(problem.get("request_id", ""))
        said = " ".join(part for part in (self.detail, self.remedy) if part)
        super().__init__(f"{status} {self.code}: {said or 'no more was said'}")


class UnauthenticatedError(ApiError):
    """The key or token proves nothing (any more)."""


class ForbiddenError(ApiError):
    """The key lacks a scope or a unit."""


class NotFoundError(ApiError):
    """There is no such thing, or the caller may not know of it."""


class ConflictError(ApiError):
    """What was asked contradicts what is stored."""


class ChangedMeanwhileError(ApiError):
    """What is stored is not the state that the change was made to."""


class InvalidError(ApiError):
    """The request itself is wrong; ``errors`` points at where."""


class TooManyRequestsError(ApiError):
    """More requests than the caller is allowed, after all retries."""


class UnavailableError(ApiError):
    """The server could not answer, after all retries."""


_BY_STATUS: dict[int, type[ApiError]] = {
    400: InvalidError,
    401: UnauthenticatedError,
    403: ForbiddenError,
    404: NotFoundError,
    409: ConflictError,
    412: ChangedMeanwhileError,
    413: InvalidError,
    415: InvalidError,
    422: InvalidError,
    428: ChangedMeanwhileError,
    429: TooManyRequestsError,
}


def error_of(status: int, problem: Mapping[str, Any]) -> ApiError:
    """The error for a status and what the problem says."""
    usual = UnavailableError if status >= 500 else ApiError
    return _BY_STATUS.get(status, usual)(status, problem)
