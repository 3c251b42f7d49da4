"""Fairness on the screen: the parity is the service's, rates are of groups large enough, and little data says so."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from skillmatch.domain.base.errors import WorkspaceError
from skillmatch.domain.plans.scenario import Demand, PlanLimits, Scenario
from skillmatch.matching.encoders.ngram_encoder import NgramEncoder
from skillmatch.service.plans.planning import Search
from skillmatch.service.workspace import Workspace
from skillmatch.widgets import FairnessCheck

Act = Callable[..., None]
Sent = Callable[[Any], str]


@pytest.fixture(scope="module")
def file(demo: Workspace) -> Any:
    demands = (Demand("R-B03", 7, date(2027, 6, 30), ready=0.75), Demand("R-B01", 26, date(2027, 5, 31), ready=0.6))
    return demo.plan(Scenario("A ward", demands, PlanLimits(hours_per_week=6)), search=Search(time_limit=5))


def test_its_value_is_that_of_the_workspace(demo: Workspace, act: Act) -> None:
    view = FairnessCheck(demo)
    assert view.wait(120)
    assert view.value == demo.team.parity()
    assert "Soft (transversal) skills" in view._content
    for line in view.value.lines:
        assert f"{line.ratio:.2f}" in view._content
    act(view, "set", name="role", value=1)
    assert view.wait(120)
    assert view.value == demo.team.parity(view._roles.values[1])
    act(view, "set", name="role", value="x")
    assert view.role_id == view._roles.values[1]


def test_rates_of_units(demo: Workspace, file: Any) -> None:
    view = FairnessCheck(demo, file)
    assert view.selection == demo.plans.selection(file)
    sizes = demo.people.units()
    for line in view.selection.lines:
        assert line.people >= 5
        assert line.people == sizes.get(line.unit, line.people)
        assert f"{line.selected} of {line.people}" in view._content
    assert "a signal to look, not a finding" in view._content
    assert "age, gender and the like are not in it" in view._content


def test_many_people_are_asked_for_only_when_somebody_presses(
    demo: Workspace, monkeypatch: pytest.MonkeyPatch, act: Act
) -> None:
    monkeypatch.setattr("skillmatch.widgets.team.fairness.MOST_AT_ONCE", 10)
    view = FairnessCheck(demo)
    assert view.value is None
    assert not view._behind.busy
    act(view, "measure")
    assert view.wait(120)
    assert view.value is not None


def test_too_little_to_tell(tmp_path: Path, hostile: Workspace, hostile_text: str, everything_sent: Sent) -> None:
    with Workspace.open(tmp_path / "empty", create=True, encoder=NgramEncoder()) as workspace:
        view = FairnessCheck(workspace)
        assert view.wait(60)
        assert "insufficient_data" in view._content or 'role="alert"' in view._content
    scenario = Scenario(hostile_text, (Demand("R1", 4, date(2090, 1, 1), ready=0.1),), PlanLimits())
    view = FairnessCheck(hostile, hostile.plan(scenario, search=Search(time_limit=2)))
    assert view.wait(60)
    selection: Any = view.selection
    assert selection.lines == ()
    assert "insufficient_data" in view._content
    assert "<img" not in everything_sent(view)


def test_what_goes_wrong_is_an_alert(demo: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    view = FairnessCheck(demo, "plan-none")
    assert 'role="alert"' in view._content
    view.plan = None
    assert view.wait(120)
    assert view.value is not None

    def fails(*_: Any, **__: Any) -> Any:
        raise WorkspaceError("the disk is full.", remedy="Make room.")

    monkeypatch.setattr(demo.team, "parity", fails)
    view = FairnessCheck(demo)
    assert view.wait(60)
    assert "the disk is full" in view._content
