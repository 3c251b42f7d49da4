"""Row and Table: what every reader of this room gives back, and the checks that all of them share."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

from skillmatch.domain.base.errors import InputError, Place

MAX_CELL_CHARS = 1_000_000
MAX_COLUMNS = 2_000
MAX_ROW_CHARS = 4_000_000


@dataclass(frozen=True, slots=True)
class Row:
    """One row: its raw text by column name, and the 1-based line where it starts (for sheets the row number)."""

    line: int
    cells: dict[str, str]


@dataclass(frozen=True)
class Table:
    """A header and the rows under it; every iteration starts again at the first row and reads as it goes.

    ``file`` is the name that messages show. ``notes`` tell what was guessed to read it, ``sheets`` the names of a
    workbook's sheets. Iterating raises ``InputError`` at the first row that is malformed.
    """

    file: str
    header: tuple[str, ...]
    rows: Callable[[], Iterator[Row]]
    notes: tuple[str, ...] = ()
    sheets: tuple[str, ...] = ()

    def __iter__(self) -> Iterator[Row]:
        return self.rows()

    @classmethod
    def of(cls, file: str, header: Sequence[str], rows: Iterable[Sequence[str]]) -> Table:
        """A table from values in memory, as if it had been read from a file: the header on line 1.

        Raises ``InputError`` for a doubled column, a row of another width, or a cell that no file could hold.
        """
        names = check_header(header, file, 1)
        listed: list[Row] = []
        for line, cells in enumerate(rows, start=2):
            check_width(len(cells), names, file, line)
            row = dict(zip(names, cells, strict=True))
            for column, cell in row.items():
                check_cell(cell, file, line, column)
            listed.append(Row(line, row))
        return cls(file, names, lambda: iter(listed))


def check_header(names: Sequence[str], file: str, line: int) -> tuple[str, ...]:
    """The column names without blanks around them and without nameless columns at the end; none may come twice."""
    header = [name.strip() for name in names]
    while header and not header[-1]:
        header.pop()
    place = Place(file=file, line=line)
    if not header:
        raise InputError("has no header.", remedy="Put the column names into the first line.", place=place)
    if len(header) > MAX_COLUMNS:
        raise InputError(
            f"has {len(header):,} columns; the limit is {MAX_COLUMNS:,}.", remedy="Check the delimiter.", place=place
        )
    seen: set[str] = set()
    for name in header:
        if name in seen:
            called = f"the column '{name[:60]}' comes twice" if name else "two columns have no name"
            raise InputError(f"{called}.", remedy="Give every column a name of its own.", place=place)
        seen.add(name)
    return tuple(header)


def check_width(count: int, header: tuple[str, ...], file: str, line: int) -> None:
    """Require as many cells as the header has columns."""
    if count != len(header):
        raise InputError(
            f"has {count:,} cells; the header has {len(header):,}.",
            remedy="Look for a missing or doubled delimiter, or a cell that needs quotes.",
            place=Place(file=file, line=line),
        )


def check_cell(text: str, file: str, line: int, field: str) -> str:
    """The text, when it is short enough and holds neither NUL nor half of a surrogate pair."""
    place = Place(file=file, line=line, field=field)
    if len(text) > MAX_CELL_CHARS:
        raise InputError(
            f"holds {len(text):,} characters; the limit is {MAX_CELL_CHARS:,}.",
            remedy="Shorten the cell, or look for a missing quote.",
            place=place,
        )
    if not text.isascii() and any("\ud800" <= char <= "\udfff" for char in text):
        raise InputError("holds half of a surrogate pair.", remedy="Save the file as UTF-8 again.", place=place)
    if "\x00" in text:
        raise InputError("holds a NUL character.", remedy="Save the file as UTF-8 text again.", place=place)
    return text
