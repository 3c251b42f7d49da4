"""Scenarios as the TOML that a planner would write: what reading it gives is the same scenario."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import MISSING, fields
from datetime import date
from typing import Any

from skillmatch.domain.plans.scenario import Scenario
from skillmatch.planning.scenario_file import LISTS, SHORT, TABLES


def scenario_text(scenario: Scenario) -> str:
    """The text of its file; what is as it would be anyway is left out."""
    parts = ["\n".join(_lines(scenario, skip={*TABLES, *LISTS}))]
    for key in LISTS:
        parts += [f"[[{key}]]\n" + "\n".join(_lines(item)) for item in getattr(scenario, key)]
    for key in TABLES:
        value = getattr(scenario, key)
        lines = list(_lines(value))
        if lines:
            parts.append(f"[{key}]\n" + "\n".join(lines))
        for item in fields(value):
            inner = getattr(value, item.name)
            if isinstance(inner, Mapping) and inner:
                told = "\n".join(f"{_text(name)} = {_plain(number)}" for name, number in inner.items())
                parts.append(f"[{key}.{item.name}]\n{told}")
    return "\n\n".join(parts) + "\n"


def _lines(value: Any, skip: set[str] | None = None) -> Iterator[str]:
    for item in fields(value):
        said = getattr(value, item.name)
        if item.name in (skip or ()) or isinstance(said, Mapping) or said is None:
            continue
        if item.default is MISSING or said != item.default:
            yield f"{SHORT.get(item.name, item.name)} = {_plain(said)}"


def _plain(value: Any) -> str:
    match value:
        case bool():
            return "true" if value else "false"
        case str():
            return _text(value)
        case date():
            return value.isoformat()
        case tuple():
            return f"[{', '.join(map(_plain, value))}]"
        case _:
            return repr(value)


def _text(value: str) -> str:
    """A text in quotes; what TOML forbids inside them is escaped, as in JSON but for DEL."""
    return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")
