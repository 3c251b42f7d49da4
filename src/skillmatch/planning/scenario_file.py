"""Scenario files: TOML or JSON that a planner writes by hand, read strictly; each error names the key and a remedy."""

from __future__ import annotations

import difflib
import json
import tomllib
from collections.abc import Mapping
from dataclasses import MISSING, fields
from datetime import date, datetime
from pathlib import Path
from types import UnionType
from typing import Any, TypeVar, Union, get_args, get_origin, get_type_hints

from skillmatch.domain.base.errors import InputError, Place
from skillmatch.domain.plans.scenario import Cover, Demand, Future, PlanLimits, Risk, Scenario, Ways, Weights

T = TypeVar("T")

MOST_BYTES = 2_000_000

SHORT = {"role_id": "role", "skill_id": "skill"}
"""Keys that files call by a shorter name."""

TABLES: dict[str, type] = {"limits": PlanLimits, "weights": Weights, "risk": Risk, "ways": Ways}
LISTS: dict[str, type] = {"demands": Demand, "covers": Cover, "futures": Future}


def read_scenario(path: Path) -> Scenario:
    """A scenario from a .toml or .json file. Raises ``InputError`` with file, key and remedy."""
    if path.suffix.lower() not in (".toml", ".json"):
        raise InputError(f"'{path.name}' is neither .toml nor .json.", remedy="Write the scenario as TOML.")
    try:
        raw = path.read_bytes()
    except FileNotFoundError:
        raise InputError(f"there is no file '{path}'.", remedy="Check the path.") from None
    except OSError as error:
        raise InputError(f"'{path}' cannot be read ({error.strerror}).", remedy="Check the path.") from None
    if len(raw) > MOST_BYTES:
        raise InputError("is larger than 2 MB.", place=Place(file=path.name), remedy="Scenarios are small files.")
    try:
        text = raw.decode("utf-8-sig")
        document = tomllib.loads(text) if path.suffix.lower() == ".toml" else json.loads(text)
    except UnicodeDecodeError:
        raise InputError("is not UTF-8.", place=Place(file=path.name), remedy="Save it as UTF-8.") from None
    except (tomllib.TOMLDecodeError, json.JSONDecodeError, RecursionError) as error:
        message = str(error) if not isinstance(error, RecursionError) else "it is nested too deeply"
        raise InputError(
            f"cannot be parsed: {message}.", place=Place(file=path.name), remedy="Correct it there."
        ) from None
    try:
        return scenario_from(document)
    except InputError as error:
        raise error.at(file=path.name) from None


def scenario_from(document: object) -> Scenario:
    """A scenario from plain values, as a file or a plan's file holds them."""
    if not isinstance(document, Mapping):
        raise InputError("needs a table of keys.", field="scenario")
    given: dict[str, Any] = dict(document)
    parts: dict[str, Any] = {}
    for key, kind in TABLES.items():
        if key in given:
            parts[key] = _value(kind, given.pop(key), key)
    for key, kind in LISTS.items():
        if key in given:
            items = given.pop(key)
            if not isinstance(items, list):
                raise InputError("needs a list of tables.", field=key, remedy=f"Write [[{key}]] before each.")
            parts[key] = tuple(_value(kind, item, f"{key}[{number}]") for number, item in enumerate(items))
    parts.setdefault("limits", PlanLimits())
    parts.setdefault("demands", ())
    return _value(Scenario, given, "", parts)


def _value(kind: type[T], given: object, where: str, made: Mapping[str, Any] | None = None) -> T:
    """A value from a table; keys that it does not have, miss or hold something else are errors."""
    if not isinstance(given, Mapping):
        raise InputError("needs a table.", field=where, remedy=f"Write it as [{where}] with keys below.")
    hints = get_type_hints(kind)
    names = {SHORT.get(item.name, item.name): item for item in fields(kind)}  # type: ignore[arg-type]
    arguments = dict(made or {})
    for key, value in given.items():
        if key not in names or names[key].name in arguments:
            near = difflib.get_close_matches(key, names, n=1)
            remedy = f"Did you mean '{near[0]}'?" if near else f"Keys here are {', '.join(sorted(names))}."
            raise InputError("is no key of a scenario.", field=_join(where, key), remedy=remedy)
        name = names[key].name
        arguments[name] = _typed(value, hints[name], _join(where, key))
    for key, item in names.items():
        if item.name not in arguments and item.default is MISSING and item.default_factory is MISSING:
            raise InputError("is missing.", field=_join(where, key), remedy="Every scenario says this.")
    try:
        return kind(**arguments)
    except InputError as error:
        place = error.place.field or ""
        raise InputError(error.message, field=_join(where, place), remedy=error.remedy) from None


def _typed(value: object, hint: Any, where: str) -> Any:
    """The value as its field wants it; texts are never numbers, whole numbers may stand where any number may."""
    if get_origin(hint) in (Union, UnionType):
        if value is None:
            return None
        hint = next(item for item in get_args(hint) if item is not type(None))
    origin = get_origin(hint)
    if origin is tuple:
        if not isinstance(value, list) or not all(isinstance(item, str) for item in value):
            raise InputError("needs a list of texts.", field=where, remedy='Write it as ["one", "two"].')
        return tuple(value)
    if origin is not None:  # a mapping from texts to numbers
        if not isinstance(value, Mapping):
            raise InputError("needs a table of numbers.", field=where, remedy=f"Write [{where}] and a line for each.")
        return {key: _typed(item, get_args(hint)[1], f"{where}.{key}") for key, item in value.items()}
    if hint is date:
        return _day(value, where)
    if hint is bool:
        if not isinstance(value, bool):
            raise InputError("needs true or false.", field=where)
        return value
    if hint in (int, float):
        if isinstance(value, bool) or not isinstance(value, (int, float)):
            raise InputError(f"needs a number, got {value!r:.40}.", field=where, remedy="Write it without quotes.")
        return float(value) if hint is float and abs(value) < 1e15 else value
    if not isinstance(value, str):
        raise InputError(f"needs a text, got {value!r:.40}.", field=where, remedy="Put it in quotes.")
    return value


def _day(value: object, where: str) -> date:
    if isinstance(value, date) and not isinstance(value, datetime):
        return value
    if isinstance(value, str):
        try:
            return date.fromisoformat(value)
        except ValueError:
            pass
    raise InputError(f"needs a day, got {value!r:.40}.", field=where, remedy="Write it as 2027-03-31.")


def _join(where: str, key: str) -> str:
    return f"{where}.{key}" if where and key else where or key
