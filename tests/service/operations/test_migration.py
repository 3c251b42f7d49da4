"""An older workspace is left alone until somebody asks for it to be migrated."""

from __future__ import annotations

from pathlib import Path

import pytest
from sqlalchemy import text

from skillmatch.domain.base.errors import InputError, WorkspaceError
from skillmatch.matching.encoders.ngram_encoder import NgramEncoder
from skillmatch.service.core.settings import Settings
from skillmatch.service.operations.backup import migrate_workspace
from skillmatch.service.workspace import Workspace
from skillmatch.store import migrations
from skillmatch.store.engine import dialect


@pytest.fixture
def older(tmp_path: Path) -> Path:
    """A workspace as the program before this one made it."""
    folder = tmp_path / "older"
    folder.mkdir()
    dialect.prepare_file(folder / "workspace.db", 1.0)
    engine = dialect.make_engine(folder / "workspace.db", 1.0, references=False)
    with engine.begin() as connection:
        migrations.upgrade(connection, "0005")
        connection.execute(
            text("INSERT INTO people VALUES ('own/P1', 'P1', 'Ada', '', NULL, '[]', NULL)"),
        )
    engine.dispose()
    return folder


def test_opening_refuses_and_names_the_command(older: Path) -> None:
    for create in (False, True):
        with pytest.raises(WorkspaceError, match="skillmatch migrate") as caught:
            Workspace.open(older, create=create, encoder=NgramEncoder())
        assert caught.value.code == "workspace_older"
    done = migrate_workspace(older)
    assert (done.before, done.after) == ("0005", migrations.REVISION)
    assert migrate_workspace(older).to_json()["migrated"] is False
    with Workspace.open(older, encoder=NgramEncoder()) as workspace:
        assert workspace.people.get("P1").name == "Ada"
        assert workspace.jobs.all().items == ()


def test_a_flag_or_a_setting_asks_for_it(older: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SKILLMATCH_MIGRATE", "yes")
    with pytest.raises(WorkspaceError):
        Workspace.open(older, encoder=NgramEncoder(), migrate=False)
    with Workspace.open(older, encoder=NgramEncoder()) as workspace:
        assert workspace.people.get("P1").name == "Ada"
    with pytest.raises(InputError):
        Settings.read({"SKILLMATCH_MIGRATE": "maybe"})


def test_there_must_be_a_workspace(tmp_path: Path) -> None:
    with pytest.raises(WorkspaceError):
        migrate_workspace(tmp_path)
