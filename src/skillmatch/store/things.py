"""What holds for everything that customers bring with an id of their own: counting it and removing it."""

from __future__ import annotations

from sqlalchemy import delete, func, select

from skillmatch.store.records import Kind
from skillmatch.store.session import TABLE_OF, Reads, Writes


class ThingReads(Reads):
    """Listing and counting things."""

    def ids(self, kind: Kind) -> list[str]:
        """The ids of all things of a kind, in order."""
        table = TABLE_OF[kind]
        return list(self._connection.execute(select(table.c.id).order_by(table.c.id)).scalars())

    def counts(self) -> dict[Kind, int]:
        """How many of each kind of thing there are."""
        return {
            kind: self._connection.execute(select(func.count()).select_from(table)).scalar_one()
            for kind, table in TABLE_OF.items()
        }


class ThingWrites(ThingReads, Writes):
    """Removing things."""

    def remove(self, kind: Kind, own_id: str) -> None:
        """Remove one thing: a credential with its offerings, a person with everything of theirs.

        What is erased of a person is overwritten in the file. Raises ``NotFoundError`` for an unknown id.
        """
        table = TABLE_OF[kind]
        if not self._connection.execute(delete(table).where(table.c.id == own_id)).rowcount:
            raise self._not_found(kind, own_id)
        self._erased = self._erased or kind is Kind.PERSON
        self._touch(snapshot=kind is not Kind.PERSON)
