"""Which awards count on a day."""

from __future__ import annotations

from datetime import date

import pytest

from skillmatch.domain.catalogue.credential import Catalogue, Credential
from skillmatch.domain.people.person import Award, AwardState
from skillmatch.gaps.awards import expiry, held_on, running_on

TODAY = date(2026, 3, 2)
NOTHING = Catalogue.of(())


def award(state: str, issued: str, expires: str | None = None, credential: str = "own/a") -> Award:
    last = None if expires is None else date.fromisoformat(expires)
    return Award(credential, AwardState(state), date.fromisoformat(issued), last)


@pytest.mark.parametrize(
    ("awards", "is_held", "is_running"),
    [
        ([("held", "2026-03-02")], True, False),  # issued today
        ([("held", "2026-03-03")], False, False),  # issued tomorrow
        ([("held", "2024-01-01", "2026-03-03")], True, False),  # its last day is today
        ([("held", "2024-01-01", "2026-03-02")], False, False),  # today it is no longer valid
        ([("in_progress", "2026-01-01")], False, True),
        ([("in_progress", "2026-03-03")], False, False),  # begins tomorrow
        ([("in_progress", "2025-01-01", "2026-01-01")], False, False),  # the time to finish it ran out
        ([("in_progress", "2025-01-01"), ("held", "2025-06-01")], True, False),  # begun, then finished
        (
            [("in_progress", "2025-01-01"), ("held", "2025-06-01", "2026-01-01")],
            False,
            False,
        ),  # finished, expired since
        ([("held", "2025-01-01"), ("in_progress", "2026-01-01")], True, True),  # being renewed
        ([("held", "2025-01-01"), ("revoked", "2026-01-01")], False, False),
        ([("revoked", "2025-01-01"), ("held", "2026-01-01")], True, False),  # earned again after it was taken away
        ([("held", "2025-01-01"), ("revoked", "2026-03-03")], True, False),  # will be revoked tomorrow
        ([("in_progress", "2025-01-01"), ("revoked", "2025-02-01")], False, False),  # thrown out
    ],
)
@pytest.mark.parametrize("backwards", [False, True])
def test_held_and_running(awards, is_held, is_running, backwards):
    given = [award(*item) for item in awards]
    given = given[::-1] if backwards else given
    assert bool(held_on(given, NOTHING, TODAY)) is is_held
    assert bool(running_on(given, TODAY)) is is_running


def test_a_revocation_concerns_its_own_credential():
    given = [award("held", "2025-01-01"), award("revoked", "2026-01-01", credential="own/b")]
    assert held_on(given, NOTHING, TODAY) == (given[0],)


@pytest.mark.parametrize(
    ("issued", "months", "expires"),
    [
        ("2025-03-02", 12, "2026-03-02"),
        ("2026-01-31", 1, "2026-02-28"),  # no 31 February
        ("2024-02-29", 12, "2025-02-28"),
        ("2025-12-15", 1, "2026-01-15"),  # over the turn of the year
        ("2025-11-30", 3, "2026-02-28"),
    ],
)
def test_without_a_date_of_its_own_an_award_lasts_as_long_as_the_catalogue_says(issued, months, expires):
    catalogue = Catalogue.of([Credential("own/a", "A", validity_months=months)])
    given = award("held", issued)
    assert expiry(given, catalogue) == date.fromisoformat(expires)
    assert held_on([given], catalogue, date.fromisoformat(expires)) == ()


def test_the_awards_own_date_wins():
    catalogue = Catalogue.of([Credential("own/a", "A", validity_months=1)])
    given = award("held", "2025-01-01", "2027-01-01")
    assert expiry(given, catalogue) == date(2027, 1, 1)
    assert held_on([given], catalogue, TODAY) == (given,)
