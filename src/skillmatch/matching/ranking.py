"""Top-k that gives the same answer every time: rounded scores, ties by position (skills stand in id order)."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

SCALE = 1_000_000  # scores count to 1e-6


def top_positions(scores: NDArray[np.float32], count: int) -> NDArray[np.int64]:
    """Column positions of the ``count`` best scores of each row, best first; shape ``(rows, min(count, columns))``.

    Scores lie between -1 and 1. Equal scores (to 1e-6) are ordered by column.
    """
    rows, columns = scores.shape
    count = min(count, columns)
    if count <= 0 or rows == 0:
        return np.empty((rows, 0), dtype=np.int64)
    # one whole number per cell, no two alike, so that a partition cannot choose among ties by chance
    keys = np.rint(scores.astype(np.float64) * SCALE).astype(np.int64) * columns
    keys += np.arange(columns - 1, -1, -1, dtype=np.int64)
    np.negative(keys, out=keys)
    best = np.argpartition(keys, count - 1, axis=1)[:, :count] if count < columns else np.argsort(keys, axis=1)
    order = np.argsort(np.take_along_axis(keys, best, axis=1), axis=1)
    return np.take_along_axis(best, order, axis=1).astype(np.int64)
