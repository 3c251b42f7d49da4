"""What publishers ask to be said: wherever their taxonomy is in use, and nowhere else."""

from __future__ import annotations

import pytest

from skillmatch.domain.base.attribution import attribution_of


@pytest.mark.parametrize(
    ("taxonomy", "said"),
    [
        ("esco", "This service uses the ESCO classification of the European Commission."),
        ("esco@1.2.1", "European Union"),
        ("onet@29.3", "USDOL/ETA has not approved, endorsed, or tested"),
    ],
)
def test_what_is_published_by_others_is_attributed(taxonomy: str, said: str) -> None:
    assert said in attribution_of(taxonomy)
    assert "CC BY 4.0" in attribution_of(taxonomy)
    assert attribution_of(taxonomy).isascii()  # so that a header can hold it


@pytest.mark.parametrize("taxonomy", ["", "starter@1.0.0", "ours", "escort", "none"])
def test_what_is_our_own_is_not(taxonomy: str) -> None:
    assert attribution_of(taxonomy) == ""
