"""A large organisation held against another role: counted in the background, told meanwhile, and given up on demand."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Any

import pytest

from skillmatch.domain.base.errors import WorkspaceError
from skillmatch.service.workspace import Workspace
from skillmatch.widgets import GapHeatmap
from skillmatch.widgets.team import heatmap
from skillmatch.widgets.team.count_ahead import CountAhead

Act = Callable[..., None]
ROLE = "own/R-B07"


@pytest.fixture
def large(demo: Workspace, monkeypatch: pytest.MonkeyPatch) -> GapHeatmap:
    """The demo's heat map, to which its 277 people are many."""
    monkeypatch.setattr(heatmap, "LARGE", 100)
    return GapHeatmap(demo)


def place_of(view: GapHeatmap, role: str) -> int:
    place = view._roles.index(role)
    assert place
    return place


def test_another_role_is_there_once_it_is_counted(large: GapHeatmap, demo: Workspace, act: Act) -> None:
    act(large, "set", name="role", value=place_of(large, ROLE))
    assert large._ahead.wait(60)
    assert large.role_id == ROLE
    assert large.value == demo.team.unit_grid(role=ROLE)
    assert large._going == ""
    act(large, "set", name="role", value=0)
    assert large._ahead.wait(60)
    assert large.role_id is None


def test_few_people_are_counted_at_once(demo: Workspace, act: Act) -> None:
    view = GapHeatmap(demo)
    act(view, "set", name="role", value=place_of(view, ROLE))
    assert view.role_id == ROLE


def test_a_count_that_is_stopped_changes_nothing(
    demo: Workspace, large: GapHeatmap, act: Act, monkeypatch: pytest.MonkeyPatch
) -> None:
    before, counting, go_on = large.value, threading.Event(), threading.Event()
    told: list[str] = []
    large.observe(lambda change: told.append(change["new"]), names="_going")

    def slowly(*, role: str | None, progress: Callable[[str, int, int], None]) -> Any:
        large._ahead._last = 0.0  # long enough ago to tell the next step
        progress("looking at people", 100, 277)
        counting.set()
        assert go_on.wait(30)
        progress("looking at people", 200, 277)
        raise AssertionError("it went on")

    monkeypatch.setattr(demo.team, "unit_grid", slowly)
    act(large, "set", name="role", value=place_of(large, ROLE))
    assert counting.wait(30)
    act(large, "stop")
    go_on.set()
    assert large._ahead.wait(30)
    assert any("100 of 277" in line for line in told)
    assert (large.role_id, large.value, large._going) == (None, before, "")


def test_the_last_role_asked_for_counts(demo: Workspace) -> None:
    done: list[str | None] = []
    ahead = CountAhead(demo, lambda _: None, done.append, lambda error: pytest.fail(str(error)))
    for role in (ROLE, "own/R-B01", "own/R-B03"):
        ahead.ask(role, "a role")
    while not ahead.wait(60):
        pass
    assert done[-1] == "own/R-B03"


def test_a_service_that_fails_is_an_alert(
    demo: Workspace, large: GapHeatmap, act: Act, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fails(*_: Any, **__: Any) -> Any:
        raise WorkspaceError("the disk is full.", remedy="Make room.")

    monkeypatch.setattr(demo.team, "unit_grid", fails)
    act(large, "set", name="role", value=place_of(large, ROLE))
    assert large._ahead.wait(30)
    assert "the disk is full" in large._alert
    assert "Make room" in large._alert
    assert large._going == ""
    monkeypatch.undo()
    act(large, "set", name="role", value=place_of(large, ROLE))
    assert large._ahead.wait(60)
    assert (large.role_id, large._alert) == (ROLE, "")
