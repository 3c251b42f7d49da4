"""Webhooks in the store, with what is to be told to them: written in the transaction that makes it true."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import delete, insert, select, update

from skillmatch.domain.access.webhook import Delivery, DeliveryStatus, Webhook, WebhookEvent
from skillmatch.domain.base.errors import NotFoundError
from skillmatch.store.engine.failures import decoding
from skillmatch.store.engine.json_columns import read_texts, write_texts
from skillmatch.store.engine.session import Reads, Values, Writes
from skillmatch.store.schema.governance import deliveries, webhooks


class WebhookReads(Reads):
    """Reading webhooks and deliveries."""

    def webhooks(self) -> list[Webhook]:
        """All webhooks, in the order in which they were made."""
        with decoding("webhook"):
            query = select(webhooks).order_by(webhooks.c.created, webhooks.c.id)
            return [_webhook(row) for row in self._connection.execute(query)]

    def webhook(self, webhook_id: str) -> Webhook:
        """One webhook. Raises ``NotFoundError``."""
        with decoding("webhook"):
            return _webhook(self._webhook_row(webhook_id))

    def webhook_with_secrets(self, webhook_id: str, now: datetime) -> tuple[Webhook, list[str]]:
        """One webhook and the secrets that sign its deliveries now, the newest first. Raises ``NotFoundError``."""
        row = self._webhook_row(webhook_id)
        with decoding("webhook"):
            until = None if row.secret_before_until is None else datetime.fromisoformat(row.secret_before_until)
            before = [row.secret_before] if until is not None and now < until else []
            return _webhook(row), [row.secret, *before]

    def _webhook_row(self, webhook_id: str) -> Any:
        row = self._connection.execute(select(webhooks).where(webhooks.c.id == webhook_id)).first()
        if row is None:
            raise NotFoundError("webhook", webhook_id)
        return row

    def deliveries(self, webhook_id: str, *, limit: int | None = None, before: int = 0) -> list[Delivery]:
        """What a webhook was or is to be told, the latest first; ``before`` (0: none) goes on behind a number."""
        query = select(deliveries).where(deliveries.c.webhook_id == webhook_id).order_by(deliveries.c.number.desc())
        if before:
            query = query.where(deliveries.c.number < before)
        with decoding("delivery"):
            return [_delivery(row) for row in self._connection.execute(query.limit(limit))]

    def deliveries_due(self, now: datetime, limit: int) -> list[Delivery]:
        """What is to be told by now, the longest due first."""
        query = (
            select(deliveries)
            .where(deliveries.c.status == DeliveryStatus.WAITING.value, deliveries.c.due <= now.isoformat())
            .order_by(deliveries.c.due, deliveries.c.number)
            .limit(limit)
        )
        with decoding("delivery"):
            return [_delivery(row) for row in self._connection.execute(query)]


class WebhookWrites(WebhookReads, Writes):
    """Writing webhooks and deliveries."""

    def add_webhook(self, given: Webhook, secret: str) -> None:
        """Add a new webhook."""
        row = {
            "id": given.id,
            "url": given.url,
            "secret": secret,
            "events": write_texts(sorted(given.events)),
            "created": given.created.isoformat(),
            "created_by": given.created_by,
        }
        self._run(insert(webhooks), [row])
        self._touch(snapshot=False)

    def replace_secret(self, webhook_id: str, secret: str, *, until: datetime) -> None:
        """Give a webhook a new secret; the one that it has signs beside it until a moment."""
        values = {"secret_before": webhooks.c.secret, "secret_before_until": until.isoformat(), "secret": secret}
        self._connection.execute(update(webhooks).where(webhooks.c.id == webhook_id).values(values))
        self._touch(snapshot=False)

    def remove_webhook(self, webhook_id: str) -> None:
        """Forget a webhook and what it was to be told. Raises ``NotFoundError``."""
        self.webhook(webhook_id)
        self._connection.execute(delete(deliveries).where(deliveries.c.webhook_id == webhook_id))
        self._connection.execute(delete(webhooks).where(webhooks.c.id == webhook_id))
        self._touch(snapshot=False)

    def add_delivery(self, given: Delivery) -> None:
        """Add what is to be told; its number is given by the store."""
        self._run(insert(deliveries), [_row(given)])
        self._touch(snapshot=False)

    def put_delivery(self, given: Delivery) -> None:
        """Keep what became of a delivery; one that has gone meanwhile stays away."""
        self._connection.execute(update(deliveries).where(deliveries.c.id == given.id).values(_row(given)))

    def replay_deliveries(self, webhook_id: str, since: datetime, now: datetime) -> int:
        """Let everything that a webhook was told since a moment be told again, under the same ids; returns how many."""
        wanted = (deliveries.c.webhook_id == webhook_id) & (deliveries.c.created >= since.isoformat())
        again = {"status": DeliveryStatus.WAITING.value, "due": now.isoformat(), "attempts": 0}
        return self._connection.execute(update(deliveries).where(wanted).values(again)).rowcount

    def forget_deliveries(self, until: datetime) -> None:
        """Forget what was told, or failed for good, before a moment."""
        over = (deliveries.c.status != DeliveryStatus.WAITING.value) & (deliveries.c.created < until.isoformat())
        self._connection.execute(delete(deliveries).where(over))


def _webhook(row: Any) -> Webhook:
    events = frozenset(WebhookEvent(event) for event in read_texts(row.events))
    return Webhook(row.id, row.url, events, datetime.fromisoformat(row.created), row.created_by)


def _delivery(row: Any) -> Delivery:
    return Delivery(
        row.number,
        row.id,
        row.webhook_id,
        WebhookEvent(row.event),
        row.body,
        datetime.fromisoformat(row.created),
        datetime.fromisoformat(row.due),
        DeliveryStatus(row.status),
        row.attempts,
        row.answer,
        row.person_id,
    )


def _row(given: Delivery) -> Values:
    return {
        "id": given.id,
        "webhook_id": given.webhook_id,
        "event": given.event.value,
        "body": given.body,
        "created": given.created.isoformat(),
        "due": given.due.isoformat(),
        "status": given.status.value,
        "attempts": given.attempts,
        "answer": given.answer,
        "person_id": given.person_id,
    }
