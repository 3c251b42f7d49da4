from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from tests.service.conftest import NOW, SKILLS, write

from skillmatch.domain.base.errors import InputError, ModelError, NotFoundError
from skillmatch.service.imports.taxonomies import Layout
from skillmatch.service.workspace import Workspace

RENAMED = """\
id,label,aliases,description,type,field
h1,Hand hygiene,,Cleans hands.,skill,care
h2,Wound dressing,wound care,Dresses wounds.,skill,care
h3,Teamwork,,Works with others.,transversal,transversal
h4,ECMAScript,JavaScript | JS,Programs browsers.,skill,it
h5,SQL,,Asks databases.,skill,it
"""


def _other(tmp_path: Path, text: str = RENAMED, name: str = "other") -> Path:
    folder = write(tmp_path / name, skills=text)
    (folder / "taxonomy.toml").write_text(f'name = "{name}"\nversion = "1"\n')
    return folder


def test_what_refers_to_skills_follows_to_another_taxonomy(full: Workspace, tmp_path: Path) -> None:
    before = full.gap("P1", "R1")
    report = full.taxonomy.import_from(Layout.TABLE, _other(tmp_path))
    assert report.applied
    after = full.gap("P1", "R1")
    assert after.coverage == pytest.approx(before.coverage)
    assert {item.requirement.skill_id for item in after.items} == {"h1", "h2", "h3"}
    assert {piece.skill_id for piece in full.people.get("P1").evidence} == {"h1", "h2", "h4"}
    assert full.catalogue.credentials.get("C3").requires_skills[0].skill_id == "h2"
    assert [item.active for item in full.taxonomy.versions()] == [False, True]
    assert after.versions.taxonomy == "other@1"


def test_what_has_no_counterpart_is_named_and_kept(full: Workspace, tmp_path: Path) -> None:
    without_teamwork = "\n".join(line for line in RENAMED.splitlines() if not line.startswith("h3")) + "\n"
    report = full.taxonomy.import_from(Layout.TABLE, _other(tmp_path, without_teamwork))
    lost = [item.message for item in report.findings if item.kind == "skill_without_counterpart"]
    assert any("Teamwork" in message for message in lost)
    assert "soft.teamwork" in {need.skill_id for need in full.roles.get("R1").requirements}


def test_going_back_to_the_first_taxonomy_restores_every_answer(full: Workspace, tmp_path: Path) -> None:
    before = full.gap("P1", "R1")
    full.taxonomy.import_from(Layout.TABLE, _other(tmp_path))
    full.taxonomy.import_from(Layout.TABLE, tmp_path / "taxonomy")
    after = full.gap("P1", "R1")
    assert [(item.requirement, item.state) for item in after.items] == [
        (item.requirement, item.state) for item in before.items
    ]


def test_a_bad_row_stops_it_and_the_old_taxonomy_stays(full: Workspace, tmp_path: Path) -> None:
    report = full.taxonomy.import_from(Layout.TABLE, _other(tmp_path, RENAMED + "h6,,,No label.,skill,it\n"))
    assert not report.applied
    assert report.rejected[0].place.line == 7
    assert full.snapshot().versions.taxonomy == "dozen@1"


def test_a_stop_in_the_middle_leaves_the_old_state(full: Workspace, tmp_path: Path) -> None:
    def stop(stage: str, done: int, total: int) -> None:
        if stage == "writing":
            raise KeyboardInterrupt

    before = full.snapshot().content_hash
    with pytest.raises(KeyboardInterrupt):
        full.taxonomy.import_from(Layout.TABLE, _other(tmp_path), progress=stop)
    assert full.snapshot().content_hash == before
    assert len(full.taxonomy.versions()) == 1


def test_the_diff_of_two_versions(full: Workspace, tmp_path: Path) -> None:
    newer = (
        SKILLS.replace("care.doses,Drug calculation", "care.doses,Dose calculation") + "new.one,New,,New.,skill,,x\n"
    )
    folder = _other(tmp_path, newer, "newer")
    (folder / "taxonomy.toml").write_text('name = "dozen"\nversion = "2"\n')
    full.taxonomy.import_from(Layout.TABLE, folder)
    document = full.taxonomy.diff(("dozen", "1"), ("dozen", "2")).to_json()
    assert "Dose calculation" in str(document)
    assert "new.one" in str(document)
    with pytest.raises(NotFoundError):
        full.taxonomy.diff(("dozen", "1"), ("dozen", "3"))


def test_a_foreign_folder_says_what_was_expected(bare: Workspace, tmp_path: Path) -> None:
    (tmp_path / "nothing").mkdir()
    for layout in Layout:
        with pytest.raises(InputError, match="nothing"):
            bare.taxonomy.import_from(layout, tmp_path / "nothing")
    assert bare.taxonomy.versions() == []


def test_a_broken_encoder_stops_the_import_before_anything_is_written(taxonomy_folder: Path, tmp_path: Path) -> None:
    class Broken:
        id = "broken@1"
        dim = 4

        def encode(self, texts: object, progress: object = None) -> object:
            raise ModelError("the weights are not the published ones.", remedy="Reinstall.")

    place = tmp_path / "broken"
    with Workspace.open(place, create=True, encoder=Broken(), clock=lambda: NOW) as workspace:  # type: ignore[arg-type]
        with pytest.raises(ModelError, match="not the published ones"):
            workspace.taxonomy.import_from(Layout.TABLE, taxonomy_folder)
        assert workspace.taxonomy.versions() == []
        assert workspace.today() == date(2026, 6, 1)
