"""Changes of a scenario: what the controls say, made into another scenario; and two scenarios told apart in words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import fields, replace
from datetime import date
from typing import Any

from skillmatch.domain.errors import InputError
from skillmatch.domain.scenario import Cover, Demand, Scenario
from skillmatch.widgets.html import number
from skillmatch.widgets.plan_words import limit_name

DEMAND_WORDS = {
    "headcount": "people",
    "by": "by",
    "priority": "priority",
    "ready": "ready from",
    "must": "must be filled",
}
WAY_WORDS = {
    "train": "training",
    "move": "moving people",
    "move_cost": "cost of a move",
    "recognise": "recognition",
    "recognise_cost": "cost of recognition",
    "hire_most": "people to be hired",
    "hire_cost": "cost of hiring",
}


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
        case "skill_id":
            new = str(value).strip()
        case _:
            new = whole(value, where)
    made: Cover = replace(old, **{name: new})
    return replace(scenario, covers=(*scenario.covers[:at], made, *scenario.covers[at + 1 :]))


def with_one_more(scenario: Scenario) -> Scenario:
    """The scenario with one more demand, like its last one."""
    return replace(scenario, demands=(*scenario.demands, scenario.demands[-1]))


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


def what_changed(old: Scenario | None, new: Scenario, roles: Mapping[str, str]) -> str:
    """In a few words what tells a scenario from the one before."""
    if old is None or old.name != new.name:
        return f"start: {new.name}"
    told = [f"{limit_name(f'limits.{name}')} {_pair(*pair)}" for name, pair in _differing(old.limits, new.limits)]
    told += [f"{WAY_WORDS.get(name, name)} {_pair(*pair)}" for name, pair in _differing(old.ways, new.ways)]
    if len(old.demands) != len(new.demands):
        told.append("another demand" if len(new.demands) > len(old.demands) else "a demand less")
    for one, other in zip(old.demands, new.demands, strict=False):
        told += _demand(one, other, roles)
    if old.covers != new.covers:
        told.append("other skills to be covered")
    if (old.units, old.roles) != (new.units, new.roles):
        told.append(f"another scope ({len(new.units) or 'all'} units)")
    return "; ".join(told) or "the same again"


def _demand(old: Demand, new: Demand, roles: Mapping[str, str]) -> list[str]:
    name = roles.get(new.role_id, new.role_id)
    if old.role_id != new.role_id:
        return [f"{name} instead of {roles.get(old.role_id, old.role_id)}"]
    return [f"{name}: {DEMAND_WORDS.get(field, field)} {_pair(*pair)}" for field, pair in _differing(old, new)]


def _differing(old: Any, new: Any) -> list[tuple[str, tuple[Any, Any]]]:
    pairs = ((item.name, (getattr(old, item.name), getattr(new, item.name))) for item in fields(old))
    return [(name, pair) for name, pair in pairs if pair[0] != pair[1]]


def _pair(old: Any, new: Any) -> str:
    return f"{_told(old)} → {_told(new)}"


def _told(value: Any) -> str:
    match value:
        case None:
            return "no limit"
        case bool():
            return "on" if value else "off"
        case int() | float():
            return number(value)
        case Mapping():
            return f"{len(value)} set"
        case _:
            return str(value)
