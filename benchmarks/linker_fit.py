"""How the linker's calibration is fitted: weights over pairs of texts and skills, a curve, and the thresholds."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from benchmarks.linking_data import Example
from skillmatch.matching.calibration import Calibration, curve_terms, terms
from skillmatch.matching.candidates import find_candidates
from skillmatch.matching.encoder import Encoder
from skillmatch.matching.features import FEATURES, pair_features
from skillmatch.matching.index import SkillIndex
from skillmatch.matching.linker import cut

SHOWN = 5  # the curve is fitted on the links that are shown
REGULARISATION = 0.1
POSITIVE = frozenset(name for name in FEATURES if name.startswith(("whole_", "mention_")) and "shared" not in name)


@dataclass(frozen=True)
class Pairs:
    """Features and truth of the candidate pairs of examples on an index; ``text`` numbers the examples."""

    examples: list[Example]
    features: np.ndarray
    right: np.ndarray
    text: np.ndarray

    @classmethod
    def of(cls, index: SkillIndex, examples: list[Example], encoder: Encoder | None) -> Pairs:
        """Find the candidates of examples and what speaks for them."""
        features, right, text = [], [], []
        for start in range(0, len(examples), 128):
            chunk = examples[start : start + 128]
            texts = [cut(example.text) for example in chunk]
            found = find_candidates(index, texts, encoder.encode(texts) if encoder is not None else None, SHOWN)
            features.append(pair_features(index, found))
            right.append(
                [
                    index.skill_ids[skill] in chunk[row].skills
                    for row, skill in zip(found.text, found.skill, strict=True)
                ]
            )
            text.append(found.text + start)
        return cls(examples, np.concatenate(features), np.concatenate(right), np.concatenate(text))

    def some(self, keep: Sequence[bool]) -> Pairs:
        """Only the examples at which ``keep`` is true."""
        wanted = np.asarray(keep)
        rows = wanted[self.text]
        number = np.cumsum(wanted) - 1
        chosen = [example for example, kept in zip(self.examples, keep, strict=True) if kept]
        return Pairs(chosen, self.features[rows], self.right[rows], number[self.text[rows]])

    @cached_property
    def terms(self) -> np.ndarray:
        """What the weights weigh."""
        return terms(self.features)

    def odds(self, weights: np.ndarray) -> np.ndarray:
        """Log-odds of all pairs before the curve."""
        return self.terms @ weights[:-1] + weights[-1]

    def shown(self, odds: np.ndarray, count: int = SHOWN) -> np.ndarray:
        """The pairs that would be shown: the best of each text, in order."""
        order = np.lexsort((-odds, self.text))
        first = np.searchsorted(self.text[order], np.arange(len(self.examples)))
        place = np.arange(len(order)) - first[self.text[order]]
        return order[place < count]


Weighted = list[tuple[Pairs, float]]
"""Groups of examples, each with how much it counts in all."""


def fit_weights(groups: Weighted) -> np.ndarray:
    """Logistic weights over the terms of all pairs, the constant last; each group counts by its weight.

    Weights of name features may not be negative: without that bound the fit sets features that come together
    (a name that is the text, and the share of the text that it takes) against each other, and rare pairs of them
    come out absurd.
    """
    from scipy.optimize import minimize

    parts, rights, shares = [], [], []
    for pairs, weight in groups:
        # of the many wrong pairs a third is enough, each then counting three times
        kept = pairs.right | (np.arange(len(pairs.right)) % 3 == 0)
        parts.append(pairs.terms[kept])
        rights.append(pairs.right[kept])
        shares.append(np.where(pairs.right[kept], 1.0, 3.0) * weight / len(pairs.examples))
    columns, right, share = np.concatenate(parts), np.concatenate(rights), np.concatenate(shares)
    share *= len(right) / share.sum()
    mean, spread = columns.mean(axis=0), np.maximum(columns.std(axis=0), 1e-9)
    columns = np.hstack([(columns - mean) / spread, np.ones((len(columns), 1))])
    sign = np.where(right, 1.0, -1.0)

    def loss(weights: np.ndarray) -> tuple[float, np.ndarray]:
        margin = sign * (columns @ weights)
        missing = share / (1 + np.exp(np.clip(margin, -50, 50)))
        penalty = weights[:-1] / REGULARISATION
        value = share @ np.logaddexp(0, -margin) + 0.5 * penalty @ weights[:-1]
        return float(value), np.append(penalty, 0.0) - columns.T @ (missing * sign)

    bounds = [(0.0, None) if name in POSITIVE else (None, None) for name in FEATURES]
    bounds += [(None, None)] * (columns.shape[1] - len(bounds))
    found = minimize(
        loss, np.zeros(columns.shape[1]), jac=True, method="L-BFGS-B", bounds=bounds, options={"maxiter": 400}
    )
    weights = found.x[:-1] / spread
    return np.round(np.append(weights, found.x[-1] - weights @ mean), 6)


def fit_curve(weights: np.ndarray, groups: Weighted) -> np.ndarray:
    """Logistic curve on the shown pairs, the constant last; each group of examples counts by its weight."""
    from sklearn.linear_model import LogisticRegression

    columns, right, parts = [], [], []
    for pairs, weight in groups:
        odds = pairs.odds(weights)
        shown = pairs.shown(odds)
        columns.append(curve_terms(odds[shown], pairs.features[shown]))
        right.append(pairs.right[shown])
        # the best link decides whether to answer at all: it counts as much as the other four together
        share = np.where(np.diff(pairs.text[shown], prepend=-1) > 0, 1.0, 0.25)
        parts.append(share * weight / share.sum())
    weight = np.concatenate(parts)
    model = LogisticRegression(C=10, max_iter=5_000, tol=1e-8).fit(
        np.concatenate(columns), np.concatenate(right), sample_weight=weight / weight.mean()
    )
    return np.round(np.append(model.coef_[0], model.intercept_[0]), 6)


def best_links(calibration: Calibration, pairs: Pairs, count: int = 1) -> tuple[np.ndarray, np.ndarray]:
    """Probability and truth of the best links of each text."""
    shown = pairs.shown(pairs.odds(calibration.weights), count)
    return calibration.probabilities(pairs.features[shown]), pairs.right[shown]


def least_probability(calibration: Calibration, groups: Sequence[Sequence[Pairs]], precision: float) -> float:
    """The smallest threshold (to 0.01) at which best links are right as often as wanted in every group of pairs."""
    found = []
    for group in groups:
        links = [best_links(calibration, pairs) for pairs in group]
        sure, right = (np.concatenate(part) for part in zip(*links, strict=True))
        found.append(
            next(
                (
                    round(float(threshold), 2)
                    for threshold in np.arange(0.30, 1.0, 0.01)
                    if (used := sure >= threshold).any() and right[used].mean() >= precision
                ),
                0.99,
            )
        )
    return max(found)
