"""Pictures of every view on the demo, in both themes, wide and narrow, to be looked at: ``make shots``."""

from __future__ import annotations

from typing import Any

import pytest

pytestmark = [pytest.mark.browser, pytest.mark.slow]

OPENING = """\
import skillmatch
from dataclasses import replace
from skillmatch.service.plans.planning import Search
from skillmatch.service.plans.scenarios import read_scenario_file, scenario_templates
from skillmatch.widgets import *
workspace = skillmatch.open()
who = workspace.example()
surge = read_scenario_file(scenario_templates()[3])
rich = workspace.plan(surge, search=Search(time_limit=5))
little = replace(surge, name="Surge, with little money", limits=replace(surge.limits, budget=5_000))
poor = workspace.plan(little, search=Search(time_limit=5))"""
ADVERT = "Unit leader at night. Requirements: three years of wound care, advanced first aid; dementia care is a plus."
VIEWS = {
    "heatmap": "GapHeatmap(workspace)",
    "heatmap-unit": "GapHeatmap(workspace, unit='Hotels', numbers=True, group='type')",
    "card": "PersonCard(workspace, who.person_id, who.role_id)",
    "timeline": "PathwayTimeline(workspace, who.person_id)",
    "adjacent": "AdjacentRoles(workspace, who.person_id)",
    "health": "WorkspaceHealth(workspace)",
    "search": "SkillSearch(workspace, 'care', skill_id='care.dementia-care')",
    "review": "LinkReview(workspace, ['keeping germs away', 'spread sheets', 'team spirit'])",
    "roles": "roles = RoleEditor(workspace)\nroles",
    "catalogue-teaches": "CatalogueExplorer(workspace)",
    "catalogue-unmet": "CatalogueExplorer(workspace, view='unmet')",
    "catalogue-credentials": "CatalogueExplorer(workspace, view='credentials', credential_id='own/A-001')",
    "builder": "builder = ScenarioBuilder(workspace, surge, seconds=10.0)\nbuilder",
    "plan": "view = PlanView(workspace, rich)\nview",
    "comparison": "both = PlanComparison(workspace, [poor, rich], second=1)\nboth",
    "fairness": "fair = FairnessCheck(workspace, rich)\nfair",
    "explorer": "AdviceExplorer(workspace)",
}


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_every_view(lab_page: Any, theme: str) -> None:
    opened = lab_page([OPENING, *VIEWS.values()], theme=theme, height=9_000)
    opened.python(f"roles.suggest({ADVERT!r}, 'Night lead')")
    opened.python("both.draw_curve()")
    opened.python("view._price()")
    for settled in ("builder.busy", "fair.value is None", "both.curve is None", "roles.suggestion is None"):
        opened.wait_python(settled, "False", 60)
    opened.python("both.hold_against()")
    opened.wait_python("both.robust is None or view.prices is None", "False", 60)
    for width in (1280, 800):
        opened.page.set_viewport_size({"width": width, "height": 12_000})
        opened.page.wait_for_timeout(500)
        outputs = opened.page.locator(".jp-OutputArea-output")
        assert outputs.count() == len(VIEWS)
        for number, name in enumerate(VIEWS):
            outputs.nth(number).screenshot(path=opened.shots / f"{name}-{width}-{theme}.png")
    assert (opened.errors(), opened.complaints, opened.foreign) == ([], [], [])
