"""Webhooks at the other end: is this really from our skillmatch, and new?"""

from __future__ import annotations

import hmac
import json
import time
from collections.abc import Mapping
from typing import Any

MOST_AGE = 300.0


def verify_webhook(
    secret: str,
    headers: Mapping[str, str],
    body: bytes,
    *,
    now: float | None = None,
    most_age: float = MOST_AGE,
) -> dict[str, Any] | None:
    """What a delivery says, None when its signature does not fit or it was signed too long ago to be trusted.

    ``headers`` may be spelt in any case; ``now`` is in seconds since 1970 (the clock's when None). The same event may
    come more than once: its ``id`` tells.
    """
    given = {name.lower(): value for name, value in headers.items()}
    stamp, signature = given.get("skillmatch-timestamp", ""), given.get("skillmatch-signature", "")
    if not (stamp.isascii() and stamp.isdecimal() and len(stamp) <= 12 and signature.startswith("v1=")):
        return None
    expected = hmac.digest(secret.encode(), stamp.encode() + b"." + body, "sha256").hex()
    fits = hmac.compare_digest(expected.encode(), signature.removeprefix("v1=").encode("utf-8", "replace"))
    if not fits or abs((time.time() if now is None else now) - int(stamp)) > most_age:
        return None
    found: dict[str, Any] = json.loads(body)
    return found
