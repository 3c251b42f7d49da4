"""The tuned encoder as it serves: the merged transformer through onnxruntime, the token table beside it."""

from __future__ import annotations

import threading
from collections.abc import Sequence
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np

from skillmatch.files.resources import resource
from skillmatch.matching.encoder import Floats, Progress, checked
from skillmatch.matching.encoders.onnx_encoder import OnnxEncoder
from skillmatch.matching.tuned.merged import NAME, merged_model_of
from skillmatch.matching.tuned.table import TokenTable
from skillmatch.matching.tuned.weights import TABLE, TunedRecord, read_record, tuned_weights
from skillmatch.matching.weights import default_cache_folder


class TunedEncoder:
    """Serves a folder of our weights (the one that comes with skillmatch when None); safe to share between threads.

    Two views as one: a vector is the transformer's and the token table's one after the other, each times the root of
    its share, so it has unit length, and the dot product of two is the weighted mean of the two likenesses.
    ``fused=False`` leaves the table out. ``id`` and ``dim`` come from the folder's small record; the weights are
    checked and merged into the cache folder (90 MB, a second) at the first encoding.
    """

    def __init__(
        self,
        folder: Path | None = None,
        *,
        cache_folder: Path | None = None,
        threads: int = 1,
        fused: bool = True,
    ) -> None:
        self.folder = folder
        self.cache_folder = cache_folder
        self.threads = threads
        self.fused = fused
        self._loading = threading.Lock()
        self._loaded: tuple[OnnxEncoder, TokenTable | None, Any] | None = None

    @cached_property
    def record(self) -> TunedRecord:
        """What the folder says of itself. Raises ``ModelError``."""
        return read_record(self.folder or resource("models", NAME))

    @property
    def share(self) -> float:
        """How much of a likeness comes from the token table, 0-1."""
        return self.record.table_share if self.fused else 0.0

    @property
    def id(self) -> str:
        first = f"{NAME}@{self.record.merged_hash[:16]}"
        return f"{first}+table@{self.record.files[TABLE][:16]}*{self.share:g}" if self.share else first

    @property
    def dim(self) -> int:
        return self.record.dim + (self.record.table_dim if self.share else 0)

    def encode(self, texts: Sequence[str], progress: Progress | None = None) -> Floats:
        """See :class:`~skillmatch.matching.encoder.Encoder`."""
        transformer, table, tokenizer = self._load()
        first = transformer.encode(texts, progress)
        if table is None:
            return first
        second = table.encode(texts, tokenizer) * np.float32(self.share**0.5)
        return checked(
            np.concatenate([first * np.float32((1 - self.share) ** 0.5), second], axis=1), len(texts), self.id
        )

    def _load(self) -> tuple[OnnxEncoder, TokenTable | None, Any]:
        with self._loading:
            if self._loaded is None:
                weights = tuned_weights(self.folder)
                cache = self.cache_folder or default_cache_folder()
                transformer = OnnxEncoder(merged_model_of(weights, cache), threads=self.threads)
                table = weights.table() if self.share else None
                self._loaded = transformer, table, table.tokenizer() if table is not None else None
            return self._loaded
