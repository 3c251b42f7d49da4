"""Workspace: one organisation's taxonomy, catalogue, roles and people, and everything that can be asked of them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import UTC, date, datetime
from pathlib import Path
from types import TracebackType
from typing import Self

from skillmatch.domain.advice import Advice, Limits, Preference
from skillmatch.domain.credential import Catalogue, Credential
from skillmatch.domain.gap import Gap, Profile
from skillmatch.domain.link import LinkAnswer
from skillmatch.domain.pathway import Pace, Pathway
from skillmatch.domain.person import Person
from skillmatch.domain.report import ImportReport
from skillmatch.domain.role import Role
from skillmatch.domain.skill import Skill
from skillmatch.domain.taxonomy import fold
from skillmatch.gaps import build_profile
from skillmatch.matching.encoder import Encoder, make_encoder
from skillmatch.service import lookups
from skillmatch.service.advise import DEFAULT_LIMIT, NO_LIMITS, NO_PREFERENCE, Case, recommend_each
from skillmatch.service.catalogue_import import import_catalogue
from skillmatch.service.exports import Exportable, export_to
from skillmatch.service.health import Health, examine
from skillmatch.service.intake import ImportOptions
from skillmatch.service.linking import Linking
from skillmatch.service.people_import import import_people
from skillmatch.service.progress import Progress, of_stage, silent
from skillmatch.service.role_import import import_roles, role_from
from skillmatch.service.settings import Settings
from skillmatch.service.snapshot import PINNED_DAY, Snapshot, Snapshots
from skillmatch.service.taxonomy_import import Layout, import_taxonomy
from skillmatch.store import Store, TaxonomyRecord
from skillmatch.taxonomy.diff import TaxonomyDiff, diff_taxonomies

Clock = Callable[[], datetime]


def utc_now() -> datetime:
    """The clock on the wall."""
    return datetime.now(UTC)


class Workspace:
    """Open one with :meth:`open` or ``skillmatch.open``; close it, or use it in a ``with`` block.

    Safe to share between threads. Every answer is made from one consistent state and says from which. People
    and roles may be named by our id (``source/id``) or the customer's own; roles also by title. ``as_of`` is the
    day an answer holds for: the one given, else the workspace's pinned day, else today.
    """

    def __init__(self, store: Store, encoder: Encoder, clock: Clock) -> None:
        self._store = store
        self._clock = clock
        self._linking = Linking(store, encoder)
        self._snapshots = Snapshots(store, self._linking.encoder_id, self._linking.linker_id)

    @classmethod
    def open(
        cls,
        path: Path | None = None,
        *,
        create: bool = False,
        settings: Settings | None = None,
        encoder: Encoder | None = None,
        clock: Clock = utc_now,
    ) -> Self:
        """Open the workspace in the folder ``path``, or the one that the settings name; ``create`` makes a missing one.

        ``encoder`` takes the place of the one that the settings name. Raises ``WorkspaceError`` when the workspace
        is missing, locked, damaged, or from a newer version.
        """
        chosen = settings or Settings.read()
        made = encoder or make_encoder(chosen.encoder, cache_folder=chosen.cache, threads=chosen.threads)
        return cls(Store.open(path or chosen.workspace, create=create), made, clock)

    def close(self) -> None:
        """Let go of the files."""
        self._store.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def __repr__(self) -> str:
        return f"<Workspace: {self._store.folder}>"

    @property
    def folder(self) -> Path:
        """The folder that holds it."""
        return self._store.folder

    # --- what is in it -----------------------------------------------------------------------------------

    def snapshot(self) -> Snapshot:
        """Taxonomy, catalogue and roles as they are now."""
        with self._store.reading() as view:
            return self._snapshots.current(view)

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

    def taxonomies(self) -> list[TaxonomyRecord]:
        """The taxonomies that were imported; one of them is active."""
        with self._store.reading() as view:
            return view.taxonomies()

    def diff_taxonomies(self, old: tuple[str, str], new: tuple[str, str]) -> TaxonomyDiff:
        """What changed between two stored taxonomies, each a (name, version)."""
        with self._store.reading() as view:
            return diff_taxonomies(view.taxonomy(*old), view.taxonomy(*new))

    def skill(self, given: str) -> Skill:
        """A skill by id, label or alias."""
        return lookups.find_skill(self.snapshot(), given)

    def search_skills(self, text: str, limit: int = 10) -> list[Skill]:
        """Skills whose label or an alias holds the text: names that begin with it first, then shorter ones."""
        taxonomy, wanted = self.snapshot().taxonomy, fold(text)
        best: dict[str, tuple[bool, int, str]] = {}
        for name, skill_ids in taxonomy.by_name.items() if wanted else ():
            if wanted in name:
                for skill_id in skill_ids:
                    rank = (not name.startswith(wanted), len(name), skill_id)
                    best[skill_id] = min(rank, best.get(skill_id, rank))
        return [taxonomy.skills[skill_id] for *_, skill_id in sorted(best.values())[:limit]]

    def catalogue(self) -> Catalogue:
        """The credentials and stacks on offer."""
        return self.snapshot().catalogue

    def credential(self, given: str) -> Credential:
        """A credential by our id or the customer's own."""
        return lookups.find_credential(self.snapshot(), given)

    def roles(self) -> list[Role]:
        """All roles, by id."""
        return [role for _, role in sorted(self.snapshot().roles.items())]

    def role(self, given: str) -> Role:
        """A role by id or title."""
        return lookups.find_role(self.snapshot(), given)

    def people(self, units: Iterable[str] | None = None) -> list[Person]:
        """The people of some units, or all, by id."""
        with self._store.reading() as view:
            return list(view.people(units=units))

    def units(self) -> dict[str, int]:
        """How many people each unit has."""
        with self._store.reading() as view:
            return view.units()

    def person(self, given: str) -> Person:
        """A person by our id or the customer's own."""
        with self._store.reading() as view:
            return lookups.find_person(view, given)

    def health(self) -> Health:
        """What is in the workspace, what is wrong with it and what to do about it; looks at the encoder too."""
        with self._store.reading() as view:
            snapshot = self._snapshots.current(view)
            checks = examine(self._store, view, snapshot)
        return Health((*checks, self._linking.check()), snapshot.versions)

    # --- putting things in -------------------------------------------------------------------------------

    def import_taxonomy(
        self,
        layout: Layout,
        path: Path,
        *,
        version: str | None = None,
        dry_run: bool = False,
        keep_going: bool = False,
        progress: Progress = silent,
    ) -> ImportReport:
        """Import a taxonomy and make it the active one; what refers to skills is brought along."""
        return import_taxonomy(
            layout,
            path,
            version=version,
            dry_run=dry_run,
            keep_going=keep_going,
            store=self._store,
            old=self.snapshot(),
            linking=self._linking,
            now=self._clock(),
            progress=progress,
        )

    def import_catalogue(
        self,
        path: Path,
        *,
        what: str = "credentials",
        options: ImportOptions | None = None,
        progress: Progress = silent,
    ) -> ImportReport:
        """Import credentials, offerings or stacks from a file, or all that a folder holds."""
        chosen = options or ImportOptions()
        return import_catalogue(path, what, chosen, self._store, self.snapshot(), self._linking, progress)

    def import_roles(
        self, path: Path, *, options: ImportOptions | None = None, progress: Progress = silent
    ) -> ImportReport:
        """Import roles from a file or folder."""
        chosen = options or ImportOptions()
        return import_roles(path, chosen, self._store, self.snapshot(), self._linking, progress)

    def import_people(
        self, path: Path, *, what: str = "people", options: ImportOptions | None = None, progress: Progress = silent
    ) -> ImportReport:
        """Import people, evidence or awards from a file, or all that a folder holds."""
        chosen = options or ImportOptions()
        day = self.today()
        return import_people(path, what, chosen, self._store, self.snapshot(), self._linking, progress, day)

    def role_from_occupation(self, occupation: str, *, role_id: str = "", title: str = "") -> Role:
        """Make a role from an occupation of the active taxonomy and keep it; its requirements are suggestions.

        A role of the same id is replaced.
        """
        with self._store.reading() as view:
            found = lookups.find_occupation(view, self._snapshots.current(view), occupation)
        role = role_from(found, role_id, title)
        with self._store.writing() as change:
            change.put_roles([role])
        return role

    def export(self, what: Exportable, path: Path) -> dict[str, int]:
        """Write tables that can be imported again; returns the rows written by file name."""
        with self._store.reading() as view:
            return export_to(what, path, view, self._snapshots.current(view))

    # --- asking ------------------------------------------------------------------------------------------

    def link(
        self, texts: Sequence[str], *, top: int = 5, abstain: bool = True, progress: Progress = silent
    ) -> list[LinkAnswer]:
        """Match texts to skills; with ``abstain`` False exactly ``top`` ranked skills come back for each."""
        return self._linking.link(
            self.snapshot(), texts, top=top, abstain=abstain, progress=of_stage(progress, "matching")
        )

    def profile(self, person: str, *, as_of: date | None = None) -> Profile:
        """What the evidence for a person adds up to."""
        with self._store.reading() as view:
            snapshot = self._snapshots.current(view)
            return build_profile(lookups.find_person(view, person), snapshot.catalogue, self._day(snapshot, as_of))

    def gap(self, person: str, role: str, *, as_of: date | None = None) -> Gap:
        """Where a person stands with each requirement of a role."""
        return self._case(person, role, as_of).gap

    def recommend(
        self,
        person: str,
        role: str,
        *,
        limit: int = DEFAULT_LIMIT,
        limits: Limits = NO_LIMITS,
        preference: Preference = NO_PREFERENCE,
        as_of: date | None = None,
    ) -> Advice:
        """The credentials that close most of the gap for their effort, with reasons, and what was left out."""
        return self._case(person, role, as_of).recommend(limit, limits, preference)

    def recommend_all(
        self,
        role: str | None = None,
        *,
        units: Iterable[str] | None = None,
        limit: int = DEFAULT_LIMIT,
        limits: Limits = NO_LIMITS,
        preference: Preference = NO_PREFERENCE,
        as_of: date | None = None,
    ) -> Iterator[Advice]:
        """Advice for everyone (of some units), towards one role or each towards their own; one at a time."""
        with self._store.reading() as view:
            snapshot = self._snapshots.current(view)
            goal = None if role is None else lookups.find_role(snapshot, role)
            people, day = view.people(units=units), self._day(snapshot, as_of)
            yield from recommend_each(people, goal, snapshot, day, limit=limit, limits=limits, preference=preference)

    def pathway(
        self,
        person: str,
        role: str,
        pace: Pace,
        *,
        limits: Limits = NO_LIMITS,
        preference: Preference = NO_PREFERENCE,
        as_of: date | None = None,
    ) -> Pathway:
        """An ordered, scheduled set of credentials within hours per week, weeks and limits."""
        return self._case(person, role, as_of).pathway(pace, limits, preference)

    def _case(self, person: str, role: str, as_of: date | None) -> Case:
        with self._store.reading() as view:
            snapshot = self._snapshots.current(view)
            found = lookups.find_person(view, person)
        return Case.of(snapshot, found, lookups.find_role(snapshot, role), self._day(snapshot, as_of))

    def _day(self, snapshot: Snapshot, as_of: date | None) -> date:
        return as_of or snapshot.pinned_day or self._clock().date()
