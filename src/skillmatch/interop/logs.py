"""Logs that an organisation keeps (overlay, feedback) as CSV, XLSX or JSON; what is written is read back the same."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from skillmatch.domain.base.errors import InputError, Place
from skillmatch.files.tables import Table, open_table
from skillmatch.files.writing import as_text, neutral, write_table, write_text
from skillmatch.interop.columns import COLUMNS
from skillmatch.interop.references import escape, join_items

ENDINGS = (".csv", ".xlsx", ".json")
MAX_JSON_BYTES = 50_000_000


def open_log(path: Path, what: str) -> Table:
    """A log as a table, whatever it is written in; raises ``InputError`` with place and remedy.

    JSON is a list of objects, or an object with such a list as ``items``; keys that are no columns are left out.
    """
    if path.suffix.lower() != ".json":
        return open_table(path)
    items = _items(path)
    rows = []
    for line, item in enumerate(items, start=1):
        if not isinstance(item, dict):
            raise InputError("is not a JSON object.", place=Place(path.name, line), remedy="Write one for each entry.")
        rows.append([_cell(item.get(name), path.name, line, name) for name in COLUMNS[what]])
    return Table.of(path.name, COLUMNS[what], rows)


def write_log(path: Path, what: str, items: Sequence[Mapping[str, Any]]) -> int:
    """Write entries in their documented shape; returns how many. Raises ``InputError`` for another ending."""
    if path.suffix.lower() == ".json":
        chosen = [{name: item[name] for name in COLUMNS[what]} for item in items]
        write_text(path, json.dumps({"items": chosen}, ensure_ascii=False, indent=2) + "\n")
        return len(items)
    rows = ([_flat(item[name]) for name in COLUMNS[what]] for item in items)
    return write_table(path, COLUMNS[what], rows)


def _items(path: Path) -> list[Any]:
    place = Place(path.name)
    try:
        if path.stat().st_size > MAX_JSON_BYTES:
            raise InputError(f"is larger than {MAX_JSON_BYTES:,} bytes.", place=place, remedy="Write a .csv instead.")
        document = json.loads(path.read_text(encoding="utf-8-sig"))
    except OSError as error:
        message = f"cannot be read ({error.strerror or error})."
        raise InputError(message, place=place, remedy="Check the path.") from None
    except (ValueError, RecursionError) as error:
        line = error.lineno if isinstance(error, json.JSONDecodeError) else None
        raise InputError("is not JSON in UTF-8.", place=Place(path.name, line), remedy="Export it again.") from None
    found = document.get("items") if isinstance(document, dict) else document
    if not isinstance(found, list):
        raise InputError("holds no list of entries.", place=place, remedy='Write {"items": [...]}.')
    return found


def _cell(value: Any, file: str, line: int, field: str) -> str:
    if isinstance(value, list) and all(isinstance(item, str) for item in value):
        return neutral(_flat(value))
    if value is None or (isinstance(value, (str, int, float)) and not isinstance(value, bool)):
        if isinstance(value, float) and not value.is_integer():
            raise InputError(f"{value} is not a whole number.", place=Place(file, line, field))
        return neutral(as_text(value))
    raise InputError("is neither a text nor a number.", place=Place(file, line, field), remedy="Export it again.")


def _flat(value: Any) -> Any:
    """A list as one cell."""
    return join_items(escape(item) for item in value) if isinstance(value, list) else value
