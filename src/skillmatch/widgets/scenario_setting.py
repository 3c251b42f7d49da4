"""Limits, ways and scope of a scenario as the controls set them; sliders say a place, never a value."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from skillmatch.domain.scenario import Scenario
from skillmatch.widgets.scenario_change import real, with_cover, with_demand
from skillmatch.widgets.scenario_form import Steps
from skillmatch.widgets.view import index_of

_FIELDS = {
    "demand": ("role_id", "headcount", "by", "ready", "priority", "must"),
    "cover": ("skill_id", "level", "people", "leavers", "by"),
}
_WHOLE = ("weeks", "most_away")
_TICKS = ("train", "move", "recognise")
_COSTS = ("move_cost", "recognise_cost", "hire_cost")


def with_set(
    scenario: Scenario, name: str, value: Any, roles: Sequence[str], units: Sequence[str], ladder: Steps
) -> Scenario:
    """The scenario with what a control says; a name that is no control's changes nothing. Raises ``InputError``."""
    kind, _, rest = name.partition("-")
    place, _, field = rest.partition("-")
    at = int(place) if place.isascii() and place.isdigit() else -1
    if kind == "demand" and 0 <= at < len(scenario.demands) and field in _FIELDS["demand"]:
        return with_demand(scenario, at, field, value, roles)
    if kind == "cover" and 0 <= at < len(scenario.covers) and field in _FIELDS["cover"]:
        return with_cover(scenario, at, field, value)
    if kind == "unit" and 0 <= at < len(units):
        return set_unit(scenario, units[at], on=bool(value))
    if name in ladder and name != "hire_most":
        return set_limit(scenario, name, value, ladder[name].values)
    return set_way(scenario, name, value, ladder["hire_most"].values)


def set_limit(scenario: Scenario, name: str, place: Any, values: Sequence[float | None]) -> Scenario:
    """The scenario with one limit at a place of its slider; None is no limit."""
    at = index_of({"at": place}, "at", len(values))
    if at is None:
        return scenario
    value: Any = values[at]
    if name in _WHOLE and value is not None:
        value = int(value)
    return replace(scenario, limits=replace(scenario.limits, **{name: value}))


def set_way(scenario: Scenario, name: str, value: Any, hires: Sequence[float | None]) -> Scenario:
    """The scenario with a way switched on or off, at another cost, or with other numbers to be hired."""
    ways = scenario.ways
    if name in _TICKS:
        return replace(scenario, ways=replace(ways, **{name: bool(value)}))
    if name in _COSTS:
        cost: Any = real(value, f"ways.{name}")
        return replace(scenario, ways=replace(ways, **{name: cost}))
    at = index_of({"at": value}, "at", len(hires)) if name == "hire_most" else None
    return scenario if at is None else replace(scenario, ways=replace(ways, hire_most=int(hires[at] or 0)))


def set_unit(scenario: Scenario, unit: str, *, on: bool) -> Scenario:
    """The scenario with a unit in its scope, or out of it."""
    others = tuple(item for item in scenario.units if item != unit)
    return replace(scenario, units=(*others, unit) if on else others)
