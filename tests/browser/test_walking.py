"""The planner's whole way with the mouse, in JupyterLab and on the page: from the first look to the exported plan."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from skillmatch.service.plans.planning import read_plan_file

pytestmark = pytest.mark.browser

DASHBOARD = Path(__file__).resolve().parents[2] / "notebooks" / "dashboard.ipynb"
CARD, BUILDER, PLAN, BOTH = (
    f'.skillmatch-panel[aria-label="{label}"]'
    for label in ("A person's card", "A scenario and its plan", "A plan", "Plans compared")
)
SLOW = 30_000
ENDED = f"""() => {{ const text = document.querySelector('{BUILDER}').innerText;
return text.includes('Answers so far') && /The search has ended|best plan so far/.test(text); }}"""


@pytest.mark.parametrize("where", ["lab", pytest.param("page", marks=pytest.mark.slow)])
def test_from_the_first_look_to_the_exported_plan(where: str, lab_page: Any, voila_page: Any, tmp_path: Path) -> None:
    opened = lab_page(DASHBOARD, height=7_000) if where == "lab" else voila_page(None)
    page = opened.page

    page.fill(".smh input[type=search]", "hygiene")
    page.wait_for_function("document.querySelectorAll('.smh .colhead').length < 10")
    assert all("ygiene" in text for text in page.locator(".smh .colhead").all_inner_texts())
    page.fill(".smh input[type=search]", "")
    page.click(".smh .rowhead:has-text('Care homes')")
    page.wait_for_selector(".smh .rowhead:has-text('Care homes, person')")
    page.locator(".smh .row:not(.heads) .cell.s3").first.click()
    page.wait_for_selector(f"{CARD} h3:has-text('Care homes, person')")

    drag(page, f"{CARD} [data-key=hours_per_week]", to=1.0)
    page.wait_for_function(
        """card => { const found = document.querySelector(card);
        const hours = found.querySelector('[data-key=hours_per_week]');
        return hours.value > 10 && found.innerText.includes(`Pathways with ${hours.value} hours a week`); }""",
        arg=CARD,
    )

    surge = page.locator(f"{BUILDER} [data-key=start] option:has-text('Surge')").get_attribute("value")
    page.select_option(f"{BUILDER} [data-key=start]", surge)
    page.wait_for_function(ENDED, timeout=SLOW)
    page.wait_for_selector(f"{PLAN} .proof")
    drag(page, f"{BUILDER} [data-key=budget]", to=0.0)
    page.wait_for_selector(f"{BUILDER} [data-key=again-1]", timeout=SLOW)
    page.wait_for_selector(f"{BUILDER} [data-key^=again-]:has-text('→ 0 EUR')", timeout=SLOW)
    page.wait_for_function(ENDED, timeout=SLOW)
    page.wait_for_selector(f"{BOTH} th:has-text('Limits that differ')", timeout=SLOW)
    assert "→ 0 EUR" not in page.inner_text(f"{BOTH} table")  # both values have a column of their own
    page.click(f"{BOTH} [data-key=curve]")
    page.wait_for_selector(f"{BOTH} svg .dot", timeout=SLOW)

    folder = tmp_path / "out"
    written = {suffix: export(page, folder, what, suffix) for what, suffix in ((0, ".xlsx"), (7, ".json"))}
    file = read_plan_file(written[".json"])
    assert file.scenario.limits.budget == 0
    assert json.loads(written[".json"].read_text(encoding="utf-8"))
    sheet = openpyxl.load_workbook(written[".xlsx"]).active
    assert sheet.max_row > 1
    assert (opened.complaints, opened.foreign) == ([], [])
    opened.shot(f"walk-{where}", full=True)


def drag(page: Any, selector: str, *, to: float) -> None:
    """Take the handle of a slider with the mouse and let go of it at another place, from 0 to 1."""
    page.locator(selector).scroll_into_view_if_needed()
    box = page.locator(selector).bounding_box()
    y, most = box["y"] + box["height"] / 2, float(page.get_attribute(selector, "max"))
    least = float(page.get_attribute(selector, "min"))
    at = (float(page.input_value(selector)) - least) / (most - least)
    knob = 16  # how wide the handle is, in pixels
    page.mouse.move(box["x"] + knob / 2 + at * (box["width"] - knob), y)
    page.mouse.down()
    for step in range(1, 11):
        here = at + (to - at) * step / 10
        page.mouse.move(box["x"] + knob / 2 + here * (box["width"] - knob), y)
        page.wait_for_timeout(10)
    page.mouse.up()


def export(page: Any, folder: Path, what: int, suffix: str) -> Path:
    """Write the plan into a folder, as the view says where."""
    page.select_option(f"{PLAN} [data-key=what]", str(what))
    page.fill(f"{PLAN} [data-key=folder]", str(folder))
    page.click(f"{PLAN} [data-key=export]")
    page.wait_for_function(f"/Written to .*\\{suffix}/.test(document.querySelector('{PLAN}').innerText)", timeout=SLOW)
    (path,) = folder.glob(f"*{suffix}")
    return path


ENDLESS = """\
import time
from skillmatch.service.plans.session import PlanSession
solve = PlanSession.resolve
def endless(session, *given, **options):
    while not given and not builder._live_plan._stopped:  # the search for a better plan, until somebody stops it
        time.sleep(0.05)
    return solve(session, *given, **options)
PlanSession.resolve = endless
from skillmatch.widgets.plans.live_plan import LivePlan
LivePlan._ended = lambda self, file: False"""
OPENING = "import skillmatch\nfrom skillmatch.widgets import *\nworkspace = skillmatch.open()"
BUILD = (
    "from skillmatch.service.plans.scenarios import read_scenario_file, scenario_templates\n"
    "builder = ScenarioBuilder(workspace, read_scenario_file(scenario_templates()[3]))\nbuilder"
)


@pytest.mark.parametrize("where", [pytest.param("lab", marks=pytest.mark.slow), "page"])
def test_a_search_is_stopped_and_its_best_plan_is_the_answer(where: str, lab_page: Any, voila_page: Any) -> None:
    opened = (lab_page if where == "lab" else voila_page)([OPENING, ENDLESS, BUILD])
    page = opened.page
    page.wait_for_selector(f"{BUILDER} .proof", timeout=SLOW)
    page.wait_for_selector(f"{BUILDER} .busy")
    assert not page.is_disabled(f"{BUILDER} [data-key=stop]")
    page.click(f"{BUILDER} [data-key=stop]")
    page.wait_for_function(ENDED, timeout=SLOW)
    assert page.is_disabled(f"{BUILDER} [data-key=stop]")
    assert page.locator(f"{BUILDER} .proof").count() == 1
    if where == "lab":
        assert opened.python("len(builder.value.plan.assignments) > 0") == "True"
    assert (opened.complaints, opened.foreign) == ([], [])
