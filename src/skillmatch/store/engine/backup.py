"""Copying a database that is in use, whole and consistent, and checking a copy."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

from skillmatch.store.engine.engine import translated
from skillmatch.store.engine.failures import Failure, coded, file_errors

PAGES = 4_096
"""Pages copied at a time; a copy that writers overtake begins again, so it goes on in large steps."""


def copy_database(source: Path, target: Path) -> None:
    """Copy a database as it is at one moment, while others go on reading and writing; ``target`` must not exist.

    Raises ``WorkspaceError``, also when the copy is not sound.
    """
    with file_errors(target.parent):
        target.touch(mode=0o600, exist_ok=False)
    with (
        translated(source.parent),
        closing(sqlite3.connect(source, timeout=30)) as live,
        closing(sqlite3.connect(target)) as copy,
    ):
        # One read transaction around it: what is committed meanwhile belongs to the next backup.
        live.execute("BEGIN")
        live.execute("SELECT count(*) FROM sqlite_master").fetchone()
        live.backup(copy, pages=PAGES)
        live.execute("ROLLBACK")
        copy.execute("PRAGMA journal_mode = DELETE")  # one file, nothing beside it
    check_database(target)


def check_database(path: Path) -> str:
    """Raise ``WorkspaceError`` unless a database file is sound; returns its schema's revision ("" for none)."""
    with translated(path.parent), closing(sqlite3.connect(path)) as connection:
        found = [str(row[0]) for row in connection.execute("PRAGMA integrity_check")]
        if found != ["ok"]:
            raise coded(Failure.DAMAGED, f"'{path.name}' is damaged: {found[0]}", "Use another backup.")
        named = connection.execute("SELECT name FROM sqlite_master WHERE name = 'alembic_version'").fetchone()
        if named is None:
            return ""
        return str(connection.execute("SELECT version_num FROM alembic_version").fetchone()[0])


def in_use(path: Path) -> bool:
    """Whether another program has a database open."""
    if not path.exists():
        return False
    with translated(path.parent), closing(sqlite3.connect(path, timeout=0, isolation_level=None)) as connection:
        try:
            mode = connection.execute("PRAGMA journal_mode = DELETE").fetchone()[0]  # needs the file for itself
            return str(mode) != "delete"
        except sqlite3.OperationalError as error:
            if error.sqlite_errorname in ("SQLITE_BUSY", "SQLITE_LOCKED"):
                return True
            raise
