"""NDJSON (one JSON object a line) read as a table: keys are columns, values become the texts of cells."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NoReturn

from skillmatch.domain.base.errors import InputError, Place
from skillmatch.files.rows import MAX_COLUMNS, MAX_ROW_CHARS, Row, Table, check_cell


def read_ndjson(path: Path, shown: str) -> Table:
    """A table over a file in UTF-8 with an object a line; blank lines are passed over.

    Columns are all keys that come, in the order of their first coming; a key that an object lacks, and null, are
    blank cells. A list of texts becomes a cell with | between them. Raises ``InputError``, with the line, for what is
    no such object.
    """
    names: dict[str, None] = {}
    for line, found in _objects(path, shown):
        for name in found:
            if name not in names:
                check_cell(name, shown, line, name[:60])
                names[name] = None
        if len(names) > MAX_COLUMNS:
            raise InputError(
                f"has more than {MAX_COLUMNS:,} different keys.",
                remedy="Give every line the same keys.",
                place=Place(file=shown, line=line),
            )
    if not names:
        raise InputError("holds no object.", remedy="Write one JSON object a line.", place=Place(file=shown))
    header = tuple(names)
    return Table(shown, header, lambda: _rows(path, shown, header))


def _rows(path: Path, shown: str, header: tuple[str, ...]) -> Iterator[Row]:
    for line, found in _objects(path, shown):
        yield Row(line, {name: _cell(found.get(name), shown, line, name) for name in header})


def _objects(path: Path, shown: str) -> Iterator[tuple[int, dict[str, Any]]]:
    with path.open("rb") as raw:
        number = 0
        while line := raw.readline(MAX_ROW_CHARS + 1):
            number += 1
            place = Place(file=shown, line=number)
            if len(line) > MAX_ROW_CHARS:
                raise InputError(f"has more than {MAX_ROW_CHARS:,} bytes on a line.", place=place)
            if not line.strip():
                continue
            try:
                found = json.loads(line.decode("utf-8-sig"), parse_constant=_refuse, object_pairs_hook=_once)
            except UnicodeDecodeError:
                raise InputError("is not UTF-8.", remedy="Save the file as UTF-8.", place=place) from None
            except RecursionError:
                raise InputError("is nested too deeply.", remedy="Write flat objects.", place=place) from None
            except ValueError as error:
                message = error.msg if isinstance(error, json.JSONDecodeError) else str(error)
                raise InputError(f"is no JSON: {message}.", remedy="Write one object a line.", place=place) from None
            if not isinstance(found, dict):
                raise InputError("is no JSON object.", remedy='Write {"id": ..., ...}.', place=place)
            yield number, found


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        raise ValueError("a key comes twice")
    return found


def _refuse(word: str) -> NoReturn:
    raise ValueError(f"{word} is no number")


def _cell(value: Any, shown: str, line: int, name: str) -> str:
    match value:
        case None:
            return ""
        case str():
            return check_cell(value, shown, line, name)
        case bool():
            return "true" if value else "false"
        case int() | float():
            return repr(value)
        case list() if all(isinstance(item, str) for item in value):
            # As list cells are written: a backslash before what would end an item.
            parts = (item.replace("\\", "\\\\").replace("|", "\\|").replace("@", "\\@") for item in value)
            return check_cell(" | ".join(parts), shown, line, name)
        case _:
            raise InputError(
                "holds an object or a list of other things than texts.",
                remedy="Write a text, a number or a list of texts.",
                place=Place(file=shown, line=line, field=name),
            )
