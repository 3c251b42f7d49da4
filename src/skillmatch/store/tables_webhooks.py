"""Tables of webhooks: who is told what, and what is still to be told."""

from __future__ import annotations

from sqlalchemy import Column, ForeignKey, Index, Integer, Table, Text

from skillmatch.store.schema.base import ID, METADATA

webhooks = Table(
    "webhooks",
    METADATA,
    Column("id", ID, primary_key=True, nullable=False),
    Column("url", Text, nullable=False),
    Column("secret", Text, nullable=False),  # as it is: it signs what is sent
    Column("events", Text, nullable=False),  # JSON: texts
    Column("created", Text, nullable=False),  # ISO 8601 in UTC, as all moments here
    Column("created_by", Text, nullable=False),
    Column("secret_before", Text),  # the one that was replaced, which signs as well until then
    Column("secret_before_until", Text),
)

deliveries = Table(
    "webhook_deliveries",
    METADATA,
    Column("number", Integer, primary_key=True),
    Column("id", ID, nullable=False, unique=True),
    Column("webhook_id", ID, ForeignKey("webhooks.id", ondelete="CASCADE"), nullable=False, index=True),
    Column("event", Text, nullable=False),
    Column("body", Text, nullable=False),  # JSON, as it is sent
    Column("created", Text, nullable=False),
    Column("due", Text, nullable=False),
    Column("status", ID, nullable=False),
    Column("attempts", Integer, nullable=False),
    Column("answer", Text, nullable=False),
    Column("person_id", ID, ForeignKey("people.id", ondelete="CASCADE"), index=True),  # whom it tells of
    Index("ix_webhook_deliveries_status_due", "status", "due"),
)
