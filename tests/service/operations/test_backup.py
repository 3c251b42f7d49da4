"""A backup of a workspace in use is whole; restoring gives the same answers, and a changed backup is refused."""

from __future__ import annotations

import threading
import time
import zipfile
from pathlib import Path

import pytest
from tests.service.audit.test_audit import served
from tests.service.conftest import NOW

from skillmatch.domain.base.errors import ConflictError, InputError, WorkspaceError
from skillmatch.matching.encoders.ngram_encoder import NgramEncoder
from skillmatch.service.operations.backup import make_backup, restore_backup
from skillmatch.service.workspace import Workspace


def opened(folder: Path) -> Workspace:
    return Workspace.open(folder, encoder=NgramEncoder(), clock=lambda: NOW)


def test_a_restored_workspace_gives_the_same_answers(full: Workspace, tmp_path: Path) -> None:
    served(full)
    before = full.recommend("P1", "R1").to_json()
    made = make_backup(full.folder, tmp_path / "one.backup", NOW)
    assert (set(made.files), made.made) == ({"workspace.db", "audit.db"}, NOW.isoformat())
    assert oct((tmp_path / "one.backup").stat().st_mode & 0o777) == "0o600"
    assert restore_backup(tmp_path / "one.backup", tmp_path / "again") == made
    with opened(tmp_path / "again") as again:
        assert again.recommend("P1", "R1").to_json() == before
        assert again.audit.verify() == full.audit.verify()
        assert again._context.store.integrity_check() == []
        again.claims.submit("P1", skill="Teamwork", level=1, text="It can be written.")
    assert {path.name for path in tmp_path.iterdir()} == {
        "taxonomy",
        "organisation",
        "workspace",
        "one.backup",
        "again",
    }


def test_writers_go_on_meanwhile_and_the_copy_is_one_moment(full: Workspace, tmp_path: Path) -> None:
    over = threading.Event()
    written: list[int] = []

    def write() -> None:
        path = tmp_path / "pair.csv"
        while not over.is_set():
            number = len(written)
            path.write_text(f"id,name\nA{number},One\nB{number},Other\n")
            full.people.import_from(path)
            written.append(number)

    thread = threading.Thread(target=write)
    thread.start()
    try:
        while len(written) < 3:
            time.sleep(0.01)
        for number in range(4):
            make_backup(full.folder, tmp_path / f"{number}.backup", NOW)
    finally:
        over.set()
        thread.join()
    for number in range(4):
        restore_backup(tmp_path / f"{number}.backup", tmp_path / f"again-{number}")
        with opened(tmp_path / f"again-{number}") as again:
            ids = {person.id for person in again.people.all()}
            assert {one[5:] for one in ids if "/A" in one} == {one[5:] for one in ids if "/B" in one}
            assert len(ids) >= 8


def test_what_is_there_is_not_overwritten_unless_told(full: Workspace, tmp_path: Path) -> None:
    backup = tmp_path / "one.backup"
    make_backup(full.folder, backup, NOW)
    with pytest.raises(ConflictError, match="already"):
        make_backup(full.folder, backup, NOW)
    full.claims.submit("P1", skill="Teamwork", level=1, text="Later than the backup.")
    for overwrite in (False, True):  # it is open
        with pytest.raises(ConflictError):
            restore_backup(backup, full.folder, overwrite=overwrite)
    folder = full.folder
    full.close()
    with pytest.raises(ConflictError, match="overwrite"):
        restore_backup(backup, folder)
    restore_backup(backup, folder, overwrite=True)
    with opened(folder) as again:
        assert again.claims.all().lines == ()
    (tmp_path / "other").mkdir()
    (tmp_path / "other" / "letter.txt").write_text("dear")
    with pytest.raises(ConflictError):
        restore_backup(backup, tmp_path / "other")


def test_a_changed_backup_is_refused_and_nothing_is_touched(full: Workspace, tmp_path: Path) -> None:
    backup = tmp_path / "one.backup"
    make_backup(full.folder, backup, NOW)
    content = backup.read_bytes()
    changed = tmp_path / "changed.backup"
    for place in (200, len(content) // 3, len(content) // 2):
        changed.write_bytes(content[:place] + bytes([content[place] ^ 1]) + content[place + 1 :])
        with pytest.raises((InputError, WorkspaceError)):
            restore_backup(changed, tmp_path / "again")
    changed.write_bytes(content[: len(content) // 2])
    with pytest.raises(InputError):
        restore_backup(changed, tmp_path / "again")
    with zipfile.ZipFile(backup) as good, zipfile.ZipFile(changed, "w") as bad:  # a zip that is sound in itself
        for name in good.namelist():
            bad.writestr(name, good.read(name) + (b"x" if name == "workspace.db" else b""))
    with pytest.raises(InputError, match="changed"):
        restore_backup(changed, tmp_path / "again")
    with zipfile.ZipFile(changed, "w") as bad:
        bad.writestr("letter.txt", "dear")
    with pytest.raises(InputError, match="no backup"):
        restore_backup(changed, tmp_path / "again")
    changed.write_text("dear")
    with pytest.raises(InputError):
        restore_backup(changed, tmp_path / "again")
    with pytest.raises(InputError):
        restore_backup(tmp_path / "none.backup", tmp_path / "again")
    with pytest.raises(WorkspaceError):
        make_backup(tmp_path / "nowhere", tmp_path / "two.backup", NOW)
    assert not (tmp_path / "again").exists()
    assert not [path for path in tmp_path.iterdir() if path.name.startswith(".")]


def test_other_files_travel_along_but_no_working_ones(full: Workspace, tmp_path: Path) -> None:
    (full.folder / "encoder" / "w1").mkdir(parents=True)
    (full.folder / "encoder" / "w1" / "weights.bin").write_bytes(b"\x00\x01")
    full.jobs.run_next()
    made = make_backup(full.folder, tmp_path / "one.backup", NOW)
    assert set(made.files) == {"workspace.db", "encoder/w1/weights.bin"}
    restore_backup(tmp_path / "one.backup", tmp_path / "again")
    assert (tmp_path / "again" / "encoder" / "w1" / "weights.bin").read_bytes() == b"\x00\x01"
