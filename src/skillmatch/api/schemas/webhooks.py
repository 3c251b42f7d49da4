"""The shapes of webhooks and of what they were told."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated

from pydantic import Field

from skillmatch.api.schemas.envelope import Body, Envelope, Shape
from skillmatch.domain.access.webhook import DeliveryStatus, WebhookEvent

EXAMPLE_WEBHOOK = "hook-0123456789ab"
_URL = "Where to send it; its host must be among those that the server's settings allow"
_EVENTS = "What it is told"
_WHEN = "2026-12-01T12:00:00+00:00"

Moment = Annotated[str, Field(json_schema_extra={"format": "date-time"})]


class NewWebhook(Body):
    """An address that wants to be told what happens."""

    url: str = Field(min_length=1, max_length=2_000, description=_URL, examples=["https://hooks.example.org/skills"])
    events: list[WebhookEvent] = Field(
        min_length=1, max_length=len(WebhookEvent), description=_EVENTS, examples=[["job.finished"]]
    )


class WebhookFields(Shape):
    """A webhook without its secret."""

    id: str = Field(examples=[EXAMPLE_WEBHOOK])
    url: str = Field(description=_URL, examples=["https://hooks.example.org/skills"])
    events: list[WebhookEvent] = Field(description=_EVENTS, examples=[["job.finished"]])
    created: Moment = Field(examples=[_WHEN])
    created_by: str = Field(description="Who made it", examples=["key:0123456789ab"])


class Webhook(WebhookFields, Envelope):
    """One webhook."""


class WebhookWithSecret(Webhook):
    """A webhook that was just made: its secret is shown this once, and signs whatever it is told."""

    secret: str = Field(
        description="`whsec_` and, in base64, the key of the HMAC-SHA256 in `webhook-signature` (Standard Webhooks)",
        examples=["whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"],
    )


class Webhooks(Envelope):
    """All webhooks."""

    items: list[WebhookFields]


class Delivery(Shape):
    """One event for one webhook."""

    id: str = Field(description="The same each time that it is sent", examples=["msg_0123456789abcdef01234567"])
    webhook_id: str = Field(examples=[EXAMPLE_WEBHOOK])
    event: WebhookEvent = Field(examples=["job.finished"])
    created: Moment = Field(description="When it happened", examples=[_WHEN])
    status: DeliveryStatus = Field(examples=["delivered"])
    attempts: int = Field(description="How often it was sent", examples=[1])
    due: Moment = Field(description="When it is sent next, while it is waiting", examples=[_WHEN])
    answer: str = Field(
        description="Status of the last answer, or a word for why there was none; empty before the first attempt",
        examples=["200"],
    )


class Deliveries(Envelope):
    """What a webhook was and is to be told, the latest first."""

    items: list[Delivery]


class Replay(Body):
    """From when on everything is to be told again."""

    since: datetime = Field(description="A moment with its offset, at most 30 days back", examples=[_WHEN])


class Replayed(Envelope):
    """How much is told again."""

    deliveries: int = Field(description="How many deliveries wait again", examples=[3])
