"""Several things in one cell: lists of programs, JSON, "SQL (4); Excel: 3/5", and each item's own level."""

from __future__ import annotations

import json
import re
from collections.abc import Container, Sequence

from skillmatch.domain.base.errors import InputError
from skillmatch.domain.skills.taxonomy import fold
from skillmatch.interop.notation.levels import is_level

SURE_MARKS = ("\n", ";", "|", "\u2022")
"""What separates items wherever it stands; a comma may belong to a name."""

Item = tuple[str, str]
"""A name as it is written, and the words of its level ("" for none)."""

_BRACKETED = re.compile(r"(.*\S)\s*[(\[]([^()\[\]]*)[)\]]", re.DOTALL)
_COLON = re.compile(r"(.*\S)\s*[:=]\s*(\S.*)", re.DOTALL)
_DASH = re.compile(r"(.*\S)\s+[-\u2013\u2014]\s+(\S.*)", re.DOTALL)
_MARKED = re.compile(
    r"(.*\S)\s+([\u25cf\u25cb\u25ef\u2605\u2606*\u25a0\u25a1\u2b50]+|[ABC][12]|[0-9]/[0-9]{1,2}|[0-9]{1,3}\s?%)",
    re.DOTALL,
)
_QUOTED_ITEM = re.compile(r"""\s*(?:'((?:[^'\\]|\\.)*)'|"((?:[^"\\]|\\.)*)")\s*(?:[,\s]|$)""", re.DOTALL)


def items_with_levels(cell: str, names: Container[str] = (), separators: Sequence[str] = ()) -> list[Item]:
    """The items of a cell. ``names`` are folded names that are known, and kept whole; ``separators`` are tried in
    their order, else the usual ones are, a comma only where every part is a name or states a level.

    Raises ``InputError`` for a cell that begins like JSON and is none.
    """
    text = cell.strip()
    if not text:
        return []
    structured = _structured(text)
    if structured is not None:
        return [(name, level) if level else _levelled(name, names) for name, level in structured]
    if fold(text) in names:
        return [(text, "")]
    marks = tuple(separators) or SURE_MARKS
    mark = next((mark for mark in marks if mark in text), None)
    parts = split_outside(text, mark) if mark else _by_comma(text, names) if not separators else [text]
    return [_levelled(part, names) for part in parts]


def listed_names(item: str, names: Container[str]) -> list[Item]:
    """The items of a cell of ours that was not separated by |: only lists in brackets, and parts that are all known."""
    if fold(item) in names:
        return [(item, "")]
    structured = _structured(item) if item[:1] + item[-1:] in ("[]", "{}") else None
    if structured is not None:
        return [(name, level) if level else _levelled(name, names) for name, level in structured]
    for mark in (";", ","):
        parts = [_levelled(part, names) for part in split_outside(item, mark)]
        if len(parts) > 1 and all(fold(name) in names for name, _ in parts):
            return parts
    return [_levelled(item, names)]


def _levelled(item: str, names: Container[str]) -> Item:
    """The name and the level of "SQL (4)", "Excel: 3/5", "route planning - sehr gut", "English B2"."""
    text = item.strip()
    if fold(text) in names:
        return text, ""
    for shape in (_BRACKETED, _COLON, _DASH, _MARKED):
        found = shape.fullmatch(text)
        if found is not None and is_level(found[2]):
            return found[1].strip(), found[2].strip()
    return text, ""


def split_outside(text: str, mark: str) -> list[str]:
    """The parts between marks that stand outside brackets, without blanks around them and without blank ones."""
    parts, depth, start = [], 0, 0
    for place, char in enumerate(text):
        if char in "([":
            depth += 1
        elif char in ")]":
            depth = max(0, depth - 1)
        elif char == mark and not depth:
            parts.append(text[start:place])
            start = place + 1
    return [part.strip() for part in (*parts, text[start:]) if part.strip()]


def _by_comma(text: str, names: Container[str]) -> list[str]:
    parts = split_outside(text, ",")
    told = [_levelled(part, names) for part in parts]
    sure = len(parts) > 1 and all(level or fold(name) in names for name, level in told)
    return parts if sure else [text]


def _structured(text: str) -> list[Item] | None:
    """The items of a JSON object (names with levels), of a JSON list or a list as Python prints it; None for others."""
    if text[0] not in "[{" or text[-1] not in "]}":
        return None
    try:
        found = json.loads(text)
    except ValueError:
        return _printed(text) if text[0] == "[" else _no_list(text)
    if isinstance(found, dict):
        return [(str(name), "" if level is None else _words(level)) for name, level in found.items()]
    return [item for one in found if (item := _one(one)) is not None]


def _one(value: object) -> Item | None:
    """An item of a list: a text, or an object with a name and perhaps a level."""
    if isinstance(value, dict):
        lower = {str(key).casefold(): item for key, item in value.items()}
        name = next((lower[key] for key in ("name", "skill", "label", "title", "skillname") if lower.get(key)), None)
        level = next(
            (lower[key] for key in ("level", "rating", "proficiency", "score") if lower.get(key) is not None), ""
        )
        return None if name is None else (str(name), _words(level))
    return (str(value), "") if str(value).strip() else None


def _words(value: object) -> str:
    return format(value, "g") if isinstance(value, float) else str(value)


def _printed(text: str) -> list[Item] | None:
    inner, place = text[1:-1], 0
    items: list[Item] = []
    while place < len(inner.rstrip()):
        found = _QUOTED_ITEM.match(inner, place)
        if found is None:
            return _no_list(text) if items else None
        items.append((found[1] if found[1] is not None else found[2], ""))
        place = found.end()
    return items


def _no_list(text: str) -> list[Item]:
    raise InputError(
        f"'{text[:40]}' begins like JSON and is none.",
        remedy='Write {"SQL": 4} or ["SQL", "Excel"], or separate with ;.',
    )
