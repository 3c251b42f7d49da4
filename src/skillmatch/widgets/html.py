"""HTML pieces that every view of the notebook is made of; everything that comes from data is escaped here."""

from __future__ import annotations

from collections.abc import Iterable
from html import escape as escape

STYLE = """\
<style>
.skillmatch { --skillmatch-ink: var(--jp-content-font-color1, #1c2330);
  --skillmatch-quiet: color-mix(in srgb, var(--skillmatch-ink) 74%, var(--jp-layout-color1, #fff));
  color: var(--skillmatch-ink); font-family: var(--jp-ui-font-family, sans-serif);
  font-size: 13px; line-height: 1.45; }
.skillmatch h3 { margin: 14px 0 2px; font-size: 15px; }
.skillmatch p { margin: 2px 0 6px; }
.skillmatch table { border-collapse: collapse; width: 100%; }
.skillmatch caption { text-align: left; padding: 2px 0 4px; }
.skillmatch th, .skillmatch td { text-align: left; vertical-align: top; padding: 4px 14px 4px 0;
  border-bottom: 1px solid var(--jp-border-color2, #d8dde5); }
.skillmatch td.number, .skillmatch th.number { text-align: right; white-space: nowrap;
  font-variant-numeric: tabular-nums; }
.skillmatch tbody th { font-weight: 600; }
.skillmatch th.group { padding-top: 10px; color: var(--skillmatch-quiet); }
.skillmatch ul { margin: 0; padding-left: 16px; }
.skillmatch .quiet { font-weight: 400; color: var(--skillmatch-quiet); }
.skillmatch .state { white-space: nowrap; padding-left: 7px; border-left: 5px solid; }
.skillmatch .level { white-space: nowrap; }
.skillmatch .scale { display: inline-block; position: relative; width: 80px; height: 9px; vertical-align: middle;
  margin-right: 8px; background: var(--jp-layout-color3, #dfe4eb); border-radius: 2px; }
.skillmatch .scale i { position: absolute; left: 0; top: 0; bottom: 0; border-radius: 2px; }
.skillmatch .scale b { position: absolute; top: -3px; bottom: -3px; width: 2px;
  background: var(--skillmatch-ink); }
.skillmatch .alert { border-left: 5px solid #d55e00; padding: 6px 10px; margin: 6px 0;
  background: var(--jp-layout-color2, #f5f2ee); }
.skillmatch summary { cursor: pointer; padding: 4px 0; }
</style>"""
"""Colours come from the notebook's theme, with fallbacks for pages that have none."""


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
