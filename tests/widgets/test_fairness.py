"""Fairness as far as the data allow: parity is the service's, small groups are hidden, the rest says why not."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from skillmatch.domain.answer import Status
from skillmatch.domain.selection import Grouping, GroupRate, SelectionRates
from skillmatch.matching.ngram_encoder import NgramEncoder
from skillmatch.service.values import PlanFile
from skillmatch.service.workspace import Workspace
from skillmatch.widgets import FairnessCheck
from skillmatch.widgets.fairness import _rates_html

Act = Callable[..., None]
PATIENCE = 60


@pytest.fixture(scope="module")
def surge(demo: Workspace) -> PlanFile:
    return demo.plan(next(item for item in demo.scenario_templates() if item.name.startswith("Surge")))


def test_parity_is_the_workspaces(demo: Workspace) -> None:
    check = FairnessCheck(demo)
    assert check.wait(PATIENCE)
    assert check.value == demo.parity()
    for line in check.value.lines:
        assert f"{line.ratio:.2f}" in check._content
    assert "Give it one plan or more" in check._content


def test_rates_are_the_workspaces_by_unit_and_role(demo: Workspace, surge: PlanFile, act: Act) -> None:
    check = FairnessCheck(demo, surge)
    assert check.rates == (demo.selection_rates(surge),)
    for line in check.rates[0].lines:
        assert f"{line.chosen} of {line.people}" in check._content
    act(check, "set", name="by", value=1)
    assert check.by == "role"
    assert check.rates == (demo.selection_rates(surge, Grouping.ROLE),)
    assert check.wait(PATIENCE)
    assert check.value == demo.parity()  # counted once, whatever groups are looked at


def test_another_role_is_held_against(demo: Workspace, act: Act) -> None:
    check = FairnessCheck(demo)
    act(check, "set", name="role", value=1)
    assert check.role_id == check._roles.values[0]
    assert check.wait(PATIENCE)
    assert check.value == demo.parity(check.role_id)
    act(check, "set", name="role", value=0)
    assert check.role_id is None
    act(check, "set", name="role", value=9_999)
    assert check.role_id is None
    assert check.wait(PATIENCE)


def line(group: str, people: int | None, chosen: int | None, ratio: float | None, chance: float | None) -> GroupRate:
    rate = None if not people else (chosen or 0) / people
    return GroupRate(group, people, chosen, rate, ratio, chance)


def test_a_low_rate_is_a_signal_and_chance_is_told_apart(hostile_text: str) -> None:
    lines = (
        line("North", 50, 25, 1.0, 0.5),
        line("South", 50, 10, 0.4, 0.001),
        line("West", 6, 2, 0.67, 0.6),
        line(hostile_text, None, None, None, None),
    )
    html = _rates_html(SelectionRates(hostile_text, Grouping.UNIT, Status.OK, "", lines, 1))
    assert html.count("below: look into it") == 1
    assert html.count("below, may be chance") == 1
    assert "2 groups are below four fifths" in html
    assert "1 group is too small to be shown." in html
    assert "<img" not in html
    assert html.count("<tr>") == 4  # the head and three groups: of the small one there is no line


def test_what_cannot_be_judged_says_so() -> None:
    lines = (line("North", 50, 25, 1.0, None),)
    html = _rates_html(SelectionRates("S", Grouping.UNIT, Status.INSUFFICIENT_DATA, "fewer than two groups", lines, 1))
    assert "insufficient_data:" in html
    assert "cannot be judged" in html
    assert "0.8 or more" not in html


def test_an_empty_workspace_has_insufficient_data(tmp_path: Path) -> None:
    with Workspace.open(tmp_path / "empty", create=True, encoder=NgramEncoder()) as workspace:
        check = FairnessCheck(workspace)
        assert check.wait(PATIENCE)
        assert check.value.status is Status.INSUFFICIENT_DATA
        assert "insufficient_data:" in check._content
    check.refresh()
    assert "was closed" in check._content


def test_the_saved_notebook_says_what_cannot_be_said(demo: Workspace, surge: PlanFile) -> None:
    html = FairnessCheck(demo, surge)._repr_mimebundle_()[0]["text/html"]
    assert "no gender, age, origin or health" in html
    assert "<button" not in html
    assert "Soft and technical skills" in html


def test_an_error_while_counting_is_told(demo: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: Any, **__: Any) -> None:
        raise ZeroDivisionError("planted")

    with monkeypatch.context() as patched:
        patched.setattr(demo, "parity", broken)
        check = FairnessCheck(demo)
        assert check.wait(PATIENCE)
    assert "ZeroDivisionError: planted" in check._content
    check.refresh()
    assert check.wait(PATIENCE)
    assert check.value is not None
