"""Delimited text (CSV, TSV) read as a stream: memory stays bounded whatever the file holds."""

from __future__ import annotations

import codecs
import csv
from collections.abc import Iterator
from dataclasses import dataclass
from io import TextIOWrapper
from pathlib import Path

from skillmatch.domain.base.errors import InputError, Place
from skillmatch.files.encoding import check_encoding, guessed_encoding
from skillmatch.files.layout import AS_IT_STANDS, Layout
from skillmatch.files.rows import MAX_CELL_CHARS, MAX_ROW_CHARS, Row, Table, check_cell, check_header, check_width

DELIMITERS = (",", ";", "\t", "|")
_WIDE_MARKS = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
_SAVE_AS = 'Save the file as UTF-8 (in Excel: "CSV UTF-8").'


def read_delimited(path: Path, shown: str, delimiter: str | None, layout: Layout = AS_IT_STANDS) -> Table:
    """A table over delimited text; quotes as in RFC 4180.

    It is in UTF-8, with or without a byte-order mark, unless ``layout`` says another encoding or lets it be guessed.
    Raises ``InputError`` when the text is in none of these or the header is malformed; the rest is met while iterating.
    """
    _check_is_text(path, shown)
    encoding, note = _encoding(path, shown, layout)
    text = _Text(path, shown, encoding)
    mark, line, cells = _header(text, delimiter, layout)
    header = check_header(cells, shown, line)
    for column in header:
        check_cell(column, shown, line, column[:60])
    above = f"The names of the columns were found in line {line:,}." if layout.needs and line > 1 else ""
    notes = tuple(said for said in (note, above) if said)
    return Table(shown, header, lambda: _rows(text, mark, header, len(cells), line), notes)


@dataclass(frozen=True, slots=True)
class _Text:
    """A text file: its path, the name that messages show, and its encoding."""

    path: Path
    shown: str
    encoding: str


def _encoding(path: Path, shown: str, layout: Layout) -> tuple[str, str]:
    if layout.encoding is not None:
        return check_encoding(layout.encoding, shown), ""
    guessed = guessed_encoding(path) if layout.needs else None
    if guessed is None:
        _check_encoding_mark(path, shown)
    return guessed or ("utf-8-sig", "")


def _header(text: _Text, delimiter: str | None, layout: Layout) -> tuple[str, int, list[str]]:
    """The delimiter, and the line and the cells of the header."""
    if delimiter is None and layout.needs and layout.header_row is None:
        for mark in DELIMITERS:
            found = _quietly(text, mark, layout)
            if found is not None:
                return mark, *found
    mark = delimiter or _guess_delimiter(text, layout.header_row)
    found = layout.find(_records(text, mark), text.shown)
    return mark, *(found or next(_records(text, mark), (1, [])))


def _quietly(text: _Text, mark: str, layout: Layout) -> tuple[int, list[str]] | None:
    """The header if it is written with this delimiter; other marks may make nonsense of the quotes."""
    try:
        return layout.find(_records(text, mark), text.shown)
    except InputError:
        return None


def _rows(text: _Text, delimiter: str, header: tuple[str, ...], width: int, header_line: int) -> Iterator[Row]:
    records = _records(text, delimiter)
    shown = text.shown
    nameless = width - len(header)  # columns at the end without a name, as spreadsheets leave them
    for line, cells in records:
        if line <= header_line:
            continue
        if nameless and len(cells) == width and not any(cell.strip() for cell in cells[len(header) :]):
            del cells[len(header) :]
        check_width(len(cells), header, shown, line)
        for column, cell in zip(header, cells, strict=True):
            if len(cell) > MAX_CELL_CHARS:
                check_cell(cell, shown, line, column)
        yield Row(line, dict(zip(header, cells, strict=True)))


def _records(text: _Text, delimiter: str) -> Iterator[tuple[int, list[str]]]:
    # The limit is the csv module's own and global; it is only ever raised, and _Lines bounds memory in any case.
    csv.field_size_limit(max(csv.field_size_limit(), MAX_ROW_CHARS))
    with text.path.open("rb") as raw, TextIOWrapper(raw, encoding=text.encoding, newline="") as opened:
        lines = _Lines(opened, text.path, text.shown, delimiter)
        reader = csv.reader(lines, delimiter=delimiter, strict=True)
        while True:
            lines.begin_record()
            try:
                cells = next(reader)
            except StopIteration:
                return
            except csv.Error as error:
                raise _explain(error, lines) from None
            if any(cell.strip() for cell in cells):
                yield lines.first, cells


class _Lines:
    """Feeds lines to the csv reader and remembers those of the current record, so that errors can name theirs."""

    def __init__(self, text: TextIOWrapper, path: Path, shown: str, delimiter: str = ",") -> None:
        self.text, self.path, self.shown, self.delimiter = text, path, shown, delimiter
        self.count = 0
        self.first = 1
        self.record: list[str] = []
        self.chars = 0

    def begin_record(self) -> None:
        self.first = self.count + 1
        self.record = []
        self.chars = 0

    def __iter__(self) -> _Lines:
        return self

    def __next__(self) -> str:
        try:
            line = self.text.readline(MAX_ROW_CHARS + 1)
        except UnicodeDecodeError:
            raise _not_utf8(self.path, self.shown) from None
        except OSError as error:
            raise InputError(f"cannot be read ({error}).", place=Place(file=self.shown)) from None
        if not line:
            raise StopIteration
        self.count += 1
        self.chars += len(line)
        self.record.append(line)
        if "\x00" in line:
            raise InputError(
                "holds a NUL character.",
                remedy="The file is damaged or not text: save it as UTF-8 again.",
                place=Place(file=self.shown, line=self.count),
            )
        if self.chars > MAX_ROW_CHARS:
            raise _too_long(self)
        return line


def _too_long(lines: _Lines) -> InputError:
    opened = _open_quote_line(lines)
    what = "a row has more than" if opened is None else "a quote that opens here does not close within"
    return InputError(
        f"{what} {MAX_ROW_CHARS:,} characters.",
        remedy="Look for a missing quote, or shorten the cell.",
        place=Place(file=lines.shown, line=opened or lines.first),
    )


def _explain(error: csv.Error, lines: _Lines) -> InputError:
    opened = _open_quote_line(lines)
    if opened is not None:
        return InputError(
            "a quote opens here and never closes.",
            remedy='Close it, or double it ("") where it belongs to the text.',
            place=Place(file=lines.shown, line=opened),
        )
    return InputError(
        f"has a quote in the wrong place ({error}).",
        remedy='Put the whole cell into quotes and double (") those that belong to its text.',
        place=Place(file=lines.shown, line=lines.count),
    )


def _open_quote_line(lines: _Lines) -> int | None:
    """The line of the quote still open at the end of the current record, or None: follows the csv module's rules."""
    opened: int | None = None
    at_start, after_quote = True, False
    for number, line in enumerate(lines.record, start=lines.first):
        for char in line:
            if opened is not None:
                if char == '"':
                    opened, after_quote = None, True
                continue
            if char == '"' and (at_start or after_quote):
                opened = number
            at_start, after_quote = char == lines.delimiter or char in "\r\n", False
    return opened


def _guess_delimiter(text: _Text, header_row: int | None) -> str:
    with text.path.open("rb") as raw, TextIOWrapper(raw, encoding=text.encoding, newline="") as opened:
        line = ""
        for number, line in enumerate(_Lines(opened, text.path, text.shown), start=1):
            if line.strip() and number >= (header_row or 1):
                break
    bare = "".join(line.split('"')[::2])  # delimiters inside quotes do not count
    return max(DELIMITERS, key=bare.count)


def _check_is_text(path: Path, shown: str) -> None:
    with path.open("rb") as file:
        start = file.read(8)
    if start.startswith((b"PK\x03\x04", b"\xd0\xcf\x11\xe0")):
        raise InputError(
            "is a workbook or an archive, not text.",
            remedy="Give it its own ending (.xlsx, .zip), or save it as CSV.",
            place=Place(file=shown),
        )


def _check_encoding_mark(path: Path, shown: str) -> None:
    with path.open("rb") as file:
        start = file.read(4_096)
    even, odd = start[::2].count(0), start[1::2].count(0)
    lopsided = abs(even - odd) * 3 > len(start)  # Latin text in two bytes each, one of which is always 0
    if start.startswith(_WIDE_MARKS) or lopsided:
        raise InputError("is in UTF-16, not UTF-8.", remedy=_SAVE_AS, place=Place(file=shown, line=1))


def _not_utf8(path: Path, shown: str) -> InputError:
    """Read the bytes again up to the first that is not UTF-8, to name its line."""
    decoder = codecs.getincrementaldecoder("utf-8")()
    line, offset, pending = 1, 0, 0
    with path.open("rb") as file:
        while chunk := file.read(65_536):
            try:
                decoder.decode(chunk)
                line += chunk.count(b"\n")
            except UnicodeDecodeError as error:
                within = max(error.start - pending, 0)
                line += chunk[:within].count(b"\n")
                offset += error.start - pending
                break
            offset += len(chunk)
            pending = len(decoder.getstate()[0])
    return InputError(
        f"is not UTF-8, probably Latin-1 or Windows-1252 (byte {offset + 1:,}).",
        remedy=_SAVE_AS,
        place=Place(file=shown, line=line),
    )
