"""Changes of a scenario: what the controls say, made into another scenario."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from skillmatch.domain.errors import InputError
from skillmatch.domain.scenario import Cover, Scenario

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
