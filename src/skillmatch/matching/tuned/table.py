"""The second view: one learned vector per word piece, a text being the sum of its pieces, whatever their order.

It sees what the transformer blurs: that a product's rare name stands in the text at all. It needs no model at run time.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from skillmatch.matching.encoder import Floats

CHUNK = 512


@dataclass(frozen=True)
class TokenTable:
    """Vectors ``(vocabulary, dim)`` and the tokenizer whose ids they belong to."""

    vectors: NDArray[np.float16]
    tokenizer_path: Path
    max_tokens: int = 256

    @property
    def dim(self) -> int:
        """Length of a vector."""
        return int(self.vectors.shape[1])

    def tokenizer(self) -> Any:
        """A fresh tokenizer; load it once and pass it to :meth:`encode`."""
        from tokenizers import Tokenizer

        tokenizer = Tokenizer.from_file(str(self.tokenizer_path))
        tokenizer.no_padding()
        tokenizer.enable_truncation(self.max_tokens)
        return tokenizer

    def encode(self, texts: Sequence[str], tokenizer: Any) -> Floats:
        """Unit vectors ``(n, dim)`` float32; a text without letters still has the vectors of its two end marks."""
        out = np.empty((len(texts), self.dim), dtype=np.float32)
        for start in range(0, len(texts), CHUNK):
            encodings = tokenizer.encode_batch(list(texts[start : start + CHUNK]))
            lengths = [len(encoding.ids) for encoding in encodings]
            ids = np.concatenate([np.array(encoding.ids, dtype=np.int64) for encoding in encodings])
            sums = np.add.reduceat(
                self.vectors[ids].astype(np.float32), np.concatenate(([0], np.cumsum(lengths)[:-1])), axis=0
            )
            out[start : start + len(encodings)] = sums / np.maximum(np.linalg.norm(sums, axis=1, keepdims=True), 1e-9)
        return out
