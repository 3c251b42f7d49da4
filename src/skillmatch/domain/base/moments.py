"""Moments that people and programs give us, in the one form in which they are stored and compared."""

from __future__ import annotations

from datetime import UTC, datetime

from skillmatch.domain.base.errors import InputError


def utc_text(moment: datetime, field: str) -> str:
    """A moment as ISO 8601 in UTC: later moments are greater texts. Raises ``InputError`` for one without an offset."""
    if moment.tzinfo is None:
        raise InputError("needs an offset from UTC.", field=field, remedy="Write it as 2026-12-31T00:00:00Z.")
    try:
        return moment.astimezone(UTC).isoformat()
    except OverflowError:
        raise InputError("lies beyond all calendars.", field=field, remedy="Give a moment near today.") from None
