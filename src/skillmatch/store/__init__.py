"""The workspace on disk: one ``Store`` over one SQLite database, with views to read and changes to write."""

from skillmatch.store.engine.failures import Failure
from skillmatch.store.engine.records import CachedVectors, Kind, OccupationRecord, TaxonomyRecord, Upserted
from skillmatch.store.store import Change, Store, View
from skillmatch.store.tables.idempotency import KEPT_SECONDS, KeptAnswer
from skillmatch.store.tables.keys import StoredKey
from skillmatch.store.tables.people_changes import evidence_id
from skillmatch.store.tables.vectors import KEY_BYTES

__all__ = [
    "KEPT_SECONDS",
    "KEY_BYTES",
    "CachedVectors",
    "Change",
    "Failure",
    "KeptAnswer",
    "Kind",
    "OccupationRecord",
    "Store",
    "StoredKey",
    "TaxonomyRecord",
    "Upserted",
    "View",
    "evidence_id",
]
