"""Context: what every part of a workspace is built from, so that each can be built and tested alone."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime

from skillmatch.matching.encoder import Encoder
from skillmatch.service.core.counts import Counts
from skillmatch.service.core.linking import Linking
from skillmatch.service.core.meanings import meanings_for
from skillmatch.service.core.snapshot import Snapshot, Snapshots
from skillmatch.store import Store
from skillmatch.store.audit.log import AuditLog

Clock = Callable[[], datetime]


def utc_now() -> datetime:
    """The clock on the wall."""
    return datetime.now(UTC)


class WorkspaceContext:
    """The store, the clock, the encoder at work, the audit's file and what is remembered between questions.

    A part takes one of these in its constructor, and nothing else of the workspace beside the parts that it names.
    """

    def __init__(self, store: Store, encoder: Encoder, clock: Clock = utc_now) -> None:
        self.store = store
        self.clock = clock
        self.audit_log = AuditLog(store.folder)
        self.counts = Counts()
        self.meanings = meanings_for(store, encoder)
        self.linking = Linking(store, encoder)
        self.snapshots = Snapshots(store, self.linking.encoder_id, self.linking.linker_id, self.meanings)

    def serve(self, encoder: Encoder) -> None:
        """Answer with another encoder from now on."""
        self.linking = Linking(self.store, encoder)
        self.snapshots = Snapshots(self.store, self.linking.encoder_id, self.linking.linker_id, self.meanings)

    def close(self) -> None:
        """Let go of the files."""
        self.audit_log.close()
        self.store.close()

    def snapshot(self) -> Snapshot:
        """Taxonomy, catalogue and roles as they are now."""
        with self.store.reading() as view:
            return self.snapshots.current(view)

    def today(self) -> date:
        """The day that answers hold for when none is given."""
        return self.day(self.snapshot(), None)

    def day(self, snapshot: Snapshot, as_of: date | None) -> date:
        """The day that an answer from a snapshot holds for: the one given, else the pinned one, else the clock's."""
        return as_of or snapshot.pinned_day or self.clock().date()
