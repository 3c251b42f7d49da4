"""Layout: where in a file the table lies (sheet, header row) and how it is written (encoding, delimiter)."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

from skillmatch.domain.base.errors import InputError, Place

SEARCHED_ROWS = 40
"""A header is looked for in so many rows that are not blank."""


@dataclass(frozen=True, slots=True)
class Layout:
    """What was said of a file, and the columns that its header ``needs``, by which the rest is found.

    ``header_row`` is the 1-based line or row of the column names. With ``needs`` an encoding is guessed, and the
    header is the first row, of whichever sheet, that has all of them. Without, the first row that is not blank is.
    """

    sheet: str | None = None
    header_row: int | None = None
    encoding: str | None = None
    delimiter: str | None = None
    needs: Collection[str] = ()

    def overlap(self, cells: Sequence[str]) -> int:
        """How many of the needed columns stand in a row."""
        return len(set(self.needs) & {cell.strip() for cell in cells})

    def find(self, records: Iterator[tuple[int, list[str]]], shown: str) -> tuple[int, list[str]] | None:
        """The line and the cells of the header among ``records``; None where no row has all that is needed.

        Raises ``InputError`` when the row that was said is not there.
        """
        if self.header_row is not None:
            found = next(((line, cells) for line, cells in records if line >= self.header_row), None)
            if found is not None and found[0] == self.header_row:
                return found
            raise InputError(
                f"has no text in row {self.header_row:,}.",
                remedy="Say in which row the names of the columns stand: --header-row, or header_row in the map.",
                place=Place(file=shown),
            )
        if not self.needs:
            return next(records, (1, []))
        for line, cells in islice(records, SEARCHED_ROWS):
            if self.overlap(cells) == len(set(self.needs)):
                return line, cells
        return None

    def likeliest(self, records: Iterator[tuple[int, list[str]]]) -> tuple[int, list[str]]:
        """The row that most likely is a header where none has all that is needed: it has most of them, else it is
        the first that is as wide as any."""
        listed = list(islice(records, SEARCHED_ROWS))
        if not listed:
            return 1, []
        widest = max(_width(cells) for _, cells in listed)
        return max(listed, key=lambda record: (self.overlap(record[1]), _width(record[1]) == widest, -record[0]))


AS_IT_STANDS = Layout()
"""Nothing was said and nothing is looked for: the first row of the first sheet, in UTF-8."""


def _width(cells: Sequence[str]) -> int:
    return sum(bool(cell.strip()) for cell in cells)
