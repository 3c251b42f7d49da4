"""Two hundred hostile strings as names, units, skills, roles and titles: all are shown as text, none of them runs."""

from __future__ import annotations

import csv
import itertools
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

import pytest

from skillmatch.matching.encoders.ngram_encoder import NgramEncoder
from skillmatch.service.imports.taxonomies import Layout
from skillmatch.service.workspace import Workspace

pytestmark = pytest.mark.browser

HURT = "window.hurt=1"
RUNS = [  # each would set window.hurt, or ask another host, if it were taken for more than text
    f"<script>{HURT}</script>",
    f"<img src=x onerror={HURT}>",
    f"<svg onload={HURT}>",
    f"<svg><script>{HURT}</script></svg>",
    f"<details open ontoggle={HURT}>x</details>",
    f"<iframe srcdoc='<script>parent.{HURT}</script>'></iframe>",
    f"<a href=javascript:{HURT}>x</a>",
    f"<input autofocus onfocus={HURT}>",
    f"<video><source onerror={HURT}></video>",
    f"<math><mtext><script>{HURT}</script></mtext></math>",
    "<link rel=stylesheet href=//evil.example/x.css>",
    "<img src=//evil.example/x.png>",
    "<style>*{display:none!important}</style>",
    f"<button onclick={HURT} data-do=up>x</button>",
    f"javascript:{HURT}",
    f"${{{HURT}}}",
    f"{{{{constructor.constructor('{HURT}')()}}}}",
    "<base href=//evil.example/>",
    f"<body onload={HURT}>",
    f"<marquee onstart={HURT}>x</marquee>",
]
BREAKS = ["", '">', "'>", "</td></tr></table>", "-->", "</script>", "</style>", "</textarea></title>", "`", "]]>"]
HOSTILE = [before + what for before, what in itertools.product(BREAKS, RUNS)]
ROLES, UNITS, PEOPLE = 20, 6, 60


def table(folder: Path, name: str, header: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
    with (folder / f"{name}.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(header)
        writer.writerows(rows)


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A workspace in which every text is hostile."""
    assert len(set(HOSTILE)) == 200
    source, folder = tmp_path_factory.mktemp("source"), tmp_path_factory.mktemp("hostile") / "workspace"
    labels = [f"{number}{text}" for number, text in enumerate(HOSTILE)]
    (source / "taxonomy").mkdir()
    table(source / "taxonomy", "skills", ("id", "label"), ((f"s.{n}", label) for n, label in enumerate(labels)))
    (source / "taxonomy" / "taxonomy.toml").write_text('name = "hostile"\nversion = "1"\n', encoding="utf-8")
    needs = [(role, skill) for skill in range(200) for role in (skill % ROLES, (skill + 7) % ROLES)]
    table(
        source,
        "roles",
        ("role_id", "title", "skill", "level", "weight", "kind", "state"),
        ((f"R{role}", labels[role], f"s.{skill}", 3, 1, "essential", "governed") for role, skill in needs),
    )
    table(
        source,
        "people",
        ("id", "name", "unit", "role"),
        ((f"P{n}", HOSTILE[n], HOSTILE[n % UNITS], f"R{n % ROLES}") for n in range(PEOPLE)),
    )
    table(
        source,
        "evidence",
        ("person", "skill", "level", "source", "date", "note"),
        (
            (f"P{n}", f"s.{skill}", skill % 6, "manager", "2026-10-01", HOSTILE[skill])
            for n in range(PEOPLE)
            for role, skill in needs
            if role == n % ROLES and skill % 3
        ),
    )
    table(
        source,
        "credentials",
        ("id", "title", "issuer", "description", "teaches", "hours", "cost", "currency"),
        ((f"C{n}", labels[n], HOSTILE[-n], HOSTILE[n], f"s.{n}@4", 8, 50, "EUR") for n in range(200)),
    )
    with Workspace.open(folder, create=True, encoder=NgramEncoder()) as workspace:
        workspace.taxonomy.import_from(Layout.TABLE, source / "taxonomy")
        for report in (workspace.catalogue.import_from(source), workspace.roles.import_from(source)):
            assert report.applied, report.findings[:3]
        assert workspace.people.import_from(source).applied
        assert len(workspace.snapshot().taxonomy.skills) == 200
    return folder


CELLS = [
    "import skillmatch\nfrom skillmatch.widgets import *\nworkspace = skillmatch.open()",
    "heatmap = GapHeatmap(workspace, pseudonyms=False, numbers=True, table=True)\nheatmap",
    "card = PersonCard(workspace, 'P1', pseudonyms=False)\nlinked(heatmap, card)\ncard",
    "explorer = AdviceExplorer(workspace, person_id='P1', pseudonyms=False)\nexplorer",
    "PathwayTimeline(workspace, 'P1', pseudonyms=False)",
    "AdjacentRoles(workspace, 'P1', pseudonyms=False)",
    "CatalogueExplorer(workspace, view='credentials', credential_id='own/C1')",
    "SkillSearch(workspace, 'script', skill_id='s.1')",
    "LinkReview(workspace, ['<script>window.hurt=1</script>', '<img src=x onerror=window.hurt=1>'])",
    "RoleEditor(workspace, 'R1', pseudonyms=False)",
    "WorkspaceHealth(workspace, pseudonyms=False)",
    "from datetime import date\nfrom skillmatch.domain.plans.scenario import Demand, PlanLimits, Scenario\n"
    "from skillmatch.service.plans.planning import Search",
    "wanted = tuple(Demand(role.id, 4, date(2027, 6, 30)) for role in workspace.roles.all()[:6])\n"
    "scenario = Scenario('<script>window.hurt=1</script>', wanted, PlanLimits(budget=900, hours_per_week=8))\n"
    "plan = workspace.plan(scenario, search=Search(time_limit=3))",
    "builder = ScenarioBuilder(workspace, scenario, seconds=2.0)\nbuilder",
    "PlanView(workspace, plan, pseudonyms=False)",
    "PlanComparison(workspace, [plan, plan], pseudonyms=False)",
    "FairnessCheck(workspace, plan)",
    "Annotated(workspace.extract('We want <img src=x onerror=window.hurt=1> and <script>window.hurt=1</script>.'))",
    "workspace.gap('P1', 'R1')",
    "workspace.recommend('P1', 'R1')",
    "workspace.team.gap()",
    "workspace.team.unmet()",
    "workspace.health()",
]


def unhurt(opened: Any) -> bool:
    """Whether nothing ran, nobody was asked, and everything can still be seen."""
    page = opened.page
    page.wait_for_timeout(500)
    assert page.evaluate("window.hurt") is None
    assert opened.foreign == []
    assert opened.complaints == []
    assert (
        page.evaluate("document.querySelectorAll('base, .smh script, .skillmatch script, .skillmatch iframe').length")
        == 0
    )
    assert page.evaluate("getComputedStyle(document.querySelector('.smh')).display") != "none"
    return True


def test_in_jupyterlab(lab_page: Any, start: Any, hostile: Path) -> None:
    opened = lab_page(CELLS, server=start("lab", hostile, "--names"), height=6000)
    page = opened.page
    assert opened.errors() == []
    assert unhurt(opened)
    opened.shot("lab-hostile")
    seen = page.locator(".smh").inner_text()
    assert sum(label in seen for label in HOSTILE) >= UNITS  # they are there, as text

    page.locator(".smh .rowhead.opens").nth(1).click()
    opened.wait_python("heatmap.unit is not None", "True")
    page.locator(".smh .row:not(.heads) .cell").first.click()
    opened.wait_python("card.person_id == heatmap.selected.person_id", "True")
    for selector in (".smh .colhead", ".smh .row:not(.heads) .cell", ".smh .rowhead"):
        for at in range(3):
            page.locator(selector).nth(at).hover()
    page.locator(".skillmatch-panel button:has-text('Why')").first.click()
    opened.wait_python("card.why is not None", "True")
    page.locator(".skillmatch details summary").first.click()
    assert unhurt(opened)


@pytest.mark.slow
def test_as_a_page(voila_page: Any, hostile: Path) -> None:
    opened = voila_page(None, workspace=hostile, words=["--names"])
    page = opened.page
    page.locator(".smh .rowhead.opens").nth(1).click()
    page.wait_for_selector(".smh button:has-text('All units')")
    page.locator(".smh .row:not(.heads) .cell").first.click()
    assert unhurt(opened)
