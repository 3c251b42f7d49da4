"""The heat map's state is its traits; what leaves for the browser is packed, ordered and without names."""

from __future__ import annotations

import struct
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import traitlets

from skillmatch.matching.encoders.ngram_encoder import NgramEncoder
from skillmatch.service.workspace import Workspace
from skillmatch.widgets import GapHeatmap, Selected
from skillmatch.widgets.kit.states import LOOKS
from skillmatch.widgets.team.sheet import HIDDEN

Act = Callable[..., None]
Sent = Callable[[Any], str]


@pytest.fixture
def heatmap(demo: Workspace) -> GapHeatmap:
    return GapHeatmap(demo)


def row_of(heatmap: GapHeatmap, label: str) -> int:
    return [row["label"] for row in heatmap._frame["rows"]].index(label)


def shown_skills(heatmap: GapHeatmap) -> list[str]:
    return [heatmap._frame["columns"][place]["label"] for place in heatmap._view["columns"]]


def shown_rows(heatmap: GapHeatmap) -> list[str]:
    return [heatmap._frame["rows"][place]["label"] for place in heatmap._view["rows"]]


def unpacked(heatmap: GapHeatmap) -> dict[tuple[int, int], tuple[int, ...]]:
    found = struct.iter_unpack("<HHBB4H", heatmap._cells)
    return {(row, column): tuple(rest) for row, column, *rest in found}


def test_it_shows_what_the_workspace_answers(
    heatmap: GapHeatmap, demo: Workspace, act: Act, everything_sent: Sent
) -> None:
    assert heatmap.value == demo.team.unit_grid()
    heatmap.unit = "Hotels"
    assert heatmap.value == demo.team.person_grid("Hotels")
    heatmap.role_id = "R-B01"
    assert heatmap.value == demo.team.person_grid("Hotels", role="R-B01")


def test_the_bytes_hold_every_line_of_the_grid(heatmap: GapHeatmap) -> None:
    cells = unpacked(heatmap)
    lines = heatmap.value.lines

    assert len(cells) == len(lines)
    columns = {skill.skill_id: place for place, skill in enumerate(heatmap.value.skills)}
    for line in lines:
        row = 0 if line.unit is None else row_of(heatmap, line.unit)
        code, covered, wanted, ready, unknown, holders = cells[row, columns[line.skill_id]]
        assert (wanted, holders) == (line.wanted, line.holders)
        if line.ready is None:
            assert (code, covered, ready, unknown) == (HIDDEN, 255, 0, 0)
        else:
            assert 1 <= code < HIDDEN
            assert (ready, unknown) == (line.ready, line.unknown)


def test_the_bytes_hold_where_people_stand(heatmap: GapHeatmap) -> None:
    heatmap.unit = "Hotels"
    cells = unpacked(heatmap)
    columns = {skill.skill_id: place for place, skill in enumerate(heatmap.value.skills)}

    stands = [(row, stand) for row, person in enumerate(heatmap.value.people) for stand in person.stands]
    assert len(cells) == len(stands)
    for row, stand in stands:
        _, _, attained, required, essential, _ = cells[row, columns[stand.skill_id]]
        assert attained == (65535 if stand.attained is None else round(stand.attained * 100))
        assert (required, bool(essential)) == (round(stand.required * 100), stand.essential)


def test_search_kind_order_and_group_choose_the_columns(heatmap: GapHeatmap) -> None:
    everything = shown_skills(heatmap)
    heatmap.kind = "soft"
    soft = shown_skills(heatmap)
    heatmap.kind = "technical"
    assert sorted(soft + shown_skills(heatmap)) == sorted(everything)

    heatmap.kind, heatmap.search = "all", "CARE"
    assert shown_skills(heatmap)
    assert all("care" in label.lower() for label in shown_skills(heatmap))
    assert f"{len(shown_skills(heatmap))} skills match" in heatmap._view["note"]

    heatmap.search, heatmap.sort_skills = "", "name"
    assert [label.casefold() for label in shown_skills(heatmap)] == sorted(label.casefold() for label in everything)

    heatmap.group = "type"
    assert {band["label"] for band in heatmap._view["bands"]} == {"Soft skills", "Skills", "Knowledge"}
    assert [band["from"] for band in heatmap._view["bands"][1:]] == [band["to"] for band in heatmap._view["bands"][:-1]]
    assert heatmap._view["bands"][-1]["to"] == len(everything)


def test_a_search_without_a_match_says_how_to_go_on(heatmap: GapHeatmap) -> None:
    heatmap.search = "zzzzz"
    assert heatmap._view["columns"] == []
    assert "Empty the search" in heatmap._view["empty"]
    assert "No skill matches." in heatmap._repr_html_()


def test_all_units_together_stay_on_top_whatever_the_order(heatmap: GapHeatmap) -> None:
    sizes = dict(heatmap.value.units)
    for order in ("covered", "name", "size"):
        heatmap.sort_rows = order
        assert shown_rows(heatmap)[0] == "All units"
    assert [sizes[unit] for unit in shown_rows(heatmap)[1:]] == sorted(sizes.values(), reverse=True)


def test_a_skill_orders_the_rows(heatmap: GapHeatmap, act: Act) -> None:
    column = heatmap._view["columns"][0]
    act(heatmap, "sort", column=column)

    skill = heatmap.value.skills[column]
    assert (heatmap.skill_id, heatmap.sort_rows) == (skill.skill_id, "skill")
    known = {line.unit: line.coverage for line in heatmap.value.lines if line.skill_id == skill.skill_id}
    values = [known.get(unit) for unit in shown_rows(heatmap)[1:]]
    judged = [value for value in values if value is not None]
    assert values[: len(judged)] == sorted(judged)  # then those not shown, then those of whom nobody is asked


def test_person_2_comes_before_person_10(heatmap: GapHeatmap) -> None:
    heatmap.unit, heatmap.sort_rows = "Hotels", "name"
    assert shown_rows(heatmap) == sorted(shown_rows(heatmap), key=lambda label: int(label.split()[-1]))


def test_drilling_down_and_up_again(heatmap: GapHeatmap, act: Act) -> None:
    units = heatmap.value
    act(heatmap, "open", row=row_of(heatmap, "Hotels"), column=3)

    assert heatmap.unit == "Hotels"
    assert (heatmap.skill_id, heatmap.sort_rows) == (units.skills[3].skill_id, "skill")
    assert heatmap.selected == Selected(unit="Hotels", skill_id=units.skills[3].skill_id)

    act(heatmap, "select", row=0, column=1)
    person = heatmap.value.people[0]
    assert heatmap.selected == Selected("Hotels", person.person_id, person.role_id, heatmap.value.skills[1].skill_id)
    assert heatmap._view["at"] == [0, 1]

    act(heatmap, "up")
    assert (heatmap.unit, heatmap.value) == (None, units)


@pytest.mark.parametrize(
    "said",
    [
        None,
        "open",
        {},
        {"do": "erase"},
        {"do": "open"},
        {"do": "open", "row": 10_000},
        {"do": "open", "row": -1},
        {"do": "open", "row": 0},  # all units together cannot be opened
        {"do": "open", "row": True},
        {"do": "select", "row": "0"},
        {"do": "sort", "column": 99_999},
        {"do": "set", "name": "pseudonyms", "value": False},
        {"do": "set", "name": "unit", "value": "Hotels"},
        {"do": "set", "name": "role", "value": 10_000},
    ],
)
def test_what_the_browser_must_not_ask_for_changes_nothing(heatmap: GapHeatmap, said: Any) -> None:
    before = heatmap.get_state()
    heatmap._hear(heatmap, said, [])
    assert heatmap.get_state() == before


def test_a_wrong_choice_is_explained_in_place(heatmap: GapHeatmap, act: Act) -> None:
    act(heatmap, "set", name="kind", value="<b>")
    assert 'role="alert"' in heatmap._alert
    assert "<b>" not in heatmap._alert
    act(heatmap, "set", name="kind", value="soft")
    assert heatmap.kind == "soft"


def test_choosing_a_role_by_its_place_holds_everybody_against_it(
    heatmap: GapHeatmap, demo: Workspace, act: Act
) -> None:
    labels = [label for _, label in heatmap._view["options"]["role"]]
    act(heatmap, "set", name="role", value=labels.index("Registered nurse, emergency department"))
    assert heatmap.value == demo.team.unit_grid(role="own/R-B02")
    act(heatmap, "set", name="role", value=0)
    assert heatmap.value == demo.team.unit_grid()


def test_an_unknown_unit_is_said_and_the_map_stays_usable(heatmap: GapHeatmap, demo: Workspace, act: Act) -> None:
    heatmap.unit = "nowhere"
    assert heatmap.value is None
    assert 'role="alert"' in heatmap._alert
    assert "no unit is called" in heatmap._repr_html_()
    act(heatmap, "up")
    assert (heatmap._alert, heatmap.value) == ("", demo.team.unit_grid())


def test_a_closed_workspace_is_said_in_the_handler(demo: Workspace, act: Act) -> None:
    with Workspace.open(demo.folder, encoder=NgramEncoder()) as workspace:
        heatmap = GapHeatmap(workspace)
    act(heatmap, "open", row=1)
    assert "was closed" in heatmap._alert


def test_the_answers_cannot_be_set(heatmap: GapHeatmap) -> None:
    for name in ("value", "selected"):
        with pytest.raises(traitlets.TraitError):
            setattr(heatmap, name, None)


def test_an_empty_workspace_says_so(tmp_path: Path) -> None:
    with Workspace.open(tmp_path / "empty", create=True, encoder=NgramEncoder()) as workspace:
        heatmap = GapHeatmap(workspace)
    for said in (heatmap._view["empty"], heatmap._repr_html_()):
        assert "There are no people yet." in said
        assert "skillmatch people import" in said


def test_pseudonyms_keep_names_and_ids_in_the_kernel(
    heatmap: GapHeatmap, demo: Workspace, act: Act, everything_sent: Sent
) -> None:
    heatmap.table = True
    for unit in [None, *demo.people.units()]:
        heatmap.unit = unit
        act(heatmap, "select", row=0, column=0)
        sent = everything_sent(heatmap)
        for person in demo.people.all():
            assert person.name not in sent
            assert person.id not in sent
    assert "person 1" in everything_sent(heatmap)


def test_names_are_shown_where_they_are_asked_for(demo: Workspace) -> None:
    heatmap = GapHeatmap(demo, unit="Hotels", pseudonyms=False)
    person = heatmap.value.people[0]
    assert f"{person.name} ({person.person_id})" in shown_rows(heatmap)


def test_the_table_behind_the_picture_has_every_cell_in_words(heatmap: GapHeatmap) -> None:
    heatmap.unit = "Hotels"
    assert heatmap._table == ""
    heatmap.table = True
    assert heatmap._table.count("<tr>") == len(unpacked(heatmap)) + 1
    for state in ("unknown", "partial", "met"):
        assert f"<td>{state}</td>" in heatmap._table


def test_of_a_large_unit_few_are_drawn_and_that_is_said(demo: Workspace) -> None:
    heatmap = GapHeatmap(demo, unit="Hotels", most=4)
    assert len(heatmap._view["rows"]) == 4
    assert f"The 4 of {heatmap.value.total} people with the lowest coverage are drawn" in heatmap._frame["note"]


@pytest.mark.parametrize("pseudonyms", [True, False])
def test_hostile_names_stay_text(hostile: Workspace, hostile_text: str, pseudonyms: bool) -> None:
    heatmap = GapHeatmap(hostile, pseudonyms=pseudonyms, table=True)
    for unit in (None, hostile_text):
        heatmap.unit = unit
        assert heatmap.value is not None
        assert hostile_text in [row["label"] for row in heatmap._frame["rows"]] or unit is not None
        for html in (heatmap._repr_html_(), heatmap._table, heatmap._alert):
            assert "<img" not in html
        assert "&lt;img" in heatmap._repr_html_()


def test_the_legend_says_what_a_state_means_of_a_unit_and_of_a_person(heatmap: GapHeatmap) -> None:
    assert "met: nine in ten are ready" in heatmap._view["meanings"]
    heatmap.unit = "Hotels"
    assert "met: as far as required" in heatmap._view["meanings"]
    assert [said.partition(":")[0] for said in heatmap._view["meanings"][1:]] == [state.value for state in LOOKS]


def test_a_page_that_waited_for_its_visitor_asks_again_once_it_is_shown(own: Workspace, act: Act) -> None:
    view, quiet = GapHeatmap(own), GapHeatmap(own)
    before = view.value
    act(quiet, "shown")
    assert quiet.value is before  # nothing has changed: nothing is asked again
    own.people.erase(own.people.page(1)[0].id, by="a test")
    act(view, "shown")
    assert view.value.people == before.people - 1
    after = view.value
    own.people.erase(own.people.page(1)[0].id, by="a test")
    act(view, "shown")  # drawn again, as JupyterLab does when one scrolls: what somebody looks at stays
    assert view.value is after
