"""The overlay and the feedback in the store: logs that only grow, whole or not at all."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from datetime import date
from pathlib import Path

import pytest

from skillmatch.domain.base.errors import ConflictError
from skillmatch.domain.skills.feedback import Context, Decision, FeedbackEntry, Verdict
from skillmatch.domain.skills.overlay import OverlayChange, OverlayEntry
from skillmatch.store import Store, migrations
from skillmatch.store.engine import dialect

DAY = date(2026, 3, 1)
CHANGES = (OverlayChange.add("Bees", broader=["a", "b"]), OverlayChange.merge("a", "b"), OverlayChange.withdraw(1))
ENTRIES = [OverlayEntry(number, change, "Ada", DAY, "why") for number, change in enumerate(CHANGES, start=1)]
DECISIONS = [
    FeedbackEntry(1, Decision(Verdict.PIN, "a text", "a", Context.EVIDENCE), "Ada", DAY, "why"),
    FeedbackEntry(2, Decision(Verdict.BLOCK, "a text"), "Ben", DAY),
]


def test_entries_come_back_in_their_order_and_count_as_changes(store: Store) -> None:
    with store.writing() as change:
        change.append_overlay(ENTRIES)
        change.append_feedback(DECISIONS)
    with store.reading() as view:
        assert (view.overlay(), view.feedback()) == (tuple(ENTRIES), tuple(DECISIONS))
        assert view.snapshot_revision() == view.revision() == 1


def test_a_slower_writer_is_told(store: Store) -> None:
    with store.writing() as change:
        change.append_overlay(ENTRIES[:1])
        change.append_feedback(DECISIONS[:1])
    with pytest.raises(ConflictError), store.writing() as change:
        change.append_overlay(ENTRIES[:1])
    with pytest.raises(ConflictError), store.writing() as change:
        change.append_feedback(DECISIONS[:1])


def test_what_is_broken_off_leaves_nothing(store: Store) -> None:
    with pytest.raises(KeyboardInterrupt), store.writing() as change:
        change.append_overlay(ENTRIES)
        change.append_feedback(DECISIONS)
        raise KeyboardInterrupt
    with store.reading() as view:
        assert (view.overlay(), view.feedback(), view.revision()) == ((), (), 0)


def test_a_writer_that_is_killed_leaves_whole_batches(folder: Path, child: object) -> None:
    Store.open(folder, create=True).close()
    code = """
from datetime import date
from skillmatch.domain.skills.feedback import *
with Store.open(folder) as store:
    for batch in range(10_000):
        with store.writing() as change:
            change.append_feedback([
                FeedbackEntry(batch * 50 + n + 1, Decision(Verdict.ACCEPT, f"text {n}", "a"), "Ada", date(2026, 1, 1))
                for n in range(50)
            ])
        print(batch, flush=True)
"""
    writer = child(folder, code)  # type: ignore[operator]
    told = [writer.stdout.readline() for _ in range(5)]
    writer.kill()
    told += writer.communicate()[0].splitlines()
    with Store.open(folder) as store, store.reading() as view:
        assert store.integrity_check() == []
        kept = len(view.feedback())
        assert kept % 50 == 0
        assert kept >= 50 * 5


@pytest.fixture
def old(folder: Path) -> Iterator[Path]:
    """A workspace as the first version made it."""
    folder.mkdir()
    database = folder / "workspace.db"
    dialect.prepare_file(database, 1.0)
    engine = dialect.make_engine(database, 1.0, references=False)
    with engine.begin() as connection:
        migrations.upgrade(connection, "0001")
    engine.dispose()
    with closing(sqlite3.connect(database)) as connection:
        connection.execute("INSERT INTO settings VALUES ('as_of', '\"2026-03-01\"')")
        connection.commit()
    yield folder


def test_an_older_workspace_gets_the_logs_and_keeps_the_rest(old: Path) -> None:
    with Store.open(old) as store:
        with store.writing() as change:
            change.append_overlay(ENTRIES)
        with store.reading() as view:
            assert view.setting("as_of") == "2026-03-01"
            assert (view.overlay(), view.feedback()) == (tuple(ENTRIES), ())
