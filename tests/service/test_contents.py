from __future__ import annotations

from pathlib import Path

import pytest
from tests.service.conftest import NOW

from skillmatch.domain.base.errors import InputError, WorkspaceError
from skillmatch.matching.encoders.ngram_encoder import NgramEncoder
from skillmatch.service.core.health import Verdict
from skillmatch.service.core.settings import Settings
from skillmatch.service.imports.exports import Exportable
from skillmatch.service.imports.taxonomies import Layout
from skillmatch.service.workspace import Workspace


def test_an_export_imports_again_and_gives_the_same_answers(full: Workspace, tmp_path: Path) -> None:
    out = tmp_path / "out"
    written = full.export(Exportable.ALL, out)
    assert written["people.csv"] == 2
    assert written["evidence.csv"] == 3
    full.export(Exportable.TAXONOMY, tmp_path / "out-taxonomy")
    with Workspace.open(tmp_path / "twin", create=True, encoder=NgramEncoder(), clock=lambda: NOW) as twin:
        twin.taxonomy.import_from(Layout.TABLE, tmp_path / "out-taxonomy")
        for load in (twin.catalogue.import_from, twin.roles.import_from, twin.people.import_from):
            assert load(out).applied  # type: ignore[operator]
        assert twin.gap("P1", "R1").items == full.gap("P1", "R1").items
        assert twin.recommend("P1", "R1").recommendations == full.recommend("P1", "R1").recommendations


def test_several_tables_need_a_folder(full: Workspace, tmp_path: Path) -> None:
    with pytest.raises(InputError, match="a folder"):
        full.export(Exportable.ALL, tmp_path / "all.csv")
    assert full.export(Exportable.ROLES, tmp_path / "roles.xlsx") == {"roles.xlsx": 3}


def test_search_finds_labels_and_aliases_and_those_that_begin_with_it_first(full: Workspace) -> None:
    assert [skill.label for skill in full.taxonomy.search("wound")] == ["Wound care"]
    assert [skill.label for skill in full.taxonomy.search("java")] == ["Java", "JavaScript"]
    assert [skill.label for skill in full.taxonomy.search("STRUCTURED query")] == ["SQL"]
    assert full.taxonomy.search("  ") == []


def test_health_names_what_is_wrong_and_what_to_do(full: Workspace) -> None:
    health = full.health()
    assert health.sound
    thin = next(check for check in health.checks if check.name == "thin profiles")
    assert (thin.verdict, bool(thin.remedy)) == (Verdict.WARNING, True)


def test_an_empty_workspace_is_sound_and_says_what_to_import(tmp_path: Path) -> None:
    with Workspace.open(tmp_path / "w", create=True, encoder=NgramEncoder()) as workspace:
        checks = {check.name: check for check in workspace.health().checks}
        assert workspace.health().sound
        assert "taxonomy import" in checks["taxonomy"].remedy
        assert checks["people"].verdict is Verdict.WARNING


def test_a_missing_workspace_is_not_made_by_looking(tmp_path: Path) -> None:
    with pytest.raises(WorkspaceError):
        Workspace.open(tmp_path / "nowhere", encoder=NgramEncoder())
    assert not (tmp_path / "nowhere").exists()


def test_a_second_process_sees_a_change_at_once(full: Workspace, tmp_path: Path) -> None:
    with Workspace.open(full.folder, encoder=NgramEncoder(), clock=lambda: NOW) as other:
        assert other.snapshot() == full.snapshot()
        full.roles.from_occupation("nurse")
        assert other.roles.get("nurse").title == "Nurse"


@pytest.mark.parametrize("value", ["many", "0", "-1", "65", "1.5"])
def test_nonsense_in_the_environment_is_named(value: str) -> None:
    with pytest.raises(InputError, match="SKILLMATCH_THREADS"):
        Settings.read({"SKILLMATCH_THREADS": value})


def test_settings_have_defaults_and_can_be_set(tmp_path: Path) -> None:
    assert Settings.read({}).threads == 1
    given = Settings.read({"SKILLMATCH_WORKSPACE": str(tmp_path), "SKILLMATCH_THREADS": "2"})
    assert (given.workspace, given.threads) == (tmp_path, 2)
