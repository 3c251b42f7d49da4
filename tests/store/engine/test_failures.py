from __future__ import annotations

import os
import shutil
import sqlite3
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest

from skillmatch.domain.base.errors import WorkspaceError
from skillmatch.store import Failure, Store
from skillmatch.store.engine import dialect

NOBODY = 65_534


@contextmanager
def ordinary_user() -> Iterator[None]:
    """Rights count for nothing with the administrator; be somebody else for a while."""
    if os.geteuid() != 0:
        yield
        return
    os.seteuid(NOBODY)
    try:
        yield
    finally:
        os.seteuid(0)


@pytest.fixture
def open_folder() -> Iterator[Path]:
    """A workspace that other users can reach."""
    parent = Path(tempfile.mkdtemp())
    parent.chmod(0o755)
    folder = parent / "workspace"
    with Store.open(folder, create=True) as store, store.writing() as change:
        change.put_setting("before", True)
    if os.geteuid() == 0:
        for path in (folder, *folder.iterdir()):
            os.chown(path, NOBODY, NOBODY)
    yield folder
    for path in (folder, *folder.iterdir()):
        path.chmod(0o700)
    shutil.rmtree(parent)


@pytest.mark.skipif(sys.platform == "win32", reason="rights are kept differently there")
@pytest.mark.parametrize("which", ["folder", "file", "both"])
def test_a_read_only_workspace_is_refused_and_works_again_afterwards(open_folder: Path, which: str) -> None:
    database = open_folder / "workspace.db"
    if which in ("file", "both"):
        database.chmod(0o400)
    if which in ("folder", "both"):
        open_folder.chmod(0o500)
    with ordinary_user(), pytest.raises(WorkspaceError) as caught:
        Store.open(open_folder)
    assert caught.value.code == Failure.READ_ONLY
    assert "right to write" in caught.value.remedy
    open_folder.chmod(0o700)
    database.chmod(0o600)
    with ordinary_user(), Store.open(open_folder) as store, store.reading() as view:
        assert view.setting("before") is True


@pytest.mark.skipif(sys.platform == "win32", reason="rights are kept differently there")
def test_a_workspace_made_read_only_while_open_fails_at_the_write(open_folder: Path) -> None:
    with ordinary_user(), Store.open(open_folder) as store:
        store._engine.dispose()
        (open_folder / "workspace.db").chmod(0o400)
        with pytest.raises(WorkspaceError) as caught, store.writing() as change:
            change.put_setting("after", True)
    assert caught.value.code == Failure.READ_ONLY


@pytest.mark.skipif(sys.platform == "win32", reason="rights are kept differently there")
def test_a_workspace_cannot_be_created_where_nothing_may_be_written(open_folder: Path) -> None:
    open_folder.chmod(0o500)
    with ordinary_user(), pytest.raises(WorkspaceError) as caught:
        Store.open(open_folder / "new", create=True)
    assert caught.value.code == Failure.READ_ONLY


FILL = """
import resource
from skillmatch.domain.base.errors import WorkspaceError
from skillmatch.domain.people.person import StoredPerson
store = Store.open(folder)
soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
resource.setrlimit(resource.RLIMIT_FSIZE, (400_000, hard))
codes = []
for _ in range(2):
    try:
        with store.writing() as change:
            change.put_people([StoredPerson(f"hr/{number}", "x" * 400) for number in range(5_000)])
    except WorkspaceError as error:
        codes.append((error.code, error.remedy))
with store.reading() as view:
    people, before = len(list(view.people())), view.setting("before")
resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
with store.writing() as change:
    change.put_people([StoredPerson(f"hr/{number}", "x" * 400) for number in range(5_000)])
with store.reading() as view:
    after = len(list(view.people()))
print(json.dumps([codes, people, before, after, store.integrity_check()]))
"""


@pytest.mark.skipif(sys.platform == "win32", reason="no limit on file sizes there")
def test_a_full_disk_undoes_the_write_and_the_same_store_goes_on_when_there_is_room(
    store: Store, folder: Path, child: Callable[..., object]
) -> None:
    with store.writing() as change:
        change.put_setting("before", True)
    output, errors = child(folder, FILL).communicate()
    assert output, errors
    remedy = "Free some space, then try again."
    assert output.strip() == f'[[["workspace_full", "{remedy}"], ["workspace_full", "{remedy}"]], 0, true, 5000, []]'


@pytest.mark.skipif(sys.platform == "win32", reason="an open file cannot be deleted there")
def test_a_workspace_deleted_while_open_is_not_replaced_by_an_empty_one(store: Store, folder: Path) -> None:
    store._engine.dispose()
    shutil.rmtree(folder)
    folder.mkdir()
    with pytest.raises(WorkspaceError) as caught, store.reading():
        pass
    assert caught.value.code == Failure.DISK
    assert list(folder.iterdir()) == []


def full(connection: sqlite3.Connection) -> None:
    connection.execute("PRAGMA max_page_count = 10")
    connection.execute("CREATE TABLE many AS SELECT zeroblob(100000)")


def only_to_read(connection: sqlite3.Connection) -> None:
    connection.execute("PRAGMA query_only = ON")
    connection.execute("CREATE TABLE one (a)")


def a_mistake_of_ours(connection: sqlite3.Connection) -> None:
    connection.execute("SELECT * FROM nothing")


@pytest.mark.parametrize(
    ("cause", "failure"),
    [(full, Failure.FULL), (only_to_read, Failure.READ_ONLY), (a_mistake_of_ours, Failure.OTHER)],
)
def test_each_error_of_the_driver_is_told_apart(
    tmp_path: Path, cause: Callable[[sqlite3.Connection], None], failure: Failure
) -> None:
    with closing(sqlite3.connect(tmp_path / "any.db")) as connection, pytest.raises(sqlite3.Error) as caught:
        cause(connection)
    assert dialect.failure_of(caught.value) is failure
