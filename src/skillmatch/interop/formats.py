"""Formats: how other systems write lists, numbers, durations and addresses, turned into our own cells."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

from skillmatch.domain.base.errors import InputError
from skillmatch.interop.notation.blanks import is_blank
from skillmatch.interop.notation.durations import read_duration
from skillmatch.interop.notation.numbers import plain_number
from skillmatch.interop.references import escape, join_items

_QUOTED = re.compile(r"""'((?:[^'\\]|\\.)*)'|"((?:[^"\\]|\\.)*)\"""", re.DOTALL)
_BETWEEN = re.compile(r"[\s,]*")
_ESCAPES = re.compile(r"\\(U00(?:0[0-9a-fA-F]|10)[0-9a-fA-F]{4}|u[0-9a-fA-F]{4}|x[0-9a-fA-F]{2}|.)", re.DOTALL)
_NAMED = {"n": "\n", "t": "\t", "r": "\r", "b": "", "f": ""}


def list_cell(text: str, separator: str | None) -> str:
    """A list as other systems write it, as one of our list cells.

    With a ``separator`` the text is split there. Without, it must be a list in brackets as Python, NumPy or JSON
    print it: quoted items with or without commas between them, or bare words with commas. Blank items are left out.
    """
    given = text.strip()
    if not given:
        return ""
    items = given.split(separator) if separator else _bracketed(given)
    return join_items(escape(item.strip()) for item in items if item.strip())


def _bracketed(given: str) -> list[str]:
    inner = given[1:-1].strip()
    if (given[0], given[-1]) not in (("[", "]"), ("(", ")")) or len(given) < 2:
        raise InputError(
            f"'{given[:40]}' is not a list in brackets.", remedy='Say how its items are separated: separator = ";".'
        )
    if inner[:1] not in ("'", '"'):
        if any(mark in inner for mark in "[](){}"):
            raise InputError(f"'{given[:40]}' is a list of lists.", remedy="Only a plain list of texts can be read.")
        return inner.split(",")
    items, position = [], 0
    while position < len(inner):
        found = _QUOTED.match(inner, position)
        if found is None:
            raise InputError(
                f"'{inner[position : position + 40]}' is not an item of a list.",
                remedy="Quote every item, with commas between them.",
            )
        items.append(_unescaped(found[1] if found[1] is not None else found[2]))
        between = _BETWEEN.match(inner, found.end())
        position = between.end() if between else found.end()
    return items


def _unescaped(text: str) -> str:
    def character(found: re.Match[str]) -> str:
        code = found[1]
        return chr(int(code[1:], 16)) if len(code) > 1 else _NAMED.get(code, code)

    plain = _ESCAPES.sub(character, text)
    # JSON writes one rare character as two halves; a half on its own stays one and is refused further on.
    return plain.encode("utf-16", "surrogatepass").decode("utf-16", "surrogatepass") if plain != text else plain


def number_cell(text: str, decimal: str | None = ".") -> str:
    """A number with thousands set off ("6,706", "4 500", "12'000") or shortened ("1.2k", "3M"), as a plain one.

    ``decimal`` is the mark before the decimals; with None a number must show it itself.
    """
    given = text.strip()
    if "e" in given.lower():
        raise InputError(f"'{given[:40]}' is not a number.", remedy="Write it out, as 100000.")
    return "" if is_blank(given) else plain_number(given, decimal)


def duration_cell(text: str, *, unit: str, of: str, hours_per_week: float | None) -> str:
    """A duration (see ``read_duration``) as the plain number of its hours or weeks; blank for "self-paced"."""
    value = read_duration(text, unit=unit, of=of, hours_per_week=hours_per_week)
    if value is None:
        return ""
    return f"{round(value, 2):g}" if value < 100_000 else f"{value:.0f}"


def slug_cell(text: str, segments: int) -> str:
    """The last ``segments`` of an address's path in lower case: "learn/python" of "https://x.org/Learn/Python/"."""
    given = text.strip()
    if not given:
        return ""
    try:
        parts = [part for part in urlsplit(given).path.split("/") if part]
    except ValueError:
        parts = []
    if len(parts) < segments:
        raise InputError(
            f"'{given[:80]}' has no path of {segments} part{'s' if segments > 1 else ''}.",
            remedy="Use another column for this, or fewer segments.",
        )
    return "/".join(parts[-segments:]).lower()
