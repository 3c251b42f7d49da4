"""Documents from outside (adverts, CVs, course pages) as plain text: one way to read txt, md, html, docx and pdf."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from skillmatch.domain.base.errors import InputError, Place
from skillmatch.files.plain_text import declared_charset, decoded
from skillmatch.files.sandbox import parse_apart

MAX_DOCUMENT_BYTES = 20 * 1024 * 1024
MAX_DOCUMENT_CHARS = 1_000_000

SCANNED = "no text, probably scanned"
"""The note of a PDF that has pages but no text on them."""


class DocumentKind(StrEnum):
    """What kind of file a document came from; it follows from the ending."""

    TXT = "txt"
    MD = "md"
    HTML = "html"
    DOCX = "docx"
    PDF = "pdf"


_KINDS = {
    ".txt": DocumentKind.TXT,
    ".text": DocumentKind.TXT,
    ".md": DocumentKind.MD,
    ".markdown": DocumentKind.MD,
    ".html": DocumentKind.HTML,
    ".htm": DocumentKind.HTML,
    ".docx": DocumentKind.DOCX,
    ".pdf": DocumentKind.PDF,
}
_BINARY_STARTS = {
    b"%PDF-": ("a PDF", ".pdf"),
    b"PK\x03\x04": ("a Word document or an archive", ".docx"),
    b"\xd0\xcf\x11\xe0": ("an old Word file", ".docx, after saving it as such"),
}


@dataclass(frozen=True, slots=True)
class Document:
    """A document's text as it is read for skills, to which all character offsets refer.

    The text of txt and md files is theirs, unchanged. Of the others headings become lines that begin with ``#``, and
    list items lines that begin with a bullet. ``pages`` is the number of a PDF's pages, else None; ``notes`` say what
    a reader should know, such as pages without text.
    """

    name: str
    kind: DocumentKind
    text: str
    pages: int | None = None
    notes: tuple[str, ...] = ()


def read_document(path: Path) -> Document:
    """Read a .txt, .md, .html, .htm, .docx or .pdf file.

    Limits: 20 MB a file, 1,000,000 characters of text, 200 pages a PDF; HTML, DOCX and PDF are parsed in a process
    of their own within 20 seconds and 1 GiB (see ``sandbox``). A PDF without text is no error: its text is empty and a
    note says so. Raises ``InputError`` with the file and a remedy for whatever cannot be read.
    """
    shown = path.name or str(path)
    place = Place(file=shown)
    kind = _KINDS.get(path.suffix.lower())
    data = _content(path, place)
    if kind is None:
        raise InputError(
            f"'{path.suffix[:20] or shown[:80]}' is not a kind of document that can be read.",
            remedy="Save it as .txt, .md, .html, .docx or .pdf.",
            place=place,
        )
    return document_of(data, shown, kind)


def document_of(data: bytes, name: str, kind: DocumentKind) -> Document:
    """The document that these bytes hold; raises like :func:`read_document`. ``name`` is shown in messages."""
    place = Place(file=name)
    if len(data) > MAX_DOCUMENT_BYTES:
        raise _too_large(place)
    if not data:
        raise InputError("is empty.", remedy="Check that the file was saved.", place=place)
    if kind in (DocumentKind.DOCX, DocumentKind.PDF):
        parsed = parse_apart(kind.value, data, name)
        return Document(name, kind, parsed.text, parsed.pages, parsed.notes)
    for start, (what, ending) in _BINARY_STARTS.items():
        if data.startswith(start):
            raise InputError(f"is {what}, not text.", remedy=f"Give it the ending {ending}.", place=place)
    text = decoded(data, name, declared_charset(data) if kind is DocumentKind.HTML else None)
    if kind is DocumentKind.HTML:
        parsed = parse_apart(kind.value, text.encode(), name)
        return Document(name, kind, parsed.text, None, parsed.notes)
    if len(text) > MAX_DOCUMENT_CHARS:
        raise InputError(
            f"has {len(text):,} characters; the limit is {MAX_DOCUMENT_CHARS:,}.", remedy="Split it.", place=place
        )
    return Document(name, kind, text)


def _content(path: Path, place: Place) -> bytes:
    try:
        if path.is_dir():
            raise InputError("is a folder, not a file.", remedy="Name the file inside it.", place=place)
        if not path.exists():
            raise InputError("does not exist.", remedy="Check the path.", place=place)
        if not path.is_file():
            raise InputError("is not an ordinary file.", remedy="Save the text to a file first.", place=place)
        if path.stat().st_size > MAX_DOCUMENT_BYTES:
            raise _too_large(place)
        return path.read_bytes()
    except (OSError, ValueError) as error:  # ValueError: a NUL in the path
        raise InputError(f"cannot be opened ({error}).", remedy="Check the path and its rights.", place=place) from None


def _too_large(place: Place) -> InputError:
    return InputError(f"has more than {MAX_DOCUMENT_BYTES:,} bytes, the limit.", remedy="Split it.", place=place)
