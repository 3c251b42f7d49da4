from __future__ import annotations

import shutil
import tempfile
from dataclasses import fields, replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as some

from skillmatch.domain.base.checks import MAX_INTEGER
from skillmatch.domain.base.errors import InputError, NotFoundError
from skillmatch.domain.catalogue.credential import (
    Basis,
    Catalogue,
    Credential,
    Offering,
    Outcome,
    SkillPrerequisite,
    Stack,
)
from skillmatch.store import Kind, Store, Upserted

SPRING = Offering("own/spring", "own/bread", date(2026, 3, 1), date(2026, 4, 1), 12)
AUTUMN = Offering("own/autumn", "own/bread", date(2026, 9, 1), date(2026, 10, 1))
BREAD = Credential(
    "own/bread",
    "Bread",
    issuer="Bakers' school",
    description="All about bread.",
    url="https://example.org/bread",
    outcomes=(
        Outcome("knead", 3.5, Basis.INFERRED, 0.75, "Kneading"),
        Outcome("bake", 4),
    ),
    unmapped=("getting up early",),
    requires_skills=(SkillPrerequisite("wash hands", 1),),
    requires_credentials=("own/hygiene",),
    offerings=(SPRING, AUTUMN),
    hours=40,
    weeks=2.5,
    cost=99.9,
    currency="CHF",
    language="de",
    mode="online",
    assessment="exam",
    quality_assurance="ISO 9001",
    level=3.5,
    eqf_level=4,
    country="CH",
    rating=4.5,
    rating_count=30,
    valid_from=date(2026, 1, 1),
    valid_until=date(2027, 1, 1),
    validity_months=24,
    started=80,
    completed=60,
)
CAKE = Credential("own/cake", "Cake")
BAKER = Stack("own/baker", "Baker", ("own/cake", "own/bread"), "Bakers' school", "Both.", 1)

OTHER: dict[str, Any] = {
    "title": "Bread!",
    "outcomes": BREAD.outcomes[::-1],
    "unmapped": (),
    "requires_skills": (),
    "requires_credentials": (),
    "valid_from": date(2026, 1, 2),
    "valid_until": None,
    "hours": None,
    "weeks": 0.0,
    "cost": None,
    "level": 2.0,
    "eqf_level": 5,
    "rating": None,
    "rating_count": 31,
    "validity_months": None,
    "started": 81,
    "completed": None,
}


def put(store: Store, *credentials: Credential) -> Upserted:
    with store.writing() as change:
        return change.put_credentials(credentials)


def read(store: Store) -> Catalogue:
    with store.reading() as view:
        return view.catalogue()


def test_every_field_of_a_full_and_of_a_bare_credential_comes_back(store: Store) -> None:
    empty = {field.name for field in fields(Credential) if getattr(BREAD, field.name) == field.default}
    assert empty == set(), "the example must fill every field, so that none can be forgotten"
    assert put(store, CAKE, BREAD) == Upserted(2, 0, 0)
    assert read(store) == Catalogue.of([BREAD, CAKE])
    assert list(read(store).credentials) == ["own/bread", "own/cake"]


@pytest.mark.parametrize("field", [field.name for field in fields(Credential) if field.name not in ("id", "offerings")])
def test_a_difference_in_any_field_is_a_change(store: Store, field: str) -> None:
    put(store, BREAD)
    changed = replace(BREAD, **{field: OTHER.get(field, "other")})
    assert put(store, changed) == Upserted(0, 1, 0)
    assert read(store).credentials["own/bread"] == changed
    assert put(store, changed) == Upserted(0, 0, 1)


def test_a_number_written_as_an_integer_is_the_same_number(store: Store) -> None:
    put(store, replace(BREAD, hours=40, outcomes=(Outcome("bake", 4),)))
    assert put(store, replace(BREAD, hours=40.0, outcomes=(Outcome("bake", 4.0),))) == Upserted(0, 0, 1)


def test_offerings_come_apart_from_their_credentials_and_outlive_a_new_file_of_them(store: Store) -> None:
    put(store, replace(BREAD, offerings=()))
    with store.writing() as change:
        assert change.put_offerings([AUTUMN, SPRING]) == Upserted(2, 0, 0)
        assert change.put_offerings([replace(AUTUMN, seats=0), SPRING]) == Upserted(0, 1, 1)
        assert change.put_offerings([AUTUMN]) == Upserted(0, 1, 0)
    assert put(store, replace(BREAD, offerings=())) == Upserted(0, 0, 1)
    assert read(store).credentials["own/bread"] == BREAD
    assert put(store, replace(BREAD, offerings=(replace(SPRING, seats=3),))) == Upserted(0, 1, 0)
    assert read(store).credentials["own/bread"].offerings == (replace(SPRING, seats=3), AUTUMN)


def test_an_offering_needs_a_stored_credential(store: Store) -> None:
    with pytest.raises(NotFoundError) as caught, store.writing() as change:
        change.put_offerings([SPRING])
    assert caught.value.name == "own/bread"


def test_an_offering_cannot_be_carried_by_another_credential(store: Store) -> None:
    with pytest.raises(InputError, match="another credential"):
        put(store, replace(CAKE, offerings=(SPRING,)))


def test_ids_that_come_twice_are_refused(store: Store) -> None:
    with pytest.raises(InputError, match="twice"):
        put(store, CAKE, replace(CAKE, title="Cakes"))
    assert read(store).credentials == {}


def test_stacks_may_come_before_their_credentials(store: Store) -> None:
    with store.writing() as change:
        assert change.put_stacks([BAKER]) == Upserted(1, 0, 0)
        assert change.put_stacks([BAKER]) == Upserted(0, 0, 1)
        assert change.put_stacks([replace(BAKER, required=None)]) == Upserted(0, 1, 0)
    assert read(store).stacks == (replace(BAKER, required=None),)


def test_removing_takes_the_offerings_along_and_nothing_else(store: Store) -> None:
    put(store, BREAD, CAKE)
    with store.writing() as change:
        change.put_stacks([BAKER])
        change.remove(Kind.CREDENTIAL, "own/bread")
        assert change.counts() == {
            Kind.CREDENTIAL: 1,
            Kind.OFFERING: 0,
            Kind.STACK: 1,
            Kind.ROLE: 0,
            Kind.PERSON: 0,
        }
        with pytest.raises(NotFoundError):
            change.remove(Kind.CREDENTIAL, "own/bread")


def test_a_bare_id_finds_every_full_one(store: Store) -> None:
    put(
        store,
        Credential("lms/7", "Seven"),
        Credential("hr/7", "Siete"),
        Credential("hr/7/b", "B"),
        Credential("x", "X"),
    )
    with store.reading() as view:
        assert view.find_ids(Kind.CREDENTIAL, "7") == ["hr/7", "lms/7"]
        assert view.find_ids(Kind.CREDENTIAL, "7/b") == ["hr/7/b"]
        assert view.find_ids(Kind.CREDENTIAL, "x") == ["x"]
        assert view.find_ids(Kind.CREDENTIAL, "8") == []
        assert view.find_ids(Kind.ROLE, "7") == []


words = some.text(some.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=12)
seen = some.characters(exclude_categories=["C", "Z"], exclude_characters="/\\\ufffd\u115f\u1160\u3164\uffa0\u2800")
ids = some.text(seen, min_size=1, max_size=12).filter(lambda word: word not in (".", "..")).map("own/{}".format)
levels = some.floats(0.01, 5)
credentials = some.builds(
    Credential,
    id=ids,
    title=ids,
    description=words,
    outcomes=some.lists(
        some.builds(Outcome, ids, levels, some.sampled_from(Basis), some.floats(0, 1), words),
        unique_by=lambda outcome: outcome.skill_id,
        max_size=3,
    ).map(tuple),
    unmapped=some.lists(ids, max_size=3, unique=True).map(tuple),
    requires_skills=some.lists(
        some.builds(SkillPrerequisite, ids, levels), unique_by=lambda skill: skill.skill_id, max_size=2
    ).map(tuple),
    hours=some.none() | some.floats(0, 1e9),
    cost=some.none() | some.floats(0, 1e300),
    rating=some.none() | some.floats(1, 5),
    rating_count=some.integers(0, MAX_INTEGER),
    valid_from=some.none() | some.dates(),
)


@given(given_ones=some.lists(credentials, unique_by=lambda credential: credential.id, max_size=5))
def test_whatever_is_put_is_what_is_read_and_is_unchanged_when_put_again(
    empty: Path, given_ones: list[Credential]
) -> None:
    with tempfile.TemporaryDirectory() as name, Store.open(shutil.copytree(empty, Path(name) / "copy")) as store:
        put(store, *given_ones)
        assert read(store) == Catalogue.of(given_ones)
        assert list(read(store).credentials) == sorted(credential.id for credential in given_ones)
        assert put(store, *read(store).credentials.values()) == Upserted(0, 0, len(given_ones))
