"""Webhooks at the other end: is this really from our skillmatch, and new? Libraries of Standard Webhooks say so."""

from __future__ import annotations

import base64
import binascii
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
    """What a delivery says, None when no signature fits or it was signed too long ago to be trusted.

    ``headers`` may be spelt in any case; ``now`` is in seconds since 1970 (the clock's when None). The same event may
    come more than once: its ``id`` tells. Servers of before Standard Webhooks are believed until 1 June 2027.
    """
    given = {name.lower(): value for name, value in headers.items()}
    if "webhook-signature" in given:
        stamp, fits = given.get("webhook-timestamp", ""), _fits(secret, given, body)
    else:
        stamp, fits = given.get("skillmatch-timestamp", ""), _fitted(secret, given, body)
    if not fits or not (stamp.isascii() and stamp.isdecimal() and len(stamp) <= 12):
        return None
    if abs((time.time() if now is None else now) - int(stamp)) > most_age:
        return None
    found: dict[str, Any] = json.loads(body)
    return found


def _fits(secret: str, given: Mapping[str, str], body: bytes) -> bool:
    """Whether one of the signatures is the HMAC-SHA256 over ``id.timestamp.body``."""
    text = secret.removeprefix("whsec_").replace("-", "+").replace("_", "/")  # older secrets are spelt with these
    try:
        key = base64.b64decode(text + "=" * (-len(text) % 4))
    except (binascii.Error, ValueError):
        return False
    signed = f"{given.get('webhook-id', '')}.{given.get('webhook-timestamp', '')}.".encode("utf-8", "replace") + body
    expected = b"v1," + base64.b64encode(hmac.digest(key, signed, "sha256"))
    signatures = given["webhook-signature"].encode("utf-8", "replace").split(b" ")
    return any(hmac.compare_digest(expected, signature) for signature in signatures)


def _fitted(secret: str, given: Mapping[str, str], body: bytes) -> bool:
    """Whether the signature is the one of before the standard, over ``timestamp.body``."""
    stamp = given.get("skillmatch-timestamp", "").encode("utf-8", "replace")
    expected = "v1=" + hmac.digest(secret.encode(), stamp + b"." + body, "sha256").hex()
    signature = given.get("skillmatch-signature", "").encode("utf-8", "replace")
    return hmac.compare_digest(expected.encode(), signature)
