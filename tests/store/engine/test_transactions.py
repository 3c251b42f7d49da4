from __future__ import annotations

import sqlite3
import threading
from collections.abc import Callable
from contextlib import closing
from datetime import date
from pathlib import Path

import pytest

from skillmatch.domain.base.errors import InputError, WorkspaceError
from skillmatch.domain.catalogue.credential import Credential, Outcome
from skillmatch.domain.people.person import Evidence, EvidenceSource, StoredPerson
from skillmatch.store import Failure, Kind, Store

ANNA = StoredPerson("hr/1", "Anna")
BAKING = Credential("own/baking", "Baking", outcomes=(Outcome("bread", 3),))
SAID = Evidence("bread", 2, EvidenceSource.SELF, date(2026, 1, 1))


def revisions(store: Store) -> tuple[int, int]:
    with store.reading() as view:
        return view.revision(), view.snapshot_revision()


def test_an_error_in_the_block_undoes_all_of_it(store: Store) -> None:
    with pytest.raises(RuntimeError), store.writing() as change:
        change.put_people([ANNA])
        change.put_credentials([BAKING])
        raise RuntimeError
    with store.reading() as view:
        assert list(view.people()) == []
        assert view.catalogue().credentials == {}
        assert view.revision() == 0


def test_a_change_sees_what_it_wrote_and_nobody_else_does(store: Store) -> None:
    with store.writing() as change:
        change.put_people([ANNA])
        assert change.person("hr/1") == ANNA
        with store.reading() as view:
            assert view.counts()[Kind.PERSON] == 0
    with store.reading() as view:
        assert view.counts()[Kind.PERSON] == 1


def test_revisions_count_transactions_that_changed_something(store: Store) -> None:
    assert revisions(store) == (0, 0)
    with store.writing() as change:
        change.put_credentials([BAKING])
        change.put_people([ANNA])
        change.put_setting("as_of", "2026-01-01")
    assert revisions(store) == (1, 1)
    with store.writing() as change:  # all of it is there already
        change.put_credentials([BAKING])
        change.put_people([ANNA])
        change.put_setting("as_of", "2026-01-01")
    assert revisions(store) == (1, 1)
    with store.writing() as change:
        change.add_evidence([("hr/1", SAID)])
    assert revisions(store) == (2, 1), "people are no part of a snapshot"
    with store.writing() as change:
        change.put_blob("index", b"derived")
    assert revisions(store) == (2, 1), "a cache is no change"
    with store.writing() as change:
        change.remove(Kind.CREDENTIAL, BAKING.id)
    assert revisions(store) == (3, 2)
    with store.writing() as change:
        change.remove(Kind.PERSON, ANNA.id)
    assert revisions(store) == (4, 2)


def test_a_reader_in_another_process_keeps_its_state_while_a_write_commits(
    store: Store, folder: Path, child: Callable[..., object]
) -> None:
    with store.writing() as change:
        change.put_people([ANNA])
    reader = child(
        folder,
        "with Store.open(folder) as store:\n"
        "    with store.reading() as view:\n"
        "        for _ in range(2):\n"
        "            sys.stdin.readline()\n"
        "            print(view.revision(), [person.name for person in view.people()], flush=True)\n"
        "        sys.stdin.readline()\n"
        "    with store.reading() as view:\n"
        "        print(view.revision(), [person.name for person in view.people()], flush=True)\n",
    )

    def answer() -> str:
        reader.stdin.write("\n")
        reader.stdin.flush()
        return str(reader.stdout.readline()).strip()

    assert answer() == "1 ['Anna']"
    with store.writing() as change:
        change.put_people([StoredPerson("hr/1", "Anne"), StoredPerson("hr/2", "Ben")])
    assert answer() == "1 ['Anna']"
    assert answer() == "2 ['Anne', 'Ben']"


def test_a_view_is_fixed_when_it_opens_not_when_it_first_reads(store: Store) -> None:
    with store.reading() as view:
        with store.writing() as change:
            change.put_people([ANNA])
        assert list(view.people()) == []


def test_reading_does_not_wait_for_a_writer(store: Store) -> None:
    with store.writing() as change:
        change.put_setting("a", 1)
        with store.reading() as view:
            assert view.setting("a") is None


def test_a_writer_gives_up_when_another_program_keeps_the_lock(folder: Path) -> None:
    with Store.open(folder, create=True, wait=0.2) as store:
        with closing(sqlite3.connect(folder / "workspace.db", isolation_level=None)) as other:
            other.execute("BEGIN IMMEDIATE")
            with pytest.raises(WorkspaceError) as caught, store.writing():
                pass
            other.execute("ROLLBACK")
        assert caught.value.code == Failure.LOCKED
        with store.writing() as change:
            change.put_setting("a", 1)


def test_a_write_inside_a_write_gives_up_instead_of_hanging(folder: Path) -> None:
    with Store.open(folder, create=True, wait=0.1) as store:
        with pytest.raises(WorkspaceError) as caught, store.writing(), store.writing():
            pass
        assert caught.value.code == Failure.LOCKED
        with store.writing() as change:
            change.put_setting("a", 1)


def test_thirty_two_writers_on_one_value_lose_no_step(store: Store) -> None:
    def count() -> None:
        for _ in range(5):
            with store.writing() as change:
                change.put_setting("count", change.setting("count", 0) + 1)

    threads = [threading.Thread(target=count) for _ in range(32)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    with store.reading() as view:
        assert view.setting("count") == 160
        assert view.revision() == 160


@pytest.mark.parametrize("text", ["\ud800", "half \udfff"])
def test_text_that_no_file_can_hold_is_the_givers_fault(store: Store, text: str) -> None:
    with pytest.raises(InputError) as caught, store.writing() as change:
        change.put_credentials([Credential("own/1", "Baking", issuer=text)])
    assert caught.value.place.field == "issuer"
    with pytest.raises(InputError), store.reading() as view:
        view.person(text)
    assert revisions(store) == (0, 0)


def test_a_number_that_no_column_can_hold_is_the_givers_fault(store: Store) -> None:
    with pytest.raises(InputError) as caught, store.writing() as change:
        change.put_credentials([Credential("own/1", "Baking", rating_count=10**30)])
    assert caught.value.place.field == "rating_count"
