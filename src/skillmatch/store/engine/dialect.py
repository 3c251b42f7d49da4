"""Everything that is said to SQLite in its own words: how a file is opened, locked, checked and emptied.

Another database would get a module with the same functions; the rest of the store is common SQL.
"""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import quote

from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.exc import DBAPIError
from sqlalchemy.pool import QueuePool

from skillmatch.store.engine.failures import Failure, problem

WRITES = "skillmatch_writes"
"""The execution option that makes a connection's transaction the one that may write."""

DRIVER_ERRORS = (DBAPIError, sqlite3.Error)
"""What the driver raises, wrapped by SQLAlchemy or not."""

_PRAGMAS = (
    "PRAGMA synchronous = FULL",  # an acknowledged write survives a power cut
    "PRAGMA secure_delete = ON",  # erased people are overwritten, not just forgotten
    "PRAGMA cache_size = -32000",  # 32 MB, so that a large import is not spilled early
    "PRAGMA journal_size_limit = 67108864",  # the write-ahead log shrinks again after a large import
)

_FAILURES: dict[str, Failure] = {
    "SQLITE_BUSY": Failure.LOCKED,
    "SQLITE_LOCKED": Failure.LOCKED,
    "SQLITE_PROTOCOL": Failure.LOCKED,
    "SQLITE_READONLY": Failure.READ_ONLY,
    "SQLITE_PERM": Failure.READ_ONLY,
    "SQLITE_FULL": Failure.FULL,
    "SQLITE_IOERR_WRITE": Failure.FULL,  # how a file-size limit or a quota shows
    "SQLITE_IOERR_SHMSIZE": Failure.FULL,
    "SQLITE_IOERR": Failure.DISK,
    "SQLITE_CANTOPEN": Failure.DISK,
    "SQLITE_CORRUPT": Failure.DAMAGED,
    "SQLITE_NOTADB": Failure.FOREIGN,
}


def make_engine(database: Path, wait: float, *, references: bool = True) -> Engine:
    """An engine for an existing database file that waits at most ``wait`` seconds for a lock.

    With ``references`` False foreign keys are not enforced: migrations rebuild tables, which would cascade.
    """

    def connect() -> sqlite3.Connection:
        # mode=rw: a workspace that was deleted meanwhile is an error, never an empty file in its place.
        connection = sqlite3.connect(
            f"file:{quote(str(database.absolute()))}?mode=rw",
            uri=True,
            timeout=wait,
            isolation_level=None,  # BEGIN is ours to say, below
            check_same_thread=False,
        )
        try:
            connection.execute(f"PRAGMA foreign_keys = {'ON' if references else 'OFF'}")
            for pragma in _PRAGMAS:
                connection.execute(pragma)
        except sqlite3.Error:
            connection.close()
            raise
        return connection

    engine = create_engine("sqlite://", creator=connect, poolclass=QueuePool, pool_size=4, max_overflow=-1)
    event.listen(engine, "begin", _begin)
    return engine


def _begin(connection: Connection) -> None:
    # IMMEDIATE takes the one write lock at once; a transaction that upgrades later can fail halfway instead.
    writes = connection.get_execution_options().get(WRITES, False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")


def make_file(database: Path) -> None:
    """Make an empty database file that only this user may use; one that is there stays as it is.

    SQLite itself makes it. A file that we made and closed could be one which another thread opened meanwhile, and
    whoever closes such a file drops the locks that SQLite holds on it for the whole process.
    """
    if not database.exists():
        with closing(sqlite3.connect(database)):
            database.chmod(0o600)


def prepare_file(database: Path, wait: float) -> None:
    """Put a database file into write-ahead logging, where readers and the writer do not wait for each other.

    Raises ``WorkspaceError`` on file systems that cannot do it (network shares), ``sqlite3`` errors otherwise.
    """
    deadline = time.monotonic() + wait
    with closing(sqlite3.connect(database, timeout=wait, isolation_level=None)) as connection:
        while True:
            try:
                mode = connection.execute("PRAGMA journal_mode = WAL").fetchone()[0]
                break
            except sqlite3.OperationalError as error:
                # SQLite does not wait by itself when two programs create the same workspace at once.
                if _name(error) != "SQLITE_BUSY" or time.monotonic() > deadline:
                    raise
                time.sleep(0.02)
    if mode != "wal":
        raise problem(Failure.DISK, database.parent, "its file system cannot share a database; use a local disk")


def failure_of(error: DBAPIError | sqlite3.Error) -> Failure:
    """Which failure a driver's error stands for."""
    name = _name(error.orig if isinstance(error, DBAPIError) else error)
    primary = "_".join(name.split("_")[:2])
    return _FAILURES.get(name, _FAILURES.get(primary, Failure.OTHER))


def _name(error: Any) -> str:
    return getattr(error, "sqlite_errorname", None) or ""


def problems_in(connection: Connection) -> list[str]:
    """What is wrong with the file, one sentence each; empty when nothing is."""
    try:
        found = [str(row[0]) for row in connection.exec_driver_sql("PRAGMA integrity_check")]
    except DBAPIError as error:
        if failure_of(error) is Failure.DAMAGED:  # too broken even to be listed
            return [str(error.orig)]
        raise
    found = [] if found == ["ok"] else found
    for table, row, parent, _ in connection.exec_driver_sql("PRAGMA foreign_key_check"):
        found.append(f"row {row} of {table} refers to nothing in {parent}")
    return found


def empty_log(engine: Engine, wait: float) -> bool:
    """Move the write-ahead log into the file and cut it; says whether that was possible.

    A reader that still needs the log, or a failing disk, prevents it; what was committed is safe either way.
    """
    with engine.connect() as connection, waiting(connection, 0.0, wait):
        driver: Any = connection.connection.driver_connection
        try:
            busy, *_ = driver.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
            return not busy
        except sqlite3.Error:
            return False


@contextmanager
def waiting(connection: Connection, seconds: float, afterwards: float) -> Iterator[None]:
    """Let a connection wait so long for other writers inside the block, and so long from then on."""
    if seconds == afterwards:
        yield
        return
    driver: Any = connection.connection.driver_connection
    driver.execute(f"PRAGMA busy_timeout = {int(seconds * 1000)}")
    try:
        yield
    finally:
        driver.execute(f"PRAGMA busy_timeout = {int(afterwards * 1000)}")


def rebuild(engine: Engine) -> None:
    """Write the database file anew: what was moved about in it leaves remnants that deleting does not overwrite."""
    with engine.connect() as connection:
        driver: Any = connection.connection.driver_connection
        driver.execute("VACUUM")


def size_of(connection: Connection) -> int:
    """How large the file is, in bytes."""
    pages, bytes_each = (
        connection.exec_driver_sql(f"PRAGMA {what}").scalar_one() for what in ("page_count", "page_size")
    )
    return int(pages) * int(bytes_each)


def image_of(connection: Connection) -> bytes:
    """The bytes of the file, as SQLite reads them; only for small ones."""
    driver: Any = connection.connection.driver_connection
    return bytes(driver.serialize())


def file_format(connection: Connection) -> int:
    """The number that says how the file's tables are laid out; 0 for a new file."""
    return int(connection.exec_driver_sql("PRAGMA user_version").scalar_one())


def set_file_format(connection: Connection, number: int) -> None:
    """Note how the file's tables are laid out."""
    connection.exec_driver_sql(f"PRAGMA user_version = {int(number)}")
