"""Two scenarios told apart in a planner's words."""

from __future__ import annotations

from dataclasses import fields, replace
from datetime import date

import pytest

from skillmatch.domain.plans.scenario import Cover, Demand, Future, PlanLimits, Risk, Scenario, Ways, Weights
from skillmatch.widgets.plans.scenario_difference import differences, key_words, value_words, what_changed

TITLES = {"R1": "Nurse", "R2": "Cook", "S1": "Wound care", "C1": "First aid"}
OLD = Scenario(
    "a",
    (Demand("R1", 12, date(2027, 6, 30), ready=0.8),),
    PlanLimits(budget=5_000, hours_per_week=5, weeks=26, seats={"C1": 10}),
    covers=(Cover("S1", 3.0, 4, date(2027, 6, 30)),),
)


@pytest.mark.parametrize(
    ("new", "said"),
    [
        (replace(OLD, name="b"), []),
        (replace(OLD, limits=replace(OLD.limits, budget=25_000.0)), ["Money 5,000 EUR → 25,000 EUR"]),
        (replace(OLD, limits=replace(OLD.limits, budget=None)), ["Money 5,000 EUR → no limit"]),
        (replace(OLD, limits=replace(OLD.limits, weeks=39)), ["Weeks 26 weeks → 39 weeks"]),
        (
            replace(OLD, limits=replace(OLD.limits, hours_per_week=7.5)),
            ["Hours a week, each 5 hours a week → 7.5 hours a week"],
        ),
        (replace(OLD, limits=replace(OLD.limits, most_away=1)), ["People of a unit away at once no limit → 1 person"]),
        (replace(OLD, limits=replace(OLD.limits, seats={"C1": 12})), ["Seats in First aid 10 → 12"]),
        (replace(OLD, demands=(replace(OLD.demands[0], headcount=1_200),)), ["Nurse: people 12 → 1,200"]),
        (replace(OLD, demands=(replace(OLD.demands[0], ready=0.9),)), ["Nurse: ready from 80 % → 90 %"]),
        (replace(OLD, demands=(replace(OLD.demands[0], role_id="R2"),)), ["Cook: role Nurse → Cook"]),
        (replace(OLD, covers=()), ["Wound care 4 people at level 3 by 2027-06-30 → not asked"]),
        (
            replace(OLD, demands=(*OLD.demands, Demand("R2", 3, date(2027, 1, 31)))),
            ["Cook not asked → 3 people by 2027-01-31"],
        ),
        (
            replace(OLD, ways=Ways(move=False, move_cost=1_500)),
            ["Moving people yes → no", "Cost of a move 0 EUR → 1,500 EUR"],
        ),
        (replace(OLD, risk=Risk(0.75, 0.1)), ["Who completes 100 % → 75 %", "Who leaves 0 % → 10 %"]),
        (replace(OLD, units=("Hotels", "Port")), ["Units in scope all → Hotels, Port"]),
        (replace(OLD, units=tuple("ABCDEF")), ["Units in scope all → A, B, C, D and 2 more"]),
        (replace(OLD, weights=Weights(money=2e-6)), ["Weight of money 1e-06 → 2e-06"]),
        (replace(OLD, futures=(Future("as planned"), Future("dearer"))), ["Futures none → as planned, dearer"]),
    ],
)
def test_each_difference_reads_as_a_planner_says_it(new: Scenario, said: list[str]) -> None:
    assert [str(item) for item in differences(OLD, new, TITLES)] == said


def test_a_new_name_is_a_new_start_and_nothing_is_the_same_again() -> None:
    assert what_changed(None, OLD, TITLES) == "start: a"
    assert what_changed(OLD, replace(OLD, name="b"), TITLES) == "start: b"
    assert what_changed(OLD, OLD, TITLES) == "the same again"


def test_every_key_of_a_scenario_has_words() -> None:
    for whole, kind in (("limits", PlanLimits), ("ways", Ways), ("risk", Risk), ("weights", Weights)):
        for item in fields(kind):
            assert "_" not in key_words(f"{whole}.{item.name}", OLD, TITLES).replace("hours_per_week", "")
    assert key_words("demands[0].headcount", OLD, TITLES) == "Nurse: people"
    assert key_words("demands[7].headcount", OLD, TITLES) == "Wanted, line 8"
    assert key_words("no input changed: another search", OLD, TITLES) == "no input changed: another search"
    assert value_words("limits.budget", 1_234_567.5, "EUR", {}) == "1,234,567.5 EUR"
