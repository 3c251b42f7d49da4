"""Filling: what goes into a workspace, and what comes out as files again."""

from __future__ import annotations

from pathlib import Path

from skillmatch.domain.report import ImportReport
from skillmatch.service.catalogue_import import import_catalogue
from skillmatch.service.exports import Exportable, export_to
from skillmatch.service.ground import Ground
from skillmatch.service.intake import ImportOptions
from skillmatch.service.people_import import import_people
from skillmatch.service.progress import Progress, silent
from skillmatch.service.role_import import import_roles
from skillmatch.service.taxonomy_import import Layout, import_taxonomy


class Filling(Ground):
    """Imports and exports; each import is one transaction, and its report says what happened to every row."""

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
        day = self.today()
        return import_roles(path, chosen, self._store, self.snapshot(), self._linking, progress, day)

    def import_people(
        self, path: Path, *, what: str = "people", options: ImportOptions | None = None, progress: Progress = silent
    ) -> ImportReport:
        """Import people, evidence or awards from a file, or all that a folder holds."""
        chosen = options or ImportOptions()
        day = self.today()
        return import_people(path, what, chosen, self._store, self.snapshot(), self._linking, progress, day)

    def export(self, what: Exportable, path: Path) -> dict[str, int]:
        """Write tables that can be imported again; returns the rows written by file name."""
        with self._store.reading() as view:
            return export_to(what, path, view, self._snapshots.current(view))
