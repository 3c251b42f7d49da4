"""The tables of the audit's own file; its format is a number in the file, not a migration of the workspace."""

from __future__ import annotations

from pathlib import Path

from sqlalchemy import Column, Engine, Integer, LargeBinary, MetaData, Table, Text

from skillmatch.store.engine import dialect
from skillmatch.store.engine.failures import Failure, coded

FORMAT = 1

AUDIT = MetaData()

lines = Table(
    "lines",
    AUDIT,
    Column("seq", Integer, primary_key=True, autoincrement=False),
    Column("at", Text, nullable=False),
    Column("caller", Text, nullable=False),
    Column("action", Text, nullable=False),
    Column("subjects", Text, nullable=False),  # JSON: pseudonyms
    Column("detail", Text, nullable=False),  # JSON
    Column("versions", Text, nullable=False),  # JSON
    Column("snapshot", Text, nullable=False),
    Column("question", Text),  # JSON
    Column("result", Text, nullable=False),
    Column("answer", Text, nullable=False),
    Column("previous", Text, nullable=False),
    Column("hash", Text, nullable=False),
)

answers = Table("answers", AUDIT, Column("hash", Text, primary_key=True), Column("data", LargeBinary, nullable=False))

answer_subjects = Table(
    "answer_subjects",
    AUDIT,
    Column("subject", Text, primary_key=True),
    Column("hash", Text, primary_key=True, index=True),
)

keys = Table(
    "keys",
    AUDIT,
    Column("person_id", Text, primary_key=True),
    Column("key", LargeBinary, nullable=False),
    Column("subject", Text, nullable=False, unique=True),
)

head = Table(
    "head",
    AUDIT,
    Column("number", Integer, primary_key=True, autoincrement=False),  # always 1: there is one
    Column("seq", Integer, nullable=False),
    Column("hash", Text, nullable=False),
)


def make_tables(engine: Engine, folder: Path) -> None:
    """Make the tables in a new file. Raises ``WorkspaceError`` for a file of a newer program."""
    with engine.connect() as connection:
        writer = connection.execution_options(**{dialect.WRITES: True})
        with writer.begin():
            found = dialect.file_format(writer)
            if found > FORMAT:
                raise coded(
                    Failure.NEWER,
                    f"the audit in '{folder}' has format {found}, and this program knows formats up to {FORMAT}.",
                    "Update skillmatch.",
                )
            if found < FORMAT:
                AUDIT.create_all(writer)
                dialect.set_file_format(writer, FORMAT)
