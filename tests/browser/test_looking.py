"""What a planner does with picture and card, in JupyterLab: look, filter, open, choose, slide; by mouse and by keys."""

from __future__ import annotations

from typing import Any

import pytest

pytestmark = pytest.mark.browser

CELLS = [
    "import skillmatch\nfrom skillmatch.widgets import GapHeatmap, PersonCard, linked\nworkspace = skillmatch.open()",
    "from skillmatch.domain.advice.pathway import Pace",
    "heatmap = GapHeatmap(workspace)\nheatmap",
    "card = PersonCard(workspace)\nlinked(heatmap, card)\ncard",
]
CARD = ".skillmatch-panel"


def clean(opened: Any) -> bool:
    """Whether nothing was complained about and nobody else was asked."""
    assert opened.errors() == []
    assert opened.complaints == []
    assert opened.foreign == []
    return True


def test_filter_open_choose_and_slide_with_the_mouse(lab_page: Any) -> None:
    opened = lab_page(CELLS)
    page = opened.page

    page.fill(".smh input[type=search]", "hygiene")
    opened.wait_python("heatmap.search", "hygiene")
    page.wait_for_function("document.querySelectorAll('.smh .colhead').length < 10")
    assert all("ygiene" in text for text in page.locator(".smh .colhead").all_inner_texts())
    page.fill(".smh input[type=search]", "")
    opened.wait_python("heatmap.search", "")

    page.click(".smh .rowhead:has-text('Care homes')")
    opened.wait_python("heatmap.unit", "Care homes")
    page.wait_for_selector(".smh .rowhead:has-text('Care homes, person')")

    page.locator(".smh .row:not(.heads) .cell.s3").first.click()
    page.wait_for_selector(f"{CARD} h3:has-text('Care homes, person')")
    assert opened.python("card.person_id == heatmap.selected.person_id") == "True"
    assert opened.python("card.skill_id == heatmap.selected.skill_id is not None") == "True"

    slider = page.locator(f"{CARD} input[type=range]").first
    slider.focus()
    for _ in range(4):
        page.keyboard.press("ArrowRight")
    opened.wait_python("card.hours_per_week", "8.0")
    opened.wait_python("card.pathway == workspace.pathway(card.person_id, card.role_id, Pace(8, card.weeks))", "True")

    page.click(".smh button:has-text('All units')")
    opened.wait_python("heatmap.unit", "None")
    assert clean(opened)


def test_the_same_with_keys_alone(lab_page: Any) -> None:
    opened = lab_page(CELLS)
    page = opened.page

    page.focus(".smh input[type=search]")
    for _ in range(8):  # over the lists and boxes of the toolbar into the picture
        page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.getAttribute('role')") == "rowheader"
    page.keyboard.press("ArrowDown")
    unit = page.evaluate("document.activeElement.querySelector('.name').textContent")
    page.keyboard.press("Enter")
    opened.wait_python("heatmap.unit", unit)
    page.wait_for_function("document.activeElement?.closest('.smh .row')?.innerText.includes(', person ')")

    page.keyboard.press("ArrowRight")
    page.keyboard.press("Enter")
    page.wait_for_selector(f"{CARD} h3:has-text('{unit}, person')")
    page.keyboard.press("Escape")
    opened.wait_python("heatmap.unit", "None")

    page.focus(f"{CARD} select")
    page.keyboard.press("Tab")
    page.keyboard.press("ArrowRight")
    opened.wait_python("card.hours_per_week", "5.0")
    assert clean(opened)


@pytest.mark.slow
def test_lists_and_sliders_keep_their_keys_in_jupyterlab(lab_page: Any) -> None:
    opened = lab_page(
        [
            "import skillmatch\nworkspace = skillmatch.open()",
            "from skillmatch.widgets import AdviceExplorer, GapHeatmap",
            "explorer = AdviceExplorer(workspace)\nexplorer",
            "heatmap = GapHeatmap(workspace)\nheatmap",
        ]
    )
    page = opened.page
    for selector, expression, wanted in (
        (".widget-dropdown select", "explorer.unit", "Central kitchen"),
        (".smh select", "heatmap.kind", "soft"),
    ):
        page.focus(selector)
        page.keyboard.press("ArrowDown")
        opened.wait_python(expression, wanted)
        assert page.evaluate("document.activeElement.tagName") == "SELECT"
    page.focus(".noUi-handle")
    page.keyboard.press("ArrowLeft")
    opened.wait_python("explorer.max_hours", "120.0")
    page.focus(".smh input[type=checkbox]")
    page.keyboard.press(" ")
    opened.wait_python("heatmap.numbers", "True")
    assert clean(opened)


@pytest.mark.parametrize("theme", ["light", pytest.param("dark", marks=pytest.mark.slow)])
def test_axe_finds_nothing_serious_and_it_fits(lab_page: Any, theme: str) -> None:
    opened = lab_page(CELLS, theme=theme)
    page = opened.page
    page.click(".smh .rowhead:has-text('Hotels')")
    page.wait_for_selector(".smh .rowhead:has-text('Hotels, person')")
    page.locator(".smh .row:not(.heads) .rowhead").nth(2).click()
    page.wait_for_selector(f"{CARD} h3:has-text('Hotels, person')")

    assert opened.serious() == []
    opened.shot(f"lab-heatmap-{theme}", ".smh")
    opened.shot(f"lab-card-{theme}", CARD)
    page.set_viewport_size({"width": 800, "height": 900})
    page.wait_for_timeout(300)
    assert page.evaluate(
        f"document.querySelector('{CARD}').scrollWidth <= document.querySelector('{CARD}').clientWidth"
    )
    opened.shot(f"lab-card-800-{theme}", CARD)
    assert clean(opened)


@pytest.mark.slow
@pytest.mark.parametrize("theme", ["light", pytest.param("dark", marks=pytest.mark.slow)])
def test_the_planners_page(voila_page: Any, theme: str) -> None:
    opened = voila_page(None, theme=theme)
    page = opened.page
    page.click(".smh .rowhead:has-text('Hotels')")
    page.wait_for_selector(".smh .rowhead:has-text('Hotels, person')")
    page.locator(".smh .row:not(.heads) .cell.s3").first.click()
    page.wait_for_selector(f"{CARD} h3:has-text('Hotels, person')")

    assert opened.serious("body") == []
    assert (opened.complaints, opened.foreign) == ([], [])
    assert page.evaluate("document.documentElement.scrollHeight") > 1_500  # it prints whole, and keys scroll it
    opened.shot(f"page-{theme}", full=True)
    page.set_viewport_size({"width": 800, "height": 900})
    page.wait_for_timeout(300)
    assert page.evaluate("document.documentElement.scrollWidth") <= 800
