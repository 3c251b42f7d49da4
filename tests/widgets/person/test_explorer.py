"""The explorer's state is its traits: set one, look at another."""

from __future__ import annotations

import asyncio
import json
import shutil
from pathlib import Path
from typing import Any

import pytest
import traitlets

from skillmatch.domain.advice.advice import Limits
from skillmatch.domain.advice.pathway import Pace
from skillmatch.matching.encoders.ngram_encoder import NgramEncoder
from skillmatch.service.workspace import Workspace
from skillmatch.widgets import AdviceExplorer
from skillmatch.widgets.person.explorer import DEBOUNCE_SECONDS

PERSON, ROLE = "own/P-037", "own/R-B03"


@pytest.fixture
def explorer(demo: Workspace) -> AdviceExplorer:
    return AdviceExplorer(demo, person_id=PERSON, role_id=ROLE)


def test_it_begins_with_the_first_person_of_the_first_unit_and_their_role(demo: Workspace) -> None:
    explorer = AdviceExplorer(demo)

    first = demo.people.all(["Care homes"])[0]  # the unit that comes first by name
    assert (explorer.unit, explorer.person_id, explorer.role_id) == ("Care homes", first.id, first.role_id)
    assert explorer.value.person_id == first.id


def test_its_answers_are_those_of_the_workspace(explorer: AdviceExplorer, demo: Workspace) -> None:
    explorer.max_hours, explorer.max_cost, explorer.hours_per_week, explorer.weeks = 40.0, 500.0, 6.0, 13

    limits = Limits(hours=40.0, cost=500.0)
    assert explorer.gap == demo.gap(PERSON, ROLE)
    assert explorer.value == demo.recommend(PERSON, ROLE, limits=limits)
    assert explorer.pathway == demo.pathway(PERSON, ROLE, Pace(6.0, 13), limits=limits)


def test_a_smaller_budget_changes_the_recommendations_at_once(explorer: AdviceExplorer) -> None:
    before = explorer.value

    explorer.max_cost = 0.0

    assert explorer.value != before
    assert all(not item.cost for item in explorer.value.recommendations)


def test_another_unit_brings_its_own_people(explorer: AdviceExplorer, demo: Workspace) -> None:
    explorer.unit = "Hotels"

    assert explorer.person_id == demo.people.all(["Hotels"])[0].id
    assert len(explorer._controls.person_id.options) == len(demo.people.all(["Hotels"]))
    assert explorer.value.person_id == explorer.person_id


def test_a_person_brings_their_unit(explorer: AdviceExplorer, demo: Workspace) -> None:
    explorer.person_id = "P-001"

    assert explorer.unit == "Hospital nursing"
    assert explorer._controls.unit.label.startswith("Hospital nursing")
    assert "Hospital nursing, person 1 towards" in explorer._repr_html_()


def test_a_person_given_at_the_start_brings_their_unit(demo: Workspace) -> None:
    assert AdviceExplorer(demo, unit="Hotels", person_id=PERSON).unit == "Care homes"
    assert AdviceExplorer(demo, unit=None, person_id=PERSON).unit is None


def test_a_workspace_that_cannot_be_read_any_more_is_said_to_be_so(demo: Workspace) -> None:
    with Workspace.open(demo.folder, encoder=NgramEncoder()) as workspace:
        explorer = AdviceExplorer(workspace)

    explorer.unit = "Hotels"

    assert explorer.value is None
    assert "was closed" in explorer._repr_html_()


def test_somebody_who_came_later_is_shown_without_name_or_number(tmp_path: Path, demo: Workspace) -> None:
    folder = tmp_path / "copy"
    shutil.copytree(demo.folder, folder)
    newcomers = tmp_path / "people.csv"
    newcomers.write_text("id,name,unit\nP-999,Late Comer,Care homes\n", encoding="utf-8")
    with Workspace.open(folder, encoder=NgramEncoder()) as workspace:
        explorer = AdviceExplorer(workspace)
        workspace.people.import_from(newcomers)
        explorer.person_id = "P-999"

        assert explorer.gap.person_id == "own/P-999"
        assert "Somebody new towards" in explorer._repr_html_()


def test_a_unit_that_does_not_exist_has_nobody_to_choose(explorer: AdviceExplorer) -> None:
    explorer.unit = "nowhere"

    assert explorer.value is None
    assert "There are no people to choose from." in explorer._repr_html_()
    explorer.person_id = PERSON
    assert (explorer.unit, explorer.value is None) == ("Care homes", False)


def test_all_units_keep_the_person_who_is_chosen(explorer: AdviceExplorer, demo: Workspace) -> None:
    explorer.unit = None

    assert explorer.person_id == PERSON
    assert len(explorer._controls.person_id.options) == len(demo.people.all())


def test_a_person_may_be_named_as_the_customer_names_them(explorer: AdviceExplorer) -> None:
    explorer.person_id = "P-035"

    assert explorer.value.person_id == "own/P-035"
    assert explorer._controls.person_id.label == "Care homes, person 13"


def test_the_answers_cannot_be_set(explorer: AdviceExplorer) -> None:
    with pytest.raises(traitlets.TraitError):
        explorer.value = None


def test_an_unknown_person_is_said_to_be_so_and_leaves_no_answer(explorer: AdviceExplorer) -> None:
    explorer.person_id = "nobody"

    assert explorer.value is None
    assert explorer.gap is None
    assert explorer.pathway is None
    assert 'role="alert"' in explorer._repr_html_()
    assert "no person is called &#x27;nobody&#x27;" in explorer._repr_html_()

    explorer.person_id = PERSON
    assert explorer.value is not None
    assert 'role="alert"' not in explorer._repr_html_()


@pytest.mark.parametrize(
    ("trait", "value"), [("max_cost", -1.0), ("hours_per_week", 169.0), ("max_hours", float("nan"))]
)
def test_a_limit_that_cannot_be_is_explained_in_place(explorer: AdviceExplorer, trait: str, value: float) -> None:
    setattr(explorer, trait, value)

    assert explorer.value is None
    assert 'role="alert"' in explorer._repr_html_()


def test_an_empty_workspace_says_what_to_import(tmp_path: Path) -> None:
    with Workspace.open(tmp_path / "empty", create=True, encoder=NgramEncoder()) as workspace:
        explorer = AdviceExplorer(workspace)

    assert explorer.value is None
    assert "There are no people to choose from." in explorer._repr_html_()
    assert "skillmatch people import" in explorer._repr_html_()


# --- the controls ------------------------------------------------------------------------------------------


def test_the_controls_show_what_was_set_from_python(explorer: AdviceExplorer) -> None:
    explorer.max_cost, explorer.max_hours, explorer.weeks, explorer.hours_per_week = 120.0, None, 150, 30.0

    controls = explorer._controls
    assert controls.max_cost.label == "120"  # a step of its own between 100 and 200
    assert controls.max_hours.label == "no limit"
    assert (controls.weeks.value, controls.hours_per_week.value) == (150, 30.0)
    assert (explorer.max_cost, explorer.weeks, explorer.hours_per_week) == (120.0, 150, 30.0)


def test_moving_a_control_moves_its_trait(explorer: AdviceExplorer, demo: Workspace) -> None:
    controls = explorer._controls
    controls.max_cost.label = "0"
    controls.weeks.value = 10
    controls.role_id.label = "Registered nurse, emergency department"

    assert (explorer.max_cost, explorer.weeks, explorer.role_id) == (0.0, 10, "own/R-B02")
    assert explorer.value == demo.recommend(PERSON, "own/R-B02", limits=Limits(cost=0.0))


def test_a_slider_that_is_dragged_asks_once_when_it_rests(demo: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[Any] = []

    async def drag(explorer: AdviceExplorer) -> tuple[int, int]:
        for weeks in range(10, 20):
            explorer._controls.weeks.value = weeks
        explorer._controls.max_cost.label = "100"
        while_dragged = len(asked)
        await asyncio.sleep(DEBOUNCE_SECONDS * 2)
        return while_dragged, len(asked)

    with Workspace.open(demo.folder, encoder=NgramEncoder()) as workspace:
        recommend = workspace.recommend

        def counting(*given: Any, **named: Any) -> Any:
            asked.append(given)
            return recommend(*given, **named)

        monkeypatch.setattr(workspace, "recommend", counting)
        explorer = AdviceExplorer(workspace)
        first = len(asked)
        assert asyncio.run(drag(explorer)) == (first, first + 1)
    assert (explorer.weeks, explorer.max_cost) == (19, 100.0)


def test_what_python_sets_counts_at_once_even_in_a_running_loop(explorer: AdviceExplorer) -> None:
    async def set_it() -> bool:
        explorer.max_cost = 0.0
        return all(not item.cost for item in explorer.value.recommendations)

    assert asyncio.run(set_it())


def test_every_control_has_a_label_and_a_tooltip(explorer: AdviceExplorer) -> None:
    for name in ("unit", "person_id", "role_id", "max_hours", "max_cost", "hours_per_week", "weeks"):
        control = getattr(explorer._controls, name)
        assert control.description
        assert control.tooltip


# --- what leaves the kernel --------------------------------------------------------------------------------


def everything_sent(explorer: AdviceExplorer) -> str:
    """All that the browser, and a notebook that is saved, gets to see."""
    found, waiting = [], [explorer]
    while waiting:
        widget = waiting.pop()
        state = widget.get_state()
        found.append(json.dumps(state, default=str, ensure_ascii=False))
        waiting += getattr(widget, "children", ())
    return "\n".join([*found, repr(explorer), json.dumps(explorer._repr_mimebundle_(), ensure_ascii=False)])


def test_pseudonyms_keep_names_and_ids_in_the_kernel(explorer: AdviceExplorer, demo: Workspace) -> None:
    sent = everything_sent(explorer)

    assert "Care homes, person 15" in sent
    for person in demo.people.all():
        assert person.name not in sent
        assert person.id not in sent


def test_names_are_shown_where_they_are_asked_for(demo: Workspace) -> None:
    explorer = AdviceExplorer(demo, person_id=PERSON, pseudonyms=False)
    assert demo.people.get(PERSON).name in everything_sent(explorer)


def test_the_saved_notebook_keeps_a_readable_table(explorer: AdviceExplorer) -> None:
    bundle = explorer._repr_mimebundle_()

    assert "application/vnd.jupyter.widget-view+json" in bundle
    assert "<table>" in bundle["text/html"]
    assert explorer.value.recommendations[0].title in bundle["text/html"]


def test_the_number_of_widgets_does_not_hang_on_the_number_of_rows(explorer: AdviceExplorer) -> None:
    before = everything_sent(explorer).count("_model_name")
    explorer.unit = None
    explorer.person_id = "own/P-001"
    assert everything_sent(explorer).count("_model_name") == before
