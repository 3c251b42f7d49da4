"""The encoder that serves: onnxruntime and tokenizers alone, the published vectors to 1e-6."""

from __future__ import annotations

import threading
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import numpy as np
from numpy.typing import NDArray

from skillmatch.domain.base.errors import ModelError
from skillmatch.matching.encoder import Floats, Progress, checked
from skillmatch.matching.encoder_graph import filled_session
from skillmatch.matching.weights import ModelFiles

CHUNK = 4_096  # texts tokenised at once
BATCH_TEXTS = 32
BATCH_TOKENS = 2_048  # bounds the memory of one batch: at 256 tokens a batch holds 8 texts


class OnnxEncoder:
    """Encodes by the graph that comes with skillmatch, filled with a model's weights.

    Texts longer than ``files.max_tokens`` tokens are cut there. Batches hold texts of one length in tokens, so no
    work is spent on padding and a text's vector does not depend on its neighbours. Safe to use from several
    threads; the model is loaded at the first call.
    """

    def __init__(self, files: ModelFiles, *, threads: int = 1) -> None:
        self.files = files
        self.threads = max(1, threads)
        self._loading = threading.Lock()
        self._loaded: tuple[Any, Any] | None = None

    @property
    def id(self) -> str:
        return f"{self.files.name}@{self.files.weights_hash[:16]}"

    @property
    def dim(self) -> int:
        return self.files.dim

    def load(self) -> tuple[Any, Any]:
        """The tokenizer and the session, loaded once. Raises ``ModelError``."""
        with self._loading:
            if self._loaded is None:
                self._loaded = self._load()
            return self._loaded

    def _load(self) -> tuple[Any, Any]:
        self.files.verify("tokenizer.json", "config.json", "model.safetensors")
        import onnxruntime
        from safetensors.numpy import load_file
        from tokenizers import Tokenizer

        try:
            tokenizer = Tokenizer.from_file(str(self.files.folder / "tokenizer.json"))
            tokenizer.no_padding()
            tokenizer.enable_truncation(self.files.max_tokens)
            options = onnxruntime.SessionOptions()
            options.intra_op_num_threads = 1  # several batches at once use two cores better than one batch on both
            options.inter_op_num_threads = 1
            options.log_severity_level = 3
            session = filled_session(load_file(self.files.folder / "model.safetensors"), options)
        except ModelError:
            raise
        except Exception as error:  # both libraries raise bare exceptions
            raise ModelError(
                f"the encoder {self.id} cannot be loaded: {error}.", remedy="Reinstall skillmatch."
            ) from error
        return tokenizer, session

    def encode(self, texts: Sequence[str], progress: Progress | None = None) -> Floats:
        """See :class:`~skillmatch.matching.encoder.Encoder`."""
        tokenizer, session = self.load()
        vectors = np.empty((len(texts), self.dim), dtype=np.float32)

        def encode_batch(batch: tuple[NDArray[np.intp], NDArray[np.int64]]) -> int:
            rows, ids = batch
            vectors[rows] = session.run(None, {"input_ids": ids, "attention_mask": np.ones_like(ids)})[0]
            return len(rows)

        done = 0
        try:
            with ThreadPoolExecutor(self.threads) as pool:
                for start in range(0, len(texts), CHUNK):
                    batches = list(_batches(tokenizer, texts[start : start + CHUNK], start))
                    # a single batch stays on this thread: a question of one phrase should not wait for a hand-over
                    results = pool.map(encode_batch, batches) if len(batches) > 1 else map(encode_batch, batches)
                    for count in results:
                        done += count
                        if progress is not None:
                            progress(done, len(texts))
        except ModelError:
            raise
        except Exception as error:
            raise ModelError(
                f"the encoder {self.id} failed: {error}.", remedy="Matching by letters works without it."
            ) from error
        return checked(vectors, len(texts), self.id)


def _batches(tokenizer: Any, texts: Sequence[str], start: int) -> Iterator[tuple[NDArray[np.intp], NDArray[np.int64]]]:
    """Row numbers and token ids of texts of equal length, the shortest first."""
    encodings = tokenizer.encode_batch(list(texts))
    lengths = np.array([len(encoding.ids) for encoding in encodings])
    order = np.argsort(lengths, kind="stable")
    at = 0
    while at < len(order):
        length = lengths[order[at]]
        same = int(np.searchsorted(lengths[order], length, side="right"))
        end = min(same, at + max(1, min(BATCH_TEXTS, BATCH_TOKENS // int(length))))
        rows = order[at:end]
        yield rows + start, np.array([encodings[row].ids for row in rows], dtype=np.int64)
        at = end
