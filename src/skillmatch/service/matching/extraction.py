"""Extracting: the skills of a long text or a document, from one consistent state of the workspace."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from skillmatch.domain.base.answer import Status
from skillmatch.domain.text.extraction import Extraction
from skillmatch.domain.text.link import LinkAnswer
from skillmatch.files.documents import Document, read_document
from skillmatch.service.core.context import WorkspaceContext
from skillmatch.service.core.progress import Progress, of_stage, silent


class TextMatching:
    """Questions about long texts: adverts, CVs, descriptions of courses."""

    def __init__(self, context: WorkspaceContext) -> None:
        self._context = context

    def link(
        self, texts: Sequence[str], *, top: int = 5, abstain: bool = True, progress: Progress = silent
    ) -> list[LinkAnswer]:
        """Match texts to skills; with ``abstain`` False exactly ``top`` ranked skills come back for each.

        Raises ``ConflictError`` without a taxonomy, ``InputError`` for a text over 20,000 characters.

        >>> workspace.link(["spreadsheets"])[0].best.label
        'Spreadsheets'
        """
        return self._context.linking.link(
            self._context.snapshot(), texts, top=top, abstain=abstain, progress=of_stage(progress, "matching")
        )

    def extract(self, source: str | Path | Document, *, threshold: float | None = None) -> Extraction:
        """The skills that a text speaks of, each with its place, how much of it is asked for, and what was left out.

        ``source`` is the text itself, the path of a .txt, .md, .html, .docx or .pdf file, or a document that was read.
        ``threshold`` (0-1) is the least probability of a skill instead of the linker's own. A document without text
        gives ``insufficient_data``. Raises ``InputError`` for what cannot be read and ``ConflictError`` without a
        taxonomy.

        >>> [skill.label for skill in workspace.extract("Must know wound care.").skills]
        ['Wound care']
        """
        document = read_document(source) if isinstance(source, Path) else source
        name, text = ("text", document) if isinstance(document, str) else (document.name, document.text)
        snapshot = self._context.snapshot()
        found = self._context.linking.extract(snapshot, text, name=name, threshold=threshold)
        notes = document.notes if isinstance(document, Document) else ()
        detail = found.detail
        if found.status is Status.INSUFFICIENT_DATA and not text.strip() and notes:
            detail = notes[0]
        return replace(found, detail=detail, notes=notes, versions=snapshot.versions)
