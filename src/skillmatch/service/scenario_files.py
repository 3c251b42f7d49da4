"""Scenario files: those to begin with, read and written."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from skillmatch.domain.errors import InputError
from skillmatch.domain.scenario import Scenario
from skillmatch.files.resources import resource


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
