"""Settings: small JSON values by key; and the revisions by which others notice that something changed."""

from __future__ import annotations

import json
from typing import Any

from sqlalchemy import delete, select, update

from skillmatch.domain.base import checks
from skillmatch.domain.base.answer import canonical_json
from skillmatch.domain.base.errors import InputError
from skillmatch.store.engine.session import Reads, Writes
from skillmatch.store.schema.workspace import counters, settings

MAX_SETTING = 100_000  # characters of JSON; larger things are blobs

REVISION = "revision"
SNAPSHOT_REVISION = "snapshot_revision"

_COUNTERS = select(counters.c.name, counters.c.value)  # made once: every read asks it


class SettingReads(Reads):
    """Reading settings and revisions."""

    def setting(self, key: str, default: Any = None) -> Any:
        """The value put under ``key``, or ``default``."""
        found = self._connection.execute(select(settings.c.value).where(settings.c.key == key)).scalar()
        return default if found is None else json.loads(found)

    def revision(self) -> int:
        """How many transactions have changed anything but caches; 0 in a new workspace. It never falls."""
        return self._counter(REVISION)

    def snapshot_revision(self) -> int:
        """As :meth:`revision`, but changes to people alone do not count: a snapshot does not hold them."""
        return self._counter(SNAPSHOT_REVISION)

    def _counter(self, name: str) -> int:
        if self._counted is None:  # they stand still while a state is read, and while the one writer writes
            self._counted = {row.name: int(row.value) for row in self._connection.execute(_COUNTERS)}
        return self._counted[name]


class SettingWrites(SettingReads, Writes):
    """Writing settings, and counting revisions."""

    def put_setting(self, key: str, value: Any) -> bool:
        """Keep a JSON value under ``key``; says whether it differs from what was there.

        Raises ``InputError`` for what is no JSON (NaN too) or is larger than a setting should be.
        """
        checks.text(key, "key", most=200)
        try:
            given = canonical_json(value)
        except (TypeError, ValueError, RecursionError) as error:
            raise InputError(f"the setting '{key}' is not JSON: {error}", field=key) from error
        if len(given) > MAX_SETTING:
            raise InputError(f"has {len(given):,} characters; the limit is {MAX_SETTING:,}.", field=key)
        stored = self._upsert(settings, [{"key": key, "value": given}], within="key")
        changed = bool(stored.added or stored.changed)
        if changed:
            self._touch()
        return changed

    def remove_setting(self, key: str) -> bool:
        """Forget the value under ``key``; says whether there was one."""
        removed = bool(self._connection.execute(delete(settings).where(settings.c.key == key)).rowcount)
        if removed:
            self._touch()
        return removed

    def _count_revision(self) -> None:
        """Count this transaction, once, when it changed something; the store calls it just before committing."""
        names = [REVISION] * self._changed + [SNAPSHOT_REVISION] * self._snapshot_changed
        if names:
            step = update(counters).where(counters.c.name.in_(names)).values(value=counters.c.value + 1)
            self._connection.execute(step)
            self._counted = None
