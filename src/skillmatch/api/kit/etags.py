"""Entity tags: one state of a resource, so that nobody overwrites what they have not seen or reads twice the same."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Annotated, Any

from fastapi import Depends, Header

from skillmatch.api.http.problems import ProblemError
from skillmatch.domain.base.answer import content_hash

MAX_HEADER = 4_000

_TAG = re.compile(r'\s*((?:W/)?"[\x21\x23-\x7e\x80-\xff]*")\s*(?:,|$)')


def etag_of(value: Mapping[str, Any]) -> str:
    """The strong tag of a resource's own content, without the envelope around it: equal JSON, equal tag.

    Raises ``ValueError`` for what is no JSON.
    """
    return f'"{content_hash(value)[:32]}"'


@dataclass(frozen=True, slots=True)
class Match:
    """The conditions of a request: the states that it is meant for (``If-Match``) and those it is not for."""

    wanted: str | None = None
    unwanted: str | None = None

    def has(self, current: str) -> bool:
        """Whether the caller has this state already; then 304 and no body is the answer to a GET."""
        return self.unwanted is not None and _named(self.unwanted, current, weak=True)

    def check(self, current: str | None, *, required: bool = True) -> None:
        """Let a change pass only where it is made to the state that the caller has seen.

        ``current`` is the tag of what is stored, None where nothing is. Raises the problems 412 when ``If-Match`` names
        another state (or ``If-None-Match: *`` finds that something is there), and 428 when something is there,
        ``required`` is True and the caller names no state at all. A new resource needs no ``If-Match``.
        """
        if self.wanted is not None and not _named(self.wanted, current, weak=False):
            raise _failed(current)
        if self.unwanted is not None and _named(self.unwanted, current, weak=True):
            raise _failed(current)
        if self.wanted is None and self.unwanted is None and required and current is not None:
            raise ProblemError(
                "match_required",
                "This is stored already, and the request does not say which state of it to change.",
                remedy="Read it, then send its ETag as If-Match; or send 'If-Match: *' to overwrite whatever is there.",
            )


async def _reading(
    if_none_match: Annotated[
        str | None,
        Header(
            max_length=MAX_HEADER,
            description="ETags that you have; 304 without a body says that one of them still holds",
        ),
    ] = None,
) -> Match:
    return Match(None, if_none_match)


async def _changing(
    if_match: Annotated[
        str | None,
        Header(
            max_length=MAX_HEADER,
            description="ETag of the state that you have seen; `*` for any. Needed to change what is there",
            examples=["*"],
        ),
    ] = None,
    if_none_match: Annotated[
        str | None, Header(max_length=MAX_HEADER, description="`*` changes nothing where something is there")
    ] = None,
) -> Match:
    return Match(if_match, if_none_match)


Known = Annotated[Match, Depends(_reading)]
"""The conditions of a GET; hand them to :func:`skillmatch.api.kit.answers.answer`."""

Seen = Annotated[Match, Depends(_changing)]
"""The conditions of a PUT, PATCH or DELETE; :meth:`Match.check` them inside the service's transaction."""


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
