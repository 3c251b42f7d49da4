"""Webhook: an address outside that is told when something has happened, and what became of telling it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any

from skillmatch.domain.base import checks
from skillmatch.domain.base.errors import InputError


class WebhookEvent(StrEnum):
    """What can be told; each tells ids only, and whoever wants more asks with a key."""

    JOB_FINISHED = "job.finished"
    COMPLETION_RECORDED = "completion.recorded"
    DISPUTE_DECIDED = "dispute.decided"
    PLAN_APPROVED = "plan.approved"


@dataclass(frozen=True, slots=True)
class Webhook:
    """One address with the events that it is told; its secret, by which it knows us, is not in here."""

    id: str
    url: str
    events: frozenset[WebhookEvent]
    created: datetime
    created_by: str

    def __post_init__(self) -> None:
        checks.text(self.id, "id", most=100)
        checks.text(self.url, "url", most=2_000)
        checks.text(self.created_by, "created_by", most=500)
        if not self.events:
            remedy = f"Name some of {', '.join(WebhookEvent)}."
            raise InputError("must not be empty.", field="events", remedy=remedy)

    def to_json(self) -> dict[str, Any]:
        """The documented shape."""
        return {
            "id": self.id,
            "url": self.url,
            "events": sorted(self.events),
            "created": self.created.isoformat(),
            "created_by": self.created_by,
        }


@dataclass(frozen=True, slots=True)
class NewWebhook:
    """A webhook that was just made, with its secret: the one time that anybody sees it."""

    webhook: Webhook
    secret: str

    def __repr__(self) -> str:
        return f"NewWebhook(webhook={self.webhook!r}, secret=...)"  # so that no log ever holds it

    def to_json(self) -> dict[str, Any]:
        """As a plain dict, secret included."""
        return {"secret": self.secret, **self.webhook.to_json()}


class DeliveryStatus(StrEnum):
    """What became of telling one webhook of one event."""

    WAITING = "waiting"
    DELIVERED = "delivered"
    FAILED = "failed"


_WAITS = (
    timedelta(seconds=10),
    timedelta(seconds=30),
    timedelta(minutes=2),
    timedelta(minutes=10),
    timedelta(hours=1),
    timedelta(hours=3),
    timedelta(hours=6),
    timedelta(hours=12),
)
"""How long to wait after each failure; after as many failures and one more, it has failed for good (22 hours)."""


@dataclass(frozen=True, slots=True)
class Delivery:
    """One event for one webhook: ``body`` is what is sent, byte for byte the same each time.

    ``answer`` is the HTTP status of the last attempt, or a word for why there was none.
    """

    number: int
    id: str
    webhook_id: str
    event: WebhookEvent
    body: str
    created: datetime
    due: datetime
    status: DeliveryStatus = DeliveryStatus.WAITING
    attempts: int = 0
    answer: str = ""
    person_id: str | None = None

    def wait(self) -> timedelta | None:
        """How long to wait once another attempt has failed; None when it was the last."""
        return _WAITS[self.attempts] if self.attempts < len(_WAITS) else None

    def to_json(self) -> dict[str, Any]:
        """The documented shape."""
        return {
            "id": self.id,
            "webhook_id": self.webhook_id,
            "event": self.event.value,
            "created": self.created.isoformat(),
            "status": self.status.value,
            "attempts": self.attempts,
            "due": self.due.isoformat(),
            "answer": self.answer,
        }
