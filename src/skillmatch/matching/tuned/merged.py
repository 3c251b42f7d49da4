"""Our transformer as a whole model folder in the cache: the base with the difference applied, made once."""

from __future__ import annotations

import shutil
import tempfile
from pathlib import Path

from skillmatch.domain.base.errors import ModelError
from skillmatch.matching.tuned.weights import TunedWeights, merged_bytes, tuned_weights
from skillmatch.matching.weights import LOCK_SECONDS, ModelFiles, default_cache_folder, sha256

NAME = "skill-encoder"


def merged_model(cache_folder: Path | None = None, *, folder: Path | None = None) -> ModelFiles:
    """The tuned transformer as a whole model folder in the cache, made first if it is not there or not intact."""
    return merged_model_of(tuned_weights(folder), cache_folder or default_cache_folder())


def merged_model_of(weights: TunedWeights, cache: Path) -> ModelFiles:
    """The same for weights that were checked before. Raises ``ModelError`` when the cache cannot be written."""
    target = cache / f"{NAME}-{weights.record.merged_hash[:16]}"
    files = ModelFiles(
        NAME,
        target,
        {**weights.base.hashes, "model.safetensors": weights.record.merged_hash},
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
            remedy="Make that folder writable (100 MB), or set another cache folder.",
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
