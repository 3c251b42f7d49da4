"""Pathways on a calendar: the value is the workspace's, a choice is a place in it, bars lie where their days are."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from skillmatch.domain.advice.advice import Limits
from skillmatch.domain.advice.pathway import Pace
from skillmatch.service.workspace import Workspace
from skillmatch.widgets import PathwayTimeline
from skillmatch.widgets.kit.time_scale import MOST_TICKS, Span, ticks

PERSON = "own/P-037"
Act = Callable[..., None]
Sent = Callable[[Any], str]


@pytest.fixture
def timeline(demo: Workspace) -> PathwayTimeline:
    return PathwayTimeline(demo, PERSON)


def test_its_value_is_that_of_the_workspace(timeline: PathwayTimeline, demo: Workspace) -> None:
    timeline.hours_per_week, timeline.weeks, timeline.max_cost, timeline.role_id = 6.0, 52, 500.0, "own/R-B02"
    assert timeline.value == demo.pathway(PERSON, "own/R-B02", Pace(6.0, 52), limits=Limits(cost=500.0))
    assert "aria-valuetext" not in timeline._top
    assert "500" in timeline._top


def test_a_choice_is_one_of_the_alternatives(timeline: PathwayTimeline, act: Act) -> None:
    assert timeline.value.alternatives
    assert timeline.chosen.steps == timeline.value.steps

    act(timeline, "choose", at=1)

    assert timeline.choice == 1
    assert timeline.chosen == timeline.value.alternatives[0]
    assert timeline._content.count('aria-pressed="true"') == 1
    assert timeline.chosen.trade_off in timeline._content


def test_fewer_pathways_move_the_choice_back(timeline: PathwayTimeline) -> None:
    timeline.choice = 1
    timeline.hours_per_week, timeline.weeks = 6.0, 52
    assert timeline.choice < 1 + len(timeline.value.alternatives)
    timeline.choice = 99
    assert timeline.choice == len(timeline.value.alternatives)


def test_every_step_is_drawn_and_told(timeline: PathwayTimeline) -> None:
    routes = (timeline.value, *timeline.value.alternatives)
    steps = [step for route in routes for step in route.steps]
    assert timeline._content.count('class="block"') == len(steps)
    html = timeline._repr_html_()
    assert 'class="block"' not in html  # without a browser the table says it all
    for step in steps:
        assert step.title in html
        assert f"{step.start}" in html
        assert f"{step.end}" in html


def test_bars_lie_where_their_days_are(timeline: PathwayTimeline) -> None:
    bars = [
        (float(left), float(width))
        for left, width in re.findall(r'class="block" style="left:([0-9.]+)%;width:([0-9.]+)%"', timeline._content)
    ]
    routes = (timeline.value, *timeline.value.alternatives)
    steps = [step for route in routes for step in route.steps]
    for (left, width), (other, _), step, later in zip(bars, bars[1:], steps, steps[1:], strict=False):
        assert 0 <= left < left + width <= 100.1
        assert (left < other) is (step.start < later.start)


def test_without_a_pathway_it_says_why(timeline: PathwayTimeline, act: Act) -> None:
    timeline.weeks = 0
    assert timeline.chosen is None
    assert "Allow more hours, weeks or money." in timeline._content
    act(timeline, "choose", at=0)
    assert timeline.chosen is None


def test_nobody_chosen_and_nobody_known(demo: Workspace) -> None:
    timeline = PathwayTimeline(demo)
    assert "Nobody is chosen." in timeline._repr_html_()
    timeline.person_id = "nobody"
    assert "no person is called" in timeline._repr_html_()
    timeline.person_id = PERSON
    assert timeline.value is not None


@pytest.mark.parametrize(
    "said",
    [
        {"do": "choose", "at": 99},
        {"do": "choose", "at": True},
        {"do": "set", "name": "max_cost", "value": 99},
        {"do": "set", "name": "weeks", "value": 100_000},
        {"do": "set", "name": "hours_per_week", "value": "x"},
        {"do": "set", "name": "choice", "value": 1},
    ],
)
def test_what_the_browser_must_not_ask_for_changes_nothing(timeline: PathwayTimeline, said: Any) -> None:
    before = timeline.get_state()
    timeline._hear(timeline, said, [])
    assert timeline.get_state() == before


def test_moving_the_budget_moves_its_trait(timeline: PathwayTimeline, act: Act) -> None:
    act(timeline, "set", name="max_cost", value=0)
    assert timeline.max_cost == 0.0
    assert all(not step.cost for step in timeline.value.steps)


def test_pseudonyms_keep_names_and_ids_in_the_kernel(
    timeline: PathwayTimeline, demo: Workspace, everything_sent: Sent
) -> None:
    sent = everything_sent(timeline)
    assert "Care homes, person 15" in sent
    assert demo.people.get(PERSON).name not in sent
    assert "P-037" not in sent
    assert demo.people.get(PERSON).name in everything_sent(PathwayTimeline(demo, PERSON, pseudonyms=False))


@given(st.dates(date(1990, 1, 1), date(2040, 1, 1)), st.integers(0, 4_000))
def test_marks_stand_at_firsts_of_months_in_order_and_are_few(first: date, days: int) -> None:
    span = Span(first, first + timedelta(days=days))
    found = ticks(span)
    assert len(found) <= MOST_TICKS
    places = [span.at(day) for day, _ in found]
    assert places == sorted(places)
    assert all(day.day == 1 and 0 <= place < 100 for (day, _), place in zip(found, places, strict=True))
    assert span.at(first) == 0
    assert span.at(span.last) < 100
