"""Bad days: an empty workspace, one person, a kernel that is started again, two notebooks on one workspace."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from skillmatch.files.resources import resource
from skillmatch.matching.encoders.ngram_encoder import NgramEncoder
from skillmatch.service.demo import fill_with_demo
from skillmatch.service.imports.taxonomies import Layout
from skillmatch.service.workspace import Workspace

pytestmark = pytest.mark.browser

OPEN = "import skillmatch\nfrom skillmatch.widgets import *\nworkspace = skillmatch.open()"
HEATMAP = "heatmap = GapHeatmap(workspace)\nheatmap"
CARD = "card = PersonCard(workspace)\nlinked(heatmap, card)\ncard"


def test_an_empty_workspace_says_what_to_do(lab_page: Any, start: Any, tmp_path: Path) -> None:
    Workspace.open(tmp_path / "workspace", create=True, encoder=NgramEncoder()).close()
    server = start("lab", tmp_path / "workspace")
    opened = lab_page([OPEN, HEATMAP, CARD, "AdviceExplorer(workspace)", "workspace.health()"], server=server)

    assert opened.errors() == []
    assert opened.complaints == []
    assert "Import some with 'skillmatch people import'" in opened.page.locator(".smh").inner_text()
    assert "Import some with 'skillmatch people import'" in opened.page.locator(".skillmatch [role=alert]").inner_text()


@pytest.mark.slow
def test_one_person_is_not_shown_in_the_picture_but_on_a_card(lab_page: Any, start: Any, tmp_path: Path) -> None:
    folder = tmp_path / "workspace"
    with Workspace.open(folder, create=True, encoder=NgramEncoder()) as workspace:
        demo, alone = resource("data", "demo"), tmp_path / "alone"
        alone.mkdir()
        for name in ("people", "evidence"):
            lines = (demo / f"{name}.csv").read_text(encoding="utf-8").splitlines(keepends=True)
            kept = [line for line in lines if line.startswith((lines[0], "P-001,"))]
            (alone / f"{name}.csv").write_text("".join(kept), encoding="utf-8")
        workspace.taxonomy.import_from(Layout.TABLE, resource("data", "taxonomy"))
        workspace.catalogue.import_from(demo)
        workspace.roles.import_from(demo)
        workspace.people.import_from(alone)
        assert sum(workspace.people.units().values()) == 1
    opened = lab_page(
        [OPEN, HEATMAP, CARD, "card.person_id = workspace.people.page(1)[0].id"], server=start("lab", folder)
    )

    assert opened.errors() == []
    assert opened.complaints == []
    assert "fewer than" in opened.page.locator(".smh").inner_text()
    opened.page.wait_for_selector(".skillmatch-panel h3")


@pytest.mark.slow
def test_after_a_restart_of_the_kernel_everything_can_be_run_again(lab_page: Any) -> None:
    opened = lab_page([OPEN, HEATMAP])
    opened.page.click(".smh .rowhead:has-text('Hotels')")
    opened.wait_python("heatmap.unit", "Hotels")

    opened.page.evaluate("window.jupyterapp.shell.currentWidget.sessionContext.session.kernel.restart()")
    opened.page.wait_for_timeout(1_500)
    opened.run_all()

    assert opened.errors() == []
    assert opened.python("heatmap.unit") == "None"
    opened.page.click(".smh .rowhead:has-text('Hotels')")
    opened.wait_python("heatmap.unit", "Hotels")


@pytest.mark.slow
def test_two_notebooks_on_one_workspace_see_the_same(lab_page: Any, start: Any, tmp_path: Path) -> None:
    folder = tmp_path / "workspace"
    with Workspace.open(folder, create=True, encoder=NgramEncoder()) as workspace:
        fill_with_demo(workspace)
    server = start("lab", folder)
    first = lab_page([OPEN, HEATMAP], server=server)
    second = lab_page([OPEN, HEATMAP], server=server)
    assert "277 people" in first.page.locator(".smh .note").inner_text()

    second.python("workspace.people.erase(workspace.people.page(1)[0].id, by='a test')")
    second.python("heatmap.refresh()")
    first.python("heatmap.refresh()")

    for opened in (first, second):
        opened.page.wait_for_selector(".smh .note:has-text('276 people')")
        assert opened.complaints == []


BROKEN = """\
from skillmatch.domain.base.errors import WorkspaceError
working = workspace.team.person_grid
def broken(*given, **options):
    raise WorkspaceError("the disk is full.", remedy="Make room, then try again.")
workspace.team.person_grid = broken"""


def test_a_service_that_fails_is_said_in_place_and_the_view_stays_usable(lab_page: Any) -> None:
    opened = lab_page([OPEN, BROKEN, HEATMAP])
    page = opened.page
    page.click(".smh .rowhead:has-text('Hotels')")
    page.wait_for_selector(".smh [role=alert]:has-text('the disk is full')")
    assert "Make room" in page.inner_text(".smh [role=alert]")
    page.click(".smh .title button")
    page.wait_for_selector(".smh .rowhead.opens:has-text('Hotels')")
    assert page.locator(".smh [role=alert]").count() == 0

    opened.python("setattr(workspace.team, 'person_grid', working)")
    page.click(".smh .rowhead:has-text('Hotels')")
    page.wait_for_selector(".smh .rowhead:has-text('Hotels, person')")
    assert (opened.errors(), opened.complaints) == ([], [])


@pytest.mark.slow
def test_without_roles_and_without_a_solution_it_is_said_what_to_do(lab_page: Any, start: Any, tmp_path: Path) -> None:
    folder = tmp_path / "workspace"
    with Workspace.open(folder, create=True, encoder=NgramEncoder()) as workspace:
        workspace.taxonomy.import_from(Layout.TABLE, resource("data", "taxonomy"))
    opened = lab_page([OPEN, "RoleEditor(workspace)", "ScenarioBuilder(workspace)"], server=start("lab", folder))
    text = opened.page.inner_text(".skillmatch-panel >> nth=0")
    assert "There are no roles yet." in text
    assert "skillmatch roles import" in text
    assert (opened.errors(), opened.complaints) == ([], [])


def test_a_scenario_that_nothing_can_satisfy_says_so(lab_page: Any) -> None:
    impossible = """\
from dataclasses import replace
from skillmatch.service.plans.scenarios import read_scenario_file, scenario_templates
surge = read_scenario_file(scenario_templates()[3])
musts = tuple(replace(item, must=True) for item in surge.demands)
builder = ScenarioBuilder(workspace, replace(surge, demands=musts, limits=replace(surge.limits, budget=0)))
builder"""
    opened = lab_page([OPEN, impossible])
    page = opened.page
    page.wait_for_function(
        "/No plan keeps all|cannot be/.test(document.querySelector('.skillmatch-panel').innerText)", timeout=30_000
    )
    page.focus(".skillmatch-panel [data-key=demand-0-must]")
    for at in (0, 1):
        page.uncheck(f".skillmatch-panel [data-key=demand-{at}-must]")
    page.wait_for_selector(".skillmatch-panel .proof:has-text('%')", timeout=30_000)
    assert (opened.errors(), opened.complaints) == ([], [])
