"""Likeness of meaning: exact search over the vectors of chosen names, best over a skill's names."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from skillmatch.domain.errors import ModelError
from skillmatch.matching.encoder import Encoder, Floats, Progress, checked
from skillmatch.matching.names import NameTable

SHORT_ALIASES = 3
"""How many aliases of a skill get a vector beside its label: the shortest. On ESCO that halves the work of
encoding every name and loses nothing: see models/linker/README.md for the figures."""

KnownVectors = Mapping[str, Floats] | Callable[[Sequence[str]], Mapping[str, Floats]]
"""Vectors that were made before: by folded name, or a function that is asked for names and gives those it has."""


@dataclass(frozen=True)
class VectorIndex:
    """Vectors of names, ``(n_rows, dim)`` float32 of unit length, sorted by skill, the label's row first.

    ``texts[i]`` is what row i encodes, so that a caller can store the pair; ``starts`` is the label row of each skill.
    """

    encoder_id: str
    texts: tuple[str, ...]
    matrix: Floats
    starts: NDArray[np.int64]

    def scores(self, queries: Floats) -> tuple[Floats, Floats]:
        """Cosine of queries ``(n, dim)`` with skills, ``(n, skills)``: best over the names, and with the label."""
        every = queries @ self.matrix.T
        np.clip(every, -1, 1, out=every)
        return np.maximum.reduceat(every, self.starts, axis=1), every[:, self.starts]


def chosen_names(names: NameTable) -> tuple[tuple[str, ...], NDArray[np.int64]]:
    """The names that get vectors (the label, then its shortest aliases), and the first row of each skill."""
    texts: list[str] = []
    starts: list[int] = []
    for start, end in zip(names.starts.tolist(), names.ends.tolist(), strict=True):
        starts.append(len(texts))
        texts.append(names.names[start])
        texts.extend(sorted(names.names[start + 1 : end], key=lambda name: (len(name), name))[:SHORT_ALIASES])
    return tuple(texts), np.array(starts, dtype=np.int64)


def build_vectors(
    names: NameTable, encoder: Encoder, known: KnownVectors | None = None, progress: Progress | None = None
) -> VectorIndex:
    """Encode the chosen names that are not known already. Raises ``ModelError``."""
    texts, starts = chosen_names(names)
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
    return VectorIndex(encoder.id, texts, matrix, starts)


_REMEDY = "Drop the stored vectors and encode the names again."
