"""Deprecation: an address that will go says since when it should not be used, when it goes, and what to ask instead.

``Deprecation`` as in RFC 9745, ``Sunset`` as in RFC 8594; the description marks it, too. It works as ever until then.
"""

from __future__ import annotations

from datetime import UTC, date, datetime
from email.utils import format_datetime
from typing import Any

from fastapi import Depends, Request


class Deprecated:
    """Marks the answers of an address: deprecated since a day, gone from another one on, ``instead`` a path to use."""

    def __init__(self, since: date, gone: date, instead: str) -> None:
        if gone <= since:
            raise ValueError("an address goes only after it was deprecated")
        self.headers = {
            "Deprecation": f"@{int(_midnight(since).timestamp())}",
            "Sunset": format_datetime(_midnight(gone), usegmt=True),
            "Link": f'<{instead}>; rel="successor-version"',
        }

    async def __call__(self, request: Request) -> None:
        request.scope.setdefault("state", {})["deprecation"] = self.headers


def deprecated(since: date, gone: date, instead: str) -> dict[str, Any]:
    """What a route that will go is declared with: ``**deprecated(...)``. Raises ``ValueError`` for a wrong order."""
    return {"deprecated": True, "dependencies": [Depends(Deprecated(since, gone, instead))]}


def _midnight(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, tzinfo=UTC)
