"""The workspace on disk: one ``Store`` over one SQLite database, with views to read and changes to write."""

from skillmatch.store.failures import Failure
from skillmatch.store.idempotency import KEPT_SECONDS, KeptAnswer
from skillmatch.store.keys import StoredKey
from skillmatch.store.people_changes import evidence_id
from skillmatch.store.records import CachedVectors, Kind, OccupationRecord, TaxonomyRecord, Upserted
from skillmatch.store.store import Change, Store, View
from skillmatch.store.vectors import KEY_BYTES

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
