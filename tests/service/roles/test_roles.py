"""Roles between suggestions, files and people: what a named person decided stays."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from skillmatch.domain.base.errors import InputError, NotFoundError
from skillmatch.domain.roles.role_history import RoleAction
from skillmatch.service.workspace import Workspace

DAY = date(2026, 6, 2)
HEAD = "role_id,title,description,occupation,skill,level,weight,kind,state\n"


def levels(workspace: Workspace, role: str) -> dict[str, tuple[float, str]]:
    return {need.skill_id: (need.level, need.state.value) for need in workspace.roles.get(role).requirements}


def again(workspace: Workspace, folder: Path, *rows: str):
    path = folder / "again.csv"
    path.write_text(HEAD + "".join(f"{row}\n" for row in rows))
    return workspace.roles.import_from(path)


def test_a_reimport_never_overrides_what_a_person_decided(full: Workspace, tmp_path: Path) -> None:
    full.roles.govern_requirement("R1", "Hand hygiene", level=2.5, author="Kim", reason="ward practice", on=DAY)
    full.roles.reject_requirement("R1", "Teamwork", author="Kim", on=DAY)
    report = again(
        full, tmp_path, "R1,Ward nurse,,,Hand hygiene,5,1,essential,governed", "R1,,,,Teamwork,3,1,,governed"
    )
    assert report.applied
    assert levels(full, "R1") == {"care.hygiene": (2.5, "governed")}
    said = [item.message for item in report.findings if item.kind == "kept_decision"]
    assert len(said) == 2
    assert "Kim decided on 2026-06-02" in said[0]


def test_an_occupation_suggests_again_without_touching_what_is_decided(full: Workspace) -> None:
    full.roles.from_occupation("Nurse", role_id="N", on=DAY)
    full.roles.accept_requirement("N", "Wound care", author="Kim", on=DAY)
    full.roles.govern_requirement("N", "Hand hygiene", level=1, essential=False, author="Kim", on=DAY)
    full.roles.reject_requirement("N", "Teamwork", author="Kim", on=DAY)
    full.roles.from_occupation("Nurse", role_id="N", on=DAY)
    assert levels(full, "N") == {"care.hygiene": (1, "governed"), "care.wounds": (3, "governed")}


def test_the_history_says_who_when_what_and_why(full: Workspace, tmp_path: Path) -> None:
    full.roles.govern_requirement("R1", "SQL", level=2, weight=0.5, author="Kim", reason="reports", on=DAY)
    full.roles.govern_requirement("R1", "SQL", level=3, author="Lou", on=DAY)
    again(full, tmp_path, "R1,Ward nurse,,,Hand hygiene,5,1,essential,governed")
    changes = full.roles.history("R1").changes
    assert [(one.skill_id, one.action, one.author, one.note) for one in changes[:2]] == [
        ("it.sql", RoleAction.GOVERNED, "Kim", "reports"),
        ("it.sql", RoleAction.GOVERNED, "Lou", ""),
    ]
    assert changes[0].before is None
    assert (changes[1].before.level, changes[1].after.level, changes[1].after.weight) == (2, 3, 0.5)
    assert {one.action for one in changes[2:]} == {RoleAction.IMPORTED}
    assert [one.number for one in changes] == list(range(1, len(changes) + 1))


def test_accepting_all_leaves_nothing_suggested(full: Workspace) -> None:
    full.roles.from_occupation("Nurse", role_id="N", on=DAY)
    full.roles.accept_requirement("N", author="Kim", on=DAY)
    assert {state for _, state in levels(full, "N").values()} == {"governed"}


def test_an_advert_suggests_with_its_words_and_leaves_decisions_alone(full: Workspace) -> None:
    advert = "Requirements\n- SQL, at least 4 years of experience\n- Java\n\nNice to have\n- Teamwork\n"
    first = full.roles.from_text(advert, title="Developer", role_id="D", on=DAY)
    assert {"it.sql", "it.java"} <= {item.requirement.skill_id for item in first.items}
    assert all(item.quote in advert and item.taken for item in first.items)
    assert "SQL" in full.roles.history("D").changes[0].note
    full.roles.govern_requirement("D", "SQL", level=1, author="Kim", on=DAY)
    full.roles.reject_requirement("D", "Java", author="Kim", on=DAY)
    second = full.roles.from_text(advert, title="Developer", role_id="D", on=DAY)
    assert {item.requirement.skill_id for item in second.items if not item.taken} == {"it.sql", "it.java"}
    assert levels(full, "D")["it.sql"] == (1, "governed")
    assert "it.java" not in levels(full, "D")


def test_an_advert_without_a_skill_changes_nothing(full: Workspace) -> None:
    found = full.roles.from_text("We are an equal opportunity employer.", title="Ghost", on=DAY)
    assert found.status.value == "insufficient_data"
    with pytest.raises(NotFoundError):
        full.roles.get("Ghost")


def test_wrong_decisions_say_what_is_wrong(full: Workspace) -> None:
    with pytest.raises(InputError, match="level"):
        full.roles.govern_requirement("R1", "SQL", author="Kim", on=DAY)
    with pytest.raises(InputError):
        full.roles.govern_requirement("R1", "SQL", level=9, author="Kim", on=DAY)
    with pytest.raises(InputError, match="must not be empty"):
        full.roles.reject_requirement("R1", "Teamwork", author="", on=DAY)
    with pytest.raises(NotFoundError):
        full.roles.reject_requirement("R1", "Java", author="Kim", on=DAY)
    assert full.roles.history("R1").changes == ()


def test_two_roles_beside_each_other(full: Workspace) -> None:
    full.roles.from_occupation("Nurse", role_id="N", on=DAY)
    found = full.roles.compare("R1", "N")
    assert {skill.skill_id: skill.difference for skill in found.in_common()} == {
        "care.hygiene": 0,
        "care.wounds": -1,
        "soft.teamwork": -1,
    }
    assert full.roles.compare("R1", "R1").similarity == 1.0
