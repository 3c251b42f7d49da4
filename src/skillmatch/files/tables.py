"""Tables from outside: one way to read CSV, TSV, XLSX and NDJSON, row by row, with every defect named by its line."""

from __future__ import annotations

from pathlib import Path

from skillmatch.domain.base.errors import InputError, Place
from skillmatch.files.delimited import read_delimited
from skillmatch.files.layout import AS_IT_STANDS, Layout
from skillmatch.files.ndjson import read_ndjson
from skillmatch.files.rows import MAX_CELL_CHARS, MAX_COLUMNS, MAX_ROW_CHARS, Row, Table
from skillmatch.files.sheet import read_sheet

__all__ = ["MAX_CELL_CHARS", "MAX_COLUMNS", "MAX_FILE_BYTES", "MAX_ROW_CHARS", "Layout", "Row", "Table", "open_table"]

MAX_FILE_BYTES = 512 * 1024 * 1024


def open_table(
    path: Path, *, delimiter: str | None = None, name: str | None = None, layout: Layout = AS_IT_STANDS
) -> Table:
    """Open a table file for reading; what kind it is follows from its ending: .csv, .tsv, .txt, .xlsx,
    .ndjson or .jsonl.

    The delimiter is a tab for .tsv and .txt; for .csv it is guessed among comma, semicolon, tab and bar from the
    header line. Of a workbook the first sheet is read, unless ``layout`` says or finds another one. ``name`` is
    shown in messages instead of the file's own.
    Raises ``InputError`` with the place and a remedy for whatever cannot be read as such a table.
    """
    shown = name if name is not None else path.name
    _check_file(path, shown)
    match Path(shown).suffix.lower():
        case ".csv":
            return read_delimited(path, shown, delimiter or layout.delimiter, layout)
        case ".tsv" | ".txt":
            guessed = None if layout.needs else "\t"
            return read_delimited(path, shown, delimiter or layout.delimiter or guessed, layout)
        case ".xlsx":
            return read_sheet(path, shown, layout)
        case ".ndjson" | ".jsonl":
            return read_ndjson(path, shown)
        case ending:
            raise InputError(
                f"'{ending or shown}' is not a kind of table that can be read.",
                remedy="Save it as CSV (UTF-8), tab-separated text (.tsv, .txt), XLSX or NDJSON.",
                place=Place(file=shown),
            )


def _check_file(path: Path, shown: str) -> None:
    """Require a readable, not empty, not too large ordinary file."""
    place = Place(file=shown)
    try:
        if path.is_dir():
            raise InputError("is a folder, not a file.", remedy="Name the file inside it.", place=place)
        if not path.exists():
            raise InputError("does not exist.", remedy="Check the path.", place=place)
        if not path.is_file():
            raise InputError("is not an ordinary file.", remedy="Save the data to a file first.", place=place)
        size = path.stat().st_size
        with path.open("rb"):
            pass
    except (OSError, ValueError) as error:  # ValueError: a NUL in the path
        raise InputError(f"cannot be opened ({error}).", remedy="Check the path and its rights.", place=place) from None
    if size == 0:
        raise InputError("is empty.", remedy="It needs at least a header line.", place=place)
    if size > MAX_FILE_BYTES:
        raise InputError(
            f"has {size:,} bytes; the limit is {MAX_FILE_BYTES:,}.", remedy="Split it into smaller files.", place=place
        )
