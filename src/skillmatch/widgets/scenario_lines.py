"""Lines of a scenario that come and go: demands, skills to be covered, limits of seats."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from functools import partial
from typing import Any

from skillmatch.domain.errors import InputError
from skillmatch.domain.scenario import Demand, Scenario
from skillmatch.service.workspace import Workspace
from skillmatch.widgets.forms import said_text
from skillmatch.widgets.scenario_change import with_one_more, with_skill, without, without_cover
from skillmatch.widgets.scenario_setting import set_seats
from skillmatch.widgets.view import Deed, index_of

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
