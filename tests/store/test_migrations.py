from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, Engine, inspect, text
from sqlalchemy.dialects import postgresql
from sqlalchemy.schema import CreateIndex, CreateTable

from skillmatch.store import migrations
from skillmatch.store.engine import dialect
from skillmatch.store.schema.base import METADATA

STEPS = Path(migrations.__file__).parent


@pytest.fixture
def engine(tmp_path: Path) -> Iterator[Engine]:
    database = tmp_path / "workspace.db"
    dialect.prepare_file(database, 1.0)
    made = dialect.make_engine(database, 1.0, references=False)
    yield made
    made.dispose()


def tables_of(connection: Connection) -> set[str]:
    return set(inspect(connection).get_table_names())


def script() -> ScriptDirectory:
    config = Config()
    config.set_main_option("script_location", str(STEPS))
    return ScriptDirectory.from_config(config)


def test_the_constant_names_the_newest_step_and_the_steps_are_one_numbered_line() -> None:
    assert script().get_current_head() == migrations.REVISION
    line = [step.revision for step in script().walk_revisions()][::-1]
    assert line[:5] == [f"{number:04}" for number in range(1, 6)]
    assert line == sorted(set(line))
    assert all(len(revision) == 4 and revision.isdecimal() for revision in line)


def test_from_empty_the_steps_make_exactly_the_tables_of_the_program(engine: Engine) -> None:
    with engine.begin() as connection:
        migrations.upgrade(connection)
        assert compare_metadata(MigrationContext.configure(connection), METADATA) == []
        assert tables_of(connection) == set(METADATA.tables) | {"alembic_version"}


def test_the_comparison_would_notice_a_forgotten_step(engine: Engine) -> None:
    with engine.begin() as connection:
        migrations.upgrade(connection)
        connection.execute(text("ALTER TABLE people ADD COLUMN shoe_size INTEGER"))
        assert compare_metadata(MigrationContext.configure(connection), METADATA)


def test_every_step_can_be_taken_one_by_one_and_twice(engine: Engine) -> None:
    for step in reversed(list(script().walk_revisions())):
        for _ in range(2):
            with engine.begin() as connection:
                migrations.upgrade(connection, step.revision)
                stored = connection.execute(text("SELECT version_num FROM alembic_version")).scalar_one()
                assert stored == step.revision


def test_an_interrupted_migration_leaves_nothing_behind(engine: Engine) -> None:
    with pytest.raises(KeyboardInterrupt), engine.begin() as connection:
        migrations.upgrade(connection)
        raise KeyboardInterrupt
    with engine.connect() as connection:
        assert tables_of(connection) == set()


def test_the_tables_can_be_said_to_postgresql() -> None:
    spoken = postgresql.dialect()
    for table in METADATA.sorted_tables:
        assert f"CREATE TABLE {table.name}" in str(CreateTable(table).compile(dialect=spoken))
        for index in table.indexes:
            assert "CREATE" in str(CreateIndex(index).compile(dialect=spoken))


def test_names_of_before_are_tidied_so_that_a_workspace_stays_readable(engine: Engine) -> None:
    with engine.begin() as connection:
        migrations.upgrade(connection, "0012")
        added = text(
            "INSERT INTO people (id, external_id, name, unit, languages) VALUES (:id, :id, :name, :unit, '[]')"
        )
        for number, (name, unit) in enumerate(
            [("Ada Berg", "Care"), ("A\u202eda\nBerg", "Ca\u200bre"), ("\u200b", ""), ("M\ufffdller", "a\u2028b")]
        ):
            connection.execute(added, {"id": f"own/{number}", "name": name, "unit": unit})
    with engine.begin() as connection:
        migrations.upgrade(connection)
        stored = connection.execute(text("SELECT name, unit FROM people ORDER BY id")).all()
    assert [tuple(row) for row in stored] == [("Ada Berg", "Care"), ("Ada Berg", "Care"), ("?", ""), ("M?ller", "a b")]
