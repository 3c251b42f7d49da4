"""Scenario files: those to begin with, read and written."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TypeVar

from skillmatch.domain.base.errors import InputError, NotFoundError
from skillmatch.domain.plans.scenario import Scenario
from skillmatch.files.resources import resource
from skillmatch.service.core import lookups
from skillmatch.service.core.snapshot import Snapshot


def scenario_templates() -> Sequence[Path]:
    """The scenarios of the demo, by name: surge, automation, cost cut, compliance, transformation."""
    return sorted(resource("data", "demo", "scenarios").glob("*.toml"))


def read_scenario_file(path: Path) -> Scenario:
    """A scenario from its file. Raises ``InputError`` with file, key and remedy."""
    from skillmatch.planning.scenario_file import read_scenario

    return read_scenario(path)


def write_scenario(scenario: Scenario, path: Path) -> Path:
    """Write a scenario as TOML, whole or not at all; returns where. Reading it gives the same scenario."""
    from skillmatch.files.writing import write_text
    from skillmatch.planning.scenario_text import scenario_text

    if path.suffix.lower() != ".toml":
        raise InputError(f"'{path.name}' does not end in .toml.", remedy="Call it something like surge.toml.")
    write_text(path, scenario_text(scenario))
    return path.resolve()


T = TypeVar("T")


def resolved(scenario: Scenario, snapshot: Snapshot, file: str | None) -> Scenario:
    """The scenario with our ids in place of titles and the customer's own ids."""

    def found(key: str, name: str, find: Callable[[Snapshot, str], T]) -> T:
        try:
            return find(snapshot, name)
        except NotFoundError as error:
            raise InputError(error.message, field=key, remedy=error.remedy).at(file=file) from None

    def credential(key: str, name: str) -> str:
        return found(key, name, lookups.find_credential).id

    limits = scenario.limits
    return replace(
        scenario,
        demands=tuple(
            replace(item, role_id=found(f"demands[{number}].role", item.role_id, lookups.find_role).id)
            for number, item in enumerate(scenario.demands)
        ),
        covers=tuple(
            replace(item, skill_id=found(f"covers[{number}].skill", item.skill_id, lookups.find_skill).id)
            for number, item in enumerate(scenario.covers)
        ),
        roles=tuple(found("roles", item, lookups.find_role).id for item in scenario.roles),
        limits=replace(
            limits,
            seats={credential("limits.seats", name): count for name, count in limits.seats.items()},
            must={credential("limits.must", name): count for name, count in limits.must.items()},
            must_not=tuple(credential("limits.must_not", name) for name in limits.must_not),
        ),
    )
