"""Scenarios as TOML: what is written reads back as the same scenario, and says only what differs from the defaults."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import MISSING, fields
from datetime import date
from typing import Any

from skillmatch.domain.scenario import Scenario
from skillmatch.planning.scenario_file import LISTS, SHORT, TABLES


def scenario_toml(scenario: Scenario) -> str:
    """The text of a scenario's file."""
    parts = {**TABLES, **LISTS}
    lines = [*_lines(scenario, skip=parts)]
    for name in LISTS:
        for item in getattr(scenario, name):
            lines += ["", f"[[{name}]]", *_lines(item)]
    for name in TABLES:
        value = getattr(scenario, name)
        said, tables = list(_lines(value)), list(_tables(name, value))
        if said:
            lines += ["", f"[{name}]", *said]
        lines += tables
    return "\n".join(lines) + "\n"


def _lines(value: Any, skip: Mapping[str, Any] | None = None) -> Iterator[str]:
    for item in fields(value):
        said = getattr(value, item.name)
        if item.name in (skip or {}) or said is None or isinstance(said, Mapping) or said == item.default:
            continue
        if item.default is MISSING or said != ():
            yield f"{SHORT.get(item.name, item.name)} = {_text(said)}"


def _tables(name: str, value: Any) -> Iterator[str]:
    for item in fields(value):
        said = getattr(value, item.name)
        if isinstance(said, Mapping) and said:
            yield from ("", f"[{name}.{item.name}]", *(f"{_text(key)} = {_text(said[key])}" for key in sorted(said)))


def _text(value: Any) -> str:
    match value:
        case bool():
            return "true" if value else "false"
        case date():
            return value.isoformat()
        case float():
            return str(int(value)) if value.is_integer() and abs(value) < 1e15 else repr(value)
        case int():
            return str(value)
        case tuple():
            return f"[{', '.join(_text(item) for item in value)}]"
        case _:
            return json.dumps(str(value), ensure_ascii=False).replace("\x7f", "\\u007f")
