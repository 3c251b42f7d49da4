"""An encoder that keeps what it encoded in a file, so that a second training run takes a minute, not five."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np

from skillmatch.matching.encoder import Encoder, Floats, Progress


class KeepingEncoder:
    """Another encoder's vectors, each made once; :meth:`save` writes them. A file of another encoder is ignored."""

    def __init__(self, encoder: Encoder, path: Path | None) -> None:
        self.encoder = encoder
        self.path = path
        self.known: dict[str, Floats] = {}
        if path is not None and path.is_file():
            with np.load(path) as stored:
                if str(stored["encoder"]) == encoder.id:
                    texts = bytes(stored["texts"]).decode().split("\0")
                    self.known = dict(zip(texts, stored["vectors"], strict=True))

    @property
    def id(self) -> str:
        return self.encoder.id

    @property
    def dim(self) -> int:
        return self.encoder.dim

    def encode(self, texts: Sequence[str], progress: Progress | None = None) -> Floats:
        missing = [text for text in dict.fromkeys(texts) if text not in self.known]
        if missing:
            self.known.update(zip(missing, self.encoder.encode(missing, progress), strict=True))
        return np.stack([self.known[text] for text in texts]) if texts else np.empty((0, self.dim), np.float32)

    def save(self) -> None:
        """Write all vectors, if there is a path to write to."""
        if self.path is not None:
            texts = np.frombuffer("\0".join(self.known).encode(), dtype=np.uint8)
            np.savez(self.path, encoder=np.array(self.id), texts=texts, vectors=np.stack(list(self.known.values())))
