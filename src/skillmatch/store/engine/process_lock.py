"""A turn: which one of several programs may do something; it ends with the program, however that ends."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from skillmatch.store.engine.engine import translated


@contextmanager
def turn(path: Path) -> Iterator[bool]:
    """Whether this is the only one that holds the turn of the file ``path``; held until the block ends.

    It never waits. The lock is SQLite's own on an empty database, which the system lets go of when a process dies.
    """
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    with (
        translated(path.parent),
        closing(sqlite3.connect(path, timeout=0, isolation_level=None, check_same_thread=False)) as connection,
    ):
        try:
            connection.execute("BEGIN EXCLUSIVE")
        except sqlite3.OperationalError as error:
            if error.sqlite_errorname not in ("SQLITE_BUSY", "SQLITE_LOCKED"):
                raise
            yield False
            return
        yield True
