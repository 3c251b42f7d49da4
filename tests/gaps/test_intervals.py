"""On simulated histories with known truth the 80 % intervals hold it in 77 to 83 of 100 cases."""

from __future__ import annotations

from benchmarks.advice.intervals import HIGH, LOW, coverage, histories


def test_the_interval_holds_the_truth_as_often_as_it_says():
    held = coverage(4_000, seed=7)
    assert LOW <= held["all"].share <= HIGH
    assert LOW - 0.03 <= held["only assessment"].share <= HIGH + 0.03  # some two hundred people only
    assert held["1 pieces"].usual_width > held["6 pieces"].usual_width


def test_the_same_seed_makes_the_same_histories():
    assert list(histories(20, seed=3)) == list(histories(20, seed=3))
    assert list(histories(20, seed=3)) != list(histories(20, seed=4))
