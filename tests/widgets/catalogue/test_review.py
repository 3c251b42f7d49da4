"""Deciding what texts mean and what roles ask for: nothing is written unsigned, and what is written is kept."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from skillmatch.domain.base.errors import InputError
from skillmatch.domain.roles.role import RequirementState
from skillmatch.domain.roles.role_history import RoleAction
from skillmatch.domain.skills.feedback import Decision, Verdict
from skillmatch.files.resources import resource
from skillmatch.matching.encoders.ngram_encoder import NgramEncoder
from skillmatch.service.imports.taxonomies import Layout
from skillmatch.service.workspace import Workspace
from skillmatch.widgets import LinkReview, RoleEditor

Act = Callable[..., None]
Sent = Callable[[Any], str]
TEXTS = ["keeping germs away", "spread sheets", "team spirit"]
SIGNED = {"author": "Kim Boss"}


@pytest.fixture
def workspace(demo: Workspace, tmp_path: Path) -> Iterator[Workspace]:
    """The demo, to be written to."""
    shutil.copytree(demo.folder, tmp_path / "copy")
    with Workspace.open(tmp_path / "copy", encoder=NgramEncoder()) as opened:
        yield opened


@pytest.fixture
def review(workspace: Workspace) -> LinkReview:
    return LinkReview(workspace, TEXTS)


def test_the_candidates_are_what_the_linker_says(review: LinkReview, workspace: Workspace) -> None:
    assert review.value == workspace.link([TEXTS[0]], top=6, abstain=False)[0]
    assert "<td>its spelling</td>" in review._repr_html_() or "<td>its meaning</td>" in review._repr_html_()
    review.place = 2
    assert review.value == workspace.link([TEXTS[2]], top=6, abstain=False)[0]


def test_one_key_decides_and_goes_on_and_a_rejection_stays(review: LinkReview, act: Act) -> None:
    first, second = review.value.links[:2]
    act(review, "reject", at=0)
    assert review.place == 0
    act(review, "accept", at=1)
    assert review.place == 1
    pinned = review.value.links[0]
    act(review, "pin", at=0)
    act(review, "block")
    assert review.pending == (
        Decision(Verdict.REJECT, TEXTS[0], first.skill_id),
        Decision(Verdict.ACCEPT, TEXTS[0], second.skill_id),
        Decision(Verdict.PIN, TEXTS[1], pinned.skill_id),
        Decision(Verdict.BLOCK, TEXTS[2]),
    )
    assert f"{TEXTS[1]} → {pinned.label}" in review._content


def test_undo_takes_back_the_last_and_returns_to_its_text(review: LinkReview, act: Act) -> None:
    act(review, "accept", at=0)
    act(review, "accept", at=0)
    act(review, "undo")
    assert len(review.pending) == 1
    assert review.place == 1
    act(review, "undo")
    act(review, "undo")
    assert (review.pending, review.place) == ((), 0)


def test_deciding_again_about_the_same_skill_replaces_what_was_decided(review: LinkReview) -> None:
    skill = review.value.links[0].skill_id
    review.decide(Verdict.REJECT, skill)
    review.decide(Verdict.ACCEPT, skill)
    assert review.pending == (Decision(Verdict.ACCEPT, TEXTS[0], skill),)


def test_nothing_is_saved_unsigned(review: LinkReview, workspace: Workspace, act: Act) -> None:
    act(review, "accept", at=0)
    for form in (None, {}, {"author": "  "}, {"author": 3}, "Kim"):
        act(review, "save", form=form)
        assert "Nobody has signed." in review._content
    assert not workspace.matching.feedback.all().lines
    assert len(review.pending) == 1


def test_what_is_saved_is_feedback_and_counts_at_once(review: LinkReview, workspace: Workspace, act: Act) -> None:
    skill = review.value.links[1]
    act(review, "pin", at=1)
    act(review, "save", form=SIGNED)

    (line,) = workspace.matching.feedback.all().lines
    assert (line.entry.author, line.entry.decision.skill_id) == ("Kim Boss", skill.skill_id)
    assert workspace.link([TEXTS[0]])[0].best.skill_id == skill.skill_id
    assert review.pending == ()
    assert "1 decisions saved" in review._told


def test_what_cannot_be_written_stays_pending(review: LinkReview, workspace: Workspace, act: Act) -> None:
    act(review, "pin", at=0)
    workspace.close()
    act(review, "save", form=SIGNED)
    assert "was closed" in review._content
    assert len(review.pending) == 1


def test_the_name_of_who_signs_is_not_saved_with_the_notebook(
    review: LinkReview, act: Act, everything_sent: Sent
) -> None:
    act(review, "pin", at=0)
    act(review, "save", form=SIGNED)
    assert "Kim Boss" not in everything_sent(review)


def test_nothing_to_review_and_no_taxonomy_are_said(workspace: Workspace, tmp_path: Path) -> None:
    assert "There is nothing to review" in LinkReview(workspace)._repr_html_()
    with pytest.raises(InputError):
        LinkReview(workspace).decide(Verdict.BLOCK)
    with Workspace.open(tmp_path / "empty", create=True, encoder=NgramEncoder()) as empty:
        assert "has no taxonomy yet" in LinkReview(empty, TEXTS)._repr_html_()


@pytest.mark.parametrize("said", [{"do": "accept", "at": 99}, {"do": "pin"}, {"do": "go", "at": 3}, {"do": "decide"}])
def test_what_the_browser_must_not_ask_for_changes_nothing(review: LinkReview, said: Any) -> None:
    before = review.get_state()
    review._hear(review, said, [])
    assert review.get_state() == before


def test_hostile_texts_stay_text(hostile: Workspace, act: Act, hostile_text: str) -> None:
    review = LinkReview(hostile, [hostile_text])
    act(review, "accept", at=0)
    assert review.pending
    for html in (review._content, review._repr_html_(), review._top):
        assert "<img" not in html


# --- roles -------------------------------------------------------------------------------------------------


@pytest.fixture
def editor(workspace: Workspace) -> RoleEditor:
    role = next(
        role
        for role in workspace.roles.all()
        if any(need.state is RequirementState.SUGGESTED for need in role.requirements)
    )
    return RoleEditor(workspace, role.id)


def suggested(editor: RoleEditor) -> int:
    states = [need.state for need in editor.value.requirements]
    return states.index(RequirementState.SUGGESTED)


def state_of(editor: RoleEditor, skill_id: str) -> RequirementState | None:
    return next((need.state for need in editor.value.requirements if need.skill_id == skill_id), None)


def test_a_role_is_as_the_workspace_has_it(editor: RoleEditor, workspace: Workspace) -> None:
    assert editor.value == workspace.roles.get(editor.role_id)
    assert editor.history == workspace.roles.history(editor.role_id)
    labels = workspace.snapshot().labels
    for need in editor.value.requirements:
        assert labels[need.skill_id] in editor._repr_html_()


def test_accepting_and_rejecting_are_signed_and_kept(editor: RoleEditor, workspace: Workspace, act: Act) -> None:
    place = suggested(editor)
    skill = editor.value.requirements[place].skill_id
    act(editor, "accept", at=place)
    assert "Nobody has signed." in editor._content
    act(editor, "accept", at=place, form=SIGNED)
    assert state_of(editor, skill) is RequirementState.GOVERNED

    act(editor, "reject", at=0, form={**SIGNED, "reason": "not here"})
    last = workspace.roles.history(editor.role_id).changes[-1]
    assert (last.action, last.author, last.note) == (RoleAction.REJECTED, "Kim Boss", "not here")
    assert state_of(editor, last.skill_id) is None


def test_all_suggestions_are_accepted_at_once(editor: RoleEditor, act: Act) -> None:
    act(editor, "accept_all", form=SIGNED)
    assert all(need.state is RequirementState.GOVERNED for need in editor.value.requirements)


def test_saying_what_is_required(editor: RoleEditor, act: Act) -> None:
    act(editor, "look", at=0)
    skill = editor.skill_id
    act(editor, "govern", at=0, form={**SIGNED, "level": 8, "weight": 4, "kind": 1})
    need = next(need for need in editor.value.requirements if need.skill_id == skill)
    assert (need.level, need.weight, need.essential, need.state) == (5.0, 0.5, False, RequirementState.GOVERNED)


def test_another_skill_is_added_by_its_name(editor: RoleEditor, workspace: Workspace, act: Act) -> None:
    count = len(editor.value.requirements)
    act(editor, "add", form=SIGNED)
    assert "No skill is named." in editor._content
    act(editor, "add", form={**SIGNED, "skill": "no such skill at all"})
    assert "no skill is called" in editor._content
    act(editor, "add", form={**SIGNED, "skill": "Dementia care", "level": 4})
    assert len(editor.value.requirements) == count + 1
    assert editor.skill_id == workspace.taxonomy.skill("Dementia care").id


def test_who_decided_is_named_only_where_names_are_asked_for(
    editor: RoleEditor, workspace: Workspace, act: Act, everything_sent: Sent
) -> None:
    act(editor, "accept_all", form={**SIGNED, "reason": "as Mia said"})
    sent = everything_sent(editor)
    assert "a named person" in sent
    assert "Kim Boss" not in sent
    assert "as Mia said" not in sent
    named = everything_sent(RoleEditor(workspace, editor.role_id, pseudonyms=False))
    assert "Kim Boss" in named
    assert "as Mia said" in named


def test_another_role_is_chosen_by_its_place(editor: RoleEditor, workspace: Workspace, act: Act) -> None:
    act(editor, "set", name="role", value=0)
    assert editor.value.id == editor._roles.values[0]
    act(editor, "set", name="role", value=10_000)
    assert editor.value.id == editor._roles.values[0]


ADVERT = """Unit leader, night shift
Requirements
- At least 3 years of wound care
- Giving feedback to the team; first aid is a plus
Benefits: free parking. We are an equal opportunity employer.
"""


def test_an_advert_suggests_for_the_role_that_is_shown(editor: RoleEditor, workspace: Workspace, act: Act) -> None:
    act(editor, "accept_all", form=SIGNED)
    governed = editor.value.requirements
    act(editor, "suggest", form={"advert": ADVERT})
    assert editor.wait(60)
    found: Any = editor.suggestion
    assert found.role == editor.value == workspace.roles.get(editor.role_id)
    assert set(governed) <= set(editor.value.requirements)  # what people decided stays
    assert {item.quote for item in found.items}
    for item in found.items:
        assert item.label in editor._repr_html_()
    assert any("wound care" in item.quote.casefold() for item in found.items)
    assert "free parking" not in editor._content


def test_an_advert_makes_a_role_of_its_own(editor: RoleEditor, workspace: Workspace, act: Act) -> None:
    before = editor.value
    act(editor, "suggest_new", form={"advert": ADVERT})
    assert "The role has no title." in editor._content
    act(editor, "suggest_new", form={"advert": "  ", "title": "Night lead"})
    assert "There is no advert." in editor._content
    act(editor, "suggest_new", form={"advert": ADVERT, "title": "Night lead"})
    assert editor.wait(60)
    assert editor.value == workspace.roles.get("own/night-lead")
    assert all(need.state is RequirementState.SUGGESTED for need in editor.value.requirements)
    assert workspace.roles.get(before.id) == before
    act(editor, "set", name="role", value=0)
    assert editor.suggestion is None


def test_an_advert_that_asks_for_nothing_changes_nothing(editor: RoleEditor, act: Act) -> None:
    before = editor.value
    act(editor, "suggest", form={"advert": "We are an equal opportunity employer. Free parking."})
    assert editor.wait(60)
    assert editor.value == before
    assert 'role="alert"' in editor._content
    assert before.title in editor._content


def test_the_first_role_is_made_from_an_advert(workspace: Workspace, tmp_path: Path, act: Act) -> None:
    with Workspace.open(tmp_path / "no-roles", create=True, encoder=NgramEncoder()) as bare:
        bare.taxonomy.import_from(Layout.TABLE, resource("data", "taxonomy"))
        view = RoleEditor(bare)
        assert "There are no roles yet." in view._content
        assert 'data-key="suggest-new"' in view._content
        assert "<button" not in view._repr_html_()
        act(view, "suggest", form={"advert": ADVERT})
        assert "There is no role to suggest for." in view._content
        act(view, "suggest_new", form={"advert": ADVERT, "title": "Night lead"})
        assert view.wait(60)
        assert view.role_id == "own/night-lead"
        assert "There are no roles yet." not in view._content


def test_no_roles_and_an_unknown_one_are_said(tmp_path: Path, workspace: Workspace) -> None:
    assert "no role is called" in RoleEditor(workspace, "nobody")._repr_html_()
    with Workspace.open(tmp_path / "empty", create=True, encoder=NgramEncoder()) as empty:
        assert "There are no roles yet." in RoleEditor(empty)._repr_html_()


def test_hostile_names_stay_text_in_roles(hostile: Workspace, act: Act, hostile_text: str) -> None:
    editor = RoleEditor(hostile, pseudonyms=False)
    act(editor, "govern", at=0, form={"author": hostile_text, "reason": hostile_text, "level": 1})
    for html in (editor._content, editor._repr_html_(), editor._top):
        assert "<img" not in html
    assert "&lt;img" in editor._content
