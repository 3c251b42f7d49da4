"""What is owed to people who were erased, kept in the workspace until it is done, so that no crash forgets it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from sqlalchemy import delete, func, insert, select, update

from skillmatch.store.engine.json_columns import external_of
from skillmatch.store.engine.session import CHUNK, Reads, Writes, chunks
from skillmatch.store.schema.governance import owed_erasures
from skillmatch.store.tables.vectors import KEY_BYTES


@dataclass(frozen=True, slots=True)
class OwedErasure:
    """One who was erased and still stands in what others wrote: ``stand_in`` takes their place in kept plans,
    ``vectors`` are the keys of the vectors of their words."""

    number: int
    person_id: str
    name: str
    stand_in: str
    vectors: tuple[bytes, ...]

    @property
    def words(self) -> tuple[str, ...]:
        """Their name, our id and the customer's own."""
        return tuple(word for word in (self.name, self.person_id, external_of(self.person_id)) if word)


@dataclass(frozen=True, slots=True)
class Owed:
    """Everything that is owed: ``people`` by name, and behind ``remnants`` of them only what lies between the rows."""

    people: tuple[OwedErasure, ...]
    remnants: int

    def __bool__(self) -> bool:
        return bool(self.people or self.remnants)


def owed(view: Reads) -> Owed:
    """What is owed now."""
    theirs = owed_erasures.c.person_id
    rows = view._connection.execute(select(owed_erasures).where(theirs.is_not(None)).order_by(owed_erasures.c.number))
    people = tuple(OwedErasure(row.number, row.person_id, row.name, row.stand_in, _keys(row.vectors)) for row in rows)
    bare = select(func.count()).select_from(owed_erasures).where(theirs.is_(None))
    return Owed(people, int(view._connection.execute(bare).scalar_one()))


def owe(change: Writes, person_id: str, name: str, stand_in: str, vectors: Iterable[bytes]) -> None:
    """Put down what is owed to somebody whose rows go in the same transaction."""
    row = {"person_id": person_id, "name": name, "stand_in": stand_in, "vectors": b"".join(sorted(vectors))}
    change._connection.execute(insert(owed_erasures), [row])


def forget_words(change: Writes, people: Sequence[OwedErasure]) -> None:
    """Forget who these were: from here on only remnants are owed."""
    blank = dict.fromkeys(("person_id", "name", "stand_in", "vectors"))
    for some in chunks([one.number for one in people], CHUNK):
        change._connection.execute(update(owed_erasures).where(owed_erasures.c.number.in_(some)).values(blank))
    change._erased = change._erased or bool(people)


def settle(change: Writes) -> None:
    """Nothing is owed any more to those of whom only remnants were."""
    change._connection.execute(delete(owed_erasures).where(owed_erasures.c.person_id.is_(None)))


def _keys(joined: bytes) -> tuple[bytes, ...]:
    return tuple(joined[start : start + KEY_BYTES] for start in range(0, len(joined), KEY_BYTES))
