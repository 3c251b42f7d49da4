"""References between things: whole ids from a customer's own, and lists of references in one cell."""

from __future__ import annotations

import re
from collections.abc import Container, Iterable

from skillmatch.domain.base.errors import InputError
from skillmatch.domain.base.identity import OWN_SOURCE, make_id, split_id

SEPARATOR = "|"
LEVEL_MARK = "@"

_WHOLE = re.compile(r"[^\s/:]+/\S.*", re.DOTALL)  # no colon in a source: "https://..." is no whole id
_ESCAPED = re.compile(r"\\([\\|@])")


def own_id(given: str, source: str | None, field: str) -> str:
    """The id of a thing that a row describes, from the id that the row gives it.

    With a ``source`` every id belongs to it; one that already begins with ``source/`` is kept. Without, an id
    may name its source itself (``source/id``, as exports do) and is of the source ``own`` otherwise.
    """
    if source is None:
        return _made(*split_id(given), field) if _WHOLE.fullmatch(given) else _made(OWN_SOURCE, given, field)
    return _made(source, given.removeprefix(f"{source}/"), field)


def reference(given: str, source: str | None, field: str, known: Container[str] = ()) -> str:
    """The id of a thing that a row refers to.

    A thing of the same file (``known`` ids) comes first; then ``source/id`` means what it says; anything else
    belongs to ``source``.
    """
    own = own_id(given, source, field)
    return _made(*split_id(given), field) if own not in known and _WHOLE.fullmatch(given) else own


def _made(source: str, given: str, field: str) -> str:
    try:
        return make_id(source, given)
    except InputError as error:
        raise InputError(error.message, field=field, remedy=error.remedy) from None


def join_items(items: Iterable[str]) -> str:
    """Items as one list cell, so that :func:`split_items` gives the same items back."""
    return f" {SEPARATOR} ".join(items)


def escape(text: str) -> str:
    """A text fit to be an item of a list cell or the reference before its level: a backslash before \\ | and @."""
    return re.sub(r"([\\|@])", r"\\\1", text)


def unescape(text: str) -> str:
    """The text that :func:`escape` was given; a backslash before anything else stands for itself."""
    return _ESCAPED.sub(r"\1", text)


def split_items(cell: str) -> list[str]:
    """The items of a list cell, still escaped, without blanks around them; blank items are left out."""
    return [item for part in _split(cell, SEPARATOR) if (item := part.strip())]


def split_level(item: str) -> tuple[str, str | None]:
    """A reference and, where the item ends in ``@level``, the words of that level."""
    *before, last = _split(item, LEVEL_MARK)
    if not before:
        return unescape(item), None
    return unescape(LEVEL_MARK.join(before).strip()), last.strip()


def _split(text: str, mark: str) -> list[str]:
    if "\\" not in text:
        return text.split(mark)
    parts, start, position = [], 0, 0
    while position < len(text):
        if text[position] == "\\" and text[position + 1 : position + 2] in ("\\", SEPARATOR, LEVEL_MARK):
            position += 1  # the escaped character belongs to the text
        elif text[position] == mark:
            parts.append(text[start:position])
            start = position + 1
        position += 1
    return [*parts, text[start:]]
