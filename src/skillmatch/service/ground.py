"""What every part of a workspace stands on: its store, its snapshot, its linker and its clock."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import UTC, date, datetime

from skillmatch.matching.encoder import Encoder
from skillmatch.service.counting import Counts
from skillmatch.service.linking import Linking
from skillmatch.service.meanings import meanings_for
from skillmatch.service.snapshot import PINNED_DAY, Snapshot, Snapshots
from skillmatch.store import Store
from skillmatch.store.audit import AuditLog
from skillmatch.taxonomy.diff import TaxonomyDiff

Clock = Callable[[], datetime]


def utc_now() -> datetime:
    """The clock on the wall."""
    return datetime.now(UTC)


class Ground:
    """The parts that a workspace is made of; it opens nothing itself."""

    def __init__(self, store: Store, encoder: Encoder, clock: Clock) -> None:
        self._store = store
        self._clock = clock
        self._linking = Linking(store, encoder)
        self._audit = AuditLog(store.folder)
        self._meanings = meanings_for(store, encoder)
        self._snapshots = Snapshots(store, self._linking.encoder_id, self._linking.linker_id, self._meanings)
        self._counts = Counts()
        self._latest_diff: tuple[object, TaxonomyDiff] | None = None

    def one_state(self) -> AbstractContextManager[None]:
        """A block in which everything that this thread asks is answered from one state of the workspace."""
        return self._store.one_state()

    def snapshot(self) -> Snapshot:
        """Taxonomy, catalogue and roles as they are now."""
        with self._store.reading() as view:
            return self._snapshots.current(view)

    def present(self) -> tuple[Snapshot, date]:
        """The snapshot, and the day that answers from it hold for when none is given."""
        snapshot = self.snapshot()
        return snapshot, self._day(snapshot, None)

    def today(self) -> date:
        """The day that answers hold for when none is given."""
        return self.snapshot().pinned_day or self._clock().date()

    def pin_day(self, day: date | None) -> None:
        """Make every answer hold for ``day`` from now on; None follows the clock again."""
        with self._store.writing() as change:
            if day is None:
                change.remove_setting(PINNED_DAY)
            else:
                change.put_setting(PINNED_DAY, day.isoformat())

    def _day(self, snapshot: Snapshot, as_of: date | None) -> date:
        return as_of or snapshot.pinned_day or self._clock().date()
