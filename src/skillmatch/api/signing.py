"""Signing: the name of a caller under what they decide, as people read it years later."""

from __future__ import annotations

from skillmatch.domain.caller import Caller

MAX_SIGNATURE = 200


def signature(caller: Caller) -> str:
    """The caller's name, fit for a line; the audit has their id beside it."""
    printable = "".join(char for char in caller.name if char.isprintable())
    return printable.strip()[:MAX_SIGNATURE].strip() or caller.id[:MAX_SIGNATURE]
