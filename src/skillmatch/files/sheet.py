"""Workbooks (XLSX): the first sheet as a table, its cells as the text that a person sees."""

from __future__ import annotations

import re
import warnings
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any

from skillmatch.domain.errors import InputError, Place
from skillmatch.files.archive import open_archive
from skillmatch.files.rows import MAX_COLUMNS, Row, Table, check_cell, check_header

MAX_UNPACKED_BYTES = 50 * 1024 * 1024
MAX_SHEET_ROWS = 1_048_576  # the format's own limit
_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")  # how the format writes characters that XML cannot hold


def read_sheet(path: Path, shown: str) -> Table:
    """A table over the first sheet of a workbook; the first row that is not blank is the header.

    Numbers come without a needless ".0", dates as YYYY-MM-DD (with HH:MM:SS where the cell has a time), formulas
    as the value that the spreadsheet stored. Raises ``InputError`` for what is no workbook, is encrypted, unpacks
    to more than 50 MB or holds document type declarations (the way to entity bombs).
    """
    _check_workbook(path, shown)
    line, cells = next(_records(path, shown), (1, []))
    header = check_header(cells, shown, line)
    return Table(shown, header, lambda: _rows(path, shown, header))


def _rows(path: Path, shown: str, header: tuple[str, ...]) -> Iterator[Row]:
    records = _records(path, shown)
    next(records, None)
    for line, cells in records:
        extra = [cell for cell in cells[len(header) :] if cell]
        if extra:
            raise InputError(
                f"'{extra[0][:40]}' stands in a column without a name.",
                remedy="Name the column or empty the cell.",
                place=Place(file=shown, line=line),
            )
        cells += [""] * (len(header) - len(cells))  # a sheet does not store blank cells at the end of a row
        row = dict(zip(header, cells, strict=False))
        for column, cell in row.items():
            check_cell(cell, shown, line, column)
        yield Row(line, row)


def _records(path: Path, shown: str) -> Iterator[tuple[int, list[str]]]:
    try:
        yield from _sheet_rows(path, shown)
    except InputError:
        raise
    except Exception as error:  # a crafted workbook can make the reader raise nearly anything
        raise InputError(
            f"cannot be read as a workbook ({type(error).__name__}).",
            remedy="Open it in a spreadsheet program and save it again as XLSX or CSV.",
            place=Place(file=shown),
        ) from None


def _sheet_rows(path: Path, shown: str) -> Iterator[tuple[int, list[str]]]:
    from openpyxl import load_workbook

    with path.open("rb") as file:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # about styles and extensions that do not bear on the text of cells
            workbook = load_workbook(file, read_only=True, data_only=True)
        if not workbook.worksheets:
            raise InputError("has no sheet.", place=Place(file=shown))
        sheet = workbook.worksheets[0]
        sheet.reset_dimensions()  # the size that a file states need not be true
        for line, values in enumerate(sheet.iter_rows(min_row=1, min_col=1, values_only=True), start=1):
            if line > MAX_SHEET_ROWS or len(values) > MAX_COLUMNS:
                raise InputError(
                    f"goes past {MAX_COLUMNS:,} columns or {MAX_SHEET_ROWS:,} rows.",
                    remedy="Delete the unused columns and rows.",
                    place=Place(file=shown, line=line),
                )
            cells = [cell_text(value) for value in values]
            if any(cell.strip() for cell in cells):
                yield line, cells


def cell_text(value: Any) -> str:
    """A sheet's value as a person sees it: 3 rather than 3.0, ISO dates, TRUE and FALSE, nothing for None."""
    match value:
        case None:
            return ""
        case str():
            return _ESCAPED.sub(lambda found: chr(int(found[1], 16)), value) if "_x" in value else value
        case bool():
            return "TRUE" if value else "FALSE"
        case int():
            return str(value)
        case float():
            return format(value, ".15g")  # as many digits as spreadsheets keep
        case datetime():
            return value.date().isoformat() if value.time() == time() else value.isoformat(" ", "seconds")
        case date() | time():
            return value.isoformat()
        case timedelta():
            minutes, seconds = divmod(round(value.total_seconds()), 60)
            return f"{minutes // 60}:{minutes % 60:02}:{seconds:02}"
        case _:
            return str(value)


def _check_workbook(path: Path, shown: str) -> None:
    with open_archive(path, shown, most_bytes=MAX_UNPACKED_BYTES) as archive:
        names = archive.namelist()
        if "[Content_Types].xml" not in names:
            raise InputError("is a zip archive but not a workbook.", remedy="Save it as XLSX.", place=Place(file=shown))
        try:
            for name in names:
                if name.endswith((".xml", ".rels")):
                    content = archive.read(name).replace(b"\x00", b"")  # without NULs UTF-16 reads like ASCII
                    if b"<!DOCTYPE" in content or b"<!ENTITY" in content:
                        raise InputError("declares a document type, which no workbook needs.", place=Place(file=shown))
        except InputError:
            raise
        except Exception as error:  # zlib, CRC, unknown packing: all mean the same to the reader
            raise InputError(
                f"is damaged ({type(error).__name__}).", remedy="Save it again.", place=Place(file=shown)
            ) from None
