"""The reference client of the HTTP API: ``pip install skillmatch[client]``.

>>> from skillmatch.client import Client
>>> with Client("http://127.0.0.1:8000", key) as api:
...     person = api.get("/v1/people/own/P-037")
"""

from skillmatch.client.errors import (
    ApiError,
    ChangedMeanwhileError,
    ClientError,
    ConflictError,
    ForbiddenError,
    InvalidError,
    JobFailedError,
    NoAnswerError,
    NotFoundError,
    TooManyRequestsError,
    UnauthenticatedError,
    UnavailableError,
)
from skillmatch.client.http import Answer, Client, Outcome
from skillmatch.client.webhooks import verify_webhook

__all__ = [
    "Answer",
    "ApiError",
    "ChangedMeanwhileError",
    "Client",
    "ClientError",
    "ConflictError",
    "ForbiddenError",
    "InvalidError",
    "JobFailedError",
    "NoAnswerError",
    "NotFoundError",
    "Outcome",
    "TooManyRequestsError",
    "UnauthenticatedError",
    "UnavailableError",
    "verify_webhook",
]
