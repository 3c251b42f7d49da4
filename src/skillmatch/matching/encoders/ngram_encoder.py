"""A tiny encoder without a model: hashed character n-grams, for tests and examples only."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from skillmatch.domain.skills.taxonomy import fold
from skillmatch.matching.encoder import Floats, Progress
from skillmatch.matching.ngrams import count_ngrams


class NgramEncoder:
    """Encodes by letters alone: texts that share letters come out alike, whatever they mean.

    It stands in for a real encoder where a test must not load one; it is never used in place of one that failed.
    ``dim`` must be a power of two.
    """

    def __init__(self, dim: int = 256) -> None:
        if dim < 2 or dim & (dim - 1):
            raise ValueError(f"dim must be a power of two, not {dim}")
        self._dim = dim

    @property
    def id(self) -> str:
        return f"ngrams@{self._dim}"

    @property
    def dim(self) -> int:
        return self._dim

    def encode(self, texts: Sequence[str], progress: Progress | None = None) -> Floats:
        """See :class:`~skillmatch.matching.encoder.Encoder`."""
        vectors = np.zeros((len(texts), self._dim), dtype=np.float32)
        counts = count_ngrams([fold(text) for text in texts], self._dim, size=3)
        vectors[counts.rows, counts.columns] = np.sqrt(counts.counts)
        vectors[~vectors.any(axis=1), 0] = 1.0  # a blank text still needs a vector of unit length
        vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
        if progress is not None:
            progress(len(texts), len(texts))
        return vectors
