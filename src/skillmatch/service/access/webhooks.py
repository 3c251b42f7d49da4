"""Webhooks as a service: made, listed, removed, told what happened, and told again."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from skillmatch.domain.access.webhook import Delivery, DeliveryStatus, NewWebhook, Webhook, WebhookEvent
from skillmatch.domain.base.errors import ConflictError, InputError
from skillmatch.service.access.outbound import HOSTS, NoConnectionError, Origins, post
from skillmatch.service.access.signing import headers_of, new_secret
from skillmatch.service.core.context import WorkspaceContext

MOST_WEBHOOKS = 20
AT_ONCE = 20  # deliveries in one look
OVERLAP = timedelta(hours=24)
"""For so long a secret that was replaced signs beside the new one."""

Post = Callable[[str, bytes, Mapping[str, str], Origins], int]


class Webhooks:
    """The webhooks of a workspace."""

    def __init__(self, context: WorkspaceContext) -> None:
        self._context = context

    def create(
        self, url: str, events: Iterable[WebhookEvent | str], *, by: str, origins: Origins | None = None
    ) -> NewWebhook:
        """Make a webhook; its secret is in the answer and nowhere else that can be asked.

        Raises ``InputError`` for a host that the settings do not allow, ``ConflictError`` for one webhook too many or
        an address that has one already. Nothing is connected to.
        """
        (origins or Origins.read()).check(url)
        made = Webhook(f"hook-{secrets.token_hex(6)}", url, _events(events), self._context.clock(), by)
        secret = new_secret()
        with self._context.store.writing() as change:
            known = change.webhooks()
            if any(webhook.url == url for webhook in known):
                raise ConflictError(f"'{url[:100]}' has a webhook already.", remedy="Remove that one first.")
            if len(known) >= MOST_WEBHOOKS:
                raise ConflictError(f"there are {MOST_WEBHOOKS} webhooks already.", remedy="Remove one first.")
            change.add_webhook(made, secret)
        return NewWebhook(made, secret)

    def all(self) -> list[Webhook]:
        """All webhooks, in the order in which they were made.

        >>> workspace.webhooks.all()
        []
        """
        with self._context.store.reading() as view:
            return view.webhooks()

    def get(self, webhook_id: str) -> Webhook:
        """One webhook. Raises ``NotFoundError``."""
        with self._context.store.reading() as view:
            return view.webhook(webhook_id)

    def remove(self, webhook_id: str) -> None:
        """Tell a webhook nothing any more, not even what waits. Raises ``NotFoundError``."""
        with self._context.store.writing() as change:
            change.remove_webhook(webhook_id)

    def rotate(self, webhook_id: str) -> NewWebhook:
        """Give a webhook a new secret; for a day both sign, so that the listener can change over without a gap.

        A secret that was replaced before that ends at once. Raises ``NotFoundError``.
        """
        secret = new_secret()
        with self._context.store.writing() as change:
            webhook = change.webhook(webhook_id)
            change.replace_secret(webhook_id, secret, until=self._context.clock() + OVERLAP)
        return NewWebhook(webhook, secret)

    def deliveries(self, webhook_id: str, *, limit: int | None = None, before: int = 0) -> list[Delivery]:
        """What a webhook was and is to be told, the latest first. Raises ``NotFoundError``."""
        with self._context.store.reading() as view:
            view.webhook(webhook_id)
            return view.deliveries(webhook_id, limit=limit, before=before)

    def replay(self, webhook_id: str, *, since: datetime) -> int:
        """Tell a webhook again what it was told since a moment (at most 30 days back), under the same ids.

        Returns how many deliveries that makes. Raises ``NotFoundError``, ``InputError`` without an offset from UTC.
        """
        if since.tzinfo is None:
            raise InputError("needs an offset from UTC.", field="since", remedy="Write it as 2026-12-31T00:00:00Z.")
        now = self._context.clock()
        with self._context.store.writing() as change:
            change.webhook(webhook_id)
            return change.replay_deliveries(webhook_id, since.astimezone(now.tzinfo), now)

    def deliver_due(self, origins: Origins, *, send: Post = post, stopping: Callable[[], bool] = lambda: False) -> int:
        """Tell what is due, at least once each; returns how many were told. Without allowed hosts, nothing happens.

        No transaction is open while anything is sent: whoever is slow keeps nobody waiting. When the program ends
        between the sending and its note, the same is sent again.
        """
        if not origins.allowed:
            return 0
        with self._context.store.reading() as view:
            due = view.deliveries_due(self._context.clock(), AT_ONCE)
            now = self._context.clock()
            signed = (
                {webhook.id: view.webhook_with_secrets(webhook.id, now) for webhook in view.webhooks()} if due else {}
            )
        told = 0
        for delivery in due:
            if stopping():
                break
            webhook, signers = signed[delivery.webhook_id]
            sent = _sent(delivery, webhook, signers, origins, self._context.clock(), send)
            told += sent.status is DeliveryStatus.DELIVERED
            with self._context.store.writing() as change:
                change.put_delivery(sent)
        return told


def _sent(
    delivery: Delivery, webhook: Webhook, signers: Sequence[str], origins: Origins, now: datetime, send: Post
) -> Delivery:
    try:
        status = send(webhook.url, delivery.body.encode(), headers_of(delivery, signers, now), origins)
        answer, accepted = str(status), 200 <= status < 300
    except NoConnectionError as error:
        answer, accepted = error.reason, False
    wait = delivery.wait()
    after = replace(delivery, attempts=delivery.attempts + 1, answer=answer)
    if accepted:
        return replace(after, status=DeliveryStatus.DELIVERED)
    return replace(after, status=DeliveryStatus.FAILED) if wait is None else replace(after, due=now + wait)


def _events(given: Iterable[WebhookEvent | str]) -> frozenset[WebhookEvent]:
    found = set()
    for event in given:
        try:
            found.add(WebhookEvent(event))
        except ValueError:
            remedy = f"Use some of {', '.join(WebhookEvent)}."
            raise InputError(f"'{str(event)[:40]}' is no event.", field="events", remedy=remedy) from None
    return frozenset(found)


__all__ = ["HOSTS", "OVERLAP", "Webhooks"]
