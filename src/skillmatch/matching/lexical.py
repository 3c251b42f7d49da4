"""Likeness of letters: character n-gram TF-IDF over every name of every skill, as a sparse product."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from skillmatch.domain.base.errors import ModelError
from skillmatch.matching.encoder import Floats
from skillmatch.matching.ngrams import count_ngrams

BUCKETS = 1 << 20
FORMAT = 1
ROWS = 8  # texts compared with all names at once: what lies dense then stays in the processor's cache


@dataclass(frozen=True)
class LexicalIndex:
    """TF-IDF rows of names, kept as postings (one row per n-gram bucket), so that a query touches only its own n-grams.

    ``idf`` has one weight per bucket and is 0 where no name has that n-gram.
    """

    idf: Floats
    postings: Any  # scipy CSR, (BUCKETS, n_names), float32

    @classmethod
    def of(cls, names: Sequence[str]) -> LexicalIndex:
        """Count and weight the n-grams of folded names."""
        from scipy.sparse import csr_array

        counts = count_ngrams(names, BUCKETS)
        frequency = np.bincount(counts.columns, minlength=BUCKETS)
        idf = np.where(frequency > 0, np.log((1 + len(names)) / (1 + frequency)) + 1, 0).astype(np.float32)
        values = _unit_rows(counts.rows, (1 + np.log(counts.counts)) * idf[counts.columns], len(names))
        # sorting by bucket gives the transposed matrix in CSR form at once
        order = np.argsort(counts.columns, kind="stable")
        starts = np.concatenate(([0], np.cumsum(frequency))).astype(np.int32)
        rows = counts.rows[order].astype(np.int32)
        return cls(idf, csr_array((values[order], rows, starts), shape=(BUCKETS, len(names))))

    @property
    def size(self) -> int:
        """Number of names."""
        return int(self.postings.shape[1])

    def scores(self, texts: Sequence[str], starts: NDArray[np.int64]) -> tuple[Floats, Floats, Floats]:
        """How alike each folded text and each group of names are, and the known share of each text.

        ``starts`` say where each group of names (a skill's, its label first) begins. The cosine with the best name
        of a group and with its first, both ``(n_texts, n_groups)``, 0 to 1. The known share ``(n_texts,)`` is the
        part of a text's n-grams that any name has: near 0 for other scripts.
        """
        query, share = self._query(texts)
        best, label = (np.empty((len(texts), len(starts)), dtype=np.float32) for _ in range(2))
        room = np.empty((ROWS, self.size), dtype=np.float32)
        for row in range(0, len(texts), ROWS):
            piece = slice(row, min(row + ROWS, len(texts)))
            by_name = (query[piece] @ self.postings).toarray(out=room[: piece.stop - row])
            np.maximum.reduceat(by_name, starts, axis=1, out=best[piece])
            np.take(by_name, starts, axis=1, out=label[piece])
        return best, label, share

    def _query(self, texts: Sequence[str]) -> tuple[Any, Floats]:
        """Texts as rows of n-gram weights, and their known share."""
        from scipy.sparse import csr_array

        counts = count_ngrams(texts, BUCKETS)
        known = self.idf[counts.columns] > 0
        total = np.bincount(counts.rows, minlength=len(texts))
        share = np.bincount(counts.rows[known], minlength=len(texts)) / np.maximum(total, 1)
        # an unknown n-gram still makes the text longer: it weighs as much as the rarest known one
        weights = np.where(known, self.idf[counts.columns], self.idf.max(initial=1.0))
        values = _unit_rows(counts.rows, (1 + np.log(counts.counts)) * weights, len(texts))
        starts = np.concatenate(([0], np.cumsum(total)))
        query = csr_array((values, counts.columns, starts), shape=(len(texts), BUCKETS))
        return query, share.astype(np.float32)

    def to_arrays(self) -> dict[str, NDArray[Any]]:
        """The index as plain arrays, ready for ``np.savez``; :meth:`from_arrays` reads them."""
        used = np.flatnonzero(self.idf)
        return {
            "format": np.array([FORMAT, BUCKETS, self.size], dtype=np.int64),
            "buckets": used.astype(np.int32),
            "idf": self.idf[used],
            "counts": np.diff(self.postings.indptr)[used].astype(np.int32),
            "names": self.postings.indices.astype(np.int32),
            "values": self.postings.data,
        }

    @classmethod
    def from_arrays(cls, arrays: Mapping[str, NDArray[Any]], names: int) -> LexicalIndex:
        """The index that :meth:`to_arrays` wrote; raises ``ModelError`` when it does not fit ``names`` names."""
        from scipy.sparse import csr_array

        try:
            same = arrays["format"].tolist() == [FORMAT, BUCKETS, names]
            idf = np.zeros(BUCKETS, dtype=np.float32)
            idf[arrays["buckets"]] = arrays["idf"]
            counts = np.zeros(BUCKETS, dtype=np.int64)
            counts[arrays["buckets"]] = arrays["counts"]
            starts = np.concatenate(([0], np.cumsum(counts))).astype(np.int32)
            matrix = csr_array((arrays["values"], arrays["names"], starts), shape=(BUCKETS, names))
            matrix.check_format(full_check=True)
        except (KeyError, ValueError, IndexError) as error:
            raise ModelError(f"the stored lexical index is damaged: {error}.", remedy=_REMEDY) from error
        if not same or not np.isfinite(arrays["values"]).all() or not np.isfinite(idf).all():
            raise ModelError("the stored lexical index does not belong to this taxonomy.", remedy=_REMEDY)
        return cls(idf, matrix)


_REMEDY = "Build it again from the taxonomy."


def _unit_rows(rows: NDArray[np.int64], values: NDArray[Any], count: int) -> Floats:
    """Values divided by the length of their row."""
    squares = np.bincount(rows, weights=np.square(values, dtype=np.float64), minlength=count)
    length: NDArray[np.float64] = np.sqrt(np.maximum(squares, 1e-12))
    return (values / length[rows]).astype(np.float32)
