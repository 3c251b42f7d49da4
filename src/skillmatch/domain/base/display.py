"""A face for values that a person looks at: one line, an escaped HTML table, or a data frame."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import pandas

MAX_HTML_ROWS = 20

_CELL = "padding:4px 10px;text-align:left;border-bottom:1px solid var(--jp-border-color2,#ddd)"
_BOX = "color:var(--jp-content-font-color1,#222);font-family:var(--jp-ui-font-family,sans-serif)"


class Tabular:
    """Mixin for answers made of rows; a subclass says its :meth:`headline` and its :meth:`rows`.

    ``repr`` and HTML end up in saved notebooks and logs, so people stand in them without name and id: they show the
    :meth:`caption`, and in a column called ``person`` a number. Whoever needs the ids takes the rows or a data frame.
    """

    __slots__ = ()

    def headline(self) -> str:
        """One sentence that says what the value holds."""
        raise NotImplementedError

    def caption(self) -> str:
        """The headline as it may be saved: without whom it is about."""
        return self.headline()

    def rows(self) -> Sequence[dict[str, Any]]:
        """The rows, each a dict with the same keys in the same order."""
        raise NotImplementedError

    def saved_rows(self) -> Sequence[dict[str, Any]]:
        """The rows as they may be saved: those in a column called ``person`` have numbers."""
        return _numbered(self.rows())

    def __repr__(self) -> str:
        return f"<{type(self).__name__}: {self.caption()}>"

    def _repr_html_(self) -> str:
        rows = self.saved_rows()
        if not rows:
            return f'<div style="{_BOX}"><p>{escape(self.caption())}</p></div>'
        head = "".join(f'<th scope="col" style="{_CELL}">{escape(key)}</th>' for key in rows[0])
        body = "".join(
            "<tr>" + "".join(f'<td style="{_CELL}">{escape(shown(cell))}</td>' for cell in row.values()) + "</tr>"
            for row in rows[:MAX_HTML_ROWS]
        )
        hidden = len(rows) - MAX_HTML_ROWS
        more = f"<p>{hidden} more rows: use .to_frame()</p>" if hidden > 0 else ""
        caption = f'<caption style="text-align:left;font-weight:600">{escape(self.caption())}</caption>'
        return (
            f'<div style="{_BOX}"><table style="border-collapse:collapse">{caption}'
            f"<thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>{more}</div>"
        )

    def to_frame(self) -> pandas.DataFrame:
        """The rows as a pandas data frame; needs the ``notebook`` extra."""
        import pandas  # only here: nothing else in the domain leaves the standard library

        return pandas.DataFrame(list(self.rows()))


class AboutPerson(Tabular):
    """Mixin for answers about one person: :meth:`told_of` is the headline with the words that stand for them."""

    __slots__ = ()

    person_id: str

    def told_of(self, who: str) -> str:
        """One sentence that says what the value holds about ``who``."""
        raise NotImplementedError

    def headline(self) -> str:
        return self.told_of(self.person_id)

    def caption(self) -> str:
        return self.told_of("this person")


def _numbered(rows: Sequence[dict[str, Any]]) -> Sequence[dict[str, Any]]:
    """The rows with numbers in place of the people in a column called ``person``, in the order of their appearance."""
    if not rows or "person" not in rows[0]:
        return rows
    numbers: dict[object, str] = {}
    for row in rows:
        numbers.setdefault(row["person"], f"person {len(numbers) + 1}")
    return [row | {"person": numbers[row["person"]]} for row in rows]


def shown(cell: object) -> str:
    """A cell as a person reads it: nothing for None, two decimals (four below 1, where scores lie), lists joined."""
    match cell:
        case None:
            return ""
        case bool():
            return "yes" if cell else "no"
        case float():
            decimals = 2 if abs(cell) >= 1 else 4
            return f"{cell:z.{decimals}f}".rstrip("0").rstrip(".")  # z: never "-0"
        case list() | tuple():
            return ", ".join(shown(item) for item in cell)
        case _:
            return str(cell)
