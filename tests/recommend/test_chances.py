"""The chance that a credential works out: what its counts and ratings say, and that its interval can be believed."""

from __future__ import annotations

import random
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from skillmatch.domain.catalogue.credential import Credential, Outcome
from skillmatch.recommend.chances import BELIEF, COMPLETING, REACHING, REACHING_BELIEF, Chances, reaching, shrunk_rating

counts = st.integers(0, 5_000)


def credential(name: str, *, issuer: str = "I", level: float = 3, **fields: object) -> Credential:
    return Credential(name, name, issuer=issuer, outcomes=(Outcome("s", level),), **fields)


def test_without_counts_and_ratings_it_is_the_usual():
    chance = Chances.of([]).chance(credential("a"))
    assert (chance.completing, chance.reaching) == (COMPLETING, REACHING)
    assert chance.low < chance.both < chance.high


def test_its_own_counts_move_it_as_far_as_their_number_goes():
    few, many = credential("a", started=5, completed=1), credential("a", started=5_000, completed=1_000)
    usual, little, much = (Chances.of([item]).chance(item) for item in (credential("a"), few, many))
    assert usual.completing > little.completing > much.completing
    assert much.completing == pytest.approx(0.2, abs=0.01)
    assert little.completing > 0.5
    assert much.high - much.low < little.high - little.low


def test_what_nobody_counted_goes_by_its_neighbours_the_nearest_first():
    poor = [credential(f"p{n}", issuer="Poor", started=200, completed=40) for n in range(9)]
    rich = [credential(f"r{n}", issuer="Rich", started=200, completed=190) for n in range(9)]
    chances = Chances.of([*poor, *rich])
    by_issuer = [chances.chance(credential("new", issuer=name)).completing for name in ("Poor", "Other", "Rich")]
    assert by_issuer == sorted(by_issuer)
    assert by_issuer[0] < 0.4 < by_issuer[1] < 0.8 < by_issuer[2]


def test_who_has_counted_neighbours_is_surer_than_who_has_none():
    near = [credential(f"n{n}", started=400, completed=300) for n in range(9)]
    alone, among = (Chances.of(given).chance(credential("new")) for given in ([], near))
    assert among.completing == pytest.approx(alone.completing, abs=1e-6)
    assert alone.low < among.low < among.high < alone.high


@given(counts, counts)
def test_one_more_who_completes_never_lowers_it(started: int, other: int):
    completed = min(started, other)
    one = credential("a", started=started, completed=completed)
    more = replace(one, started=started + 1, completed=completed + 1)
    assert Chances.of([more]).chance(more).completing >= Chances.of([one]).chance(one).completing


@given(st.floats(1, 5), st.integers(0, 10_000))
def test_a_rating_is_drawn_to_the_usual_one(rating: float, count: int):
    shrunk = shrunk_rating(credential("a", rating=rating, rating_count=count))
    assert min(rating, 4.0) - 1e-9 <= shrunk <= max(rating, 4.0) + 1e-9


@given(st.integers(0, 3), st.integers(3_000, 10_000))
def test_no_three_people_outdo_three_thousand(few: int, many: int):
    assert reaching(credential("a", rating=5.0, rating_count=few)) < reaching(
        credential("b", rating=4.6, rating_count=many)
    )


@pytest.mark.parametrize("most_learners", [0, 10, 60, 300])
def test_the_interval_of_80_percent_holds_in_80_of_100_simulated_histories(most_learners: int):
    """Rates scatter about those of issuer, level and catalogue as supposed; learners come and go by them."""
    draw = random.Random(most_learners)

    def about(rate: float, belief: float = BELIEF) -> float:
        found = draw.betavariate(belief * rate, belief * (1 - rate))
        return min(0.999, max(0.001, found))

    held = told = 0
    for _ in range(40):
        root = about(COMPLETING)
        levels = {level: about(root) for level in (1, 2, 3)}
        issuers = {(name, level): about(levels[level]) for name in "IJKL" for level in levels}
        offered, truth = [], []
        for number in range(40):
            issuer, level = draw.choice("IJKL"), draw.choice((1, 2, 3))
            completing, started = about(issuers[issuer, level]), draw.randint(0, most_learners)
            completed = sum(draw.random() < completing for _ in range(started))
            offered.append(credential(f"c{number}", issuer=issuer, level=level, started=started, completed=completed))
            truth.append(completing * about(REACHING, REACHING_BELIEF))
        chances = Chances.of(offered)
        for item, true in zip(offered, truth, strict=True):
            chance = chances.chance(item)
            held += chance.low <= true <= chance.high
            told += 1
    assert 0.77 <= held / told <= 0.83
