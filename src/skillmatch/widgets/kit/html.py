"""HTML pieces that every view of the notebook is made of; everything that comes from data is escaped here."""

from __future__ import annotations

from collections.abc import Iterable
from html import escape as escape

from skillmatch.widgets.kit.style import STYLE as STYLE


def box(*parts: str) -> str:
    """A piece of its own, with the style it needs."""
    return f'{STYLE}<div class="skillmatch">{"".join(parts)}</div>'


def row(cells: Iterable[str]) -> str:
    """A table row from finished cells."""
    return f"<tr>{''.join(cells)}</tr>"


def cell(content: str, kind: str = "") -> str:
    """A table cell around finished HTML."""
    return f'<td class="{kind}">{content}</td>' if kind else f"<td>{content}</td>"


def heads(*names: str) -> str:
    """The head of a table; a name that begins with > stands over numbers."""
    cells = (
        f'<th scope="col" class="number">{escape(name[1:])}</th>'
        if name.startswith(">")
        else f'<th scope="col">{escape(name)}</th>'
        for name in names
    )
    return f"<thead>{row(cells)}</thead>"


def number(value: float | None, unit: str = "") -> str:
    """A number with at most two decimals and thousands set off; "not stated" for None."""
    if value is None:
        return "not stated"
    text = f"{value:,.2f}".rstrip("0").rstrip(".")
    return f"{text} {escape(unit)}".rstrip()


def share(value: float) -> str:
    """A share (0-1) in per cent; what is little but not nothing, or nearly but not all, does not look like it."""
    if 0 < value < 0.01:
        return "under 1 %"
    if 0.99 < value < 1:
        return "over 99 %"
    return f"{value:.0%}".replace("%", " %")


def alert(message: str, remedy: str) -> str:
    """What went wrong and what to do about it, announced to screen readers."""
    advice = f"<br>{escape(remedy)}" if remedy else ""
    return box(f'<div class="alert" role="alert"><strong>{escape(message)}</strong>{advice}</div>')
