"""Top-k that gives the same answer every time: rounded scores, ties by position (skills stand in id order)."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

SCALE = 1_000_000  # scores count to 1e-6
BLOCK = 64


def top_positions(scores: NDArray[np.float32], count: int) -> NDArray[np.int64]:
    """Column positions of the ``count`` best scores of each row, best first; shape ``(rows, min(count, columns))``.

    Scores lie between -1 and 1. Equal scores (to 1e-6) are ordered by column.
    """
    rows, columns = scores.shape
    count = min(count, columns)
    if count <= 0 or rows == 0:
        return np.empty((rows, 0), dtype=np.int64)
    # all that may be among the best, more than wanted; exactly compared, sorted, and cut to the first
    row, column = np.nonzero(scores >= _floor(scores, count)[:, None])
    keys = np.rint(scores[row, column].astype(np.float64) * SCALE)
    order = np.lexsort((column, -keys, row))
    first = np.searchsorted(row, np.arange(rows))
    return np.asarray(column[order][first[:, None] + np.arange(count)], dtype=np.int64)


def _floor(scores: NDArray[np.float32], count: int) -> NDArray[np.float32]:
    """For each row a score that at least ``count`` columns reach, and all that equal the least of them to 1e-6.

    The ``count`` best of the maxima of blocks of columns are such columns, and far fewer to sort than the row.
    """
    columns = scores.shape[1]
    blocks = np.arange(0, columns, max(1, min(BLOCK, columns // count)))
    best = np.maximum.reduceat(scores, blocks, axis=1)
    least = np.partition(best, best.shape[1] - count, axis=1)[:, best.shape[1] - count]
    return np.asarray(least - np.float32(2 / SCALE), dtype=np.float32)
