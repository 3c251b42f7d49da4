"""What is written as TOML reads back as the same scenario."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from skillmatch.domain.errors import InputError
from skillmatch.domain.scenario import Cover, Demand, Future, PlanLimits, Risk, Scenario, Ways, Weights
from skillmatch.planning.scenario_file import read_scenario
from skillmatch.planning.scenario_toml import scenario_toml
from skillmatch.service.plan_reading import save_scenario

texts = st.text(st.characters(exclude_categories=("Cs",), exclude_characters="\x00"), min_size=1, max_size=20).filter(
    lambda text: text.strip()
)
days = st.dates(date(2000, 1, 1), date(2100, 1, 1))
amounts = st.floats(0, 1e9, allow_nan=False)
shares = st.floats(0.01, 0.99)
demands = st.builds(
    Demand,
    texts,
    st.integers(1, 500),
    days,
    priority=st.floats(0.001, 1_000),
    ready=shares,
    must=st.booleans(),
)
covers = st.builds(
    Cover,
    texts,
    st.sampled_from((0.5, 1.0, 3.0)),
    st.integers(1, 50),
    days,
    leavers=st.integers(0, 5),
    unit=st.just(""),
)
limits = st.builds(
    PlanLimits,
    budget=st.none() | amounts,
    hours_per_week=st.none() | st.floats(0, 168),
    weeks=st.none() | st.integers(0, 520),
    unit_budgets=st.dictionaries(texts, amounts, max_size=3),
    seats=st.dictionaries(texts, st.integers(1, 99), max_size=3),
    must_not=st.lists(texts, unique=True, max_size=3).map(tuple),
    most_away=st.none() | st.integers(1, 99),
)
scenarios = st.builds(
    Scenario,
    texts,
    st.lists(demands, min_size=1, max_size=3).map(tuple),
    limits,
    units=st.lists(texts, unique=True, max_size=3).map(tuple),
    covers=st.lists(covers, max_size=2).map(tuple),
    weights=st.builds(Weights, money=st.floats(0, 1)),
    risk=st.builds(Risk, completion=shares, attrition=shares),
    ways=st.builds(Ways, train=st.booleans(), recognise=st.booleans(), hire_most=st.integers(0, 9), hire_cost=amounts),
    futures=st.lists(st.builds(Future, texts, demand=shares), unique_by=lambda item: item.name, max_size=3).map(tuple),
)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=60)
@given(scenarios)
def test_it_reads_back_the_same(tmp_path: Path, scenario: Scenario) -> None:
    path = tmp_path / "scenario.toml"
    path.write_text(scenario_toml(scenario), encoding="utf-8", newline="")
    assert read_scenario(path) == scenario


def test_only_what_differs_from_the_defaults_is_said() -> None:
    plain = Scenario("Nurses", (Demand("R1", 4, date(2027, 6, 30)),), PlanLimits(budget=400.0))
    assert scenario_toml(plain) == (
        'name = "Nurses"\n\n[[demands]]\nrole = "R1"\nheadcount = 4\nby = 2027-06-30\n\n[limits]\nbudget = 400\n'
    )


def test_it_is_saved_under_the_name_of_a_toml_file_only(tmp_path: Path) -> None:
    plain = Scenario("Nurses", (Demand("R1", 4, date(2027, 6, 30)),), PlanLimits())
    save_scenario(plain, tmp_path / "nurses.toml")
    assert read_scenario(tmp_path / "nurses.toml") == plain
    with pytest.raises(InputError, match=r"no \.toml file"):
        save_scenario(replace(plain, name="x"), tmp_path / "nurses.json")
