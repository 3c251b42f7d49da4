"""How far one credential carries a person."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from skillmatch.domain.catalogue.credential import Credential, Outcome
from skillmatch.recommend.lift import REACH, after, level_after


@pytest.mark.parametrize(
    ("before", "taught", "expected"),
    [
        (0, 1, 1),
        (0, 3, 3),  # from nothing to independent: within reach
        (0, 4, 2),  # one level too far: 4 - 2
        (0, 5, 1),  # two levels too far: 5 - 4
        (1, 5, 3),  # one level too far: 5 - 2
        (2, 5, 5),
        (4, 3, 4),  # a course below one's level takes nothing away
        (5, 5, 5),
    ],
)
def test_level_after(before, taught, expected):
    assert level_after(before, taught) == expected


levels = st.floats(0, 5)


@given(levels, levels, levels)
def test_who_knows_more_ends_no_lower(before, more, taught):
    low, high = sorted((before, more))
    assert low <= level_after(low, taught) <= 5.0
    assert level_after(low, taught) <= level_after(high, taught) + 1e-9
    assert level_after(low, taught) <= max(low, taught, low + REACH)


def test_what_is_more_likely_wrong_than_right_leads_nowhere():
    credential = Credential(
        "c", "C", outcomes=(Outcome("sql", 3, probability=0.5), Outcome("git", 3, probability=0.49))
    )
    assert after({"law": 1.0}, credential) == {"law": 1.0, "sql": 3.0}
