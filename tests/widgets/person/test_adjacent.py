"""The map of near roles: the value is the workspace's, points lie apart, and the table says the same."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from skillmatch.domain.advice.adjacent import AdjacentRole, Route
from skillmatch.domain.advice.pathway import Pace
from skillmatch.domain.base.answer import Status
from skillmatch.matching.encoders.ngram_encoder import NgramEncoder
from skillmatch.service.workspace import Workspace
from skillmatch.widgets import AdjacentRoles
from skillmatch.widgets.person.adjacent_view import effort, placed

PERSON = "own/P-037"
Act = Callable[..., None]
Sent = Callable[[Any], str]


@pytest.fixture
def near(demo: Workspace) -> AdjacentRoles:
    return AdjacentRoles(demo, PERSON, limit=5)


def role(hours: float, covered: float, *costs: tuple[str, float]) -> AdjacentRole:
    route = Route(Status.OK, "", 1, hours, costs, 0, 0.9, date(2027, 1, 1))
    return AdjacentRole("r", "Role", covered, 0.2, 1 - covered, 0, (), route)


def test_its_value_is_that_of_the_workspace(near: AdjacentRoles, demo: Workspace) -> None:
    assert near.value == demo.adjacent(PERSON, limit=5)
    near.hours_per_week, near.weeks, near.limit = 8.0, 30, 4
    assert near.value == demo.adjacent(PERSON, limit=4, pace=Pace(8.0, 30))


def test_a_point_or_a_line_chooses_a_role(near: AdjacentRoles, act: Act) -> None:
    assert near.role_id == near.value.roles[0].role_id
    act(near, "role", at=2)
    chosen = near.value.roles[2]
    assert near.role_id == chosen.role_id
    assert near._content.count('aria-pressed="true"') == 1
    for hurdle in chosen.hurdles:
        assert hurdle.label in near._content


def test_moving_a_control_moves_its_trait(near: AdjacentRoles, act: Act) -> None:
    act(near, "set", name="limit", value=3)
    act(near, "set", name="by", value=1)
    act(near, "set", name="weeks", value=40)
    assert (near.limit, near.by, near.weeks, len(near.value.roles)) == (3, "cost", 40, 3)
    assert "EUR" in near._content


@pytest.mark.parametrize(
    "said",
    [
        {"do": "role", "at": 99},
        {"do": "set", "name": "limit", "value": 0},
        {"do": "set", "name": "by", "value": 7},
        {"do": "set", "name": "role_id", "value": "own/R-B02"},
    ],
)
def test_what_the_browser_must_not_ask_for_changes_nothing(near: AdjacentRoles, said: Any) -> None:
    before = near.get_state()
    near._hear(near, said, [])
    assert near.get_state() == before


def test_the_table_names_every_role(near: AdjacentRoles) -> None:
    html = near._repr_html_()
    assert "<button" not in html
    for place, item in enumerate(near.value.roles, start=1):
        assert f"{place}. {item.role_title}" in html


def test_what_is_wrong_is_said_in_place(near: AdjacentRoles, demo: Workspace) -> None:
    near.limit = -1
    assert 'role="alert"' in near._content
    assert near.value is None
    near.limit = 5
    assert near.value == demo.adjacent(PERSON, limit=5)


def test_of_somebody_of_whom_nothing_is_known_it_says_so(tmp_path: Path) -> None:
    table = tmp_path / "people.csv"
    table.write_text("id,name\nP1,Ada\n", encoding="utf-8")
    with Workspace.open(tmp_path / "ws", create=True, encoder=NgramEncoder()) as workspace:
        workspace.people.import_from(table)
        near = AdjacentRoles(workspace, "P1")
        assert "This cannot be judged: there is no other role with requirements." in near._repr_html_()


def test_costs_in_several_currencies_are_no_number() -> None:
    assert effort(role(3, 0.5, ("EUR", 10.0), ("USD", 5.0)), "cost") is None
    assert effort(role(3, 0.5, ("EUR", 10.0)), "cost") == 10.0
    assert effort(role(3, 0.5), "cost") == 0


@given(st.lists(st.tuples(st.floats(0, 500), st.floats(0, 1)), max_size=15), st.sampled_from(["hours", "cost"]))
def test_points_stay_inside_and_apart(values: list[tuple[float, float]], by: str) -> None:
    roles = [role(hours, covered, ("EUR", hours)) for hours, covered in values]
    points = placed(roles, by)
    for place, (left, top) in enumerate(points):
        assert 0 <= left <= 100
        assert -5 <= top <= 100
        assert all(abs(left - x) >= 4.9 or abs(top - y) >= 4.9 for x, y in points[:place])


def test_pseudonyms_keep_names_and_ids_in_the_kernel(
    near: AdjacentRoles, demo: Workspace, everything_sent: Sent
) -> None:
    sent = everything_sent(near)
    assert "Care homes, person 15" in sent
    assert demo.people.get(PERSON).name not in sent
    assert "P-037" not in sent


@pytest.mark.parametrize("pseudonyms", [True, False])
def test_hostile_names_stay_text(hostile: Workspace, pseudonyms: bool) -> None:
    near = AdjacentRoles(hostile, "P1", pseudonyms=pseudonyms)
    assert "<img" not in near._content + near._top


def test_looking_at_another_role_asks_nothing_again(demo: Workspace, act: Act, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[Any] = []
    with Workspace.open(demo.folder, encoder=NgramEncoder()) as workspace:
        adjacent = workspace.adjacent

        def counting(*given: Any, **named: Any) -> Any:
            asked.append(given)
            return adjacent(*given, **named)

        monkeypatch.setattr(workspace, "adjacent", counting)
        near = AdjacentRoles(workspace, PERSON, limit=4)
        act(near, "role", at=2)
        near.by = "cost"
        assert len(asked) == 1
        near.person_id = "nobody"
        near.by = "hours"
        assert "no person is called" in near._content
        near.person_id = PERSON
        assert near.value is not None
