from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import fields, replace
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as some

from skillmatch.domain.base.errors import NotFoundError
from skillmatch.domain.people.person import Award, AwardState, Evidence, EvidenceSource, StoredPerson
from skillmatch.store import Kind, Store, Upserted

DAY = date(2026, 1, 1)
TESTED = Evidence("bake", 4, EvidenceSource.ASSESSMENT, DAY, 0.9, date(2028, 1, 1), "exam 12")
SAID = Evidence("bake", 2.5, EvidenceSource.SELF, DAY)
SELLS = Evidence("sell", 1, EvidenceSource.PEER, DAY)
HELD = Award("own/bread", AwardState.HELD, DAY, date(2029, 1, 1))
BEGUN = Award("own/cake", AwardState.IN_PROGRESS, DAY)
ANNA = StoredPerson("hr/1", "Anna", "Bakery", "hr/baker", ("de", "en"), 4.5, (TESTED, SAID, SELLS), (HELD, BEGUN))
BEN = StoredPerson("hr/2", "Ben", "Shop")
CLEO = StoredPerson("hr/3", "Cleo", "Bakery")
DAVE = StoredPerson("hr/4", "Dave")


@contextmanager
def own_copy(folder: Path) -> Iterator[Store]:
    """A store for one example."""
    with tempfile.TemporaryDirectory() as name, Store.open(shutil.copytree(folder, Path(name) / "copy")) as store:
        yield store


@pytest.fixture
def staffed(store: Store) -> Store:
    with store.writing() as change:
        assert change.put_people([DAVE, CLEO, ANNA, BEN]) == Upserted(4, 0, 0)
    return store


def anna(store: Store) -> StoredPerson:
    with store.reading() as view:
        return view.person("hr/1")


def test_every_field_comes_back(staffed: Store) -> None:
    for example, kind in ((ANNA, StoredPerson), (TESTED, Evidence), (HELD, Award)):
        unset = {field.name for field in fields(kind) if getattr(example, field.name) == field.default}
        unset -= {"rulings"}  # they come from disputes, see test_disputes.py of the service
        assert unset == set(), "the example must fill every field, so that none can be forgotten"
    assert anna(staffed) == ANNA
    with staffed.reading() as view:
        assert list(view.people()) == [ANNA, BEN, CLEO, DAVE]


@pytest.mark.parametrize(
    "changed",
    [
        replace(ANNA, name="Anne"),
        replace(ANNA, unit=""),
        replace(ANNA, role_id=None),
        replace(ANNA, languages=("en", "de")),
        replace(ANNA, hours_per_week=None),
    ],
)
def test_fields_are_replaced(staffed: Store, changed: StoredPerson) -> None:
    with staffed.writing() as change:
        assert change.put_people([changed, BEN]) == Upserted(0, 1, 1)
    assert anna(staffed) == changed


def test_a_file_of_people_without_evidence_takes_none_away(staffed: Store) -> None:
    with staffed.writing() as change:
        assert change.put_people([replace(ANNA, evidence=(), awards=())]) == Upserted(0, 0, 1)
    assert anna(staffed) == ANNA


def test_evidence_that_a_person_carries_makes_the_person_changed(staffed: Store) -> None:
    more = replace(SAID, on=date(2026, 2, 1))
    with staffed.writing() as change:
        assert change.put_people([replace(BEN, evidence=(more,)), ANNA]) == Upserted(0, 1, 1)
        assert change.person("hr/2").evidence == (more,)


def test_the_same_statement_is_kept_once(staffed: Store) -> None:
    later = replace(SAID, on=date(2026, 2, 1))
    with staffed.writing() as change:
        assert change.add_evidence([("hr/1", SAID), ("hr/1", later), ("hr/1", later)]) == Upserted(1, 0, 2)
        assert change.add_evidence([("hr/1", replace(SAID, level=2.5)), ("hr/2", SAID)]) == Upserted(1, 0, 1)
    assert anna(staffed).evidence == (TESTED, SAID, later, SELLS)


@pytest.mark.parametrize(
    "other",
    [
        replace(TESTED, skill_id="baking"),
        replace(TESTED, level=4.5),
        replace(TESTED, source=EvidenceSource.MANAGER),
        replace(TESTED, on=date(2026, 1, 2)),
        replace(TESTED, confidence=0.8),
        replace(TESTED, expires=None),
        replace(TESTED, note="exam 13"),
    ],
)
def test_a_statement_that_differs_in_any_field_is_another_one(staffed: Store, other: Evidence) -> None:
    with staffed.writing() as change:
        assert change.add_evidence([("hr/1", other)]) == Upserted(1, 0, 0)
        assert set(change.person("hr/1").evidence) == {TESTED, SAID, SELLS, other}


def test_replacing_evidence_corrects_one_person_only(staffed: Store) -> None:
    corrected = replace(SAID, level=3)
    with staffed.writing() as change:
        change.add_evidence([("hr/2", SAID)])
        assert change.replace_evidence("hr/1", [TESTED, corrected]) == Upserted(1, 0, 1)
        assert change.person("hr/1").evidence == (TESTED, corrected)
        assert change.person("hr/2").evidence == (SAID,)
        change.replace_evidence("hr/1", [])
        assert change.person("hr/1") == replace(ANNA, evidence=())
    before = revision(staffed)
    with staffed.writing() as change:
        change.replace_evidence("hr/1", [])
    assert revision(staffed) == before


def revision(store: Store) -> int:
    with store.reading() as view:
        return view.revision()


def test_an_award_of_the_same_day_is_replaced_and_a_renewal_is_added(staffed: Store) -> None:
    revoked = replace(HELD, state=AwardState.REVOKED)
    renewed = replace(HELD, issued=date(2029, 1, 1), expires=None)
    with staffed.writing() as change:
        assert change.put_awards([("hr/1", revoked), ("hr/1", renewed), ("hr/1", BEGUN)]) == Upserted(1, 1, 1)
        assert change.person("hr/1").awards == (revoked, renewed, BEGUN)


def test_of_two_states_on_one_day_the_last_counts(staffed: Store) -> None:
    revoked = replace(HELD, state=AwardState.REVOKED)
    with staffed.writing() as change:
        change.put_awards([("hr/2", HELD), ("hr/2", revoked)])
        assert change.person("hr/2").awards == (revoked,)


def test_nothing_can_be_said_of_a_stranger(staffed: Store) -> None:
    with staffed.writing() as change:
        for act in (
            lambda: change.add_evidence([("hr/1", SELLS), ("lms/1", SAID)]),
            lambda: change.put_awards([("lms/1", HELD)]),
            lambda: change.replace_evidence("lms/1", []),
            lambda: change.person("lms/1"),
            lambda: change.people(ids=["hr/1", "lms/1"]),
            lambda: change.remove(Kind.PERSON, "lms/1"),
        ):
            with pytest.raises(NotFoundError) as caught:
                act()
            assert (caught.value.what, caught.value.name) == ("person", "lms/1")
            assert caught.value.suggestions == ("hr/1",)


def test_people_can_be_narrowed_down(staffed: Store) -> None:
    def names(**limits: list[str]) -> list[str]:
        with staffed.reading() as view:
            return [person.name for person in view.people(**limits)]

    assert names(units=["Bakery"]) == ["Anna", "Cleo"]
    assert names(units=["Shop", "Bakery", "Roof"]) == ["Anna", "Ben", "Cleo"]
    assert names(units=[""]) == ["Dave"]
    assert names(units=[]) == []
    assert names(ids=["hr/4", "hr/1", "hr/4"]) == ["Anna", "Dave"]
    assert names(ids=[]) == []
    assert names(ids=["hr/4", "hr/1"], units=["Bakery"]) == ["Anna"]
    with staffed.reading() as view:
        assert view.units() == {"": 1, "Bakery": 2, "Shop": 1}


def test_many_people_come_each_once_and_in_order(store: Store) -> None:
    crowd = [StoredPerson(f"hr/{number}", "A", evidence=(replace(SAID, note=str(number)),)) for number in range(1_203)]
    with store.writing() as change:
        change.put_people(crowd)
    ordered = sorted(crowd, key=lambda person: person.id)
    with store.reading() as view:
        assert list(view.people()) == ordered
        assert list(view.people(ids=[person.id for person in crowd])) == ordered


def test_erasing_a_person_leaves_no_trace_of_them_in_any_file(store: Store, folder: Path) -> None:
    crowd = [
        StoredPerson(f"hr/{n}", f"Name of {n:04}.", evidence=(replace(SAID, note=f"note on {n:04}."),))
        for n in range(700)
    ]
    with store.writing() as change:
        change.put_people(crowd)
        change.put_people([replace(crowd[321], name="Other name of 0321.")])
        change.put_awards([("hr/321", replace(HELD, credential_id="own/award-of-0321."))])

    def traces() -> list[bytes]:
        content = b"".join(path.read_bytes() for path in folder.iterdir())
        return [word for word in (b"ame of 0321.", b"note on 0321.", b"award-of-0321.") if word in content]

    assert len(traces()) == 3
    with store.writing() as change:
        change.remove(Kind.PERSON, "hr/321")
    assert traces() == []
    with store.reading() as view:
        assert view.counts()[Kind.PERSON] == 699
        assert view.person("hr/322") == crowd[322]


def test_a_reader_delays_the_erasure_from_the_log_only_until_the_next_write(store: Store, folder: Path) -> None:
    with store.writing() as change:
        change.put_people([StoredPerson("hr/1", "Unforgettable")])

    def traces() -> bool:
        return any(b"Unforgettable" in path.read_bytes() for path in folder.iterdir())

    with store.reading() as view:
        with store.writing() as change:
            change.remove(Kind.PERSON, "hr/1")
        assert [person.name for person in view.people()] == ["Unforgettable"]
    with store.writing() as change:
        change.put_setting("a", 1)
    assert not traces()


pieces = some.builds(
    Evidence,
    some.sampled_from(["bake", "sell", "ü", "z"]),
    some.sampled_from([0.0, 2.0, 3.5]),
    some.sampled_from(EvidenceSource),
    some.dates(date(2025, 1, 1), date(2025, 1, 3)),
    note=some.sampled_from(["", "exam"]),
)


@given(
    orders=some.lists(pieces, max_size=8).flatmap(lambda said: some.tuples(some.just(said), some.permutations(said)))
)
def test_the_order_in_which_things_were_said_changes_nothing(
    empty: Path, orders: tuple[list[Evidence], list[Evidence]]
) -> None:
    with own_copy(empty) as store, store.writing() as change:
        change.put_people([BEN, CLEO])
        for person_id, order in zip((BEN.id, CLEO.id), orders, strict=True):
            for piece in order:
                change.add_evidence([(person_id, piece)])
        one, other = change.person(BEN.id).evidence, change.person(CLEO.id).evidence
    assert one == other
    assert set(one) == set(orders[0]) and len(one) == len(set(one))


def test_thin_profiles_are_counted_without_reading_them(store: Store) -> None:
    said = [Evidence("bake", level, EvidenceSource.SELF, date(2026, 1, 1)) for level in (1, 2, 3)]
    with store.writing() as change:
        change.put_people(
            [StoredPerson("hr/1", "A", evidence=tuple(said)), StoredPerson("hr/2", "B"), StoredPerson("hr/3", "C")]
        )
        change.add_evidence([("hr/3", said[0]), ("hr/3", said[1])])
    with store.reading() as view:
        assert view.with_fewer_pieces(3) == ["hr/2", "hr/3"]
        assert view.with_fewer_pieces(1) == ["hr/2"]
        assert view.with_fewer_pieces(0) == []
