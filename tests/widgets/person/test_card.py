"""The card's answers are the workspace's, follow what is selected, and give nobody away."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import traitlets

from skillmatch.domain.advice.pathway import Pace
from skillmatch.domain.people.claim import Verdict
from skillmatch.matching.encoders.ngram_encoder import NgramEncoder
from skillmatch.service.workspace import Workspace
from skillmatch.widgets import AdjacentRoles, GapHeatmap, PathwayTimeline, PersonCard, linked

PERSON, ROLE = "own/P-037", "own/R-B03"
Act = Callable[..., None]
Sent = Callable[[Any], str]


@pytest.fixture
def card(demo: Workspace) -> PersonCard:
    return PersonCard(demo, PERSON)


def test_its_answers_are_those_of_the_workspace(card: PersonCard, demo: Workspace) -> None:
    own = demo.people.get(PERSON).role_id
    assert card.value == demo.gap(PERSON, own)

    card.role_id, card.hours_per_week, card.weeks = ROLE, 6.0, 40

    assert card.value == demo.gap(PERSON, ROLE)
    assert card.profile == demo.profile(PERSON)
    assert card.advice == demo.recommend(PERSON, ROLE)
    assert card.pathway == demo.pathway(PERSON, ROLE, Pace(6.0, 40))
    assert card.claims == demo.claims.all(PERSON)
    assert card.why is None


def test_why_a_credential_is_there_or_is_not(card: PersonCard, demo: Workspace, act: Act) -> None:
    act(card, "why", at=1)
    second = card.advice.recommendations[1].credential_id
    assert card.credential_id == second
    assert card.why == demo.why(PERSON, card.value.role_id, second)
    assert card.why.changes[0].detail in card._content

    act(card, "why", at=len(card.advice.recommendations))
    assert card.credential_id == card.advice.excluded[0].credential_id
    assert "not recommended" in card._content

    act(card, "enough")
    assert card.why is None


def test_another_person_leaves_no_reason_behind(card: PersonCard, act: Act) -> None:
    act(card, "why", at=0)
    card.person_id = "own/P-035"
    assert (card.credential_id, card.why) == (None, None)
    assert card.value.person_id == "own/P-035"


def test_it_follows_the_heat_map(demo: Workspace, act: Act) -> None:
    heatmap, card = GapHeatmap(demo, unit="Hotels"), PersonCard(demo)
    assert card.value is None
    assert "Nobody is chosen." in card._content
    end = linked(heatmap, card)

    act(heatmap, "select", row=2, column=1)

    person = heatmap.value.people[2]
    assert (card.person_id, card.role_id) == (person.person_id, person.role_id)
    assert card.value == demo.gap(person.person_id, person.role_id)
    assert card.skill_id == heatmap.value.skills[1].skill_id
    assert card._content.count('aria-current="true"') == 1
    end()
    act(heatmap, "select", row=3, column=1)
    assert card.person_id == person.person_id


def test_views_of_the_same_person_follow_the_card(demo: Workspace, act: Act) -> None:
    heatmap, card = GapHeatmap(demo, unit="Hotels"), PersonCard(demo, PERSON)
    timeline, near = PathwayTimeline(demo), AdjacentRoles(demo)
    linked(heatmap, card)
    linked(card, timeline, near)
    assert (timeline.person_id, near.person_id) == (PERSON, PERSON)

    act(heatmap, "select", row=2, column=1)

    person = heatmap.value.people[2]
    assert timeline.value.person_id == near.value.person_id == person.person_id
    assert timeline.value.role_id == person.role_id
    act(card, "set", name="role", value=0)
    assert timeline.value.role_id == card.value.role_id == card._roles.values[0]
    card.person_id = "nobody"
    assert timeline.value.person_id == person.person_id


def test_moving_a_control_moves_its_trait(card: PersonCard, act: Act) -> None:
    act(card, "set", name="hours_per_week", value=9)
    act(card, "set", name="weeks", value=12)
    act(card, "set", name="role", value=card._roles.labels.index("Registered nurse, emergency department"))
    assert (card.hours_per_week, card.weeks, card.role_id) == (9.0, 12, "own/R-B02")
    assert 'value="9"' in card._top
    assert "9 hours a week within 12 weeks" in card._content


@pytest.mark.parametrize(
    "said",
    [
        {"do": "set", "name": "weeks", "value": -1},
        {"do": "set", "name": "weeks", "value": "12"},
        {"do": "set", "name": "hours_per_week", "value": None},
        {"do": "set", "name": "role", "value": 10_000},
        {"do": "set", "name": "person_id", "value": "own/P-001"},
        {"do": "why", "at": 10_000},
        {"do": "why"},
        {"do": "refresh"},
        "set",
    ],
)
def test_what_the_browser_must_not_ask_for_changes_nothing(card: PersonCard, said: Any) -> None:
    before = card.get_state()
    card._hear(card, said, [])
    assert card.get_state() == before


def test_what_is_wrong_is_said_in_place(card: PersonCard) -> None:
    card.person_id = "nobody"
    assert card.value is card.advice is card.pathway is None
    assert 'role="alert"' in card._content
    assert "no person is called &#x27;nobody&#x27;" in card._repr_html_()
    card.person_id = PERSON
    assert 'role="alert"' not in card._content
    card.weeks = -5
    assert 'role="alert"' in card._content
    card.weeks = 5
    assert card.value is not None


def test_a_person_without_a_role_is_asked_for_one(demo: Workspace, act: Act) -> None:
    person = next(person for person in demo.people.all() if person.role_id is None)
    card = PersonCard(demo, person.id)
    assert "This person has no role." in card._content
    act(card, "set", name="role", value=0)
    assert card.value.person_id == person.id


def test_a_closed_workspace_is_said_in_the_handler(demo: Workspace, act: Act) -> None:
    with Workspace.open(demo.folder, encoder=NgramEncoder()) as workspace:
        card = PersonCard(workspace, PERSON)
    act(card, "set", name="weeks", value=12)
    assert "was closed" in card._content


def test_the_answers_cannot_be_set(card: PersonCard) -> None:
    for name in ("value", "profile", "advice", "pathway", "why", "claims"):
        with pytest.raises(traitlets.TraitError):
            setattr(card, name, None)


def test_pseudonyms_keep_names_ids_and_what_others_wrote_in_the_kernel(
    tmp_path: Path, demo: Workspace, everything_sent: Sent
) -> None:
    folder = tmp_path / "copy"
    shutil.copytree(demo.folder, folder)
    with Workspace.open(folder, encoder=NgramEncoder()) as workspace:
        skill = workspace.gap(PERSON, ROLE).items[0].requirement.skill_id
        line = workspace.claims.submit(PERSON, skill=skill, level=3.0, text="Mia Quine taught me")
        workspace.claims.decide(line.claim.id, Verdict.ACCEPT, by="Kim Boss", reason="seen it")
        card = PersonCard(workspace, PERSON)
        sent = everything_sent(card)
        for text in ("Mia Quine", "Kim Boss", "seen it", workspace.people.get(PERSON).name, PERSON, "P-037"):
            assert text not in sent
        assert "accept on" in sent
        assert "Care homes, person 15" in sent

        named = everything_sent(PersonCard(workspace, PERSON, pseudonyms=False))
        for text in ("Mia Quine", "Kim Boss", "seen it", workspace.people.get(PERSON).name):
            assert text in named


def test_each_line_shows_its_range_and_what_it_rests_on(card: PersonCard) -> None:
    html = card._repr_html_()
    for item in card.value.items:
        assert item.label in html
        if item.chance is not None:
            assert f"{item.requirement.level:g}" in html
    known = next(item for item in card.value.items if item.evidence)
    assert f"{known.evidence[0].source.value}, {known.evidence[0].on}" in html
    assert "<button" not in html  # there is nobody to press it
    assert "<button" in card._content


@pytest.mark.parametrize("pseudonyms", [True, False])
def test_hostile_names_stay_text(hostile: Workspace, pseudonyms: bool, hostile_text: str) -> None:
    hostile.claims.submit("P1", skill="s.two", level=2.0, text=hostile_text)
    card = PersonCard(hostile, "P1", pseudonyms=pseudonyms)
    assert card.value is not None
    for html in (card._repr_html_(), card._content, card._top):
        assert "<img" not in html
    assert "&lt;img" in card._content
