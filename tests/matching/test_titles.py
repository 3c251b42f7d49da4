"""Job titles without what adverts hang around them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from skillmatch.matching.titles import plain_title


@pytest.mark.parametrize(
    ("title", "plain"),
    [
        ("Senior Data Analyst (m/f/d) - Berlin", "Data Analyst"),
        ("Internship For IT Network Engineer", "IT Network Engineer"),
        ("Part time cleaner x 2", "cleaner"),
        ("Nurse", "Nurse"),
        ("1. Store Keeper (night shift", "Store Keeper"),
        ("Accountant, Shared Services", "Accountant"),
        ("Internship", "Internship"),
        ("Head of Design", "Head of Design"),
        ("Non-executive director", "Non-executive director"),
    ],
)
def test_the_name_of_the_job_is_left(title: str, plain: str) -> None:
    assert plain_title(title) == plain


@given(st.text(max_size=60))
def test_something_is_left_of_anything_that_was_something(title: str) -> None:
    assert bool(plain_title(title)) == bool(title.strip())
    assert len(plain_title(title)) <= len(title)
