from __future__ import annotations

import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from skillmatch.domain.base.errors import WorkspaceError
from skillmatch.store import Failure, Store
from skillmatch.store.migrations import REVISION


def refusal(folder: Path, **options: bool) -> WorkspaceError:
    with pytest.raises(WorkspaceError) as caught:
        Store.open(folder, wait=0.2, **options)
    assert caught.value.remedy
    assert str(folder) in str(caught.value) or "\x00" in str(folder)
    return caught.value


def sql(folder: Path, *statements: str) -> None:
    with closing(sqlite3.connect(folder / "workspace.db")) as connection:
        for statement in statements:
            connection.execute(statement)
        connection.commit()


def made(folder: Path) -> Path:
    Store.open(folder, create=True).close()
    return folder


def test_what_is_created_can_be_opened_again_with_what_was_written(folder: Path) -> None:
    with Store.open(folder, create=True) as store, store.writing() as change:
        change.put_setting("as_of", "2026-03-01")
    for create in (False, True):
        with Store.open(folder, create=create) as store, store.reading() as view:
            assert view.setting("as_of") == "2026-03-01"


def test_a_new_workspace_is_private_and_logs_ahead(folder: Path) -> None:
    made(folder)
    assert folder.stat().st_mode & 0o077 == 0
    assert (folder / "workspace.db").stat().st_mode & 0o077 == 0
    with closing(sqlite3.connect(folder / "workspace.db")) as connection:
        assert connection.execute("PRAGMA journal_mode").fetchone() == ("wal",)


def test_a_copy_that_lost_its_log_ahead_gets_it_back(folder: Path) -> None:
    sql(made(folder), "PRAGMA journal_mode = DELETE")
    Store.open(folder).close()
    with closing(sqlite3.connect(folder / "workspace.db")) as connection:
        assert connection.execute("PRAGMA journal_mode").fetchone() == ("wal",)


def missing(folder: Path) -> None:
    pass


def without_database(folder: Path) -> None:
    folder.mkdir()


def a_file(folder: Path) -> None:
    folder.write_text("not a folder")


def an_interrupted_creation(folder: Path) -> None:
    folder.mkdir()
    (folder / "workspace.db").touch()


@pytest.mark.parametrize("prepare", [missing, without_database, a_file, an_interrupted_creation])
def test_no_workspace_is_never_created_unasked(folder: Path, prepare: Callable[[Path], None]) -> None:
    prepare(folder)
    assert refusal(folder).code == Failure.MISSING
    if prepare is not a_file:
        assert not folder.exists() or sum(file.stat().st_size for file in folder.iterdir()) == 0
        Store.open(folder, create=True).close()


def test_a_path_that_cannot_exist_is_refused() -> None:
    assert refusal(Path("no\x00where")).code == Failure.MISSING
    assert refusal(Path("no\x00where"), create=True).code == Failure.MISSING


def of_someone_else(folder: Path) -> None:
    folder.mkdir()
    sql(folder, "CREATE TABLE songs (title TEXT)")


def of_another_program_with_alembic(folder: Path) -> None:
    folder.mkdir()
    sql(folder, "CREATE TABLE alembic_version (version_num TEXT)", "INSERT INTO alembic_version VALUES ('ab12cd34')")


def not_a_database(folder: Path) -> None:
    folder.mkdir()
    (folder / "workspace.db").write_bytes(b"title,artist\n" * 1000)


@pytest.mark.parametrize("prepare", [of_someone_else, of_another_program_with_alembic, not_a_database])
@pytest.mark.parametrize("create", [False, True])
def test_what_is_not_ours_is_refused_and_left_as_it_is(
    folder: Path, prepare: Callable[[Path], None], create: bool
) -> None:
    prepare(folder)
    before = (folder / "workspace.db").read_bytes()
    assert refusal(folder, create=create).code == Failure.FOREIGN
    assert (folder / "workspace.db").read_bytes() == before


def test_a_newer_workspace_names_both_revisions(folder: Path) -> None:
    sql(made(folder), "UPDATE alembic_version SET version_num = '9999'")
    error = refusal(folder)
    assert error.code == Failure.NEWER
    assert "9999" in error.message and REVISION in error.message and "Update skillmatch" in error.remedy


def test_an_older_workspace_is_left_alone_when_migration_is_not_wanted(folder: Path) -> None:
    sql(made(folder), "UPDATE alembic_version SET version_num = '0000'")
    error = refusal(folder, migrate=False)
    assert error.code == Failure.OLDER
    assert "0000" in error.message and REVISION in error.message


def test_a_workspace_locked_by_another_program(folder: Path) -> None:
    made(folder)
    with closing(sqlite3.connect(folder / "workspace.db", isolation_level=None)) as other:
        other.execute("PRAGMA locking_mode = EXCLUSIVE")
        other.execute("BEGIN EXCLUSIVE")
        other.execute("INSERT INTO settings VALUES ('a', '1')")
        assert refusal(folder).code == Failure.LOCKED


def test_a_damaged_file_is_told_by_the_check_and_by_reading(folder: Path) -> None:
    with Store.open(folder, create=True) as store:
        assert store.integrity_check() == []
        with store.writing() as change:
            for number in range(200):
                change.put_setting(f"key {number}", "x" * 500)
    database = folder / "workspace.db"
    content = bytearray(database.read_bytes())
    with closing(sqlite3.connect(database)) as connection:
        page = connection.execute("SELECT rootpage FROM sqlite_schema WHERE name = 'settings'").fetchone()[0]
    content[(page - 1) * 4096 : page * 4096] = b"\xff" * 4096
    database.write_bytes(content)
    with Store.open(folder) as store:
        assert store.integrity_check()
        with pytest.raises(WorkspaceError) as caught, store.reading() as view:
            view.setting("key 7")
    assert caught.value.code == Failure.DAMAGED
    assert "backup" in caught.value.remedy


def test_a_broken_row_is_damage_not_the_readers_input(folder: Path) -> None:
    sql(
        made(folder),
        "INSERT INTO roles (id, external_id, title, description, requirements) VALUES ('own/1', '1', 'Cook', '', '[[')",
    )
    with Store.open(folder) as store, store.reading() as view, pytest.raises(WorkspaceError, match="broken role"):
        view.role("own/1")


def test_a_closed_store_says_so(folder: Path) -> None:
    store = Store.open(folder, create=True)
    store.close()
    with pytest.raises(WorkspaceError) as caught, store.reading():
        pass
    assert caught.value.code == Failure.CLOSED


def test_an_up_to_date_workspace_opens_without_loading_alembic(folder: Path, child: Callable[..., object]) -> None:
    made(folder)
    process = child(folder, "Store.open(folder).close(); print('alembic' in sys.modules)")
    assert process.communicate()[0].strip() == "False"


def test_several_programs_may_create_the_same_workspace_at_once(folder: Path, child: Callable[..., object]) -> None:
    code = (
        "print('ready', flush=True); sys.stdin.readline()\n"
        "with Store.open(folder, create=True) as store, store.writing() as change:\n"
        "    change.put_setting(sys.argv[2], 1)"
    )
    processes = [child(folder, code, f"program {number}") for number in range(4)]
    for process in processes:
        assert process.stdout.readline() == "ready\n"
    for process in processes:
        process.stdin.write("go\n")
        process.stdin.flush()
    for process in processes:
        _, errors = process.communicate()
        assert process.returncode == 0, errors
    with Store.open(folder) as store, store.reading() as view:
        assert [view.setting(f"program {number}") for number in range(4)] == [1, 1, 1, 1]
        assert view.revision() == 4
