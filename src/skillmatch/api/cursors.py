"""Cursors: where a page of a list ended, as a text that clients hand back and need not understand."""

from __future__ import annotations

import base64
import binascii

from skillmatch.domain.errors import InputError


def write_cursor(last_id: str) -> str:
    """The cursor of a page that ended with ``last_id``."""
    return base64.urlsafe_b64encode(last_id.encode()).decode().rstrip("=")


def read_cursor(given: str) -> str:
    """The id that a page ended with; ``InputError`` for what :func:`write_cursor` never wrote."""
    try:
        last_id = base64.b64decode(given + "=" * (-len(given) % 4), altchars=b"-_", validate=True).decode()
    except (binascii.Error, ValueError):
        last_id = ""
    if not last_id or write_cursor(last_id) != given:
        remedy = "Send the next_cursor of an earlier page as it came, or none."
        raise InputError("is not a cursor of this list.", field="cursor", remedy=remedy)
    return last_id
