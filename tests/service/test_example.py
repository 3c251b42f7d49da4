"""Somebody to look at: the same whenever it is asked, worth looking at, and named only where that is wanted."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

import skillmatch
from skillmatch.domain.base.errors import SkillmatchError, WorkspaceError
from skillmatch.domain.people.gap import GapState
from skillmatch.matching.encoders.ngram_encoder import NgramEncoder
from skillmatch.service.workspace import Workspace


def test_the_example_has_much_to_show(pristine: Path, tmp_path: Path) -> None:
    folder = Path(shutil.copytree(pristine, tmp_path / "workspace"))
    with Workspace.open(folder, encoder=NgramEncoder()) as workspace:
        found = workspace.example()

        gap = workspace.gap(found.person_id, found.role_id)
        assert sum(gap.count(state) > 0 for state in GapState) >= 4
        assert workspace.people.get(found.person_id).role_id == found.role_id
        assert workspace.example() == found
        assert found.person_id not in repr(found)


def test_without_people_it_says_what_to_do(tmp_path: Path) -> None:
    with (
        Workspace.open(tmp_path, create=True, encoder=NgramEncoder()) as workspace,
        pytest.raises(SkillmatchError, match="nobody in the workspace has a role") as error,
    ):
        workspace.example()
    assert "Import roles" in error.value.remedy


@pytest.mark.encoder
def test_without_a_workspace_of_ones_own_the_demo_is_opened(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.delenv("SKILLMATCH_WORKSPACE", raising=False)
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    with skillmatch.open_or_demo() as workspace:
        assert workspace.folder.parent == tmp_path
        assert sum(workspace.people.units().values()) > 200


def test_ones_own_workspace_is_opened_as_it_is(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    Workspace.open(tmp_path / "own", create=True, encoder=NgramEncoder()).close()
    monkeypatch.setenv("SKILLMATCH_WORKSPACE", str(tmp_path / "own"))
    with skillmatch.open_or_demo() as workspace:
        assert workspace.folder == tmp_path / "own"
        assert workspace.people.units() == {}

    monkeypatch.setenv("SKILLMATCH_WORKSPACE", str(tmp_path / "elsewhere"))
    with pytest.raises(WorkspaceError):
        skillmatch.open_or_demo()
