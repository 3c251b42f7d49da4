"""Fields of a scenario's form by their names in the browser: what each changes, and where its errors stand."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from skillmatch.domain.scenario import Scenario
from skillmatch.widgets.choices import Choices
from skillmatch.widgets.scenario_edits import (
    Edit,
    day,
    decimal,
    whole,
    with_cover,
    with_demand,
    with_limit,
    with_risk,
    with_way,
)
from skillmatch.widgets.scenario_form import CHANCES, LEAVING, LEVELS, PRIORITIES, READY, with_value
from skillmatch.widgets.view import index_of

WHOLE_LIMITS = ("weeks", "most_away")


def edits(scenario: Scenario, offered: Mapping[str, Choices[float | None]], units: Sequence[str]) -> dict[str, Edit]:
    """What each field of the form does to the scenario; what it must not be told changes nothing."""
    found: dict[str, Edit] = {"name": lambda now, value: replace(now, name=str(value)[:200].strip())}
    for place in range(len(scenario.demands)):
        found |= _demand(place)
    for place in range(len(scenario.covers)):
        found |= _cover(place)
    found |= {f"limit-{name}": _limit(name, steps) for name, steps in offered.items()}
    found |= {f"seat-{place}": _seats(place) for place in range(len(scenario.limits.seats))}
    found |= {f"unit-{place}": _unit(unit) for place, unit in enumerate(units)}
    for name in ("train", "move", "recognise"):
        found[f"way-{name}"] = _way_on(name)
    for name in ("move_cost", "recognise_cost", "hire_cost"):
        found[f"way-{name}"] = _way_cost(name)
    found["way-hire_most"] = lambda now, value: with_way(now, hire_most=whole(value, "ways.hire_most"))
    found["risk-completion"] = lambda now, place: _picked(
        now, place, CHANCES, now.risk.completion, lambda value: with_risk(now, completion=value)
    )
    found["risk-attrition"] = lambda now, place: _picked(
        now, place, LEAVING, now.risk.attrition, lambda value: with_risk(now, attrition=value)
    )
    return found


def key_of(name: str) -> str:
    """The key of the scenario's file, beside whose field an error of this one stands."""
    kind, _, rest = name.partition("-")
    place, _, field = rest.partition("-")
    match kind:
        case "demand":
            return f"demands[{place}].{field}"
        case "cover":
            return f"covers[{place}].{field}"
        case "limit":
            return f"limits.{rest}"
        case "seat":
            return "limits.seats"
        case "way":
            return f"ways.{rest}"
        case "risk":
            return f"risk.{rest}"
        case "unit":
            return "units"
        case _:
            return name


def without_seats(scenario: Scenario, place: int) -> Scenario:
    """The scenario without one of its limits on seats."""
    seats = dict(scenario.limits.seats)
    del seats[list(seats)[place]]
    return with_limit(scenario, seats=seats)


def _picked(scenario: Scenario, place: Any, steps: Sequence[float], value: float, change: Any) -> Scenario:
    known = with_value(steps, value)
    found = index_of({"at": place}, "at", len(known))
    changed: Scenario = scenario if found is None else change(known[found])
    return changed


def _demand(place: int) -> dict[str, Edit]:
    name, key = f"demand-{place}", f"demands[{place}]"
    return {
        f"{name}-headcount": lambda now, value: with_demand(now, place, headcount=whole(value, f"{key}.headcount")),
        f"{name}-by": lambda now, value: with_demand(now, place, by=day(value, f"{key}.by")),
        f"{name}-ready": lambda now, at: _picked(
            now, at, READY, now.demands[place].ready, lambda value: with_demand(now, place, ready=value)
        ),
        f"{name}-priority": lambda now, at: _picked(
            now, at, PRIORITIES, now.demands[place].priority, lambda value: with_demand(now, place, priority=value)
        ),
        f"{name}-must": lambda now, value: with_demand(now, place, must=value is True),
    }


def _cover(place: int) -> dict[str, Edit]:
    name, key = f"cover-{place}", f"covers[{place}]"
    return {
        f"{name}-people": lambda now, value: with_cover(now, place, people=whole(value, f"{key}.people")),
        f"{name}-leavers": lambda now, value: with_cover(now, place, leavers=whole(value, f"{key}.leavers")),
        f"{name}-by": lambda now, value: with_cover(now, place, by=day(value, f"{key}.by")),
        f"{name}-level": lambda now, at: _picked(
            now, at, LEVELS, now.covers[place].level, lambda value: with_cover(now, place, level=value)
        ),
        f"{name}-priority": lambda now, at: _picked(
            now, at, PRIORITIES, now.covers[place].priority, lambda value: with_cover(now, place, priority=value)
        ),
        f"{name}-must": lambda now, value: with_cover(now, place, must=value is True),
    }


def _limit(name: str, offered: Choices[float | None]) -> Edit:
    def edit(now: Scenario, place: Any) -> Scenario:
        found = index_of({"at": place}, "at", len(offered.values))
        if found is None:
            return now
        value = offered.values[found]
        kind = int if name in WHOLE_LIMITS else float
        return with_limit(now, **{name: None if value is None else kind(value)})

    return edit


def _seats(place: int) -> Edit:
    def edit(now: Scenario, value: Any) -> Scenario:
        name = list(now.limits.seats)[place]
        return with_limit(now, seats={**now.limits.seats, name: whole(value, "limits.seats")})

    return edit


def _unit(unit: str) -> Edit:
    def edit(now: Scenario, value: Any) -> Scenario:
        others = tuple(item for item in now.units if item != unit)
        return replace(now, units=(*others, unit) if value is True else others)

    return edit


def _way_on(name: str) -> Edit:
    return lambda now, value: with_way(now, **{name: value is True})


def _way_cost(name: str) -> Edit:
    return lambda now, value: with_way(now, **{name: decimal(value, f"ways.{name}")})
