"""Opening a workspace folder: is it there, is it ours, is it of this version; and driver errors translated."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import Engine, inspect, text

from skillmatch.domain.base.errors import InputError
from skillmatch.store import migrations
from skillmatch.store.engine import dialect
from skillmatch.store.engine.failures import Failure, coded, file_errors, problem

DATABASE = "workspace.db"


@contextmanager
def translated(folder: Path) -> Iterator[None]:
    """Raise what the driver raises inside as a ``WorkspaceError``; a text that no file can hold as ``InputError``.

    Every other exception passes untouched.
    """
    try:
        yield
    except UnicodeEncodeError as error:
        raise InputError("a text holds half of a surrogate pair.", remedy="Save it as UTF-8 again.") from error
    except dialect.DRIVER_ERRORS as error:
        raise problem(dialect.failure_of(error), folder, str(getattr(error, "orig", error))) from error


def open_engine(folder: Path, *, create: bool, migrate: bool, wait: float) -> Engine:
    """An engine for the workspace in ``folder``, whose tables are those of this program.

    Raises ``WorkspaceError``: missing, not ours, newer, older (unless ``migrate``), locked, read-only, full.
    """
    with file_errors(folder):
        _make_ready(folder, create)
    database = folder / DATABASE
    with translated(folder):
        engine = dialect.make_engine(database, wait)
        try:
            stored = _revision(engine, folder)
            if stored != migrations.REVISION:
                _check_known(stored, folder, create=create, migrate=migrate)
            dialect.prepare_file(database, wait)  # always: a copy made by a backup tool may have lost it
            if stored != migrations.REVISION:
                _migrate(database, wait)
        except BaseException:
            engine.dispose()
            raise
    return engine


def _make_ready(folder: Path, create: bool) -> None:
    database = folder / DATABASE
    if create and not folder.exists():
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)  # private: it holds what is known of people
    if not folder.is_dir():
        raise problem(Failure.MISSING, folder, "not a folder" if folder.exists() else "")
    if create:
        with translated(folder):
            dialect.make_file(database)
    if not database.is_file():
        raise problem(Failure.MISSING, folder, f"no {DATABASE} in it")
    if not (_allowed(folder, os.W_OK | os.X_OK) and _allowed(database, os.R_OK | os.W_OK)):
        raise problem(Failure.READ_ONLY, folder)


def _allowed(path: Path, mode: int) -> bool:
    # SQLite would open a file that it may not write, and fail at the first write only.
    return os.access(path, mode, effective_ids=os.access in os.supports_effective_ids)


def _revision(engine: Engine, folder: Path) -> str | None:
    """The schema revision stored in the database; None when it holds no table at all."""
    with engine.connect() as connection:
        tables = inspect(connection)
        if tables.has_table("alembic_version"):
            found = connection.execute(text("SELECT version_num FROM alembic_version")).scalar()
            return str(found)
        if tables.get_table_names():
            raise problem(Failure.FOREIGN, folder)
    return None


def _check_known(stored: str | None, folder: Path, *, create: bool, migrate: bool) -> None:
    ours = migrations.REVISION
    if stored is None:
        if not create:
            raise problem(Failure.MISSING, folder, f"its {DATABASE} is still empty")
    elif not re.fullmatch(r"\d{4}", stored):
        raise problem(Failure.FOREIGN, folder)
    elif stored > ours:
        raise coded(
            Failure.NEWER,
            f"the workspace in '{folder}' has schema {stored}, and this program knows schemas up to {ours}.",
            "Update skillmatch, or open another workspace.",
        )
    elif not migrate:
        raise coded(
            Failure.OLDER,
            f"the workspace in '{folder}' has schema {stored}, and this program needs {ours}.",
            "Back it up with 'skillmatch backup FILE', then run 'skillmatch migrate'.",
        )


def _migrate(database: Path, wait: float) -> None:
    engine = dialect.make_engine(database, wait, references=False)
    try:
        with engine.connect() as connection:
            writer = connection.execution_options(**{dialect.WRITES: True})
            with writer.begin():  # one transaction: a crash or an error leaves the old schema whole
                migrations.upgrade(writer)
    finally:
        engine.dispose()
