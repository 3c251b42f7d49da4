"""A sheet as HTML: the table behind the picture, and how the picture reads where there are no widgets."""

from __future__ import annotations

from collections.abc import Sequence

from skillmatch.widgets.kit.html import box, cell, escape, heads, row, share
from skillmatch.widgets.kit.states import LOOKS
from skillmatch.widgets.team.sheet import HIDDEN, Cell, Sheet

MOST_COLUMNS = 12
MOST_ROWS = 60
MOST_LINES = 400

_LOOKS = dict(enumerate(LOOKS.items(), start=1))


def sheet_html(sheet: Sheet, rows: Sequence[int], columns: Sequence[int], *, empty: str = "") -> str:
    """The first rows and columns as one table; each cell says its state as a sign, and its number."""
    title = f"<h3>{escape(sheet.title)}</h3><p>{escape(sheet.note)}</p>"
    if not rows or not columns:
        return box(title, f"<p>{escape(empty)}</p>")
    few_rows, few = rows[:MOST_ROWS], columns[:MOST_COLUMNS]
    first = "Unit" if sheet.kind == "units" else "Person"
    head = heads(first, ">Covered", *(sheet.columns[place].label for place in few))
    body = "".join(_line(sheet, place, few) for place in few_rows)
    left = [
        f"{len(all_) - len(shown):,} more {what}"
        for all_, shown, what in ((rows, few_rows, "rows"), (columns, few, "skills"))
        if len(all_) > len(shown)
    ]
    more = f'<p class="quiet">Not shown here: {" and ".join(left)}.</p>' if left else ""
    return box(title, f"<table>{head}<tbody>{body}</tbody></table>", f'<p class="quiet">{_legend(sheet)}</p>', more)


def lines_html(sheet: Sheet, rows: Sequence[int], columns: Sequence[int]) -> str:
    """All that the cells say, a line for each, in the order of the picture."""
    listed = [(r, c) for r in rows for c in columns if (r, c) in sheet.cells]
    units = sheet.kind == "units"
    head = (
        heads("Unit", "Skill", "State", ">Wanted", ">Ready", ">Unknown", ">Held by", ">Covered")
        if units
        else heads("Person", "Role", "Skill", "State", ">Level", ">Wanted", "Kind")
    )
    body = "".join(_cells(sheet, r, c) for r, c in listed[:MOST_LINES])
    more = f"; the first {MOST_LINES:,} are listed" if len(listed) > MOST_LINES else ""
    return box(f"<table><caption>{len(listed):,} cells{more}</caption>{head}<tbody>{body}</tbody></table>")


def describe(sheet: Sheet, found: Cell | None) -> str:
    """A cell in few signs: its state, and supply over demand or level over level."""
    if found is None:
        return ""
    if found.code == HIDDEN:
        return "· too few"
    sign = _LOOKS[found.code][1].sign
    one, two, *_ = found.numbers
    return f"{sign} {two:,}/{one:,}" if sheet.kind == "units" else f"{sign} {_level(one)}/{_level(two)}"


def _line(sheet: Sheet, place: int, columns: Sequence[int]) -> str:
    head = sheet.rows[place]
    sub = f'<br><span class="quiet">{escape(head.sub)}</span>' if head.sub else ""
    cells = [f'<th scope="row">{escape(head.label)}{sub}</th>', cell(_share(head.covered), "number")]
    for column in columns:
        found = sheet.cells.get((place, column))
        text = describe(sheet, found)
        if found is None or found.code == HIDDEN:
            cells.append(cell(text))
        else:
            state, look = _LOOKS[found.code]
            cells.append(
                cell(f'<span class="state" style="border-color:{look.colour}" title="{state.value}">{text}</span>')
            )
    return row(cells)


def _cells(sheet: Sheet, r: int, c: int) -> str:
    head, skill, found = sheet.rows[r], sheet.columns[c], sheet.cells[r, c]
    hidden = found.code == HIDDEN
    word = "not shown: fewer than five people" if hidden else _LOOKS[found.code][0].value
    one, two, three, four = found.numbers
    name = f'<th scope="row">{escape(head.label)}</th>'
    if sheet.kind == "units":
        shown = ["", "", ""] if hidden else [f"{two:,}", f"{three:,}", _share(found.covered)]
        numbers = (f"{one:,}", shown[0], shown[1], f"{four:,}", shown[2])
        return row([name, cell(escape(skill.label)), cell(word), *(cell(text, "number") for text in numbers)])
    kind = "essential" if three else "optional"
    levels = (_level(one), _level(two))
    return row(
        [name, cell(escape(head.sub)), cell(escape(skill.label)), cell(word)]
        + [cell(text, "number") for text in levels]
        + [cell(kind)]
    )


def _legend(sheet: Sheet) -> str:
    numbers = "ready / wanted" if sheet.kind == "units" else "level / level wanted"
    signs = ", ".join(f"{look.sign} {state.value}" for state, look in LOOKS.items())
    return f"{signs}; beside it {numbers}. Blank: not asked for."


def _level(hundredths: int) -> str:
    return "?" if hundredths == 65_535 else f"{hundredths / 100:.1f}".removesuffix(".0")


def _share(value: float | None) -> str:
    return "" if value is None else share(value)
