"""Likeness of meaning: exact search over the vectors of labels.

Aliases have none: the encoder was trained to put them where the label is, and the best of several names ranked worse
than the label alone in every task of the benchmark (``--aliases``). They count as names and by letters.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from skillmatch.domain.base.errors import ModelError
from skillmatch.matching.encoder import Encoder, Floats, Progress, checked
from skillmatch.matching.names import NameTable

KnownVectors = Mapping[str, Floats] | Callable[[Sequence[str]], Mapping[str, Floats]]
"""Vectors that were made before: by folded name, or a function that is asked for names and gives those it has."""


@dataclass(frozen=True)
class VectorIndex:
    """Vectors of labels, ``(skills, dim)`` float32 of unit length, in the order of the skills.

    ``texts[i]`` is what row i encodes, so that a caller can store the pair.
    """

    encoder_id: str
    texts: tuple[str, ...]
    matrix: Floats

    def scores(self, queries: Floats) -> Floats:
        """Cosine of queries ``(n, dim)`` with skills, ``(n, skills)``."""
        every = queries @ self.matrix.T
        return np.asarray(np.clip(every, -1, 1, out=every), dtype=np.float32)


def build_vectors(
    names: NameTable, encoder: Encoder, known: KnownVectors | None = None, progress: Progress | None = None
) -> VectorIndex:
    """Encode the labels that are not known already. Raises ``ModelError``."""
    texts = tuple(names.names[start] for start in names.starts.tolist())
    unique = list(dict.fromkeys(texts))
    given = {} if known is None else known(unique) if callable(known) else known
    missing = [text for text in unique if text not in given]
    if progress is not None:
        progress(0, len(missing))
    fresh = encoder.encode(missing, progress) if missing else np.empty((0, encoder.dim), dtype=np.float32)
    stored = (given[text] for text in unique if text in given)
    if fresh.shape[1] != encoder.dim or any(np.shape(vector) != (encoder.dim,) for vector in stored):
        raise ModelError(f"a stored vector has not the {encoder.dim} values of {encoder.id}.", remedy=_REMEDY)
    rows = {text: row for row, text in enumerate(missing)}
    matrix = np.empty((len(texts), encoder.dim), dtype=np.float32)
    for row, text in enumerate(texts):
        matrix[row] = fresh[rows[text]] if text in rows else given[text]
    matrix = checked(matrix, len(texts), encoder.id)
    matrix.flags.writeable = False
    return VectorIndex(encoder.id, texts, matrix)


_REMEDY = "Drop the stored vectors and encode the names again."
