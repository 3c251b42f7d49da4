"""What every part of a view or a change shares: one connection, reads in chunks, and upserts that count."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from typing import Any, NamedTuple, TypeVar

from sqlalchemy import Connection, Table, and_, bindparam, delete, func, insert, select, update

from skillmatch.domain.base.errors import InputError, NotFoundError
from skillmatch.store.engine.records import Kind
from skillmatch.store.schema import workspace

Values = dict[str, Any]
Key = tuple[Any, ...]
T = TypeVar("T")

CHUNK = 500  # ids in one query: far below every database's limit of parameters
BLOCK = 5_000  # rows held in memory at once by an upsert

TABLE_OF: dict[Kind, Table] = {
    Kind.CREDENTIAL: workspace.credentials,
    Kind.OFFERING: workspace.offerings,
    Kind.STACK: workspace.stacks,
    Kind.ROLE: workspace.roles,
    Kind.PERSON: workspace.people,
}


class Stored(NamedTuple):
    """The keys that an upsert added and changed; all others were there already with every field equal."""

    added: set[Key]
    changed: set[Key]


class Reads:
    """Reading on one connection, inside the transaction that the store has opened."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._counted: dict[str, int] | None = None

    def find_ids(self, kind: Kind, external_id: str) -> list[str]:
        """The full ids (``source/external_id``), in order, that a bare external id stands for; often one."""
        table = TABLE_OF[kind]
        query = select(table.c.id).where(table.c.external_id == external_id).order_by(table.c.id)
        return list(self._connection.execute(query).scalars())

    def missing(self, kind: Kind, ids: Iterable[str]) -> list[str]:
        """Those of these full ids, in order, that are not there."""
        table = TABLE_OF[kind]
        gone: list[str] = []
        for chunk in chunks(sorted(set(ids)), CHUNK):
            known = set(self._connection.execute(select(table.c.id).where(table.c.id.in_(chunk))).scalars())
            gone += (own_id for own_id in chunk if own_id not in known)
        return gone

    def _require(self, kind: Kind, ids: Iterable[str]) -> None:
        """Raise ``NotFoundError`` for the first id (in order) that is not there."""
        for own_id in self.missing(kind, ids):
            raise self._not_found(kind, own_id)

    def _not_found(self, kind: Kind, own_id: str) -> NotFoundError:
        """The error for an unknown id, which suggests the same external id from other sources."""
        bare = own_id.partition("/")[2] or own_id
        return NotFoundError(kind.value, own_id, [near for near in self.find_ids(kind, bare) if near != own_id])


class Writes(Reads):
    """Writing on one connection; remembers what was touched, so that the store can count revisions."""

    def __init__(self, connection: Connection) -> None:
        super().__init__(connection)
        self._changed = False  # anything but a cache
        self._snapshot_changed = False  # anything that a snapshot is made of
        self._erased = False  # something personal, which must not linger in the write-ahead log
        self._touched_people: set[str] = set()  # the ids of people about whom something was changed

    def _touch(self, *, snapshot: bool = True) -> None:
        self._changed = True
        self._snapshot_changed = self._snapshot_changed or snapshot

    def _run(self, statement: Any, rows: Sequence[Values]) -> int:
        """Execute for all rows at once; what the database cannot hold is the giver's fault."""
        if not rows:
            return 0
        try:
            return self._connection.execute(statement, rows).rowcount
        except (UnicodeEncodeError, OverflowError) as error:
            raise unstorable(rows) from error

    def _upsert(self, table: Table, rows: Sequence[Values], *, within: str = "id") -> Stored:
        """Insert what is new and update what differs, by primary key; of two rows with one key the last counts.

        ``within`` names the key column by which the stored rows are looked up.
        """
        names = [column.name for column in table.primary_key]
        content = [column for column in table.c if not column.info.get("stamp")]
        wanted: dict[Key, Values] = {tuple(row[name] for name in names): row for row in rows}
        stored: dict[Key, Values] = {}
        for chunk in chunks(sorted({row[within] for row in rows}), CHUNK):
            for found in self._connection.execute(select(*content).where(table.c[within].in_(chunk))).mappings():
                stored[tuple(found[name] for name in names)] = dict(found)
        added = [key for key in wanted if key not in stored]
        changed = [key for key, row in wanted.items() if key in stored and stored[key] != row]
        self._run(insert(table), [wanted[key] for key in added])
        if changed:
            same = and_(*(table.c[name] == bindparam(f"key_{name}") for name in names))
            keys = [{f"key_{name}": part for name, part in zip(names, key, strict=True)} for key in changed]
            others: dict[str, Any] = {
                column.name: bindparam(column.name) for column in content if column.name not in names
            }
            rest = [{name: wanted[key][name] for name in others} for key in changed]
            self._run(update(table).where(same).values(others), [a | b for a, b in zip(keys, rest, strict=True)])
        return Stored(set(added), set(changed))


def chunks(values: Sequence[T], size: int) -> Iterator[Sequence[T]]:
    """The values in slices of at most ``size``."""
    for start in range(0, len(values), size):
        yield values[start : start + size]


def blocks(values: Iterable[T], size: int = BLOCK) -> Iterator[list[T]]:
    """The values in lists of at most ``size``, never all at once."""
    rest = iter(values)
    while block := list(islice(rest, size)):
        yield block


def unstorable(rows: Iterable[Values]) -> InputError:
    """The error that names the field of the first row which no database can hold."""
    for row in rows:
        for name, value in row.items():
            if isinstance(value, str) and any("\ud800" <= char <= "\udfff" for char in value):
                return InputError("holds half of a surrogate pair.", field=name, remedy="Save it as UTF-8 again.")
            if isinstance(value, int) and not -(2**63) <= value < 2**63:
                return InputError("is too large a number (19 digits or more).", field=name, remedy="Correct it.")
    return InputError("a text or a number cannot be stored.")


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
