"""A bar comes for much work only, follows it, and goes."""

from __future__ import annotations

from typing import Any

import pytest

from skillmatch.service.workspace import Workspace
from skillmatch.widgets import GapHeatmap
from skillmatch.widgets.kit.progress import LARGE, ShownProgress


class Bar:
    """A bar that remembers what was shown."""

    def __init__(self, **options: Any) -> None:
        self.options = options
        self.n = 0
        self.closed = False

    def update(self, more: int) -> None:
        self.n += more

    def close(self) -> None:
        self.closed = True


@pytest.fixture
def made() -> list[Bar]:
    return []


@pytest.fixture
def progress(made: list[Bar]) -> ShownProgress:
    def make(**options: Any) -> Bar:
        made.append(Bar(**options))
        return made[-1]

    return ShownProgress(make)


def test_little_work_has_no_bar(progress: ShownProgress, made: list[Bar]) -> None:
    for done in range(0, LARGE, 1_000):
        progress("looking", done, LARGE - 1)
    assert made == []


def test_much_work_has_one_that_follows_and_goes(progress: ShownProgress, made: list[Bar]) -> None:
    for done in (0, 100, 4_000):
        progress("looking", done, LARGE)
    (bar,) = made
    assert (bar.options, bar.n, bar.closed) == ({"desc": "looking", "total": LARGE, "leave": False}, 4_000, False)
    progress("looking", LARGE, LARGE)
    assert bar.closed


def test_another_stage_and_the_same_again_have_bars_of_their_own(progress: ShownProgress, made: list[Bar]) -> None:
    progress("one", 500, LARGE)
    progress("two", 600, LARGE)
    progress("two", 0, LARGE)  # begun anew after it was stopped
    assert [(bar.options["desc"], bar.n, bar.closed) for bar in made] == [
        ("one", 500, True),
        ("two", 600, True),
        ("two", 0, False),
    ]


def test_the_heat_map_tells_how_far_it_is(own: Workspace) -> None:
    heard: list[tuple[str, int, int]] = []
    GapHeatmap(own, role_id="own/R-B07", progress=lambda *told: heard.append(told))
    assert {stage for stage, _, _ in heard} == {"looking at people"}
    assert heard[-1][1] == heard[-1][2] == len(own.people.all())
