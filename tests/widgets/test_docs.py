"""The page about the views names every view with all of its state, and nothing that is not there."""

from __future__ import annotations

import re
from operator import attrgetter
from pathlib import Path

import pytest

from skillmatch import widgets
from skillmatch.service.workspace import Workspace
from skillmatch.widgets.kit.panel import Panel
from skillmatch.widgets.person.explorer import STATE
from skillmatch.widgets.team.heatmap import LOOK

OTHERS = {"GapHeatmap": ("unit", "role_id", *LOOK), "AdviceExplorer": STATE}
VIEWS = sorted(name for name in widgets.__all__ if hasattr(getattr(widgets, name), "_repr_mimebundle_"))


@pytest.fixture(scope="module")
def rows(repository: Path) -> dict[str, list[str]]:
    text = (repository / "docs" / "views.md").read_text(encoding="utf-8")
    lines = [line.strip("| ").split(" | ") for line in text.splitlines() if re.match(r"\| `[A-Z]", line)]
    return {cells[0].strip("`"): cells for cells in lines}


def test_every_view_is_there(rows: dict[str, list[str]]) -> None:
    assert sorted(rows) == VIEWS


@pytest.mark.parametrize("name", VIEWS)
def test_all_of_its_state_is_there(rows: dict[str, list[str]], name: str) -> None:
    view = getattr(widgets, name)
    state = view.STATE if issubclass(view, Panel) else OTHERS[name]
    assert sorted(re.findall(r"`(\w+)`", rows[name][2])) == sorted(state)


def test_what_the_values_are_said_to_be_is_there(rows: dict[str, list[str]], demo: Workspace) -> None:
    for name, cells in rows.items():
        for path in re.findall(r"`workspace\.([\w.]+)\(", cells[3]):
            assert callable(attrgetter(path)(demo)), (name, path)
        for trait in re.findall(r"`(\w+)`", cells[3]):
            assert hasattr(getattr(widgets, name), trait), (name, trait)
