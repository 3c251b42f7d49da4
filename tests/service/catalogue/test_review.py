"""Texts to review are the doubtful ones, until somebody decides; the survey is of what the workspace holds."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from skillmatch.domain.skills.feedback import Verdict
from skillmatch.matching.encoders.ngram_encoder import NgramEncoder
from skillmatch.service.imports.taxonomies import Layout
from skillmatch.service.workspace import Workspace

SKILLS = "id,label,type\nit.sql,SQL,skill\ncare.hygiene,Hand hygiene,skill\n"
CREDENTIALS = (
    "id,title,teaches\nC1,One,it.sql@3 | qqqq zzzz@2\nC2,Two,Hand hygiene@2 | QQQQ zzzz@2\nC3,Three,wwww vvvv@2\n"
)


@pytest.fixture
def workspace(tmp_path: Path) -> Iterator[Workspace]:
    (tmp_path / "skills.csv").write_text(SKILLS, encoding="utf-8")
    (tmp_path / "credentials.csv").write_text(CREDENTIALS, encoding="utf-8")
    with Workspace.open(tmp_path / "ws", create=True, encoder=NgramEncoder()) as opened:
        opened.taxonomy.import_from(Layout.TABLE, tmp_path)
        opened.catalogue.import_from(tmp_path / "credentials.csv")
        yield opened


def test_words_that_match_nothing_come_with_how_often_they_stand(workspace: Workspace) -> None:
    found = workspace.catalogue.texts_to_review()
    assert [(item.text, item.count, item.title, item.skill_id) for item in found.items] == [
        ("qqqq zzzz", 2, "One", None),
        ("wwww vvvv", 1, "Three", None),
    ]
    assert workspace.catalogue.texts_to_review(1).headline() == "1 of 2 texts to look at"
    assert workspace.catalogue.texts_to_review(0).items == ()


def test_what_somebody_decided_about_is_not_asked_again(workspace: Workspace) -> None:
    workspace.matching.feedback.give(Verdict.PIN, "qqqq zzzz", "SQL", author="Ada")
    workspace.matching.feedback.give(Verdict.BLOCK, "wwww vvvv", author="Ada")
    found = workspace.catalogue.texts_to_review()
    assert found.items == ()
    assert "every text" in found.headline()


def test_the_survey_is_of_the_workspace(workspace: Workspace) -> None:
    found = workspace.catalogue.survey()
    assert [item.title for item in found.credentials] == ["One", "Three", "Two"]
    assert {item.skill_id: item.reached for item in found.skills} == {"it.sql": 3.0, "care.hygiene": 2.0}
    assert len(found.to_frame()) == 2


def test_checks_name_nobody_where_they_must_not(workspace: Workspace, tmp_path: Path) -> None:
    people = tmp_path / "people.csv"
    people.write_text("id,name\nP1,Ada\n", encoding="utf-8")
    workspace.people.import_from(people)
    checks = {check.name: check for check in workspace.health().checks}
    assert "own/P1" in checks["thin profiles"].told()
    assert "own/P1" not in checks["thin profiles"].seen
    assert checks["unmapped skills"].examples == ("qqqq zzzz", "QQQQ zzzz", "wwww vvvv")
    assert "examples" not in checks["unmapped skills"].to_json()
