"""What stands on a delivery, so that whoever gets it knows that it is ours: signed as Standard Webhooks asks for.

https://www.standardwebhooks.com: a secret is ``whsec_`` and the base64 of its bytes; a signature is the HMAC-SHA256 of
``id.timestamp.body``, in base64, behind ``v1,``. While a secret is being replaced there are two signatures.
"""

from __future__ import annotations

import base64
import hmac
import secrets
from collections.abc import Iterable
from datetime import datetime

from skillmatch.domain.access.webhook import Delivery

MARK = "whsec_"  # by which scanners for leaked secrets can find it
SECRET_BYTES = 32


def new_secret() -> str:
    """A secret that nobody knows yet."""
    return MARK + base64.b64encode(secrets.token_bytes(SECRET_BYTES)).decode()


def signature(secret: str, message_id: str, timestamp: int, body: bytes) -> str:
    """The signature of a body that is sent under an id at a time (seconds since 1970)."""
    made = hmac.digest(_key(secret), f"{message_id}.{timestamp}.".encode() + body, "sha256")
    return "v1," + base64.b64encode(made).decode()


def headers_of(delivery: Delivery, signers: Iterable[str], now: datetime) -> dict[str, str]:
    """The headers of a delivery that is sent now, signed with each of the secrets, the newest first."""
    body, timestamp = delivery.body.encode(), int(now.timestamp())
    known = list(signers)
    return {
        "Content-Type": "application/json",
        "User-Agent": "skillmatch",
        "Webhook-Id": delivery.id,
        "Webhook-Timestamp": str(timestamp),
        "Webhook-Signature": " ".join(signature(secret, delivery.id, timestamp, body) for secret in known),
        **_before(delivery, known[-1], timestamp, body),
    }


def _before(delivery: Delivery, secret: str, timestamp: int, body: bytes) -> dict[str, str]:
    """The headers of before the standard, for listeners that still read them; they go on 1 June 2027."""
    made = hmac.digest(secret.encode(), f"{timestamp}.".encode() + body, "sha256").hex()
    return {
        "Skillmatch-Event": delivery.event.value,
        "Skillmatch-Delivery": delivery.id,
        "Skillmatch-Timestamp": str(timestamp),
        "Skillmatch-Signature": f"v1={made}",
    }


def _key(secret: str) -> bytes:
    """The bytes of a secret; those of before the standard were spelt with ``-`` and ``_``, and without padding."""
    text = secret.removeprefix(MARK).replace("-", "+").replace("_", "/")
    return base64.b64decode(text + "=" * (-len(text) % 4))
