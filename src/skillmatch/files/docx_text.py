"""DOCX to text: the main text in its order, with headings and list items marked; read straight from its XML.

Tracked deletions, field codes and the fallback copies of text boxes are not text that a reader sees; headers, footers
and footnotes are not read.
"""

from __future__ import annotations

import re
import tempfile
import zipfile
from pathlib import Path
from typing import IO

from skillmatch.domain.base.errors import InputError
from skillmatch.files.archive import open_archive
from skillmatch.files.sandbox import Parsed
from skillmatch.files.text_building import TextBuilder

MAX_UNPACKED = 50 * 1024 * 1024
MAIN = "word/document.xml"

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_HEADING = re.compile(r"(?:heading|berschrift|titre|title)\D{0,3}([1-6])?", re.IGNORECASE)
_OLD_OFFICE = b"\xd0\xcf\x11\xe0"


def parse(data: bytes) -> Parsed:
    """The text of a Word document. Raises ``InputError`` when it is protected, damaged or unpacks to too much.

    At most 50 MB may be unpacked, and no part of over 1 MB to more than 100 times its size.
    """
    if data.startswith(_OLD_OFFICE):
        raise InputError(
            "is protected by a password, or a Word file of an old kind (.doc).",
            remedy="Remove the password and save it as DOCX.",
        )
    with tempfile.TemporaryDirectory(prefix="skillmatch-") as folder:
        path = Path(folder) / "document.docx"
        path.write_bytes(data)
        try:
            archive = open_archive(path, "document", most_bytes=MAX_UNPACKED)
        except InputError as error:
            raise InputError(error.message, remedy="Save it again as DOCX, or as plain text.") from None
        with archive:
            return Parsed(_main_text(archive))


def _main_text(archive: zipfile.ZipFile) -> str:
    try:
        with archive.open(MAIN) as file:
            return _text_of(file)
    except KeyError:
        raise InputError("is a zip archive but no Word document.", remedy="Save it as DOCX.") from None
    except (zipfile.BadZipFile, SyntaxError, EOFError) as error:  # SyntaxError: the XML parser's errors are such
        raise InputError(f"is damaged ({type(error).__name__}).", remedy="Save it again as DOCX.") from None


def _text_of(file: IO[bytes]) -> str:
    from defusedxml import DefusedXmlException
    from defusedxml.ElementTree import iterparse

    builder = TextBuilder()
    mark = ""
    fallback = 0
    try:
        for event, element in iterparse(file, events=("start", "end")):
            if element.tag == _FALLBACK:
                fallback += 1 if event == "start" else -1
            if fallback:
                continue
            if event == "start":
                if element.tag == _W + "p":
                    builder.block("")
                    mark = ""
                continue
            match element.tag.removeprefix(_W):
                case "pStyle":
                    heading = _HEADING.search(element.get(_W + "val", ""))
                    mark = "#" * int(heading[1] or 1) + " " if heading else mark
                case "numPr":
                    mark = mark or "• "
                case "pPr":
                    builder.block(mark)
                case "t":
                    builder.add(element.text or "")
                case "tab":
                    builder.add(" ")
                case "br" | "cr" | "p":
                    builder.block()
                case "tc":
                    builder.block()
            element.clear()
    except DefusedXmlException:
        raise InputError("declares XML entities, which no Word document does.", remedy="Save it again.") from None
    return builder.text()
