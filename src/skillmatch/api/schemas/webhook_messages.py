"""The shapes of what webhooks are told: ids, days and states; whoever wants more asks with a key."""

from __future__ import annotations

from datetime import date
from typing import Literal

from pydantic import Field

from skillmatch.api.schemas.common import Moment
from skillmatch.api.schemas.envelope import Shape
from skillmatch.domain.access.job import JobKind, JobStatus
from skillmatch.domain.access.webhook import WebhookEvent
from skillmatch.domain.people.dispute import DisputeVerdict

_PERSON = "own/P-037"
_DAY = "2026-12-01"


class JobEnd(Shape):
    """The job that ended, and how."""

    job_id: str = Field(examples=["job-0f5c9d1e7a2b4c68"])
    kind: JobKind = Field(examples=["import"])
    status: JobStatus = Field(examples=["done"])


class CompletionNote(Shape):
    """Who completed what, and the learning event that said so."""

    person_id: str = Field(examples=[_PERSON])
    credential_id: str | None = Field(examples=["own/A-002"])
    on: date = Field(examples=[_DAY])
    event_id: str = Field(description="The id that the sender of the event gave it", examples=["lms-4711"])


class Decided(Shape):
    """The dispute that was decided, and how."""

    dispute_id: str = Field(examples=["own/dispute-0123456789"])
    person_id: str = Field(examples=[_PERSON])
    verdict: DisputeVerdict = Field(examples=["upheld"])
    on: date = Field(examples=[_DAY])


class Approved(Shape):
    """The plan that was approved, and how often it has been by now."""

    plan_id: str = Field(examples=["plan-0123456789ab"])
    approvals: int = Field(examples=[1])


class Message(Shape):
    """What every webhook is told."""

    id: str = Field(description="The same each time that it is sent", examples=["msg_0123456789abcdef01234567"])
    timestamp: Moment = Field(description="When it happened", examples=["2026-12-01T12:00:00+00:00"])


class JobFinished(Message):
    """A job has ended: it is done, failed or was cancelled."""

    type: Literal[WebhookEvent.JOB_FINISHED]
    data: JobEnd


class CompletionRecorded(Message):
    """Somebody has completed a credential."""

    type: Literal[WebhookEvent.COMPLETION_RECORDED]
    data: CompletionNote


class DisputeDecided(Message):
    """An objection was upheld or rejected."""

    type: Literal[WebhookEvent.DISPUTE_DECIDED]
    data: Decided


class PlanApproved(Message):
    """Somebody has approved a plan."""

    type: Literal[WebhookEvent.PLAN_APPROVED]
    data: Approved


MESSAGES: dict[WebhookEvent, type[Message]] = {
    WebhookEvent.JOB_FINISHED: JobFinished,
    WebhookEvent.COMPLETION_RECORDED: CompletionRecorded,
    WebhookEvent.DISPUTE_DECIDED: DisputeDecided,
    WebhookEvent.PLAN_APPROVED: PlanApproved,
}
"""What is told of each event."""
