"""Edits of a scenario as forms make them: one field at a time, each giving a new scenario or an error that names it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from datetime import date
from typing import Any

from skillmatch.domain.errors import InputError
from skillmatch.domain.scenario import Cover, Demand, Scenario

Edit = Callable[[Scenario, Any], Scenario]


def whole(value: Any, name: str) -> int:
    """A whole number that was typed."""
    try:
        return int(str(value).strip())
    except ValueError:
        raise InputError(f"needs a whole number, not '{str(value)[:40]}'.", field=name) from None


def decimal(value: Any, name: str) -> float:
    """A number that was typed."""
    try:
        return float(str(value).strip().replace(",", ""))
    except ValueError:
        raise InputError(f"needs a number, not '{str(value)[:40]}'.", field=name) from None


def day(value: Any, name: str) -> date:
    """A day that was chosen."""
    try:
        return date.fromisoformat(str(value).strip())
    except ValueError:
        raise InputError("needs a day.", field=name, remedy="Write it as 2027-03-31.") from None


def at(key: str, change: Callable[[], Scenario]) -> Scenario:
    """What a change gives; an error in it is told at ``key``, which the forms show beside the field."""
    try:
        return change()
    except InputError as error:
        inner = error.place.field
        field = key if not inner or key.endswith(inner) else f"{key}.{inner}"
        raise InputError(error.message, field=field, remedy=error.remedy) from None


def with_demand(scenario: Scenario, place: int, **changed: Any) -> Scenario:
    """One demand changed."""
    name = next(iter(changed))

    def made() -> Scenario:
        demands = list(scenario.demands)
        demands[place] = replace(demands[place], **changed)
        return replace(scenario, demands=tuple(demands))

    return at(f"demands[{place}].{name}", made)


def with_cover(scenario: Scenario, place: int, **changed: Any) -> Scenario:
    """One cover changed."""
    name = next(iter(changed))

    def made() -> Scenario:
        covers = list(scenario.covers)
        covers[place] = replace(covers[place], **changed)
        return replace(scenario, covers=tuple(covers))

    return at(f"covers[{place}].{name}", made)


def with_limit(scenario: Scenario, **changed: Any) -> Scenario:
    """One limit changed."""
    name = next(iter(changed))
    return at(f"limits.{name}", lambda: replace(scenario, limits=replace(scenario.limits, **changed)))


def with_way(scenario: Scenario, **changed: Any) -> Scenario:
    """One thing about the ways changed."""
    name = next(iter(changed))
    return at(f"ways.{name}", lambda: replace(scenario, ways=replace(scenario.ways, **changed)))


def with_risk(scenario: Scenario, **changed: Any) -> Scenario:
    """One risk changed."""
    name = next(iter(changed))
    return at(f"risk.{name}", lambda: replace(scenario, risk=replace(scenario.risk, **changed)))


def with_role(scenario: Scenario, role_id: str, by: date) -> Scenario:
    """A demand more, of the day of the others if there are any; a role that is wanted already is not wanted twice."""
    if any(item.role_id == role_id for item in scenario.demands):
        raise InputError("is wanted already.", field="demands", remedy="Change how many are wanted there.")
    last = max([*(item.by for item in scenario.demands), *(item.by for item in scenario.covers)], default=by)
    return replace(scenario, demands=(*scenario.demands, Demand(role_id, 1, last)))


def with_skill(scenario: Scenario, skill_id: str, by: date) -> Scenario:
    """A cover more."""
    if any(item.skill_id == skill_id and not item.unit for item in scenario.covers):
        raise InputError("is wanted already.", field="covers", remedy="Change how many are wanted there.")
    last = max([*(item.by for item in scenario.demands), *(item.by for item in scenario.covers)], default=by)
    return replace(scenario, covers=(*scenario.covers, Cover(skill_id, 3.0, 1, last)))


def without_demand(scenario: Scenario, place: int) -> Scenario:
    """One demand less."""
    demands = tuple(item for turn, item in enumerate(scenario.demands) if turn != place)
    return _still_wanting(scenario, replace_demands=demands)


def without_cover(scenario: Scenario, place: int) -> Scenario:
    """One cover less."""
    covers = tuple(item for turn, item in enumerate(scenario.covers) if turn != place)
    return _still_wanting(scenario, replace_covers=covers)


def _still_wanting(
    scenario: Scenario,
    *,
    replace_demands: tuple[Demand, ...] | None = None,
    replace_covers: tuple[Cover, ...] | None = None,
) -> Scenario:
    demands = scenario.demands if replace_demands is None else replace_demands
    covers = scenario.covers if replace_covers is None else replace_covers
    if not demands and not covers:
        raise InputError(
            "something has to be wanted.", field="demands", remedy="Add another role or skill before this one goes."
        )
    return replace(scenario, demands=demands, covers=covers)


FIELDS = {
    "role_id": "role",
    "skill_id": "skill",
    "headcount": "people",
    "by": "day",
    "hours_per_week": "hours a week",
    "most_away": "most away",
    "hours": "hours together",
    "hire_most": "hires",
}
"""Fields that have another name where people read them."""


def changes(old: Scenario, new: Scenario, titles: Mapping[str, str]) -> list[str]:
    """What differs, as plain text; ``titles`` names roles, skills and credentials by id."""
    before, after = dict(_flat("", old.to_json())), dict(_flat("", new.to_json()))
    found = []
    for key in sorted({*before, *after}):
        was, now = before.get(key), after.get(key)
        if was != now:
            found.append(f"{named(key, new if now is not None else old, titles)}: {_said(was)} → {_said(now)}")
    return found


def named(key: str, scenario: Scenario, titles: Mapping[str, str]) -> str:
    """A key as people read it: of which role or skill, and which field."""
    match = re.fullmatch(r"(demands|covers)\[(\d+)\]\.(\w+)", key)
    if match is None:
        head, _, rest = key.partition(".")
        kind, _, name = rest.partition(".")
        if name:  # of one credential or unit
            return f"{FIELDS.get(kind, kind)} of {titles.get(name, name)}"
        return FIELDS.get(rest, rest.replace("_", " ")) if rest else head
    item = getattr(scenario, match[1])[int(match[2])]
    what = item.role_id if isinstance(item, Demand) else item.skill_id
    return f"{titles.get(what, what)}, {FIELDS.get(match[3], match[3])}"


def _flat(key: str, value: Any) -> Iterator[tuple[str, Any]]:
    if isinstance(value, dict) and value:
        for name, inner in value.items():
            yield from _flat(f"{key}.{name}" if key else name, inner)
    elif isinstance(value, list) and value and isinstance(value[0], dict):
        for place, inner in enumerate(value):
            yield from _flat(f"{key}[{place}]", inner)
    else:
        yield key, value


def _said(value: Any) -> str:
    if value is None or value in ([], {}):
        return "none"
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, float):
        return f"{value:,g}" if abs(value) < 1e6 else f"{value:,.0f}"
    return str(value) if not isinstance(value, list) else ", ".join(map(str, value))
