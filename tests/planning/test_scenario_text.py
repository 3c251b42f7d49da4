"""A scenario that is written as TOML and read again is the same scenario."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from skillmatch.domain.plans.scenario import Cover, Demand, Future, PlanLimits, Risk, Scenario, Ways, Weights
from skillmatch.planning.scenario_file import read_scenario
from skillmatch.planning.scenario_text import scenario_text

NAMES = st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1, max_size=20).filter(str.strip)
COUNTS = st.integers(1, 500)
MONEY = st.floats(0, 1e9)
DAYS = st.dates(date(2026, 1, 1), date(2040, 1, 1))
DEMANDS = st.builds(Demand, NAMES, COUNTS, DAYS, st.floats(0.01, 100), st.floats(0.01, 1), st.booleans())
COVERS = st.builds(Cover, NAMES, st.floats(0.1, 5), COUNTS, DAYS, COUNTS, st.floats(0.01, 9), NAMES, st.booleans())
LIMITS = st.builds(
    PlanLimits,
    budget=st.none() | MONEY,
    hours_per_week=st.none() | st.floats(0, 168),
    weeks=st.none() | st.integers(0, 520),
    unit_budgets=st.dictionaries(NAMES, MONEY, max_size=3),
    seats=st.dictionaries(NAMES, COUNTS, max_size=3),
    most_away=st.none() | COUNTS,
    must_not=st.lists(NAMES, max_size=3, unique=True).map(tuple),
)
SCENARIOS = st.builds(
    Scenario,
    NAMES,
    st.lists(DEMANDS, min_size=1, max_size=3).map(tuple),
    LIMITS,
    units=st.lists(NAMES, max_size=3, unique=True).map(tuple),
    covers=st.lists(COVERS, max_size=2).map(tuple),
    weights=st.builds(Weights, st.floats(0, 1000)),
    risk=st.builds(Risk, st.floats(0.01, 1), st.floats(0, 0.99)),
    ways=st.builds(Ways, st.booleans(), st.booleans(), MONEY),
    futures=st.lists(st.builds(Future, NAMES), max_size=2, unique_by=lambda item: item.name).map(tuple),
)


@given(SCENARIOS)
def test_reading_gives_what_was_written(tmp_path_factory: pytest.TempPathFactory, scenario: Scenario) -> None:
    path = tmp_path_factory.getbasetemp() / "scenario.toml"
    path.write_text(scenario_text(scenario), encoding="utf-8")
    assert read_scenario(path) == scenario


def test_what_is_as_always_is_left_out() -> None:
    text = scenario_text(Scenario("one", (Demand("R", 2, date(2027, 1, 1)),), PlanLimits()))
    assert text == 'name = "one"\n\n[[demands]]\nrole = "R"\nheadcount = 2\nby = 2027-01-01\n'


@pytest.mark.parametrize("name", ["surge", "automation", "cost-cut", "compliance", "transformation"])
def test_the_scenarios_of_the_demo_survive(repository: Path, tmp_path: Path, name: str) -> None:
    scenario = read_scenario(repository / "data" / "demo" / "scenarios" / f"{name}.toml")
    (tmp_path / "again.toml").write_text(scenario_text(scenario), encoding="utf-8")
    assert read_scenario(tmp_path / "again.toml") == scenario
