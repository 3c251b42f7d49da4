"""The other panels in JupyterLab: used with keys alone, nothing serious for axe, both themes, narrow too."""

from __future__ import annotations

from typing import Any

import pytest

pytestmark = pytest.mark.browser

OPENING = "import skillmatch\nfrom skillmatch.widgets import *\nworkspace = skillmatch.open()"
PANEL = ".skillmatch-panel"
TEXTS = "['keeping germs away', 'spread sheets', 'team spirit']"
VIEWS = {
    "timeline": "PathwayTimeline(workspace, workspace.example().person_id)",
    "adjacent": "AdjacentRoles(workspace, workspace.example().person_id)",
    "health": "WorkspaceHealth(workspace)",
    "search": "SkillSearch(workspace, 'care', skill_id='care.dementia-care')",
    "review": f"LinkReview(workspace, {TEXTS})",
    "roles": "RoleEditor(workspace)",
    "catalogue": "CatalogueExplorer(workspace, view='credentials', credential_id='own/A-001')",
}


def clean(opened: Any) -> None:
    """Nothing was complained about, and nobody else was asked."""
    assert opened.errors() == []
    assert opened.complaints == []
    assert opened.foreign == []


@pytest.mark.parametrize("theme", ["light", pytest.param("dark", marks=pytest.mark.slow)])
def test_axe_finds_nothing_serious_and_everything_fits(lab_page: Any, theme: str) -> None:
    opened = lab_page([OPENING, *VIEWS.values()], theme=theme)
    page = opened.page
    panels = page.locator(PANEL)
    assert panels.count() == len(VIEWS)
    assert opened.serious() == []
    for number, name in enumerate(VIEWS):
        panels.nth(number).scroll_into_view_if_needed()
        panels.nth(number).screenshot(path=opened.shots / f"panel-{name}-{theme}.png")
    page.set_viewport_size({"width": 800, "height": 900})
    page.wait_for_timeout(300)
    for number, name in enumerate(VIEWS):
        fits = panels.nth(number).evaluate("panel => panel.scrollWidth <= panel.clientWidth")
        assert fits, name
        panels.nth(number).screenshot(path=opened.shots / f"panel-{name}-800-{theme}.png")
    clean(opened)


def test_links_are_decided_with_keys_alone(lab_page: Any) -> None:
    opened = lab_page([OPENING, f"review = {VIEWS['review']}\nreview"])
    page = opened.page
    page.focus(f"{PANEL} [data-key=author]")
    page.keyboard.type("Kim")
    for _ in range(2):  # over the list of texts to the candidates
        page.keyboard.press("Tab")
    page.keyboard.press("r")
    opened.wait_python("len(review.pending)", "1")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("a")
    opened.wait_python("review.place", "1")
    page.wait_for_function("document.activeElement.dataset.key === 'candidate-0'")
    page.keyboard.press("p")
    opened.wait_python("len(review.pending)", "3")
    page.keyboard.press("z")
    opened.wait_python("len(review.pending)", "2")
    assert opened.python("len(workspace.matching.feedback.all().lines)") == "0"

    page.focus(f"{PANEL} [data-key=save]")
    page.keyboard.press("Enter")
    opened.wait_python("[line.entry.author for line in workspace.matching.feedback.all().lines]", "['Kim', 'Kim']")
    assert page.input_value(f"{PANEL} [data-key=author]") == "Kim"
    clean(opened)


@pytest.mark.slow
def test_a_route_and_a_role_are_chosen_with_keys_alone(lab_page: Any) -> None:
    opened = lab_page([OPENING, f"near = {VIEWS['adjacent']}\nnear", f"found = {VIEWS['search']}\nfound"])
    page = opened.page
    page.focus(f"{PANEL} .point >> nth=0")
    page.keyboard.press("ArrowRight")
    page.keyboard.press("Enter")
    opened.wait_python("near.role_id == near.value.roles[1].role_id", "True")
    page.wait_for_function("document.activeElement.dataset.key === 'role-1'")

    page.focus(f"{PANEL} input[type=text]")
    page.keyboard.press("Control+A")
    page.keyboard.type("teamw")
    opened.wait_python("found.value[0].label", "Teamwork")
    assert page.evaluate("document.activeElement.value") == "teamw"
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    opened.wait_python("found.skill_id == found.value[0].id", "True")
    clean(opened)
