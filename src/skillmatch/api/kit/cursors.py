"""Cursors: where a page of a list ended, as a text that clients hand back and need not understand."""

from __future__ import annotations

import base64
import binascii
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Annotated, Generic, TypeVar

from fastapi import Depends, Query, Request

from skillmatch.domain.base.errors import InputError

USUAL_LIMIT = 50
MAX_LIMIT = 200
_MOST_DIGITS = 15  # any database can hold such a number
_REMEDY = "Send the next_cursor of an earlier page as it came, or none."

T = TypeVar("T")


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
        raise InputError("is not a cursor of this list.", field="cursor", remedy=_REMEDY)
    return last_id


@dataclass(frozen=True, slots=True)
class Page(Generic[T]):
    """One page of a list, with how to get the next one: in the answer, and in a ``Link`` header."""

    items: Sequence[T]
    next_cursor: str | None
    headers: dict[str, str]


@dataclass(frozen=True, slots=True)
class Paging:
    """Which page a request asks for: at most ``limit`` things, the first one behind ``after`` ("" for the start)."""

    request: Request
    limit: int
    after: str

    @property
    def enough(self) -> int:
        """How many things to look up: one more than the page holds tells whether there is a next one."""
        return self.limit + 1

    @property
    def after_number(self) -> int:
        """What :attr:`after` is in a list of numbered things, 0 for the start; ``InputError`` for another list's."""
        if not self.after:
            return 0
        if not (self.after.isascii() and self.after.isdecimal()) or len(self.after) > _MOST_DIGITS:
            raise InputError("is not a cursor of this list.", field="cursor", remedy=_REMEDY)
        return int(self.after)

    @property
    def after_moment(self) -> tuple[datetime, str] | None:
        """What :attr:`after` is in a list by time, a moment and an id; None for the start. As :attr:`after_number`."""
        if not self.after:
            return None
        moment, _, last_id = self.after.partition(" ")
        try:
            return datetime.fromisoformat(moment), last_id
        except ValueError:
            raise InputError("is not a cursor of this list.", field="cursor", remedy=_REMEDY) from None

    def page(self, found: Sequence[T], id_of: Callable[[T], str]) -> Page[T]:
        """The page out of the (at most :attr:`enough`) things found behind ``after``, in the order of their ids."""
        items = found[: self.limit]
        if len(found) <= self.limit:
            return Page(items, None, {})
        following = write_cursor(id_of(items[-1]))
        address = self.request.url.include_query_params(cursor=following)
        return Page(items, following, {"Link": f'<{address.path}?{address.query}>; rel="next"'})

    def page_of_all(self, everything: Sequence[T], id_of: Callable[[T], str]) -> Page[T]:
        """As :meth:`page`, out of a whole list that is in the order of its ids."""
        behind = [item for item in everything if id_of(item) > self.after] if self.after else everything
        return self.page(behind[: self.enough], id_of)


async def _paging(
    request: Request,
    limit: Annotated[int, Query(ge=1, le=MAX_LIMIT, description="At most so many")] = USUAL_LIMIT,
    cursor: Annotated[
        str | None, Query(max_length=2_000, description="`next_cursor` of the page before; none for the first page")
    ] = None,
) -> Paging:
    return Paging(request, limit, read_cursor(cursor) if cursor else "")


Paged = Annotated[Paging, Depends(_paging)]
