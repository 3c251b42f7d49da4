"""The workspace on disk: one ``Store`` over one SQLite database, with views to read and changes to write."""

from skillmatch.store.failures import Failure
from skillmatch.store.records import CachedVectors, Kind, OccupationRecord, TaxonomyRecord, Upserted
from skillmatch.store.store import Change, Store, View
from skillmatch.store.vectors import KEY_BYTES

__all__ = [
    "KEY_BYTES",
    "CachedVectors",
    "Change",
    "Failure",
    "Kind",
    "OccupationRecord",
    "Store",
    "TaxonomyRecord",
    "Upserted",
    "View",
]
