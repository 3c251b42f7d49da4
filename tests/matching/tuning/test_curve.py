"""The curve set anew: near the packaged one with few decisions, where they say with many."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from skillmatch.domain.skills.taxonomy import Taxonomy
from skillmatch.matching.calibration import Calibration, Reals, curve_terms, load_model
from skillmatch.matching.encoders.ngram_encoder import NgramEncoder
from skillmatch.matching.features import FEATURES
from skillmatch.matching.index import build_index
from skillmatch.matching.linker import Linker
from skillmatch.matching.tuning.curve import LEAST_STRETCH, Refit, fit, refit
from skillmatch.matching.tuning.lessons import Lesson


def test_without_decisions_it_stays_as_packaged():
    assert fit(np.array([]), np.array([])) == Refit(1.0, 0.0, 0)


def test_one_decision_moves_it_little_and_many_move_it_far():
    one = fit(np.array([2.0]), np.array([0.0]))
    many = fit(np.full(400, 2.0), np.zeros(400))
    assert -0.2 < one.shift < 0
    assert one.stretch < 1
    assert 2 * many.stretch + many.shift < -0.5


@given(st.lists(st.tuples(st.floats(-10, 10), st.booleans()), max_size=30))
def test_it_is_the_best_of_its_neighbourhood(pairs):
    odds = np.array([value for value, _ in pairs])
    right = np.array([float(hit) for _, hit in pairs])
    found = fit(odds, right)

    def cost(stretch: float, shift: float) -> float:
        value = odds * stretch + shift
        prior = ((stretch - 1) / 0.2) ** 2 / 2 + (shift / 0.4) ** 2 / 2
        return float((np.logaddexp(0, value) - right * value).sum() + prior)

    best = cost(found.stretch, found.shift)
    for step in (-0.01, 0.01):
        if found.stretch + step >= LEAST_STRETCH:
            assert best <= cost(found.stretch + step, found.shift) + 1e-6
        assert best <= cost(found.stretch, found.shift + step) + 1e-6


def test_the_new_probabilities_are_the_stretched_and_shifted_log_odds():
    before = load_model().full
    rows = (np.random.default_rng(1).random((200, len(FEATURES))) / 4).astype(np.float32)
    after = Refit(0.9, 0.3, 1).of(before)

    def odds(of: Calibration) -> Reals:
        return curve_terms(of.odds(rows), rows) @ of.curve[:-1] + of.curve[-1]

    assert odds(after) == pytest.approx(0.9 * odds(before) + 0.3)
    assert (after.threshold, after.strict) == (before.threshold, before.strict)


def test_rejected_links_lower_the_curve(garden: Taxonomy):
    linker = Linker(build_index(garden, NgramEncoder()), NgramEncoder())
    model = load_model()
    rejected = refit(linker, model, [Lesson("prune trees", never=("prune",)), Lesson("cut lawns", never=("mow",))])
    accepted = refit(linker, model, [Lesson("prune trees", ("prune",))])
    assert rejected.pairs == 2
    assert rejected.stretch < 1
    assert accepted.pairs == 10
    assert accepted.stretch >= rejected.stretch
