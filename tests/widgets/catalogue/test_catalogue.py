"""Health, search and catalogue: their values are the workspace's, and a click tells more."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from skillmatch.matching.encoders.ngram_encoder import NgramEncoder
from skillmatch.service.workspace import Workspace
from skillmatch.widgets import CatalogueExplorer, SkillSearch, WorkspaceHealth

Act = Callable[..., None]
Sent = Callable[[Any], str]


@pytest.fixture
def explorer(demo: Workspace) -> CatalogueExplorer:
    return CatalogueExplorer(demo)


def test_the_health_is_the_workspaces_and_every_remedy_is_shown(demo: Workspace) -> None:
    health = WorkspaceHealth(demo)
    assert health.value == demo.health()
    for check in health.value.checks:
        assert check.name in health._repr_html_()
    assert "Fill in their &#x27;teaches&#x27; and import again." in health._content
    assert any(f"<li>{example}</li>" in health._content for example in health.value.checks[3].examples)


def test_health_names_nobody_and_no_folder(demo: Workspace, everything_sent: Sent) -> None:
    sent = everything_sent(WorkspaceHealth(demo))
    assert "have fewer than 3 pieces of evidence" in sent
    assert "own/P-" not in sent
    assert str(demo.folder) not in sent
    assert "own/P-" in everything_sent(WorkspaceHealth(demo, pseudonyms=False))


def test_health_is_checked_again(tmp_path: Path, act: Act) -> None:
    people = tmp_path / "people.csv"
    people.write_text("id,name\nP1,Ada\n", encoding="utf-8")
    with Workspace.open(tmp_path / "ws", create=True, encoder=NgramEncoder()) as workspace:
        health = WorkspaceHealth(workspace)
        assert "skillmatch people import PATH" in health._content
        workspace.people.import_from(people)
        act(health, "again")
        assert "1 people in 1 units" in health._content
    act(health, "again")
    assert "was closed" in health._content
    assert health.value is None


def test_search_finds_what_the_workspace_finds(demo: Workspace, act: Act) -> None:
    search = SkillSearch(demo)
    assert search.value == []
    act(search, "set", name="search", value="care")
    assert search.value == demo.taxonomy.search("care", 20)

    act(search, "choose", at=1)

    assert search.skill_id == search.value[1].id
    asking = [role for role in demo.roles.all() if search.skill_id in {need.skill_id for need in role.requirements}]
    for role in asking[:12]:
        assert role.title in search._content
    for teacher, _ in demo.catalogue.all().teaching.get(search.skill_id, ())[:3]:
        assert demo.catalogue.credentials.get(teacher).title in search._content


def test_a_search_without_a_match_says_so(demo: Workspace, hostile_text: str) -> None:
    search = SkillSearch(demo, hostile_text)
    assert "No skill has a name with" in search._content
    assert "<img" not in search._content + search._top
    search.skill_id = "nowhere"
    assert "no skill is called" in search._content
    search.skill_id = None
    assert 'role="alert"' not in search._content


def test_the_survey_is_the_workspaces(explorer: CatalogueExplorer, demo: Workspace) -> None:
    assert explorer.value == demo.catalogue.survey()
    assert explorer.unmet == demo.team.unmet()


def test_what_teaches_what(explorer: CatalogueExplorer, demo: Workspace, act: Act) -> None:
    explorer.search = "teamwork"
    act(explorer, "choose", at=0)
    found = next(item for item in explorer.value.skills if item.skill_id == explorer.skill_id)
    assert found.label == "Teamwork"
    for teacher in found.teachers:
        assert demo.catalogue.credentials.get(teacher.credential_id).title in explorer._content


def test_a_link_leads_to_the_credential_and_back(explorer: CatalogueExplorer, act: Act) -> None:
    place = next(place for place, item in enumerate(explorer.value.credentials) if item.overlaps)
    act(explorer, "credential", at=place)
    found = explorer.value.credentials[place]
    assert (explorer.view, explorer.credential_id) == ("credentials", found.credential_id)
    other = next(item for item in explorer.value.credentials if item.credential_id == found.overlaps[0][0])
    assert f"{other.title}</button>: " in explorer._content

    places = [item.skill_id for item in explorer.value.skills]
    act(explorer, "skill", at=places.index(found.skills[0][0]))
    assert (explorer.view, explorer.skill_id) == ("skills", found.skills[0][0])


def test_ratings_are_honest_about_their_counts(explorer: CatalogueExplorer) -> None:
    explorer.view, explorer.order = "credentials", "believed"
    few = next(item for item in explorer.value.credentials if item.rating == 5.0 and item.rating_count <= 5)
    explorer.credential_id = few.credential_id
    assert f"Rated 5 by {few.rating_count} people; of that {few.believed:.1f} is believed." in explorer._content
    first = next(item for item in explorer.value.credentials if item.credential_id == explorer._listed[0])
    assert first.believed == max(item.believed or 0 for item in explorer.value.credentials)


def test_demand_that_nobody_teaches(explorer: CatalogueExplorer, act: Act) -> None:
    act(explorer, "view", at=2)
    assert explorer.view == "unmet"
    for brief in explorer.unmet.items[:5]:
        assert brief.label in explorer._content
    explorer.search = explorer.unmet.items[0].label
    assert explorer.unmet.items[0].label in explorer._content
    assert explorer.order == "learners"


def test_orders_belong_to_what_is_looked_at(explorer: CatalogueExplorer, act: Act) -> None:
    act(explorer, "set", name="order", value=1)
    assert explorer.order == "short"
    skills = {item.skill_id: item for item in explorer.value.skills}
    short = [skills[skill_id].short for skill_id in explorer._listed]
    assert short == sorted(short, reverse=True)
    explorer.view = "credentials"
    assert explorer.order == "wanted"


@pytest.mark.parametrize(
    "said",
    [
        {"do": "choose", "at": 10_000},
        {"do": "view", "at": 3},
        {"do": "skill", "at": -1},
        {"do": "credential"},
        {"do": "set", "name": "order", "value": 99},
        {"do": "set", "name": "search", "value": 3},
    ],
)
def test_what_the_browser_must_not_ask_for_changes_nothing(explorer: CatalogueExplorer, said: Any) -> None:
    before = explorer.get_state()
    explorer._hear(explorer, said, [])
    assert explorer.get_state() == before


def test_an_empty_catalogue_says_what_to_import(tmp_path: Path) -> None:
    with Workspace.open(tmp_path / "empty", create=True, encoder=NgramEncoder()) as workspace:
        explorer = CatalogueExplorer(workspace)
    assert "skillmatch catalogue import" in explorer._repr_html_()


def test_without_a_browser_there_is_nothing_to_press(explorer: CatalogueExplorer) -> None:
    for view in ("skills", "credentials", "unmet"):
        explorer.view = view
        assert "<button" not in explorer._repr_html_()
        assert "<table>" in explorer._repr_html_()


def test_hostile_names_stay_text(hostile: Workspace) -> None:
    explorer, search = CatalogueExplorer(hostile), SkillSearch(hostile, "img")
    explorer.skill_id = search.skill_id = "s.one"
    for html in (explorer._content, explorer._repr_html_(), search._content):
        assert "<img" not in html
        assert "&lt;img" in html
