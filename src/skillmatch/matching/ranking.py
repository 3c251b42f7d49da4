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
    keys = np.rint(np.asarray(scores, dtype=np.float64) * SCALE).astype(np.int32)
    if count == columns:
        return np.argsort(-keys, axis=1, kind="stable")
    least = np.partition(keys, columns - count, axis=1)[:, columns - count]
    # all that reach the least that counts, more than wanted where several do; sorted, and cut to the first
    row, column = np.nonzero(keys >= least[:, None])
    order = np.lexsort((column, -keys[row, column], row))
    first = np.searchsorted(row, np.arange(rows))
    return np.asarray(column[order][first[:, None] + np.arange(count)], dtype=np.int64)
