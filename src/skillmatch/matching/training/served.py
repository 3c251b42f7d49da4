"""The tuned encoder as it serves: the merged transformer through onnxruntime, the token table beside it."""

from __future__ import annotations

import shutil
import tempfile
import threading
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np

from skillmatch.domain.errors import ModelError
from skillmatch.matching.encoder import Encoder, Floats, Progress, checked
from skillmatch.matching.onnx_encoder import OnnxEncoder
from skillmatch.matching.onnx_export import LOCK_SECONDS, default_cache_folder
from skillmatch.matching.training.table import TokenTable
from skillmatch.matching.training.weights import TunedWeights, merged_bytes, tuned_weights
from skillmatch.matching.weights import ModelFiles, sha256

NAME = "skill-encoder"


class FusedEncoder:
    """Two encoders as one: the dot product of two fused vectors is the weighted mean of the two likenesses.

    Vectors are both parts one after the other, each times the root of its share, so they have unit length and
    nothing that compares vectors needs to know that there are two views.
    """

    def __init__(self, first: Encoder, table: TokenTable, *, share: float, table_hash: str) -> None:
        self.first = first
        self.table = table
        self.share = share
        self.table_hash = table_hash
        self._loading = threading.Lock()
        self._tokenizer: Any = None

    @property
    def id(self) -> str:
        return f"{self.first.id}+table@{self.table_hash[:16]}*{self.share:g}"

    @property
    def dim(self) -> int:
        return self.first.dim + self.table.dim

    def encode(self, texts: Sequence[str], progress: Progress | None = None) -> Floats:
        """See :class:`~skillmatch.matching.encoder.Encoder`."""
        with self._loading:
            if self._tokenizer is None:
                self._tokenizer = self.table.tokenizer()
        first = self.first.encode(texts, progress) * np.float32((1 - self.share) ** 0.5)
        second = self.table.encode(texts, self._tokenizer) * np.float32(self.share**0.5)
        return checked(np.concatenate([first, second], axis=1), len(texts), self.id)


def tuned_encoder(
    *, cache_folder: Path | None = None, threads: int = 1, folder: Path | None = None, fused: bool = True
) -> Encoder:
    """The encoder from a folder of our weights (the one that comes with skillmatch when None), ready to serve.

    ``fused`` adds the token table where the folder has one. The first call merges the weights in the cache folder
    (90 MB, a second) and the first encoding exports them to ONNX there. Raises ``ModelError``.
    """
    cache = cache_folder or default_cache_folder()
    weights = tuned_weights(folder)
    first = OnnxEncoder(_merged_model(weights, cache), cache_folder=cache, threads=threads)
    if not fused or weights.table_share == 0:
        return first
    table_hash = str(weights.record["files"]["table.safetensors"])
    return FusedEncoder(first, weights.table(), share=weights.table_share, table_hash=table_hash)


def merged_model(cache_folder: Path | None = None, *, folder: Path | None = None) -> ModelFiles:
    """The tuned transformer as a whole model folder in the cache, made first if it is not there or not intact."""
    return _merged_model(tuned_weights(folder), cache_folder or default_cache_folder())


def _merged_model(weights: TunedWeights, cache: Path) -> ModelFiles:
    target = cache / f"{NAME}-{weights.merged_hash[:16]}"
    files = ModelFiles(
        NAME,
        target,
        {**weights.base.hashes, "model.safetensors": weights.merged_hash},
        weights.base.dim,
        weights.base.max_tokens,
    )
    if _intact(files):
        return files
    from filelock import FileLock, Timeout

    try:
        cache.mkdir(parents=True, exist_ok=True)
        with FileLock(target.with_suffix(".lock"), timeout=LOCK_SECONDS):
            if not _intact(files):
                _write_merged(weights, target)
    except (OSError, Timeout) as error:
        raise ModelError(
            f"the encoder cannot be prepared in {cache}: {error}.",
            remedy="Make that folder writable (220 MB), or set another cache folder.",
        ) from error
    files.verify()
    return files


def _intact(files: ModelFiles) -> bool:
    try:
        return all(sha256(files.folder / name) == expected for name, expected in files.hashes.items())
    except OSError:
        return False


def _write_merged(weights: TunedWeights, target: Path) -> None:
    """Build the folder beside its place, then move it there: half of it never counts."""
    with tempfile.TemporaryDirectory(dir=target.parent) as name:
        folder = Path(name) / target.name
        shutil.copytree(weights.base.folder, folder, ignore=shutil.ignore_patterns("model.safetensors", "*.onnx"))
        (folder / "model.safetensors").write_bytes(merged_bytes(weights))
        if target.exists():
            shutil.rmtree(target)
        folder.replace(target)
