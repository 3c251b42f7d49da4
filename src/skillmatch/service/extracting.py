"""Extracting: the skills of a long text or a document, from one consistent state of the workspace."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from skillmatch.domain.answer import Status
from skillmatch.domain.extraction import Extraction
from skillmatch.files.documents import Document, read_document
from skillmatch.service.ground import Ground


class Extracting(Ground):
    """Questions about long texts: adverts, CVs, descriptions of courses."""

    def extract(self, source: str | Path | Document, *, threshold: float | None = None) -> Extraction:
        """The skills that a text speaks of, each with its place, how much of it is asked for, and what was left out.

        ``source`` is the text itself, the path of a .txt, .md, .html, .docx or .pdf file, or a document that was read.
        ``threshold`` (0-1) is the least probability of a skill instead of the linker's own. A document without text
        gives ``insufficient_data``. Raises ``InputError`` for what cannot be read and ``ConflictError`` without a
        taxonomy.
        """
        document = read_document(source) if isinstance(source, Path) else source
        name, text = ("text", document) if isinstance(document, str) else (document.name, document.text)
        snapshot = self.snapshot()
        found = self._linking.extract(snapshot, text, name=name, threshold=threshold)
        notes = document.notes if isinstance(document, Document) else ()
        detail = found.detail
        if found.status is Status.INSUFFICIENT_DATA and not text.strip() and notes:
            detail = notes[0]
        return replace(found, detail=detail, notes=notes, versions=snapshot.versions)
