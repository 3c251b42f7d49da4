"""Imports: what goes into a workspace from files."""

from __future__ import annotations

from pathlib import Path

from skillmatch.domain.base.report import ImportReport
from skillmatch.recommend.fit import course_texts
from skillmatch.service.core.context import WorkspaceContext
from skillmatch.service.core.progress import Progress, of_stage, silent
from skillmatch.service.imports.catalogue import import_catalogue
from skillmatch.service.imports.people import import_people
from skillmatch.service.imports.report import ImportOptions
from skillmatch.service.imports.roles import import_roles
from skillmatch.service.imports.taxonomies import Layout, import_taxonomy


class Imports:
    """Imports of every kind; each is one transaction, and its report says what happened to every row."""

    def __init__(self, context: WorkspaceContext) -> None:
        self._context = context

    def taxonomy(
        self,
        layout: Layout,
        path: Path,
        *,
        version: str | None = None,
        dry_run: bool = False,
        keep_going: bool = False,
        progress: Progress = silent,
    ) -> ImportReport:
        """Import a taxonomy and make it the active one; what refers to skills is brought along.

        Raises ``InputError`` for files that cannot be read.
        """
        return import_taxonomy(
            layout,
            path,
            version=version,
            dry_run=dry_run,
            keep_going=keep_going,
            store=self._context.store,
            old=self._context.snapshot(),
            linking=self._context.linking,
            now=self._context.clock(),
            progress=progress,
        )

    def catalogue(
        self,
        path: Path,
        *,
        what: str = "credentials",
        options: ImportOptions | None = None,
        progress: Progress = silent,
    ) -> ImportReport:
        """Import credentials, offerings or stacks from a file, or all that a folder holds.

        Raises ``InputError`` for files that cannot be read.
        """
        chosen = options or ImportOptions()
        report = import_catalogue(
            path, what, chosen, self._context.store, self._context.snapshot(), self._context.linking, progress
        )
        if report.applied and self._context.meanings is not None:
            courses = self._context.snapshot().catalogue.credentials.values()
            texts = [text for course in courses for text in course_texts(course)]
            self._context.meanings.prepare(texts, of_stage(progress, "reading courses as a whole"))
        return report

    def roles(self, path: Path, *, options: ImportOptions | None = None, progress: Progress = silent) -> ImportReport:
        """Import roles from a file or folder. Raises ``InputError`` for files that cannot be read."""
        chosen = options or ImportOptions()
        day = self._context.today()
        return import_roles(
            path, chosen, self._context.store, self._context.snapshot(), self._context.linking, progress, day
        )

    def people(
        self, path: Path, *, what: str = "people", options: ImportOptions | None = None, progress: Progress = silent
    ) -> ImportReport:
        """Import people, evidence or awards from a file, or all that a folder holds.

        Raises ``InputError`` for files that cannot be read.
        """
        chosen = options or ImportOptions()
        day = self._context.today()
        return import_people(
            path, what, chosen, self._context.store, self._context.snapshot(), self._context.linking, progress, day
        )
