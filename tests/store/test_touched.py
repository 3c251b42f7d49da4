"""When something about a person was last changed: stamped by every write that changes something, and by no other."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta, timezone
from pathlib import Path

import pytest

from skillmatch.domain.people.dispute import Dispute
from skillmatch.domain.people.person import Award, AwardState, Evidence, EvidenceSource, StoredPerson
from skillmatch.store import Change, Store, Upserted

DAY = date(2026, 1, 1)
SAID = Evidence("bake", 2.5, EvidenceSource.SELF, DAY)
HELD = Award("own/bread", AwardState.HELD, DAY)
PEOPLE = [
    StoredPerson("hr/1", "Anna", evidence=(SAID,), awards=(HELD,)),
    StoredPerson("hr/2", "Ben"),
    StoredPerson("hr/3", "Cleo"),
]


class Clock:
    """Stands until it is moved; its hands are in another time zone than what is stored."""

    def __init__(self) -> None:
        self.now = datetime(2026, 3, 1, 12, tzinfo=timezone(timedelta(hours=5)))

    def __call__(self) -> datetime:
        return self.now

    def tick(self) -> str:
        self.now += timedelta(hours=1)
        return self.now.astimezone(UTC).isoformat()


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def store(folder: Path, clock: Clock) -> Iterator[Store]:
    with Store.open(folder, create=True, wait=5.0, clock=clock) as opened:
        with opened.writing() as change:
            change.put_people(PEOPLE)
        yield opened


def since(store: Store, moment: str) -> list[str]:
    with store.reading() as view:
        return [person.id for person in view.people_after("", 10, since=moment)]


def test_every_way_to_change_something_is_stamped(store: Store, clock: Clock) -> None:
    ways: tuple[Callable[[Change], object], ...] = (
        lambda change: change.put_people([replace(PEOPLE[0], unit="Shop")]),
        lambda change: change.put_people([replace(PEOPLE[0], unit="Shop", evidence=(replace(SAID, level=1),))]),
        lambda change: change.add_evidence([("hr/1", replace(SAID, level=3))]),
        lambda change: change.replace_evidence("hr/1", [replace(SAID, level=3)]),
        lambda change: change.replace_evidence("hr/1", []),
        lambda change: change.put_awards([("hr/1", replace(HELD, state=AwardState.REVOKED))]),
        lambda change: change.put_disputes([Dispute("own/d", "hr/1", DAY, "no", skill_id="bake")]),
    )
    assert since(store, "2026-03-01T07:00:00+00:00") == ["hr/1", "hr/2", "hr/3"]
    for way in ways:
        moment = clock.tick()
        assert since(store, moment) == []
        with store.writing() as change:
            way(change)
        assert since(store, moment) == ["hr/1"]


def test_what_changes_nothing_is_not_stamped_and_rewrites_no_row(store: Store, clock: Clock) -> None:
    moment = clock.tick()
    with store.writing() as change:
        assert change.put_people(PEOPLE) == Upserted(0, 0, 3)
        assert change.add_evidence([("hr/1", SAID)]) == Upserted(0, 0, 1)
        assert change.put_awards([("hr/1", HELD)]) == Upserted(0, 0, 1)
        assert change.replace_evidence("hr/1", [SAID]) == Upserted(0, 0, 1)
    assert since(store, moment) == []


def test_a_transaction_that_fails_stamps_nobody(store: Store, clock: Clock) -> None:
    moment = clock.tick()
    with pytest.raises(KeyError), store.writing() as change:
        change.put_people([replace(PEOPLE[1], name="Bob")])
        raise KeyError
    assert since(store, moment) == []


def test_the_stamp_is_of_the_end_of_a_transaction(store: Store, clock: Clock) -> None:
    with store.writing() as change:
        change.put_people([replace(PEOPLE[1], name="Bob")])
        moment = clock.tick()
    assert since(store, moment) == ["hr/2"]


def test_people_of_whom_nobody_knows_come_always(store: Store, clock: Clock) -> None:
    with sqlite3.connect(store.folder / "workspace.db") as connection:
        connection.execute("UPDATE people SET touched = NULL WHERE id = 'hr/2'")
    connection.close()
    moment = clock.tick()
    assert since(store, moment) == ["hr/2"]
    with store.writing() as change:
        change.put_people([replace(PEOPLE[1], name="Bob")])
    assert since(store, clock.tick()) == []


def test_pages_go_on_behind_the_last_id(store: Store) -> None:
    with store.reading() as view:
        first = view.people_after("", 2, since="2026")
        rest = view.people_after(first[-1].id, 2, since="2026")
    assert [person.id for person in (*first, *rest)] == ["hr/1", "hr/2", "hr/3"]
