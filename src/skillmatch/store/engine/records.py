"""What the store answers with beside domain values: records of imports, counts of upserts, cached vectors."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

import numpy as np
from numpy.typing import NDArray

from skillmatch.domain.base.attribution import attribution_of


class Kind(StrEnum):
    """The sorts of things that customers bring with ids of their own."""

    CREDENTIAL = "credential"
    OFFERING = "offering"
    STACK = "stack"
    ROLE = "role"
    PERSON = "person"


@dataclass(frozen=True, slots=True)
class Upserted:
    """How many things a put added, changed, or found to be there already with every field equal."""

    added: int
    changed: int
    unchanged: int


@dataclass(frozen=True, slots=True)
class TaxonomyRecord:
    """One stored version of a taxonomy: where it came from, when, how large it is, and whether it is in use."""

    name: str
    version: str
    content_hash: str
    imported_at: datetime
    source: str
    skills: int
    occupations: int
    active: bool

    @property
    def attribution(self) -> str:
        """What its publishers ask to be said; blank for nothing."""
        return attribution_of(self.name)


@dataclass(frozen=True, slots=True)
class OccupationRecord:
    """An occupation by its names only, for lists and searches."""

    id: str
    label: str
    aliases: tuple[str, ...]


@dataclass(frozen=True, slots=True, eq=False)
class CachedVectors:
    """Vectors for a list of keys, in its order: ``array`` is float32 of shape ``(n_keys, dim)``.

    ``missing`` holds the positions (ascending) whose vector is not stored; those rows are zero, for the caller
    to fill in.
    """

    array: NDArray[np.float32]
    missing: NDArray[np.intp]
