"""Snapshot: taxonomy, catalogue and roles as they were at one revision of the store, read once and shared."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property
from importlib.metadata import PackageNotFoundError, version

from skillmatch.domain.advice.advice import Preference
from skillmatch.domain.base.answer import Versions, content_hash
from skillmatch.domain.catalogue.credential import Catalogue
from skillmatch.domain.people.person import Person, StoredPerson
from skillmatch.domain.roles.role import Role
from skillmatch.domain.skills.feedback import Context, FeedbackEntry
from skillmatch.domain.skills.overlay import OverlayEntry
from skillmatch.domain.skills.skill import SkillType
from skillmatch.domain.skills.taxonomy import Taxonomy
from skillmatch.gaps import Kinship, Reference
from skillmatch.matching.decisions import Decisions
from skillmatch.recommend import RoleOffers
from skillmatch.recommend.fit import Reader, Shelf
from skillmatch.service.core.decisions import settle_catalogue, settled
from skillmatch.service.core.skill_search import SkillNames
from skillmatch.store import Store, TaxonomyRecord, View
from skillmatch.store.tables.taxonomies import NO_TIES, Ties
from skillmatch.taxonomy.following import follow_person, follow_role
from skillmatch.taxonomy.overlay import Overlaid, apply_overlay

PINNED_DAY = "as_of"
"""The setting that fixes the day for which a workspace answers (a demo keeps its own day)."""

MOST_OFFERS_KEPT = 256

NO_TAXONOMY = Taxonomy("none", "0", {})
NO_OVERLAY = Overlaid(NO_TAXONOMY)


@dataclass(frozen=True)
class Snapshot:
    """Everything that answers share; immutable, replaced whole when the store's revision moves on.

    ``taxonomy`` holds the skills only: relations and occupations are read from the store when asked for. It is the
    ``imported`` one with the organisation's overlay on it. Catalogue and roles refer to the skills that the overlay
    left, and the catalogue heeds what people decided about its words; the store keeps all of it as it was given.
    """

    revision: int
    record: TaxonomyRecord | None
    taxonomy: Taxonomy
    catalogue: Catalogue
    roles: dict[str, Role]
    pinned_day: date | None
    encoder_id: str
    linker_id: str
    imported: Taxonomy = NO_TAXONOMY
    overlaid: Overlaid = NO_OVERLAY
    feedback: tuple[FeedbackEntry, ...] = ()
    ties: Ties = NO_TIES
    read: Reader | None = None
    _offers: dict[tuple[str, Preference], RoleOffers] = field(default_factory=dict)
    _decisions: dict[Context, Decisions] = field(default_factory=dict)

    @cached_property
    def labels(self) -> dict[str, str]:
        """The label of each skill by its id."""
        return {skill.id: skill.label for skill in self.taxonomy.skills.values()}

    @cached_property
    def types(self) -> dict[str, SkillType]:
        """The type of each skill by its id."""
        return {skill.id: skill.type for skill in self.taxonomy.skills.values()}

    @cached_property
    def skill_names(self) -> SkillNames:
        """The names of the skills, laid out to be searched; prepared when first asked for."""
        return SkillNames(self.taxonomy)

    @cached_property
    def kinship(self) -> Kinship:
        """Which skills stand in for which, with the skills that the overlay left; prepared when first asked for."""
        meant = self.overlaid.meanings
        needs = [[meant.get(skill, skill) for skill in work] for work in self.ties.needs] if meant else self.ties.needs
        related = [(meant.get(one, one), meant.get(other, other)) for one, other in self.ties.related]
        return Kinship(self.taxonomy.skills, needs, related, self.overlaid.successors)

    @cached_property
    def shelf(self) -> Shelf | None:
        """The catalogue laid out by meaning; None where the workspace's encoder is not one that the fit was set for."""
        courses = list(self.catalogue.credentials.values())
        return None if self.read is None or not courses else Shelf.of(courses, self.read)

    @cached_property
    def versions(self) -> Versions:
        """The versions that every answer from this snapshot carries."""
        return Versions(
            skillmatch=program_version(),
            taxonomy=self.taxonomy_version,
            encoder=self.encoder_id,
            linker=self.linker_id,
            snapshot=self.content_hash[:16],
        )

    @property
    def overlay(self) -> tuple[OverlayEntry, ...]:
        """The organisation's entries on the taxonomy, all of them, in their order."""
        return tuple(line.entry for line in self.overlaid.lines)

    @property
    def taxonomy_version(self) -> str:
        """Name and version of the taxonomy, and the number of entries on it: "esco@1.2.0+12"; "none" without one."""
        if self.record is None:
            return "none"
        return f"{self.record.name}@{self.record.version}" + (f"+{len(self.overlay)}" if self.overlay else "")

    def decisions(self, context: Context) -> Decisions:
        """What people settled about texts where they stand in ``context``."""
        if not self.feedback and not self.overlay:
            return Decisions()
        if context not in self._decisions:
            self._decisions[context] = settled(self.feedback, self.overlaid, context)
        return self._decisions[context]

    def on(self, record: TaxonomyRecord, imported: Taxonomy) -> Snapshot:
        """The same on another taxonomy, with the organisation's overlay replayed on it; catalogue and roles stay."""
        overlaid = apply_overlay(imported, self.overlay)
        moved = replace(self, record=record, taxonomy=overlaid.taxonomy, imported=imported, overlaid=overlaid)
        return replace(moved, _offers={}, _decisions={})

    @cached_property
    def reference(self) -> Reference:
        """What everybody is held against."""
        return Reference(self.catalogue, self.types, self.kinship, self.labels, self.versions)

    def person(self, stored: StoredPerson) -> Person:
        """A person from the store with evidence of the skills that the overlay left."""
        return follow_person(stored, self.overlaid.meanings)

    @cached_property
    def content_hash(self) -> str:
        """SHA-256 over taxonomy, overlay, feedback, catalogue and roles: equal content, equal hash."""
        return content_hash(
            [
                "" if self.record is None else self.record.content_hash,
                [repr(item) for item in self.catalogue.credentials.values()],
                [repr(item) for item in self.catalogue.stacks],
                [repr(self.roles[role_id]) for role_id in sorted(self.roles)],
                [repr(entry) for entry in self.overlay],
                [repr(entry) for entry in self.feedback],
            ]
        )

    def offers(self, role: Role, preference: Preference) -> RoleOffers:
        """The candidates of a role, worked out once; the oldest are forgotten when there are many."""
        key = (role.id, preference)
        if key not in self._offers:
            if len(self._offers) >= MOST_OFFERS_KEPT:
                self._offers.pop(next(iter(self._offers)))
            shelf = self.shelf if role.requirements else None
            fit = None if shelf is None else shelf.towards(role, self.labels)
            self._offers[key] = RoleOffers(role, self.catalogue, self.labels, preference, fit=fit)
        return self._offers[key]


def take_snapshot(view: View, encoder_id: str, linker_id: str, read: Reader | None = None) -> Snapshot:
    """Read a snapshot in one consistent read."""
    record = view.active_taxonomy()
    imported = NO_TAXONOMY
    if record is not None:
        imported = Taxonomy(record.name, record.version, view.skills(record.name, record.version))
    overlaid = apply_overlay(imported, view.overlay())
    feedback = view.feedback()
    catalogue = view.catalogue()
    if overlaid.meanings or feedback:
        catalogue = settle_catalogue(catalogue, overlaid, settled(feedback, overlaid, Context.CATALOGUE))
    roles = view.roles()
    if overlaid.meanings:
        roles = {role_id: follow_role(role, overlaid.meanings) for role_id, role in roles.items()}
    pinned = view.setting(PINNED_DAY)
    return Snapshot(
        revision=view.snapshot_revision(),
        record=record,
        taxonomy=NO_TAXONOMY if record is None else overlaid.taxonomy,
        catalogue=catalogue,
        roles=roles,
        pinned_day=date.fromisoformat(pinned) if isinstance(pinned, str) else None,
        encoder_id=encoder_id,
        linker_id=linker_id,
        imported=imported,
        overlaid=overlaid,
        feedback=feedback,
        ties=NO_TIES if record is None else view.ties(record.name, record.version),
        read=read,
    )


class Snapshots:
    """Keeps the snapshot of a store, and takes a new one when the store has moved on."""

    def __init__(self, store: Store, encoder_id: str, linker_id: str, read: Reader | None = None) -> None:
        self._store = store
        self._read = read
        self._encoder_id = encoder_id
        self._linker_id = linker_id
        self._latest: Snapshot | None = None

    def current(self, view: View) -> Snapshot:
        """The snapshot for what ``view`` sees."""
        latest = self._latest
        if latest is None or latest.revision != view.snapshot_revision():
            latest = take_snapshot(view, self._encoder_id, self._linker_id, self._read)
            self._latest = latest
        return latest


def program_version() -> str:
    """The version of skillmatch that is running."""
    try:
        return version("skillmatch")
    except PackageNotFoundError:
        return "unpackaged"
