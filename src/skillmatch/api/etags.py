"""Entity tags: one state of a resource, so that nobody overwrites what they have not seen or reads twice the same."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from fastapi import Request

from skillmatch.api.problems import ProblemError
from skillmatch.domain.answer import content_hash

_TAG = re.compile(r'\s*((?:W/)?"[\x21\x23-\x7e\x80-\xff]*")\s*(?:,|$)')


def etag_of(value: Mapping[str, Any]) -> str:
    """The strong tag of a resource as it is shown: equal JSON, equal tag. Raises ``ValueError`` for what is no JSON."""
    return f'"{content_hash(value)[:32]}"'


def check_match(request: Request, current: str | None, *, required: bool = True) -> None:
    """Let a change pass only where it is made to the state that the caller has seen.

    ``current`` is the tag of what is stored, None where nothing is. Raises the problems 412 when ``If-Match`` names
    another state (or ``If-None-Match: *`` finds that something is there), and 428 when something is there, ``required``
    is True and the caller names no state at all. A new resource needs no ``If-Match``.
    """
    wanted = request.headers.get("if-match")
    if wanted is not None and not _named(wanted, current, weak=False):
        raise _failed(current)
    unwanted = request.headers.get("if-none-match")
    if unwanted is not None and _named(unwanted, current, weak=True):
        raise _failed(current)
    if wanted is None and unwanted is None and required and current is not None:
        raise ProblemError(
            "match_required",
            "This is stored already, and the request does not say which state of it to change.",
            remedy="Read it, then send its ETag as If-Match; or send 'If-Match: *' to overwrite whatever is there.",
        )


def not_modified(request: Request, etag: str) -> bool:
    """Whether the caller has this state already (``If-None-Match``); then 304 and no body is the answer."""
    given = request.headers.get("if-none-match")
    return given is not None and _named(given, etag, weak=True)


def _named(header: str, current: str | None, *, weak: bool) -> bool:
    """Whether a list of tags names the current state; ``*`` names whatever is there, an unreadable list nothing."""
    if header.strip() == "*":
        return current is not None
    tags, place = [], 0
    while place < len(header):
        found = _TAG.match(header, place)
        if found is None:
            return False
        tags.append(found[1])
        place = found.end()
    if weak:
        tags = [tag.removeprefix("W/") for tag in tags]
    return current in tags


def _failed(current: str | None) -> ProblemError:
    there = "it has been changed since" if current is not None else "nothing is stored here"
    return ProblemError(
        "match_failed",
        f"The state that the request names is not the one that is stored: {there}.",
        remedy="Read it again, decide anew, and send the ETag that comes with it.",
        headers={"ETag": current} if current is not None else {},
    )
