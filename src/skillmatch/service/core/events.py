"""Announcing: what has happened is written down for the webhooks in the transaction in which it happens."""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from skillmatch.domain.access.webhook import Delivery, WebhookEvent
from skillmatch.domain.base.answer import canonical_json
from skillmatch.store import Change

KEPT = timedelta(days=30)
"""For so long it is known what was told, and can be told again."""


def announce(
    change: Change, event: WebhookEvent, data: Mapping[str, Any], now: datetime, *, person_id: str | None = None
) -> None:
    """Leave word of an event for each webhook that wants to know. ``data`` holds ids, days and states, no names.

    ``person_id`` is whom it tells of: when they are erased, so is this.
    """
    wanted = [webhook for webhook in change.webhooks() if event in webhook.events]
    if not wanted:
        return
    change.forget_deliveries(now - KEPT)
    for webhook in wanted:
        delivery_id = f"msg_{secrets.token_hex(12)}"
        # As everything was called before the standard, for those who still read it:
        called = {name.removesuffix("_id"): value for name, value in data.items() if name.endswith("_id")}
        before = {"event": event.value, "at": now.isoformat()}
        said = {"type": event.value, "timestamp": now.isoformat(), "data": {**data, **called}}
        body = canonical_json({"id": delivery_id, **said, **before})
        change.add_delivery(Delivery(0, delivery_id, webhook.id, event, body, now, now, person_id=person_id))
