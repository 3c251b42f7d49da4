"""What a person holds, has begun, and need not do again."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from skillmatch.domain.catalogue.credential import Credential, Outcome
from skillmatch.domain.people.person import Award, AwardState

AS_OF = date(2026, 3, 2)


def had(credential_id: str, state: str = "held") -> Award:
    return Award(credential_id, AwardState(state), AS_OF - timedelta(days=10))


@pytest.fixture(scope="module")
def situation_of(case_of, course):
    """Awards in a catalogue of two equal courses for sql, a higher one, and one for law, to a situation."""
    courses = (
        course("a", {"sql": 2}),
        course("b", {"sql": 2}),
        course("higher", {"sql": 4}),
        course("law", {"law": 3}),
    )
    return lambda *awards: case_of({"sql": 1}, {"sql": 4}, *courses, awards=awards).situation


def test_who_renews_what_they_hold_still_holds_it(situation_of):
    situation = situation_of(had("a"), had("a", "in_progress"))
    assert situation.held == {"a"}
    assert situation.running == frozenset()
    assert situation.underway == {}


def test_what_is_underway_builds_on_what_is_there(situation_of):
    assert situation_of(had("a", "in_progress")).underway == {"sql": 2}
    # From 1 to 4 is within reach, and "a" takes nothing from it.
    assert situation_of(had("higher", "in_progress"), had("a", "in_progress")).underway == {"sql": 4}
    assert situation_of(had("law", "in_progress")).underway == {"law": 3}
    assert situation_of(had("gone", "in_progress")).underway == {}  # not in the catalogue: nobody knows what it teaches


def test_a_credential_is_no_equivalent_of_itself(situation_of):
    situation = situation_of(had("a"))
    known = situation.catalogue.credentials
    assert situation.equivalent_to(known["a"]) is None
    assert situation.equivalent_to(known["b"]) == known["a"]
    assert situation.equivalent_to(known["higher"]) is None


def test_of_two_equivalents_the_one_held_is_named(situation_of):
    situation = situation_of(had("a", "in_progress"), had("higher"))
    assert situation.equivalent_to(situation.catalogue.credentials["b"]).id == "higher"


def test_what_teaches_nothing_known_has_no_equivalent(situation_of):
    assert situation_of(had("a")).equivalent_to(Credential("x", "X")) is None
    assert situation_of(had("a")).equivalent_to(Credential("x", "X", outcomes=(Outcome("art", 1),))) is None


@pytest.mark.parametrize(
    ("award", "asked", "satisfied"),
    [
        (had("a"), "a", True),
        (had("b"), "a", True),  # teaches the same
        (had("higher"), "a", True),  # teaches more
        (had("a"), "higher", False),
        (had("a", "in_progress"), "a", False),  # not finished
        (had("b", "in_progress"), "a", False),
        (had("gone"), "gone", True),  # held, although no longer in the catalogue
        (had("a"), "gone", False),
    ],
)
def test_what_satisfies_a_prerequisite(situation_of, award, asked, satisfied):
    assert situation_of(award).satisfies(asked) is satisfied
