"""Snapshot: taxonomy, catalogue and roles as they were at one revision of the store, read once and shared."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from importlib.metadata import PackageNotFoundError, version

from skillmatch.domain.advice import Preference
from skillmatch.domain.answer import Versions, content_hash
from skillmatch.domain.credential import Catalogue
from skillmatch.domain.role import Role
from skillmatch.domain.taxonomy import Taxonomy
from skillmatch.recommend import RoleOffers
from skillmatch.store import Store, TaxonomyRecord, View

PINNED_DAY = "as_of"
"""The setting that fixes the day for which a workspace answers (a demo keeps its own day)."""

MOST_OFFERS_KEPT = 256

NO_TAXONOMY = Taxonomy("none", "0", {})


@dataclass(frozen=True)
class Snapshot:
    """Everything that answers share; immutable, replaced whole when the store's revision moves on.

    ``taxonomy`` holds the skills only: relations and occupations are read from the store when asked for.
    """

    revision: int
    record: TaxonomyRecord | None
    taxonomy: Taxonomy
    catalogue: Catalogue
    roles: dict[str, Role]
    pinned_day: date | None
    encoder_id: str
    linker_id: str
    _offers: dict[tuple[str, Preference], RoleOffers] = field(default_factory=dict)

    @cached_property
    def labels(self) -> dict[str, str]:
        """The label of each skill by its id."""
        return {skill.id: skill.label for skill in self.taxonomy.skills.values()}

    @cached_property
    def versions(self) -> Versions:
        """The versions that every answer from this snapshot carries."""
        return Versions(
            skillmatch=program_version(),
            taxonomy="none" if self.record is None else f"{self.record.name}@{self.record.version}",
            encoder=self.encoder_id,
            linker=self.linker_id,
            snapshot=self.content_hash[:16],
        )

    @cached_property
    def content_hash(self) -> str:
        """SHA-256 over taxonomy, catalogue and roles: equal content, equal hash, whenever and wherever it was read."""
        return content_hash(
            [
                "" if self.record is None else self.record.content_hash,
                [repr(item) for item in self.catalogue.credentials.values()],
                [repr(item) for item in self.catalogue.stacks],
                [repr(self.roles[role_id]) for role_id in sorted(self.roles)],
            ]
        )

    def offers(self, role: Role, preference: Preference) -> RoleOffers:
        """The candidates of a role, worked out once; the oldest are forgotten when there are many."""
        key = (role.id, preference)
        if key not in self._offers:
            if len(self._offers) >= MOST_OFFERS_KEPT:
                self._offers.pop(next(iter(self._offers)))
            self._offers[key] = RoleOffers(role, self.catalogue, self.labels, preference)
        return self._offers[key]


def take_snapshot(view: View, encoder_id: str, linker_id: str) -> Snapshot:
    """Read a snapshot in one consistent read."""
    record = view.active_taxonomy()
    taxonomy = NO_TAXONOMY
    if record is not None:
        taxonomy = Taxonomy(record.name, record.version, view.skills(record.name, record.version))
    pinned = view.setting(PINNED_DAY)
    return Snapshot(
        revision=view.snapshot_revision(),
        record=record,
        taxonomy=taxonomy,
        catalogue=view.catalogue(),
        roles=view.roles(),
        pinned_day=date.fromisoformat(pinned) if isinstance(pinned, str) else None,
        encoder_id=encoder_id,
        linker_id=linker_id,
    )


class Snapshots:
    """Keeps the snapshot of a store, and takes a new one when the store has moved on."""

    def __init__(self, store: Store, encoder_id: str, linker_id: str) -> None:
        self._store = store
        self._encoder_id = encoder_id
        self._linker_id = linker_id
        self._latest: Snapshot | None = None

    def current(self, view: View) -> Snapshot:
        """The snapshot for what ``view`` sees."""
        latest = self._latest
        if latest is None or latest.revision != view.snapshot_revision():
            latest = take_snapshot(view, self._encoder_id, self._linker_id)
            self._latest = latest
        return latest


def program_version() -> str:
    """The version of skillmatch that is running."""
    try:
        return version("skillmatch")
    except PackageNotFoundError:
        return "unpackaged"
