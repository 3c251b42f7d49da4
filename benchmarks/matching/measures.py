"""RP@k and mean reciprocal rank with bootstrap intervals, from scores of every candidate."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

CUTS = (1, 5, 10)
RESAMPLES = 1_000


@dataclass(frozen=True)
class Interval:
    """A mean in percent and the 95 % bootstrap interval around it."""

    mean: float
    low: float
    high: float

    def __str__(self) -> str:
        return f"{self.mean:.1f} ({self.low:.1f}-{self.high:.1f})"


def each_text(scores: NDArray[np.float32], right: Sequence[frozenset[int]]) -> dict[str, list[float]]:
    """Per text: RP@1, RP@5, RP@10 (hits in the first k divided by min(k, number of right answers)) and the reciprocal
    rank of the best right answer. ``scores`` is ``(texts, candidates)``; equal scores rank by position."""
    found: dict[str, list[float]] = {f"RP@{cut}": [] for cut in CUTS} | {"MRR": []}
    rounded = np.round(scores, 6)
    for row, answers in zip(rounded, right, strict=True):
        order = np.argsort(-row, kind="stable")
        hits = np.isin(order, list(answers))
        for cut in CUTS:
            found[f"RP@{cut}"].append(float(hits[:cut].sum()) / min(cut, len(answers)))
        found["MRR"].append(1.0 / (int(np.argmax(hits)) + 1))
    return found


def interval(values: Sequence[float], seed: int) -> Interval:
    """Mean and interval, in percent, by drawing the texts again with replacement."""
    array = np.array(values)
    rows = np.random.default_rng(seed).integers(0, len(array), (RESAMPLES, len(array)))
    low, high = np.percentile(array[rows].mean(axis=1), [2.5, 97.5])
    return Interval(round(100 * float(array.mean()), 1), round(100 * float(low), 1), round(100 * float(high), 1))
