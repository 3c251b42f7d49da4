"""The encoder protocol: what turns text into vectors, and what those must be like."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from skillmatch.domain.base.errors import ModelError

Floats = NDArray[np.float32]
Progress = Callable[[int, int], None]
"""Called with (done, total) now and then during long work."""

DEFAULT_ENCODER = "skill-encoder"
BASE_ENCODER = "all-MiniLM-L6-v2"


class Encoder(Protocol):
    """Turns text into vectors whose dot product says how alike two meanings are.

    ``id`` names the model and its weights: vectors of encoders with different ids must never be compared.
    """

    @property
    def id(self) -> str:
        """Name and weights; stored beside every vector."""

    @property
    def dim(self) -> int:
        """Length of a vector."""

    def encode(self, texts: Sequence[str], progress: Progress | None = None) -> Floats:
        """Vectors of unit length, shape ``(len(texts), dim)``, float32. Raises ``ModelError``, never gives NaN."""


def checked(vectors: Floats, rows: int, encoder_id: str) -> Floats:
    """The vectors, after making sure that they may be compared: the right shape, finite, of unit length (1e-3)."""
    if vectors.ndim != 2 or vectors.shape[0] != rows:
        raise ModelError(f"the encoder {encoder_id} gave {vectors.shape} for {rows} texts.", remedy=_REMEDY)
    if not np.isfinite(vectors).all():
        raise ModelError(f"the encoder {encoder_id} gave values that are not numbers.", remedy=_REMEDY)
    if rows and np.abs(np.einsum("ij,ij->i", vectors, vectors) - 1).max() > 1e-3:
        raise ModelError(f"the encoder {encoder_id} gave rows that are not of unit length.", remedy=_REMEDY)
    return vectors


_REMEDY = "Check the model's files, or set the default encoder; matching by letters works without one."
