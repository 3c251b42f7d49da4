"""Files for other people: tables whose cells no spreadsheet takes for formulas, written whole or not at all."""

from __future__ import annotations

import csv
import math
import os
import re
import secrets
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from datetime import date, datetime
from enum import Enum
from io import BytesIO, TextIOWrapper
from pathlib import Path
from typing import IO

from skillmatch.domain.base.errors import InputError, Place, WorkspaceError

MAX_SHEET_CELL_CHARS = 32_767  # what a cell of a workbook can hold
MAX_SHEET_ROWS = 1_048_576  # and a sheet, its header included
_TRIGGERS = "=+-@"
_BREAKS = "\t\r\n"
_QUOTES = "\"'`´‘’‚‛“”„‟«»‹›＂＇"
_NUMBER = re.compile(r"[+-]?[0-9]+(?:[.,][0-9]+)*(?:[eE][+-]?[0-9]+)?")
_SHEET_FORBIDS = re.compile(r"[\x00-\x08\x0b\x0c\x0d\x0e-\x1f\ufffe\uffff]|_x(?=[0-9A-Fa-f]{4}_)")


def neutral(cell: str) -> str:
    """The text as it may stand in a table for others: with ' before it where a spreadsheet could run it.

    That is any text that, after blanks, quotes and invisible characters, starts with = + - @ (full-width and
    other forms of them included), or has a tab or line break before its first word. Plain numbers stay as they are.
    """
    return f"'{cell}" if _runs(cell) else cell


def plain(cell: str) -> str:
    """The text that :func:`neutral` was given; a leading ' that it cannot have added is kept."""
    return cell[1:] if cell.startswith("'") and _runs(cell[1:]) else cell


def _runs(cell: str) -> bool:
    if not cell or cell[0].isalnum() or _NUMBER.fullmatch(cell):
        return False
    for char in cell:
        if char in _BREAKS:
            return True
        if char.isspace() or char in _QUOTES or unicodedata.category(char) in ("Cc", "Cf", "Zs", "Zl", "Zp"):
            continue
        return unicodedata.normalize("NFKC", char)[:1] in _TRIGGERS
    return False


SHEET_WIDTH = 18
"""Characters that a column of a sheet shows before somebody widens it."""


def write_table(path: Path, header: Sequence[str], rows: Iterable[Sequence[object]]) -> int:
    """Write a table as .csv (UTF-8, commas) or .xlsx by the path's ending; returns how many rows were written.

    Cells may be text, numbers, dates, enums or None (blank); texts are made :func:`neutral`. The file appears whole
    or not at all. Raises ``InputError`` for another ending or a text that a sheet cannot hold, ``WorkspaceError``
    when the disk refuses, ``ValueError`` for a row of another width than the header.
    """
    writers: dict[str, Callable[[IO[bytes], Sequence[str], Iterator[Sequence[object]]], int]]
    writers = {".csv": _write_csv, ".xlsx": _write_xlsx}
    writer = writers.get(path.suffix.lower())
    if writer is None:
        raise InputError(
            f"'{path.suffix}' is not a kind of table that can be written.",
            remedy="Use .csv or .xlsx.",
            place=Place(file=path.name),
        )
    with _replacing(path) as file:
        try:
            return writer(file, header, _checked(header, rows))
        except InputError as error:
            raise error.at(file=path.name) from None


def write_text(path: Path, text: str) -> None:
    """Write a text as UTF-8, whole or not at all; raises ``WorkspaceError`` when the disk refuses."""
    write_bytes(path, text.encode())


def write_bytes(path: Path, content: bytes) -> None:
    """Write bytes, whole or not at all; raises ``WorkspaceError`` when the disk refuses."""
    with _replacing(path) as file:
        file.write(content)


def _checked(header: Sequence[str], rows: Iterable[Sequence[object]]) -> Iterator[Sequence[object]]:
    for row in rows:
        if len(row) != len(header):
            raise ValueError(f"a row has {len(row)} cells, the header {len(header)}")
        yield row


def _write_csv(file: IO[bytes], header: Sequence[str], rows: Iterator[Sequence[object]]) -> int:
    text = TextIOWrapper(file, encoding="utf-8", newline="")
    writer = csv.writer(text, lineterminator="\r\n")  # as RFC 4180 has it; also makes it quote a lone CR
    writer.writerow([neutral(name) for name in header])
    count = 0
    for row in rows:
        count += 1
        writer.writerow([_text(cell, count + 1) for cell in row])
    text.flush()
    text.detach()
    return count


def _write_xlsx(file: IO[bytes], header: Sequence[str], rows: Iterator[Sequence[object]]) -> int:
    from openpyxl import Workbook
    from openpyxl.utils import get_column_letter

    workbook = Workbook(write_only=True)
    sheet = workbook.create_sheet()
    sheet.freeze_panes = "A2"  # the header stays in sight
    for number in range(1, len(header) + 1):
        sheet.column_dimensions[get_column_letter(number)].width = SHEET_WIDTH
    try:
        sheet.append([_sheet_cell(name, 1) for name in header])
        count = 0
        for row in rows:
            count += 1
            if count >= MAX_SHEET_ROWS:
                raise InputError(f"a sheet holds {MAX_SHEET_ROWS:,} rows.", remedy="Write a .csv file instead.")
            sheet.append([_sheet_cell(cell, count + 1) for cell in row])
    except BaseException:
        with suppress(Exception):
            workbook.save(BytesIO())  # the only way to make it close and delete its own temporary file
        raise
    workbook.save(file)
    return count


def _sheet_cell(cell: object, line: int) -> object:
    if isinstance(cell, (int, float)) and not isinstance(cell, (bool, Enum)):
        as_text(cell)  # refuses what is not finite
        if float(format(cell, ".15g")) == cell:  # sheets keep 15 digits; a number with more stays a text
            return cell
    text = _text(cell, line)
    # The format's own way to say characters that XML cannot hold, and to say a text that looks like it.
    escaped = _SHEET_FORBIDS.sub(lambda found: f"_x{ord(found[0][0]):04X}_{found[0][1:]}", text)
    if len(escaped) > MAX_SHEET_CELL_CHARS:
        raise InputError(
            f"a cell has {len(escaped):,} characters; a sheet holds {MAX_SHEET_CELL_CHARS:,}.",
            remedy="Write a .csv file instead.",
            place=Place(line=line),
        )
    return escaped


def _text(cell: object, line: int) -> str:
    text = neutral(as_text(cell))
    if not text.isascii() and any("\ud800" <= char <= "\udfff" for char in text):
        raise InputError("a cell holds half of a surrogate pair.", remedy="Correct the text.", place=Place(line=line))
    return text


_LIKE_THOUSANDS = re.compile(r"-?[1-9][0-9]{0,2}[.][0-9]{3}")


def as_text(cell: object) -> str:
    """A cell's value as written: nothing for None, true / false, 3 rather than 3.0, ISO dates.

    1.125 is written 1.1250, which nobody takes for a thousand and more.
    """
    match cell:
        case None:
            return ""
        case Enum():
            return str(cell.value)
        case str():
            return cell
        case bool():
            return "true" if cell else "false"
        case float():
            if not math.isfinite(cell):
                raise ValueError(f"{cell} cannot be written to a table")
            text = str(int(cell)) if cell.is_integer() and abs(cell) < 1e15 else repr(cell)
            return f"{text}0" if _LIKE_THOUSANDS.fullmatch(text) else text
        case datetime():
            return cell.isoformat(" ", "seconds")
        case date():
            return cell.isoformat()
        case _:
            return str(cell)


@contextmanager
def _replacing(path: Path) -> Iterator[IO[bytes]]:
    """A file beside ``path`` that takes its place when the block ends well, and goes when it does not."""
    target = path.resolve()  # through a link to the file itself
    beside = target.with_name(f".{target.name[:100]}.{secrets.token_hex(6)}.tmp")
    try:
        with beside.open("x+b") as file:
            if target.exists():
                beside.chmod(target.stat().st_mode & 0o777)  # a private file stays private
            yield file
            file.flush()
            os.fsync(file.fileno())
        beside.replace(target)
        _sync_folder(target.parent)
    except OSError as error:
        raise WorkspaceError(
            f"cannot be written ({error.strerror or error}).",
            remedy="Check that the folder exists, may be written to and has room.",
            place=Place(file=path.name),
        ) from error
    finally:
        with suppress(OSError):  # the folder may not exist; the first error says so already
            beside.unlink(missing_ok=True)


def _sync_folder(folder: Path) -> None:
    if os.name == "nt":  # folders cannot be opened there, and replacing is durable by itself
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
