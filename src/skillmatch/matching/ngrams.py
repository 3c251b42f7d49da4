"""Character n-grams of many short texts at once, counted with NumPy alone."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

SIZE = 4  # on ESCO 4 alone finds as much as 2 to 4 together, in a quarter of the time
_MULTIPLIER = np.uint32(0x9E3779B1)
_BLANK = 32


@dataclass(frozen=True, slots=True)
class NgramCounts:
    """How often each n-gram bucket occurs in each text: three arrays of equal length, sorted by row and column."""

    rows: NDArray[np.int64]
    columns: NDArray[np.int64]
    counts: NDArray[np.float32]


def count_ngrams(texts: Sequence[str], buckets: int, size: int = SIZE) -> NgramCounts:
    """Count hashed n-grams of folded texts; ``buckets`` is a power of two.

    Every word stands between two blanks and no n-gram reaches over a blank, so word order does not count; a word
    too short for one n-gram counts whole. The hash is fixed: the same text gives the same buckets in every process
    and on every machine.
    """
    joined = "".join(f" {text} " for text in texts)
    codes = np.frombuffer(joined.encode("utf-32-le", "replace"), dtype=np.uint32)
    lengths = np.fromiter((len(text) + 2 for text in texts), dtype=np.int64, count=len(texts))
    row_of = np.repeat(np.arange(len(texts), dtype=np.int64), lengths)
    blank = codes == _BLANK
    blanks_before = np.concatenate(([0], np.cumsum(blank)))
    keys = [np.empty(0, dtype=np.int64)]
    for width in range(3, size + 1):
        starts = len(codes) - width + 1
        if starts <= 0:
            continue
        inner = blanks_before[width - 1 : width - 1 + starts] == blanks_before[1 : 1 + starts]
        whole = (row_of[:starts] == row_of[width - 1 :]) & inner
        if width < size:
            whole &= blank[:starts] & blank[width - 1 :]
        at = np.flatnonzero(whole)
        hashed = np.full(len(at), width, dtype=np.uint32)
        for offset in range(width):
            hashed = (hashed ^ codes[at + offset]) * _MULTIPLIER
            hashed ^= hashed >> np.uint32(15)
        keys.append(row_of[at] * buckets + (hashed & np.uint32(buckets - 1)))
    unique, counts = np.unique(np.concatenate(keys), return_counts=True)
    return NgramCounts(unique // buckets, unique % buckets, counts.astype(np.float32))
