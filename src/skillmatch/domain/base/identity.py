"""Names for things that customers bring: their own id, and the source (system) that it comes from."""

from __future__ import annotations

from skillmatch.domain.base import checks
from skillmatch.domain.base.errors import InputError

OWN_SOURCE = "own"
MAX_ID = 200


def make_id(source: str, external_id: str) -> str:
    """Our id for a customer's thing: ``source/external_id``; the same two always give the same id.

    Raises ``InputError`` when either is no ``checks.key`` of at most 200 characters, or when the
    source holds a slash, a colon or a blank (an external id may), because then an id could not be told from a web
    address.
    """
    checks.key(source, "source", most=MAX_ID)
    checks.key(external_id, "id", most=MAX_ID)
    if any(char in "/:" or char.isspace() for char in source):
        raise InputError(
            f"'{source}' holds a slash, a colon or a blank.", field="source", remedy="Use letters, digits, - and _."
        )
    return f"{source}/{external_id}"


def check_id(own_id: str) -> str:
    """An id as :func:`make_id` makes them. Raises ``InputError`` for any other."""
    return make_id(*split_id(own_id))


def split_id(own_id: str) -> tuple[str, str]:
    """The source and the external id that :func:`make_id` joined."""
    source, slash, external_id = own_id.partition("/")
    if not slash or not source or not external_id:
        raise InputError(f"'{own_id[:60]}' is not an id of the form source/id.", field="id")
    return source, external_id
