"""Taxonomies as they were imported: which there are, what changed between two, and the occupations in use."""

from __future__ import annotations

from collections.abc import Mapping

from skillmatch.domain.roles.role import Occupation
from skillmatch.domain.skills.taxonomy import fold
from skillmatch.service.core import lookups
from skillmatch.service.core.context import WorkspaceContext
from skillmatch.store import OccupationRecord, TaxonomyRecord
from skillmatch.taxonomy.diff import TaxonomyDiff, diff_taxonomies


class ImportedTaxonomies:
    """Looking at what was imported, without the organisation's overlay on it."""

    def __init__(self, context: WorkspaceContext) -> None:
        self._context = context
        self._latest_diff: tuple[object, TaxonomyDiff] | None = None

    def versions(self) -> list[TaxonomyRecord]:
        """The taxonomies that were imported; one of them is active.

        >>> [(record.name, record.version) for record in workspace.taxonomy.versions()]
        [('starter', '1.0.0')]
        """
        with self._context.store.reading() as view:
            return view.taxonomies()

    def diff(self, old: tuple[str, str], new: tuple[str, str]) -> TaxonomyDiff:
        """What changed between two stored taxonomies, each a (name, version). Raises ``NotFoundError``.

        The latest answer is kept, so that whoever reads it page by page waits for the first one only.
        """
        with self._context.store.reading() as view:
            stored = {(item.name, item.version): item.content_hash for item in view.taxonomies()}
            key = (old, stored.get(old), new, stored.get(new))
            kept = self._latest_diff
            if kept is None or kept[0] != key:
                kept = (key, diff_taxonomies(view.taxonomy(*old), view.taxonomy(*new)))
                self._latest_diff = kept
            return kept[1]

    def search_occupations(self, text: str = "") -> list[OccupationRecord]:
        """Occupations of the active taxonomy whose label or an alias holds the text, by id; all for a blank one.

        Raises ``ConflictError`` where no taxonomy was imported.

        >>> workspace.taxonomy.search_occupations("nurs")[0].label
        'Healthcare assistant'
        """
        with self._context.store.reading() as view:
            record = self._context.snapshots.current(view).record
            if record is None:
                raise lookups.no_taxonomy()
            wanted = fold(text)
            listing = view.occupations(record.name, record.version)
            return [item for item in listing if any(wanted in fold(name) for name in (item.label, *item.aliases))]

    def occupation(self, given: str) -> tuple[Occupation, Mapping[str, str]]:
        """An occupation of the active taxonomy by id, label or alias, and the labels of the skills that it asks for.

        It asks for the skills that the overlay left. Raises ``NotFoundError``.
        """
        with self._context.store.reading() as view:
            snapshot = self._context.snapshots.current(view)
            return lookups.find_occupation(view, snapshot, given), snapshot.labels
