"""The views for planners in JupyterLab: a scenario solved as it is moved, plans compared, exported, with keys alone."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

pytestmark = pytest.mark.browser

PANEL = ".skillmatch-panel"
OPENING = """\
import skillmatch
from dataclasses import replace
from skillmatch.service.plans.planning import Search
from skillmatch.service.plans.scenarios import read_scenario_file, scenario_templates
from skillmatch.widgets import *
workspace = skillmatch.open()
surge = read_scenario_file(scenario_templates()[3])"""
SOLVED = """\
rich = workspace.plan(surge, search=Search(time_limit=5))
little = replace(surge, name="Surge, with little money", limits=replace(surge.limits, budget=5_000))
poor = workspace.plan(little, search=Search(time_limit=5))"""
BUILDER = "builder = ScenarioBuilder(workspace, surge, seconds=10.0)\nbuilder"
VIEW = "view = PlanView(workspace, rich)\nview"
COMPARISON = "both = PlanComparison(workspace, [poor, rich], second=1)\nboth"
FAIRNESS = "fair = FairnessCheck(workspace, rich)\nfair"
SETTLED = ("builder.busy", "fair.value is None", "both.curve is None", "both.robust is None", "view.prices is None")


def clean(opened: Any) -> None:
    """Nothing was complained about, and nobody else was asked."""
    assert opened.errors() == []
    assert opened.complaints == []
    assert opened.foreign == []


@pytest.mark.parametrize("theme", ["light", pytest.param("dark", marks=pytest.mark.slow)])
def test_axe_finds_nothing_serious_and_everything_fits(lab_page: Any, theme: str) -> None:
    opened = lab_page(
        [OPENING, SOLVED, BUILDER, VIEW, COMPARISON, FAIRNESS], theme=theme, height=3000
    )  # all of it in view
    page = opened.page
    panels = page.locator(PANEL)
    assert panels.count() == 4
    for press in ("price", "curve"):
        page.locator(f"{PANEL} [data-key={press}]").click()
    opened.wait_python("both.curve is None", "False")
    page.locator(f"{PANEL} [data-key=stress]").click()
    for name in SETTLED:
        opened.wait_python(name, "False")
    page.wait_for_timeout(300)
    assert opened.serious() == []
    names = ("builder", "plan", "comparison", "fairness")
    for width in (1280, 800):
        page.set_viewport_size({"width": width, "height": 3000})
        page.wait_for_timeout(300)
        for number, name in enumerate(names):
            assert panels.nth(number).evaluate("panel => panel.scrollWidth <= panel.clientWidth"), (name, width)
            panels.nth(number).screenshot(path=opened.shots / f"planning-{name}-{width}-{theme}.png")
    clean(opened)


def test_a_scenario_is_worked_on_with_keys_alone(lab_page: Any) -> None:
    opened = lab_page([OPENING, "builder = ScenarioBuilder(workspace, seconds=10.0)\nbuilder"])
    page = opened.page
    page.focus(f"{PANEL} [data-key=start]")
    page.keyboard.type("Surge")
    page.keyboard.press("Enter")
    opened.wait_python("len(builder.history)", "1")
    opened.wait_python("builder.busy", "False")
    page.focus(f"{PANEL} [data-key=budget]")
    for _ in range(3):
        page.keyboard.press("ArrowLeft")
    opened.wait_python("builder.scenario.limits.budget", "10000.0")
    opened.wait_python("builder.value is None or builder.busy", "False")
    assert page.evaluate("document.activeElement.dataset.key") == "budget"
    page.focus(f"{PANEL} [data-key=demand-0-headcount]")
    page.keyboard.press("Control+a")
    page.keyboard.type("22")
    page.keyboard.press("Tab")
    opened.wait_python("builder.scenario.demands[0].headcount", "22")
    opened.wait_python("builder.value is None or builder.busy", "False")
    page.focus(f"{PANEL} [data-key=add]")
    page.keyboard.press("Enter")
    opened.wait_python("len(builder.scenario.demands)", "3")
    assert page.evaluate("document.activeElement.dataset.key") == "add"
    page.wait_for_timeout(500)
    opened.wait_python("builder.busy", "False")
    page.focus(f"{PANEL} [data-key=again-0]")
    page.keyboard.press("Enter")
    opened.wait_python("builder.scenario.limits.budget", "25000.0")
    clean(opened)


@pytest.mark.slow
def test_a_plan_is_exported_and_approved_with_keys_alone(lab_page: Any, tmp_path: Path) -> None:
    opened = lab_page([OPENING, SOLVED, VIEW])
    page = opened.page
    page.focus(f"{PANEL} [data-key=part-0]")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    opened.wait_python("view.part", "demands[1]")
    page.focus(f"{PANEL} [data-key=folder]")
    page.keyboard.press("Control+a")
    page.keyboard.type(str(tmp_path / "out"))
    page.keyboard.press("Enter")
    opened.wait_python("view.exported != ''", "True")
    assert next((tmp_path / "out").iterdir()).suffix == ".xlsx"
    page.focus(f"{PANEL} [data-key=author]")
    page.keyboard.type("Kim")
    page.keyboard.press("Tab")
    page.keyboard.type("the ward opens")
    page.keyboard.press("Enter")
    opened.wait_python("len(view.value.approvals)", "1")
    clean(opened)
