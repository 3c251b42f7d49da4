"""Screen: where people read; text from files is shown as text, never as colour codes, markup or control characters."""

from __future__ import annotations

import errno
import unicodedata
from collections.abc import Iterable, Sequence
from datetime import date
from typing import NoReturn, TextIO

from rich.box import SIMPLE_HEAD
from rich.console import Console
from rich.table import Table
from rich.text import Text

LEAST_FIRST = 24
"""A first column of words never gets narrower than this, however long an id or an address beside it is."""

Cell = str | int | float | date | bool | None | Text


class _Console(Console):
    def on_broken_pipe(self) -> NoReturn:
        """Leave it to the program how to end when nobody reads any more."""
        raise BrokenPipeError(errno.EPIPE, "nobody reads the output")


class Screen:
    """Lines and tables on a stream: coloured on a terminal (unless NO_COLOR is set), 80 columns wide elsewhere."""

    def __init__(self, stream: TextIO) -> None:
        self._console = _Console(file=stream, markup=False, highlight=False, emoji=False)

    def line(self, text: str = "", *, style: str = "", indent: int = 0) -> None:
        """A line of text, wrapped with its indent kept."""
        self._wrapped(text, style, " " * indent, " " * indent)

    def item(self, text: str, *, style: str = "", indent: int = 0) -> None:
        """A line of a list: a dash, and wrapped text that does not run under it."""
        self._wrapped(text, style, " " * indent + "- ", " " * indent + "  ")

    def unwrapped(self, text: str, *, style: str = "") -> None:
        """A line that only a terminal breaks, so that programs find it whole."""
        self._console.print(Text(clean(text), style=style), soft_wrap=True)

    def _wrapped(self, text: str, style: str, first: str, others: str) -> None:
        lines = Text(clean(text), style=style).wrap(self._console, max(20, self._console.width - len(first)))
        for place, line in enumerate(lines):
            line.rstrip()
            self._console.print(Text.assemble(others if place else first, line), soft_wrap=True)

    def heading(self, text: str) -> None:
        """What the next lines are about."""
        self.line(text, style="bold")

    def _first_width(self, columns: Sequence[str], cells: Sequence[Sequence[Text]]) -> int | None:
        """``LEAST_FIRST``, or what it needs, where a first column of words would be drawn narrower; else None."""
        needs = [
            max([len(name.lstrip(">|")), *(row[place].cell_len for row in cells)]) for place, name in enumerate(columns)
        ]
        wrapped = [place for place, name in enumerate(columns) if name[:1] not in (">", "|")]
        if not wrapped or wrapped[0] != 0:
            return None
        widths, over = dict(enumerate(needs)), sum(needs) + 3 * (len(needs) - 1) - self._console.width
        for _ in range(over):  # the widest of those that wrap gives way
            widest = max(wrapped, key=lambda place: widths[place])
            widths[widest] -= 1
        return None if widths[0] >= min(LEAST_FIRST, needs[0]) else min(LEAST_FIRST, needs[0])

    def table(self, columns: Sequence[str], rows: Iterable[Sequence[Cell]]) -> None:
        """A table; a column whose name begins with > holds numbers, one that begins with | is never cut or wrapped."""
        table = Table(box=SIMPLE_HEAD, pad_edge=False, padding=(0, 1), show_edge=False)
        cells = [[cell if isinstance(cell, Text) else Text(clean(shown(cell))) for cell in row] for row in rows]
        first = self._first_width(columns, cells)
        for place, name in enumerate(columns):
            mark = name[:1]
            table.add_column(
                name.lstrip(">|"),
                width=None if place else first,
                justify="right" if mark == ">" else "left",
                no_wrap=mark in (">", "|"),
                overflow="fold",
            )
        for row in cells:
            table.add_row(*row)
        with self._console.capture() as drawn:
            self._console.print(table)
        # Blanks at the ends of lines would travel along into every transcript.
        self._console.file.writelines(f"{line.rstrip()}\n" for line in drawn.get().splitlines())


def clean(text: str) -> str:
    """The text without characters that would steer the terminal; line breaks stay."""
    return "".join(char if char == "\n" or unicodedata.category(char) not in ("Cc", "Cs") else " " for char in text)


def shown(cell: object) -> str:
    """A cell as a person reads it: nothing for None, yes and no, at most two decimals, ISO dates."""
    match cell:
        case None:
            return ""
        case bool():
            return "yes" if cell else "no"
        case float():
            return number(cell)
        case int():
            return f"{cell:,}"
        case _:
            return str(cell)


def number(value: float) -> str:
    """A number with thousands set off and no more than two decimals: 1,200 or 2.5."""
    text = f"{value:,.2f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def level(value: float) -> str:
    """A level (0-5) with at most one decimal: nobody can tell finer ones apart."""
    return f"{value:.1f}".removesuffix(".0")


def share(value: float) -> str:
    """A share (0-1) in per cent; what is little but not nothing, or nearly but not all, does not look like it."""
    percent = value * 100
    if 0 < percent < 1:
        return "less than 1 %"
    if 99 < percent < 100:
        return "more than 99 %"
    return f"{percent:.0f} %"


def money(amount: float | None, currency: str) -> str:
    """A cost: "180 EUR", "free", or "not stated"."""
    if amount is None:
        return "not stated"
    return "free" if amount == 0 else f"{number(amount)} {currency}".strip()


def counted(count: int, one: str, many: str = "") -> str:
    """A count with its noun: "1 person", "3 people"."""
    return f"{count:,} {one if count == 1 else many or one + 's'}"
