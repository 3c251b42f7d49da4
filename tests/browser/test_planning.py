"""The planning views in JupyterLab and as a page: moved, stopped, used with keys alone, both themes, narrow too."""

from __future__ import annotations

from typing import Any

import pytest

pytestmark = pytest.mark.browser

OPENING = "import skillmatch\nfrom skillmatch.widgets import *\nworkspace = skillmatch.open()"
PLANS = (
    "from dataclasses import replace\n"
    "surge = next(item for item in workspace.scenario_templates() if item.name.startswith('Surge'))\n"
    "plans = {name: workspace.plan(replace(surge, limits=replace(surge.limits, budget=money)))\n"
    "         for name, money in (('as budgeted', 25_000.0), ('half of it', 12_500.0))}"
)
BUILDER = "builder = ScenarioBuilder(workspace, surge)\nbuilder"
PANEL = ".skillmatch-panel"
VIEWS = {
    "builder": BUILDER,
    "plan-wanted": "PlanView(workspace, plans['as budgeted'])",
    "plan-people": "PlanView(workspace, plans['as budgeted'], view='people', way='train')",
    "plan-weeks": "PlanView(workspace, plans['as budgeted'], view='weeks')",
    "plan-decide": "PlanView(workspace, plans['as budgeted'], view='decide')",
    "compare": "PlanComparison(workspace, plans)",
    "compare-cost": "PlanComparison(workspace, plans, view='cost')",
    "compare-changed": "PlanComparison(workspace, plans, view='changed')",
    "fairness": "FairnessCheck(workspace, list(plans.values())[:1])",
}


GROUPS = (
    ("builder", "plan-wanted", "plan-people"),
    ("plan-weeks", "plan-decide", "compare"),
    ("compare-cost", "compare-changed", "fairness"),
)
SEARCH = 90
"""Seconds that a search may take where other programs want the machine, too."""


def clean(opened: Any) -> None:
    """Nothing was complained about, and nobody else was asked."""
    assert opened.errors() == []
    assert opened.complaints == []
    assert opened.foreign == []


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("names", GROUPS, ids="-".join)
def test_axe_finds_nothing_serious_and_everything_fits(lab_page: Any, theme: str, names: tuple[str, ...]) -> None:
    opened = lab_page([OPENING, PLANS, *(VIEWS[name] for name in names)], theme=theme)
    page = opened.page
    panels = page.locator(PANEL)
    assert panels.count() == len(names)
    if "builder" in names:
        opened.wait_python("builder.phase", "done", SEARCH)
    assert opened.serious() == []
    for number, name in enumerate(names):
        panels.nth(number).scroll_into_view_if_needed()
        panels.nth(number).screenshot(path=opened.shots / f"planning-{name}-{theme}.png")
    page.set_viewport_size({"width": 800, "height": 900})
    page.wait_for_timeout(300)
    for number, name in enumerate(names):
        fits = panels.nth(number).evaluate("panel => panel.scrollWidth <= panel.clientWidth")
        assert fits, name
        panels.nth(number).screenshot(path=opened.shots / f"planning-{name}-800-{theme}.png")
    clean(opened)


def test_a_slider_that_is_dragged_is_answered_and_gone_back_from(lab_page: Any) -> None:
    opened = lab_page([OPENING, PLANS, BUILDER])
    page = opened.page
    opened.wait_python("builder.phase", "done", SEARCH)
    slider = page.locator(f"{PANEL} input[data-set=limit-budget]")
    slider.scroll_into_view_if_needed()
    box = slider.bounding_box()
    page.mouse.move(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    page.mouse.down()
    for step in range(12):  # to the far end, as a hand does it
        page.mouse.move(box["x"] + box["width"] * (0.5 + step / 20), box["y"] + box["height"] / 2)
        page.wait_for_timeout(15)
    page.mouse.up()
    opened.wait_python("builder.scenario.limits.budget", "None")
    opened.wait_python("builder.phase.value + str(len(builder.history))", "done2", SEARCH)
    assert page.locator(f"{PANEL} label:has(input[data-set=limit-budget]) output").inner_text() == "no limit"
    page.click(f"{PANEL} [data-key=back-0]")
    opened.wait_python("builder.scenario.limits.budget", "25000.0")
    page.wait_for_function(
        f"document.querySelector('{PANEL} label:has(input[data-set=limit-budget]) output').innerText === '25,000 EUR'"
    )
    clean(opened)


def test_a_search_is_stopped_and_the_kernel_stays_free(lab_page: Any) -> None:
    endless = (
        "from skillmatch.service.live_plan import LivePlan\n"
        "from skillmatch.service.planning import Search\n"
        "LivePlan._decided = lambda self, file: False  # a search that never ends by itself\n"
        "builder = ScenarioBuilder(workspace, surge, search=Search(None))\nbuilder"
    )
    opened = lab_page([OPENING, PLANS, endless])
    page = opened.page
    opened.wait_python("builder.value is not None", "True")
    page.wait_for_function(f"document.querySelector('{PANEL} [data-key=live]').innerText.startsWith('Searching')")
    page.click(f"{PANEL} [data-key=stop]")
    opened.wait_python("builder.phase", "stopped")
    page.wait_for_function(f"document.querySelector('{PANEL} [data-key=live]').innerText.includes('best so far')")
    assert opened.python("len(builder.value.assignments) > 0") == "True"
    clean(opened)


def test_a_scenario_is_changed_with_keys_alone(lab_page: Any) -> None:
    opened = lab_page([OPENING, PLANS, BUILDER])
    page = opened.page
    opened.wait_python("builder.phase", "done", SEARCH)
    page.focus(f"{PANEL} input[data-set=demand-0-headcount]")
    page.keyboard.press("Control+A")
    page.keyboard.type("20")
    page.keyboard.press("Tab")
    opened.wait_python("builder.scenario.demands[0].headcount", "20")
    opened.wait_python("builder.phase", "done", SEARCH)
    page.focus(f"{PANEL} input[data-set=limit-budget]")
    for _ in range(3):
        page.keyboard.press("ArrowLeft")
    opened.wait_python("builder.scenario.limits.budget", "12500.0")
    assert page.evaluate("document.activeElement.dataset.set") == "limit-budget"
    page.focus(f"{PANEL} input[data-set=demand-0-headcount]")
    page.keyboard.press("Control+A")
    page.keyboard.type("900")
    page.keyboard.press("Tab")
    page.wait_for_selector(f"{PANEL} .wrong div")
    opened.wait_python("builder.phase", "refused")
    clean(opened)


def test_a_plan_is_read_and_handed_over_with_keys_alone(lab_page: Any, tmp_path: Any) -> None:
    opened = lab_page([OPENING, PLANS, "view = PlanView(workspace, plans['as budgeted'])\nview"])
    page = opened.page
    page.focus(f"{PANEL} [data-key=view-1]")
    page.keyboard.press("Enter")
    opened.wait_python("view.view", "people")
    page.focus(f"{PANEL} [data-key=part-0]")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    opened.wait_python("view.person_id == view._listed[1].person_id", "True")
    page.focus(f"{PANEL} [data-key=view-4]")
    page.keyboard.press("Enter")
    page.focus(f"{PANEL} [data-key=folder]")
    page.keyboard.press("Control+A")
    page.keyboard.type(str(tmp_path / "plans"))
    page.keyboard.press("Enter")
    opened.wait_python("[item.path.suffix for item in view.written]", "['.xlsx']")
    assert str(tmp_path / "plans") in page.inner_text(PANEL)
    clean(opened)


def test_the_views_are_there_on_a_page_too(voila_page: Any) -> None:
    opened = voila_page([OPENING, PLANS, BUILDER, VIEWS["plan-weeks"]], theme="dark")
    page = opened.page
    page.wait_for_function(f"document.querySelector('{PANEL} [data-key=live]').innerText.startsWith('Done')")
    page.screenshot(path=opened.shots / "planning-page-dark.png", full_page=True)
    assert opened.complaints == []
    assert opened.foreign == []
