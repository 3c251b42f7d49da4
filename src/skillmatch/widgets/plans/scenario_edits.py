"""Changes of a scenario: what the controls say, made into another scenario."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from functools import partial
from typing import Any

from skillmatch.domain.base.errors import InputError
from skillmatch.domain.plans.scenario import Cover, Demand, Scenario
from skillmatch.service.workspace import Workspace
from skillmatch.widgets.kit.forms import said_text
from skillmatch.widgets.kit.view import Deed, index_of
from skillmatch.widgets.plans.scenario_form import Steps

NEW_LEVEL = 3.0
"""The level of a skill that is newly to be covered (our choice: independent)."""


def with_demand(scenario: Scenario, at: int, name: str, value: Any, roles: Sequence[str]) -> Scenario:
    """The scenario with one field of a demand as somebody set it. Raises ``InputError`` for what it cannot be."""
    old = scenario.demands[at]
    where = f"demands[{at}].{name}"
    match name:
        case "role_id":
            new: Any = roles[value] if isinstance(value, int) and 0 <= value < len(roles) else old.role_id
        case "headcount":
            new = whole(value, where)
        case "by":
            new = day(value, where)
        case "ready":
            new = real(value, where) / 100
        case "must":
            new = bool(value)
        case _:
            new = real(value, where)
    made = replace(old, **{name: new})
    return replace(scenario, demands=(*scenario.demands[:at], made, *scenario.demands[at + 1 :]))


def with_cover(scenario: Scenario, at: int, name: str, value: Any) -> Scenario:
    """The scenario with one field of a cover as somebody set it."""
    old = scenario.covers[at]
    where = f"covers[{at}].{name}"
    match name:
        case "by":
            new: Any = day(value, where)
        case "level":
            new = real(value, where)
        case "priority":
            new = real(value, where)
        case "must":
            new = bool(value)
        case "skill_id":
            new = str(value).strip()
        case _:
            new = whole(value, where)
    made: Cover = replace(old, **{name: new})
    return replace(scenario, covers=(*scenario.covers[:at], made, *scenario.covers[at + 1 :]))


def with_one_more(scenario: Scenario) -> Scenario:
    """The scenario with one more demand, like its last one."""
    return replace(scenario, demands=(*scenario.demands, scenario.demands[-1]))


def with_skill(scenario: Scenario, skill: str) -> Scenario:
    """The scenario with one more skill to be covered, by its name or id; of the last day that anything is wanted by."""
    last = max([*(item.by for item in scenario.demands), *(item.by for item in scenario.covers)])
    return replace(scenario, covers=(*scenario.covers, Cover(skill, NEW_LEVEL, 1, last)))


def without_cover(scenario: Scenario, at: int) -> Scenario:
    """The scenario without one of its skills to be covered."""
    return replace(scenario, covers=(*scenario.covers[:at], *scenario.covers[at + 1 :]))


def without(scenario: Scenario, at: int) -> Scenario:
    """The scenario without one of its demands."""
    return replace(scenario, demands=(*scenario.demands[:at], *scenario.demands[at + 1 :]))


def whole(value: Any, where: str) -> int:
    """A whole number from what was typed."""
    try:
        return int(str(value).strip())
    except ValueError:
        raise InputError("needs a whole number.", field=where, remedy="Write something like 12.") from None


def real(value: Any, where: str) -> float:
    """A number from what was typed."""
    try:
        return float(str(value).strip().replace(",", "."))
    except ValueError:
        raise InputError("needs a number.", field=where, remedy="Write something like 12.5.") from None


def day(value: Any, where: str) -> date:
    """A day from what was typed."""
    try:
        return date.fromisoformat(str(value).strip())
    except ValueError:
        raise InputError("needs a day.", field=where, remedy="Write it as 2027-03-31.") from None


_FIELDS = {
    "demand": ("role_id", "headcount", "by", "ready", "priority", "must"),
    "cover": ("skill_id", "level", "people", "leavers", "by", "priority", "must"),
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
    if kind == "seats" and 0 <= at < len(scenario.limits.seats):
        return set_seats(scenario, list(scenario.limits.seats)[at], whole(value, "limits.seats"))
    if name in ("risk-completion", "risk-attrition"):
        return replace(scenario, risk=replace(scenario.risk, **{rest: real(value, f"risk.{rest}") / 100}))
    if name == "name":
        return replace(scenario, name=str(value).strip()[:200])
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


def set_seats(scenario: Scenario, credential_id: str, count: int | None) -> Scenario:
    """The scenario with so many seats in a course; None is no limit."""
    seats = {name: old for name, old in scenario.limits.seats.items() if name != credential_id or count is not None}
    if count is not None:
        seats[credential_id] = count
    return replace(scenario, limits=replace(scenario.limits, seats=seats))


def set_unit(scenario: Scenario, unit: str, *, on: bool) -> Scenario:
    """The scenario with a unit in its scope, or out of it."""
    others = tuple(item for item in scenario.units if item != unit)
    return replace(scenario, units=(*others, unit) if on else others)


SEATS = 10
"""How many seats a limit begins with (our choice)."""

Line = Callable[[Workspace, Scenario, Sequence[str], Mapping[str, Any]], Scenario]


def line_deeds(
    workspace: Workspace, now: Callable[[], Any], roles: Sequence[str], change: Callable[[Scenario], None]
) -> dict[str, Deed]:
    """What adds and removes lines, by name; ``now`` is the scenario worked on, ``change`` takes the one made of it."""

    def do(line: Line, said: Mapping[str, Any]) -> None:
        scenario = now()
        if isinstance(scenario, Scenario):
            change(line(workspace, scenario, roles, said))

    return {name: partial(do, line) for name, line in _LINES.items()}


def _add(_: Workspace, scenario: Scenario, roles: Sequence[str], __: Mapping[str, Any]) -> Scenario:
    if scenario.demands:
        return with_one_more(scenario)
    return replace(scenario, demands=(Demand(roles[0], 1, scenario.covers[0].by),)) if roles else scenario


def _remove(_: Workspace, scenario: Scenario, __: Sequence[str], said: Mapping[str, Any]) -> Scenario:
    place = index_of(said, "at", len(scenario.demands))
    return scenario if place is None else without(scenario, place)


def _add_cover(workspace: Workspace, scenario: Scenario, _: Sequence[str], said: Mapping[str, Any]) -> Scenario:
    name = said_text(said, "skill")
    if not name:
        raise InputError("No skill is named.", field="covers", remedy="Write its name into 'A skill'.")
    return with_skill(scenario, workspace.taxonomy.skill(name).id)


def _remove_cover(_: Workspace, scenario: Scenario, __: Sequence[str], said: Mapping[str, Any]) -> Scenario:
    place = index_of(said, "at", len(scenario.covers))
    return scenario if place is None else without_cover(scenario, place)


def _add_seats(workspace: Workspace, scenario: Scenario, _: Sequence[str], said: Mapping[str, Any]) -> Scenario:
    name = said_text(said, "course")
    if not name:
        raise InputError("No course is named.", field="limits.seats", remedy="Write its title into 'Seats in'.")
    found = workspace.catalogue.credentials.get(name).id
    return set_seats(scenario, found, scenario.limits.seats.get(found, SEATS))


def _remove_seats(_: Workspace, scenario: Scenario, __: Sequence[str], said: Mapping[str, Any]) -> Scenario:
    names = list(scenario.limits.seats)
    place = index_of(said, "at", len(names))
    return scenario if place is None else set_seats(scenario, names[place], None)


_LINES: dict[str, Line] = {
    "add": _add,
    "remove": _remove,
    "add_cover": _add_cover,
    "remove_cover": _remove_cover,
    "add_seats": _add_seats,
    "remove_seats": _remove_seats,
}
