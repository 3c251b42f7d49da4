"""Names for things that customers bring: their own id, and the source (system) that it comes from."""

from __future__ import annotations

from skillmatch.domain import checks
from skillmatch.domain.errors import InputError

OWN_SOURCE = "own"
MAX_ID = 200


def make_id(source: str, external_id: str) -> str:
    """Our id for a customer's thing: ``source/external_id``; the same two always give the same id.

    Raises ``InputError`` when either is blank, overlong or holds control characters, or when the source
    holds a slash, a colon or a blank (an external id may), because then an id could not be told from a web address.
    """
    for value, field in ((source, "source"), (external_id, "id")):
        checks.text(value, field, most=MAX_ID)
        if value != value.strip() or any(ord(char) < 32 or ord(char) == 127 for char in value):
            raise InputError(f"{value[:40]!r} has blanks at its ends or control characters.", field=field)
    if any(char in "/:" or char.isspace() for char in source):
        raise InputError(
            f"'{source}' holds a slash, a colon or a blank.", field="source", remedy="Use letters, digits, - and _."
        )
    return f"{source}/{external_id}"


def split_id(own_id: str) -> tuple[str, str]:
    """The source and the external id that :func:`make_id` joined."""
    source, slash, external_id = own_id.partition("/")
    if not slash or not source or not external_id:
        raise InputError(f"'{own_id[:60]}' is not an id of the form source/id.", field="id")
    return source, external_id
