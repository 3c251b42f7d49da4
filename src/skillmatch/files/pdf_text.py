"""PDF to text, page by page, with pypdf."""

from __future__ import annotations

import io

from skillmatch.domain.base.errors import InputError
from skillmatch.files.sandbox import Parsed
from skillmatch.files.text_building import MAX_CHARS, too_long

MAX_PAGES = 200
SCANNED = "no text, probably scanned"

_PROTECTED = "is protected by a password."


def parse(data: bytes) -> Parsed:
    """The text of a PDF's pages, a blank line between them; without any, a note says so.

    A PDF that opens without a password is read even when its owner restricted other uses. Raises ``InputError`` when it
    is protected, damaged, has more than 200 pages or more than 1,000,000 characters.
    """
    if b"%PDF-" not in data[:1_024]:  # where readers look for it
        raise InputError("is no PDF, whatever its ending says.", remedy="Save or download it again.")
    from pypdf import PdfReader
    from pypdf.errors import DependencyError, PyPdfError

    try:
        reader = PdfReader(io.BytesIO(data), strict=False)
        if reader.is_encrypted and not reader.decrypt(""):
            raise InputError(_PROTECTED, remedy="Save it without one.")
        count = len(reader.pages)
        if count > MAX_PAGES:
            raise InputError(f"has {count:,} pages; the limit is {MAX_PAGES}.", remedy="Split it.")
        pages: list[str] = []
        for page in reader.pages:
            pages.append(page.extract_text())
            if sum(map(len, pages)) > MAX_CHARS:
                raise too_long()
    except (DependencyError, NotImplementedError):
        # stronger ciphers need a library that is not installed with us
        raise InputError(_PROTECTED, remedy="Save it without one.") from None
    except PyPdfError as error:
        raise InputError(
            f"is damaged and cannot be read as a PDF ({type(error).__name__}).", remedy="Save it again."
        ) from None
    if not count:
        raise InputError("is a PDF without pages.", remedy="Save it again.")
    empty = sum(not page.strip() for page in pages)
    if empty == count:
        return Parsed("", count, (SCANNED,))
    notes = (f"{empty} of {count} pages have no text, probably scanned",) if empty else ()
    return Parsed("\n\n".join(pages), count, notes)
