"""Grids say what team and gap say, are counted once, and notice when something changed."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from skillmatch.domain.base.answer import Status
from skillmatch.domain.base.errors import InputError, NotFoundError
from skillmatch.domain.team.team import SMALL_UNITS
from skillmatch.matching.encoders.ngram_encoder import NgramEncoder
from skillmatch.service.workspace import Workspace

HOTELS = "Hotels"


@pytest.fixture(scope="module")
def demo(pristine: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Workspace]:
    folder = Path(shutil.copytree(pristine, tmp_path_factory.mktemp("demo") / "workspace"))
    with Workspace.open(folder, encoder=NgramEncoder()) as workspace:
        yield workspace


def test_a_grid_of_units_holds_the_lines_of_the_team(demo: Workspace) -> None:
    grid, team = demo.team.unit_grid(), demo.team.gap()

    assert (grid.lines, grid.units, grid.left_out, grid.status) == (team.lines, team.units, team.left_out, team.status)
    assert [skill.skill_id for skill in grid.skills] == [line.skill_id for line in team.together()]
    assert all(skill.type is demo.taxonomy.skill(skill.skill_id).type for skill in grid.skills[:20])
    assert len(grid.to_frame()) == len(grid.lines)


def test_a_row_of_people_is_their_gap(demo: Workspace) -> None:
    grid = demo.team.person_grid(HOTELS)

    assert [row.coverage for row in grid.people] == sorted(row.coverage for row in grid.people)
    assert {row.person_id for row in grid.people} <= set(demo.people.members(HOTELS))
    for row in grid.people:
        gap = demo.gap(row.person_id, row.role_id)
        assert row.coverage == gap.coverage
        assert [(stand.skill_id, stand.state) for stand in row.stands] == [
            (item.requirement.skill_id, item.state) for item in gap.items
        ]
        assert demo.people.members(HOTELS)[row.number - 1] == row.person_id
    assert "Silke" not in str(grid.to_json())


def test_everybody_can_be_held_against_one_role(demo: Workspace) -> None:
    grid = demo.team.person_grid(HOTELS, role="R-B01")
    assert {row.role_id for row in grid.people} == {"own/R-B01"}
    assert len(grid.people) == grid.total == len(demo.people.members(HOTELS))
    assert demo.team.unit_grid(role="R-B01").role_id == "own/R-B01"


def test_asking_again_counts_nobody(demo: Workspace) -> None:
    heard: list[int] = []
    first = demo.team.unit_grid(as_of=date(2026, 12, 2), progress=lambda _, done, __: heard.append(done))
    assert heard
    heard.clear()
    assert demo.team.unit_grid(as_of=date(2026, 12, 2), progress=lambda _, done, __: heard.append(done)) is first
    assert not heard


def test_work_that_is_stopped_leaves_nothing_half_done(demo: Workspace) -> None:
    def stop(stage: str, done: int, total: int) -> None:
        if done:
            raise KeyboardInterrupt

    day = date(2026, 12, 3)
    with pytest.raises(KeyboardInterrupt):
        demo.team.unit_grid(as_of=day, progress=stop)
    assert demo.team.unit_grid(as_of=day).people == demo.team.unit_grid().people


def test_what_came_since_is_counted(demo: Workspace, tmp_path: Path) -> None:
    before = demo.team.person_grid(HOTELS)
    table = tmp_path / "people.csv"
    table.write_text("id,name,unit,role\nP-998,Late Comer,Hotels,R-B01\n", encoding="utf-8")
    demo.people.import_from(table)

    after = demo.team.person_grid(HOTELS)

    assert after.total == before.total + 1
    assert "own/P-998" in {row.person_id for row in after.people}


def test_what_cannot_be_shown_says_so(demo: Workspace, tmp_path: Path) -> None:
    with pytest.raises(NotFoundError, match="Hotelz"):
        demo.team.person_grid("Hotelz")
    with pytest.raises(InputError):
        demo.team.person_grid(HOTELS, most=0)
    few = demo.team.person_grid(HOTELS, most=3)
    assert (len(few.people), few.status) == (3, Status.PARTIAL)
    assert f"3 of {few.total} people" in few.headline()
    with Workspace.open(tmp_path / "empty", create=True, encoder=NgramEncoder()) as empty:
        grid = empty.team.unit_grid()
        assert (grid.status, grid.lines) == (Status.INSUFFICIENT_DATA, ())
        with pytest.raises(NotFoundError):
            empty.team.person_grid(SMALL_UNITS)
