"""Texts to link from a file: one a line, or the cells of one column, each with the line it stands on."""

from __future__ import annotations

import sys
from pathlib import Path

from skillmatch.domain.base.errors import InputError, Place
from skillmatch.files.tables import MAX_FILE_BYTES, open_table

TABLES = (".csv", ".tsv", ".xlsx")
MAX_TEXT_CHARS = 20_000


def check_text(text: str, place: Place) -> str:
    """The text, when it may be linked. Raises ``InputError``."""
    if len(text) > MAX_TEXT_CHARS:
        raise InputError(
            f"has {len(text):,} characters; the limit is {MAX_TEXT_CHARS:,}.", remedy="Link shorter texts.", place=place
        )
    if any(char == "\x00" or "\ud800" <= char <= "\udfff" for char in text):
        raise InputError("holds a NUL or what is no character.", remedy="Save the text as UTF-8 again.", place=place)
    return text


def read_texts(path: Path, column: str | None) -> list[tuple[int, str]]:
    """The texts with their 1-based lines, blank ones left out; the path - is the standard input.

    A .csv, .tsv or .xlsx file is a table, and ``column`` says which of its columns is meant where there are several;
    anything else is read line by line. Raises ``InputError`` with the place and a remedy.
    """
    name = "standard input" if str(path) == "-" else path.name or str(path)
    if path.suffix.lower() in TABLES:
        numbered = _column_of(path, column)
    elif column is not None:
        remedy = "Use --column with a .csv, .tsv or .xlsx file."
        raise InputError("has lines, not columns.", remedy=remedy, place=Place(name, None, "column"))
    else:
        numbered = list(enumerate(_lines_of(path, name), start=1))
    return [(line, check_text(text.strip(), Place(name, line))) for line, text in numbered if text.strip()]


def _column_of(path: Path, column: str | None) -> list[tuple[int, str]]:
    table = open_table(path)
    columns = ", ".join(name[:60] for name in table.header[:40])
    if column is None and len(table.header) > 1:
        remedy = f"Say with --column which one holds the texts: {columns}."
        raise InputError("has several columns.", remedy=remedy, place=Place(table.file, None, "column"))
    wanted = table.header[0] if column is None else column
    if wanted not in table.header:
        raise InputError(
            f"has no column '{wanted[:60]}'.", remedy=f"It has: {columns}.", place=Place(table.file, None, "column")
        )
    return [(row.line, row.cells[wanted]) for row in table]


def _lines_of(path: Path, name: str) -> list[str]:
    place = Place(file=name)
    if str(path) == "-":
        content = sys.stdin.buffer.read(MAX_FILE_BYTES + 1)
    else:
        if path.is_dir():
            raise InputError("is a folder, not a file.", remedy="Name the file inside it.", place=place)
        try:
            with path.open("rb") as file:
                content = file.read(MAX_FILE_BYTES + 1)
        except (OSError, ValueError) as error:
            raise InputError(f"cannot be read ({error}).", remedy="Check the path.", place=place) from None
    if len(content) > MAX_FILE_BYTES:
        raise InputError(f"has more than {MAX_FILE_BYTES:,} bytes.", remedy="Split it.", place=place)
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        where = Place(name, content.count(b"\n", 0, error.start) + 1)
        raise InputError("is not UTF-8.", remedy="Save the file as UTF-8.", place=where) from None
    return text.replace("\r\n", "\n").split("\n")
