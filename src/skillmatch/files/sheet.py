"""Workbooks (XLSX): a sheet as a table, its cells as the text that a person sees."""

from __future__ import annotations

import re
import warnings
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from skillmatch.domain.base.errors import InputError, Place
from skillmatch.files.archive import open_archive
from skillmatch.files.layout import AS_IT_STANDS, Layout
from skillmatch.files.rows import MAX_COLUMNS, Row, Table, check_cell, check_header

if TYPE_CHECKING:
    from openpyxl import Workbook

T = TypeVar("T")

MAX_UNPACKED_BYTES = 50 * 1024 * 1024
MAX_SHEET_ROWS = 1_048_576  # the format's own limit
_ZEROS = re.compile(r"0{2,}")
_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")  # how the format writes characters that XML cannot hold


def read_sheet(path: Path, shown: str, layout: Layout = AS_IT_STANDS) -> Table:
    """A table over a sheet of a workbook: the one that ``layout`` says, else the only one whose header has what it
    needs, else the first; its first row that is not blank is the header where nothing is needed.

    Numbers come without a needless ".0" and with the zeros that their format puts before them, dates as YYYY-MM-
    DD (with HH:MM:SS where the cell has a time), formulas
    as the value that the spreadsheet stored. Raises ``InputError`` for what is no workbook, is encrypted, unpacks
    to more than 50 MB or holds document type declarations (the way to entity bombs).
    """
    _check_workbook(path, shown)
    names = _guarded(shown, lambda: _sheet_names(path))
    sheet, (line, cells) = _chosen(path, shown, names, layout)
    header = check_header(cells, shown, line)
    found = bool(layout.needs) and (line > 1 or sheet != names[0])
    notes = (f"The table was found on the sheet '{sheet}', with the names of its columns in row {line:,}.",)
    return Table(shown, header, lambda: _rows(path, shown, sheet, header, line), notes if found else (), names)


def _sheet_names(path: Path) -> tuple[str, ...]:
    """The names of the sheets that can be seen, or of all where none can."""
    with _opened(path) as workbook:
        seen = tuple(sheet.title for sheet in workbook.worksheets if sheet.sheet_state == "visible")
        return seen or tuple(sheet.title for sheet in workbook.worksheets)


def _chosen(path: Path, shown: str, names: tuple[str, ...], layout: Layout) -> tuple[str, tuple[int, list[str]]]:
    """The sheet to read, and the row and cells of its header."""
    if not names:
        raise InputError("has no sheet.", place=Place(file=shown))
    listed = ", ".join(f"'{name}'" for name in names[:20])
    if layout.sheet is not None and layout.sheet not in names:
        raise InputError(
            f"has no sheet '{layout.sheet}'.",
            remedy=f"Its sheets are: {listed}.",
            place=Place(file=shown, field="sheet"),
        )
    sheets = (layout.sheet,) if layout.sheet is not None else names if layout.needs else names[:1]
    found = {name: header for name in sheets if (header := layout.find(_records(path, shown, name), shown)) is not None}
    if len(found) > 1 and layout.header_row is None:
        said = ", ".join(f"'{name}'" for name in found)
        raise InputError(
            f"has such a table on {len(found)} sheets: {said}.",
            remedy="Say which: --sheet, or sheet in the map.",
            place=Place(file=shown, field="sheet"),
        )
    if found:
        return next(iter(found.items()))
    likely = {name: layout.likeliest(_records(path, shown, name)) for name in sheets}
    best = max(sheets, key=lambda name: layout.overlap(likely[name][1]))
    return best, likely[best]


def _rows(path: Path, shown: str, sheet: str, header: tuple[str, ...], header_line: int) -> Iterator[Row]:
    for line, cells in _records(path, shown, sheet):
        if line <= header_line:
            continue
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


def _records(path: Path, shown: str, sheet: str) -> Iterator[tuple[int, list[str]]]:
    try:
        yield from _sheet_rows(path, shown, sheet)
    except InputError:
        raise
    except Exception as error:
        raise _unreadable(error, shown) from None


def _guarded(shown: str, read: Callable[[], T]) -> T:
    try:
        return read()
    except Exception as error:  # a crafted workbook can make the reader raise nearly anything
        raise _unreadable(error, shown) from None


def _unreadable(error: Exception, shown: str) -> InputError:
    return InputError(
        f"cannot be read as a workbook ({type(error).__name__}).",
        remedy="Open it in a spreadsheet program and save it again as XLSX or CSV.",
        place=Place(file=shown),
    )


@contextmanager
def _opened(path: Path) -> Iterator[Workbook]:
    from openpyxl import load_workbook

    with path.open("rb") as file:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # about styles and extensions that do not bear on the text of cells
            workbook = load_workbook(file, read_only=True, data_only=True)
        yield workbook


def _sheet_rows(path: Path, shown: str, name: str) -> Iterator[tuple[int, list[str]]]:
    with _opened(path) as workbook:
        sheet = workbook[name]
        sheet.reset_dimensions()  # the size that a file states need not be true
        padded = _padding_formats(workbook)
        for line, row in enumerate(sheet.iter_rows(min_row=1, min_col=1, values_only=not padded), start=1):
            values = [_shown_value(cell, padded) for cell in row] if padded else row
            if line > MAX_SHEET_ROWS or len(values) > MAX_COLUMNS:
                raise InputError(
                    f"goes past {MAX_COLUMNS:,} columns or {MAX_SHEET_ROWS:,} rows.",
                    remedy="Delete the unused columns and rows.",
                    place=Place(file=shown, line=line),
                )
            cells = [cell_text(value) for value in values]
            if any(cell.strip() for cell in cells):
                yield line, cells


def _padding_formats(workbook: Workbook) -> frozenset[str]:
    """The number formats of the workbook that put zeros before a number, as ids have them."""
    return frozenset(item for item in workbook._number_formats if _ZEROS.fullmatch(item))


def _shown_value(cell: Any, padded: frozenset[str]) -> Any:
    value = cell.value
    if isinstance(value, int) and not isinstance(value, bool) and value >= 0 and cell.number_format in padded:
        return str(value).zfill(len(cell.number_format))
    return value


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
