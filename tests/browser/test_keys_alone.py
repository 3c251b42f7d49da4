"""Keys alone: on a page with every view Tab comes to everything that can be operated, is seen there, and goes on."""

from __future__ import annotations

from typing import Any

import pytest

pytestmark = pytest.mark.browser

OPENING = "import skillmatch\nfrom skillmatch.widgets import *\nworkspace = skillmatch.open()"
SOLVED = (
    "who = workspace.example()\n"
    "from skillmatch.service.plans.planning import Search\n"
    "from skillmatch.service.plans.scenarios import read_scenario_file, scenario_templates\n"
    "surge = read_scenario_file(scenario_templates()[3])\n"
    "plan = workspace.plan(surge, search=Search(time_limit=3))"
)
VIEWS = [
    "GapHeatmap(workspace)",
    "PersonCard(workspace, who.person_id, who.role_id)",
    "PathwayTimeline(workspace, who.person_id)",
    "AdjacentRoles(workspace, who.person_id)",
    "CatalogueExplorer(workspace, view='credentials')",
    "SkillSearch(workspace, 'care')",
    "LinkReview(workspace, ['keeping germs away', 'team spirit'])",
    "RoleEditor(workspace)",
    "WorkspaceHealth(workspace)",
    "ScenarioBuilder(workspace, surge, live=False)",
    "PlanView(workspace, plan)",
    "PlanComparison(workspace, [plan, plan])",
    "FairnessCheck(workspace, plan)",
]
OPERATED = "button:not([disabled]), input:not([disabled]), select, textarea, summary, [tabindex='0']"
# A list, picture or map is come to once; inside it arrows move. What a fold hides is not there.
MARK = f"""() => {{
  const shown = one => one.checkVisibility() && one.tabIndex >= 0;
  window.wanted = [...document.querySelectorAll('.smh, .skillmatch-panel')].flatMap((view, at) =>
    [...view.querySelectorAll("{OPERATED}")].filter(shown).map((one, place) => {{
      one.dataset.tabbed = `${{at}}: ${{one.dataset.key || one.textContent.slice(0, 30) || place}}`; return one; }}));
  window.came = new Set();
  window.unseen = [];
  document.addEventListener('focusin', event => {{
    const one = event.target;
    if (!one.dataset.tabbed) return;
    window.came.add(one);
    const style = getComputedStyle(one);
    if (style.outlineStyle === 'none' && style.boxShadow === 'none') window.unseen.push(one.dataset.tabbed);
  }});
  return window.wanted.length;
}}"""


@pytest.mark.slow
def test_tab_comes_to_everything_and_goes_on(voila_page: Any) -> None:
    opened = voila_page([OPENING, SOLVED, *VIEWS])
    page = opened.page
    page.wait_for_function("!document.querySelector('.skillmatch .busy')", timeout=30_000)
    views = page.locator(".smh, .skillmatch-panel").count()
    assert views == len(VIEWS)
    many = page.evaluate(MARK)
    assert many > 5 * views
    page.evaluate("window.scrollTo(0, 0)")
    page.mouse.click(2, 2)
    for _ in range(many + 60):
        page.keyboard.press("Tab")
        if page.evaluate("window.came.size >= window.wanted.length"):
            break
    missed = page.evaluate("window.wanted.filter(one => !window.came.has(one)).map(one => one.dataset.tabbed)")
    assert missed == []
    assert page.evaluate("window.unseen") == []
    page.keyboard.press("Tab")  # and out of the last one
    assert page.evaluate("document.activeElement.closest('.smh, .skillmatch-panel') === null")
    assert (opened.complaints, opened.foreign) == ([], [])


def test_a_comparison_and_fairness_are_operated_with_keys(lab_page: Any) -> None:
    cells = [
        OPENING,
        SOLVED,
        "both = PlanComparison(workspace, [plan, plan])\nboth",
        "fair = FairnessCheck(workspace, plan)\nfair",
    ]
    opened = lab_page(cells, height=2_000)
    page = opened.page
    panel = '.skillmatch-panel[aria-label="{}"]'
    page.focus(f"{panel.format('Plans compared')} [data-key=first]")
    page.keyboard.press("ArrowDown")
    opened.wait_python("both.first", "1")
    page.focus(f"{panel.format('Plans compared')} [data-key=curve]")
    page.keyboard.press("Enter")
    opened.wait_python("both.curve is None", "False")
    opened.wait_python("fair.value is None", "False")
    page.focus(f"{panel.format('Fairness')} [data-key=role]")
    page.keyboard.press("ArrowDown")
    opened.wait_python("fair.role_id == fair._roles.values[1]", "True")
    opened.wait_python("fair.value is None", "False")
    assert opened.errors() == []
    assert opened.complaints == []


@pytest.mark.slow
def test_a_role_is_read_from_an_advert_with_keys(lab_page: Any) -> None:
    opened = lab_page([OPENING, "roles = RoleEditor(workspace)\nroles"], height=2_000)
    page = opened.page
    page.focus(".skillmatch-panel summary:has-text('From a job advert')")
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    page.keyboard.type("Night lead. Requirements: three years of wound care, first aid.")
    page.keyboard.press("Enter")
    page.keyboard.type("Nice to have: dementia care.")
    page.focus(".skillmatch-panel [data-key=title]")
    page.keyboard.type("Night lead for a test")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    opened.wait_python("roles.value.title", "Night lead for a test", 60)
    assert "Wound care" in page.inner_text(".skillmatch-panel")
    assert page.locator(".skillmatch-panel q").count() > 0
    assert opened.serious() == []
    opened.shot("role-from-advert", ".skillmatch-panel")
    assert (opened.errors(), opened.complaints) == ([], [])
