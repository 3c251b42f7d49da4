"""Names of schemas: short, said once, and free of our modules' names.

Where two classes share a name the framework tells them apart by the modules that they stand in. Programs that make
clients from a description take such a name, or the title, for a class of their own; two of a name and one is lost.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any

_PREFIX = "#/components/schemas/"
_OURS = "skillmatch__api__schemas__"
_MODES = ("-Input", "-Output")


def with_plain_names(document: Mapping[str, Any]) -> dict[str, str]:
    """Give every schema of a description a plain name, in place; what was renamed, and to what.

    A shape of the API keeps its own name. Another value's name is led by its module's (``FeedbackVerdict``), and by
    the package's too where that is taken already. A schema that says just what another of its class says goes.
    """
    schemas: dict[str, Any] = document["components"]["schemas"]
    renamed: dict[str, str] = {}
    taken = {name for name in schemas if _is_plain(name)}
    for name in sorted((name for name in schemas if not _is_plain(name)), key=_order):
        same = next((other for other in renamed if _says(schemas[other]) == _says(schemas[name])), None)
        renamed[name] = renamed[same] if same else next(way for way in _ways(name) if way not in taken)
        taken.add(renamed[name])
    for name in [name for name in schemas if name in renamed]:
        schemas.setdefault(renamed[name], schemas.pop(name) | {"title": renamed[name]})
    _follow(document, {_PREFIX + old: _PREFIX + new for old, new in renamed.items()})
    return renamed


def _is_plain(name: str) -> bool:
    return "__" not in name and "-" not in name


def _order(name: str) -> tuple[bool, bool, str]:
    """Ours first, so that they get their own names; those told apart by mode last, so that they join another."""
    return name.endswith(_MODES), not name.startswith(_OURS), name


def _says(schema: Mapping[str, Any]) -> str:
    return json.dumps(schema, sort_keys=True)


def _ways(name: str) -> Iterator[str]:
    """The names that a schema may have, the shortest first."""
    for mode in _MODES:
        name = name.removesuffix(mode)
    *modules, last = name.split("__")
    if name.startswith(_OURS) or not modules:
        yield last
    words = ["".join(word.capitalize() for word in module.split("_")) for module in modules]
    for count in range(1, len(words) + 1):
        yield "".join(words[-count:]) + last
    number = 2
    while True:
        yield f"{last}{number}"
        number += 1


def _follow(value: object, places: Mapping[str, str]) -> None:
    """Lead every reference to where its schema stands now."""
    if isinstance(value, dict):
        if value.get("$ref") in places:
            value["$ref"] = places[value["$ref"]]
        for part in value.values():
            _follow(part, places)
    elif isinstance(value, list):
        for part in value:
            _follow(part, places)
