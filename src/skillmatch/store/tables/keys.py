"""API keys in the store: never a secret, only what a secret can be checked against."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import delete, insert, select, update

from skillmatch.domain.access.api_key import ApiKey
from skillmatch.domain.access.caller import Scope
from skillmatch.domain.access.signer import Signer
from skillmatch.domain.base.errors import NotFoundError
from skillmatch.store.engine.failures import decoding
from skillmatch.store.engine.json_columns import read_texts, write_texts
from skillmatch.store.engine.records import Kind
from skillmatch.store.engine.session import Reads, Values, Writes
from skillmatch.store.schema.governance import api_keys, signers
from skillmatch.store.schema.workspace import counters

KEY_REVISION = "key_revision"


@dataclass(frozen=True, slots=True)
class StoredKey:
    """A key with the salt (16 bytes) and the digest (32 bytes) that its secret must give."""

    key: ApiKey
    salt: bytes = field(repr=False)
    digest: bytes = field(repr=False)


class KeyReads(Reads):
    """Reading keys."""

    def api_keys(self) -> list[ApiKey]:
        """All keys, expired and revoked ones too, in the order in which they were made."""
        query = select(api_keys).order_by(api_keys.c.created, api_keys.c.id)
        with decoding("API key"):
            return [_key(row) for row in self._connection.execute(query)]

    def stored_key(self, key_id: str) -> StoredKey:
        """One key with its digest. Raises ``NotFoundError`` for an unknown one."""
        row = self._connection.execute(select(api_keys).where(api_keys.c.id == key_id)).first()
        if row is None:
            raise NotFoundError("API key", key_id)
        with decoding(f"API key {key_id}"):
            return StoredKey(_key(row), row.salt, row.digest)

    def signer(self, given: str) -> Signer:
        """Whoever a caller's id stands for, or else whoever only said this name."""
        row = self._key_row(given)
        if row is not None:
            makers = self._makers(row.created_by) if row.person_id is None else ()
            return Signer(row.name, given, row.person_id, frozenset(makers))
        found = self._connection.execute(select(signers).where(signers.c.id == given)).first()
        return Signer(given, given) if found is None else Signer(found.name, given, found.person_id)

    def _key_row(self, caller_id: str) -> Any:
        mark, _, key_id = caller_id.partition(":")
        if mark != "key":
            return None
        return self._connection.execute(select(api_keys).where(api_keys.c.id == key_id)).first()

    def _makers(self, made_by: str) -> list[str]:
        """Who made a key, who made theirs, and so on."""
        found: list[str] = []
        while made_by not in found:
            found.append(made_by)
            row = self._key_row(made_by)
            if row is None:
                break
            made_by = row.created_by
        return found

    def key_revision(self) -> int:
        """How many transactions changed what keys open; whoever remembers keys looks here whether they still hold."""
        found = self._connection.execute(select(counters.c.value).where(counters.c.name == KEY_REVISION))
        return int(found.scalar_one())


class KeyWrites(KeyReads, Writes):
    """Writing keys."""

    def add_key(self, given: StoredKey) -> None:
        """Add a new key. Raises ``NotFoundError`` when its person is unknown."""
        if given.key.person_id is not None:
            self._require(Kind.PERSON, [given.key.person_id])
        row = _row(given.key) | {"salt": given.salt, "digest": given.digest}
        self._run(insert(api_keys), [row])
        self._keys_changed()

    def end_key(self, key_id: str, *, expires: datetime | None = None, revoked: datetime | None = None) -> ApiKey:
        """Set when a key expires, or when it was revoked; what is None stays. Raises ``NotFoundError``."""
        self.stored_key(key_id)
        values = {name: _when(value) for name, value in (("expires", expires), ("revoked", revoked)) if value}
        if values:
            self._connection.execute(update(api_keys).where(api_keys.c.id == key_id).values(values))
            self._keys_changed()
        return self.stored_key(key_id).key

    def note_key_use(self, used: Mapping[str, datetime]) -> None:
        """Keep when keys were last used; unknown ones are passed over. Counts as no change: nothing hangs on it."""
        for key_id, moment in used.items():
            self._connection.execute(update(api_keys).where(api_keys.c.id == key_id).values(used=_when(moment)))

    def put_signer(self, given: Signer) -> None:
        """Remember a caller whom no key of ours stands for, as far as they are known now."""
        if self._key_row(given.id) is None:
            row = {"id": given.id, "name": given.name, "person_id": given.person_id}
            stored = self._upsert(signers, [row])
            if stored.added or stored.changed:
                self._touch(snapshot=False)

    def drop_keys_of(self, person_id: str) -> int:
        """Delete the keys that stand for a person, so that every program stops to take them; returns how many."""
        gone = self._connection.execute(delete(api_keys).where(api_keys.c.person_id == person_id)).rowcount
        if gone:
            self._keys_changed()
        return gone

    def _keys_changed(self) -> None:
        step = update(counters).where(counters.c.name == KEY_REVISION).values(value=counters.c.value + 1)
        self._connection.execute(step)
        self._touch(snapshot=False)


def _key(row: Any) -> ApiKey:
    return ApiKey(
        id=row.id,
        name=row.name,
        scopes=frozenset(Scope(scope) for scope in read_texts(row.scopes)),
        created=datetime.fromisoformat(row.created),
        created_by=row.created_by,
        units=None if row.units is None else read_texts(row.units),
        person_id=row.person_id,
        expires=_moment(row.expires),
        revoked=_moment(row.revoked),
        used=_moment(row.used),
        replaces=row.replaces,
    )


def _row(key: ApiKey) -> Values:
    return {
        "id": key.id,
        "name": key.name,
        "scopes": write_texts(sorted(key.scopes)),
        "units": None if key.units is None else write_texts(key.units),
        "person_id": key.person_id,
        "created": _when(key.created),
        "created_by": key.created_by,
        "expires": _when(key.expires),
        "revoked": _when(key.revoked),
        "used": _when(key.used),
        "replaces": key.replaces,
    }


def _moment(text: str | None) -> datetime | None:
    return None if text is None else datetime.fromisoformat(text)


def _when(moment: datetime | None) -> str | None:
    return None if moment is None else moment.isoformat()
