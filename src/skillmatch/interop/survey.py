"""Survey: a table is looked through once before it is read, so that each column decides how its cells are read."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from skillmatch.domain.base.errors import InputError
from skillmatch.files.tables import Table
from skillmatch.interop.column_map import ColumnMap, Rule
from skillmatch.interop.columns import DAYS, IDS, NUMBERS, SMALL, WHOLE
from skillmatch.interop.notation.blanks import is_blank
from skillmatch.interop.notation.days import DayStyle
from skillmatch.interop.notation.ids import padded_width
from skillmatch.interop.notation.money import split_price
from skillmatch.interop.notation.numbers import decided_decimal

MOST_TEXTS = 200_000
"""So many different texts of a column are looked at; more would decide nothing that these do not."""

_HEADER_WORDS = frozenset(
    (
        "id",
        "name",
        "names",
        "number",
        "nr",
        "no",
        "title",
        "date",
        "datum",
        "level",
        "skill",
        "course",
        "person",
        "employee",
        "personalnummer",
        "rating",
        "value",
        "status",
        "source",
        "type",
        "code",
        "mitarbeiter",
        "kurs",
        "stufe",
        "kenntnis",
        "vorname",
        "nachname",
        "surname",
        "email",
    )
)


@dataclass(frozen=True, slots=True)
class Ways:
    """How the cells of a table are to be read, by our column names; a column that is not named decides nothing.

    ``widths`` are the lengths of ids that begin with zeros, ``second_header`` is the line of a row of names under the
    header, if there is one.
    """

    days: Mapping[str, DayStyle] = field(default_factory=dict)
    decimals: Mapping[str, str | None] = field(default_factory=dict)
    widths: Mapping[str, int | None] = field(default_factory=dict)
    second_header: int | None = None


def survey(table: Table, column_map: ColumnMap | None) -> Ways:
    """Look through all rows. Raises ``InputError`` where the file is malformed."""
    rules = _rules(table, column_map)
    texts: dict[str, dict[str, None]] = {name: {} for name in rules}
    first: tuple[int, dict[str, str]] | None = None
    for row in table:
        if first is None:
            first = (row.line, row.cells)
            continue
        for name, rule in rules.items():
            text = rule.given(row.cells).strip()
            if len(texts[name]) < MOST_TEXTS and text and not is_blank(text) and text not in (rule.values or {}):
                texts[name][text] = None
    second = None
    if first is not None:
        line, cells = first
        leading = {name: rule.given(cells).strip() for name, rule in rules.items()}
        if _names_columns(leading, texts):
            second = line
        else:
            for name, text in leading.items():
                if text and not is_blank(text) and text not in (rules[name].values or {}):
                    texts[name][text] = None
    return Ways(
        days={name: _style(rules[name], texts[name], column_map) for name in rules if name in DAYS},
        decimals={
            name: _decimal(name, rule, texts[name], column_map)
            for name, rule in rules.items()
            if name in NUMBERS or rule.format == "number"
        },
        widths={name: padded_width(list(texts[name])) for name in rules if name in IDS},
        second_header=second,
    )


def _rules(table: Table, column_map: ColumnMap | None) -> dict[str, Rule]:
    if column_map is None:
        return {name: Rule(column=name) for name in table.header if name in DAYS | NUMBERS | IDS}
    return {
        name: rule
        for name, rule in column_map.columns.items()
        if rule.constant is None and (name in DAYS | NUMBERS | IDS or rule.format == "number")
    }


def _style(rule: Rule, texts: Iterable[str], column_map: ColumnMap | None) -> DayStyle:
    said = rule.date or (column_map.date if column_map is not None else None) or ()
    return DayStyle.decided_by(texts, (said,) if isinstance(said, str) else tuple(said))


def _decimal(name: str, rule: Rule, texts: Iterable[str], column_map: ColumnMap | None) -> str | None:
    """The decimal mark that was said, that the values show, or that the kind of column leaves."""
    said = rule.decimal or (column_map.decimal if column_map is not None else None)
    if said is not None:
        return said
    amounts = [_amount(text) for text in texts] if name == "cost" else list(texts)
    shown = decided_decimal(amounts)
    marks = {mark for text in amounts for mark in ".," if mark in text}
    if shown is not None or len(marks) != 1:
        return shown
    (mark,) = marks
    if name in WHOLE:
        return "," if mark == "." else "."
    if name in SMALL or (column_map is None and mark == "."):
        return mark
    return None


def _amount(text: str) -> str:
    try:
        return split_price(text)[0]
    except InputError:
        return ""


def _names_columns(leading: Mapping[str, str], texts: Mapping[str, Mapping[str, None]]) -> bool:
    """Whether the first row is a second row of names: without digits, over columns with digits in every other row."""
    given = [text for text in leading.values() if text]
    if len(given) < 2 or any(map(_has_digit, given)):
        return False
    over = [
        name
        for name, text in leading.items()
        if text and not is_blank(text) and texts[name] and all(map(_has_digit, texts[name]))
    ]
    words = {word for text in given for word in text.casefold().replace("-", " ").replace(".", " ").split()}
    return len(over) >= 2 or (len(over) == 1 and not words.isdisjoint(_HEADER_WORDS))


def _has_digit(text: str) -> bool:
    return any(char.isdigit() for char in text)
