from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from skillmatch.domain.base.errors import InputError, NotFoundError
from skillmatch.domain.people.claim import Claim, Decision, Verdict
from skillmatch.domain.people.person import StoredPerson
from skillmatch.store import Store, Upserted

DAY = date(2026, 3, 1)
OPEN = Claim("own/b", "own/p", DAY, "Did it.", skill_id="sql", level=3.0, links=("https://example.org/1", "mail | x"))
DONE = Claim(
    "own/a", "own/p", DAY, "Zeugnis", "own/C", decision=Decision(Verdict.REJECT, "Kim", "No proof.", date(2026, 3, 2))
)
PART = replace(OPEN, decision=Decision(Verdict.PARTIAL, "Kim", "Only simple queries.", DAY, 1.5))


@pytest.fixture
def people(store: Store) -> Store:
    with store.writing() as change:
        change.put_people([StoredPerson("own/p", "P"), StoredPerson("own/q", "Q")])
    return store


def test_claims_come_back_equal_and_in_order(people: Store) -> None:
    with people.writing() as change:
        assert change.put_claims([OPEN, DONE]) == Upserted(2, 0, 0)
    with people.reading() as view:
        assert view.claims() == [DONE, OPEN]
        assert view.claims("own/q") == []
        assert view.claim("b") == view.claim("own/b") == OPEN
    with people.writing() as change:
        assert change.put_claims([PART, DONE]) == Upserted(0, 1, 1)
        assert change.claim("b") == PART


def test_unknown_people_and_claims(people: Store) -> None:
    with pytest.raises(NotFoundError, match="own/z"), people.writing() as change:
        change.put_claims([replace(OPEN, person_id="own/z")])
    with pytest.raises(InputError), people.writing() as change:
        change.put_claims([OPEN, OPEN])
    with people.reading() as view, pytest.raises(NotFoundError, match="claim"):
        view.claim("nothing")
