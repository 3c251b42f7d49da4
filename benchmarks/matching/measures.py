"""RP@k and mean reciprocal rank with bootstrap intervals, from scores of every candidate."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from skillmatch.matching.ranking import top_positions

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


DEPTH = 100
"""How far down a ranking is looked at; a right answer further down counts as never found."""


def ranked(scores: NDArray[np.float32]) -> list[list[int]]:
    """The first ``DEPTH`` columns of each row, best first; equal scores (to 1e-6) rank by position."""
    return top_positions(np.clip(scores, -1, 1).astype(np.float32), DEPTH).tolist()


def each_text(rankings: Sequence[Sequence[int]], right: Sequence[frozenset[int]]) -> dict[str, list[float]]:
    """Per text: RP@1, RP@5, RP@10 (hits in the first k divided by min(k, number of right answers)) and the reciprocal
    rank of the best right answer."""
    found: dict[str, list[float]] = {f"RP@{cut}": [] for cut in CUTS} | {"MRR": []}
    for order, answers in zip(rankings, right, strict=True):
        hits = [place in answers for place in order]
        for cut in CUTS:
            found[f"RP@{cut}"].append(sum(hits[:cut]) / min(cut, len(answers)))
        found["MRR"].append(1 / (hits.index(True) + 1) if True in hits else 0.0)
    return found


def interval(values: Sequence[float], seed: int) -> Interval:
    """Mean and interval, in percent, by drawing the texts again with replacement."""
    array = np.array(values)
    rows = np.random.default_rng(seed).integers(0, len(array), (RESAMPLES, len(array)))
    low, high = np.percentile(array[rows].mean(axis=1), [2.5, 97.5])
    return Interval(round(100 * float(array.mean()), 1), round(100 * float(low), 1), round(100 * float(high), 1))
