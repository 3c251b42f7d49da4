"""The slow, general encoder: any sentence-transformers name or folder, as it is."""

from __future__ import annotations

import threading
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np

from skillmatch.domain.base.errors import ModelError
from skillmatch.matching.encoder import Floats, Progress, checked
from skillmatch.matching.weights import sha256

CHUNK = 1_024
BATCH = 32


class SentenceTransformerEncoder:
    """Encodes with sentence-transformers itself; for models other than the default one.

    ``name`` is a folder, or a name that is already in the local model cache: nothing is downloaded. The id holds
    a hash of the weights where ``name`` is a folder.
    """

    def __init__(self, name: str | Path, *, threads: int = 1, device: str = "cpu") -> None:
        self.name = str(name)
        self.threads = max(1, threads)
        self.device = device
        self._loading = threading.Lock()
        self._model: Any = None
        self._id = ""

    @property
    def id(self) -> str:
        if not self._id:
            weights = sorted(Path(self.name).rglob("*.safetensors")) if Path(self.name).is_dir() else []
            mark = "+".join(sha256(path)[:16] for path in weights) or "unpinned"
            self._id = f"{Path(self.name).name}@{mark}"
        return self._id

    @property
    def dim(self) -> int:
        model = self.load()
        # the method has another name before release 6
        size = getattr(model, "get_embedding_dimension", None) or model.get_sentence_embedding_dimension
        return int(size())

    def load(self) -> Any:
        """The sentence-transformers model, loaded once. Raises ``ModelError``."""
        with self._loading:
            if self._model is None:
                try:
                    import torch
                    from sentence_transformers import SentenceTransformer

                    torch.set_num_threads(self.threads)
                    self._model = SentenceTransformer(self.name, device=self.device, local_files_only=True)
                except Exception as error:  # the library raises whatever its parts raise
                    raise ModelError(
                        f"the encoder '{self.name}' cannot be loaded: {error}.",
                        remedy="Give a folder in the sentence-transformers layout (nothing is downloaded), and install "
                        "what reads it: pip install 'skillmatch[train]'.",
                    ) from error
            return self._model

    def encode(self, texts: Sequence[str], progress: Progress | None = None) -> Floats:
        """See :class:`~skillmatch.matching.encoder.Encoder`."""
        model = self.load()
        parts = [np.empty((0, self.dim), dtype=np.float32)]
        for start in range(0, len(texts), CHUNK):
            chunk = list(texts[start : start + CHUNK])
            try:
                part = model.encode(chunk, batch_size=BATCH, normalize_embeddings=True, show_progress_bar=False)
            except Exception as error:
                raise ModelError(
                    f"the encoder '{self.name}' failed: {error}.", remedy="Try the default one."
                ) from error
            parts.append(np.asarray(part, dtype=np.float32))
            if progress is not None:
                progress(start + len(chunk), len(texts))
        return checked(np.concatenate(parts), len(texts), self.id)
