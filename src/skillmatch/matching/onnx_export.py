"""One export of a sentence-transformers model to ONNX, kept in the user's cache and shared by processes.

Alternatives refused: the ONNX back ends of sentence-transformers (they downgrade transformers) and quantised
weights (their vectors differ from the published model's).
"""

from __future__ import annotations

import tempfile
import warnings
from pathlib import Path
from typing import Any

from skillmatch.domain.errors import ModelError
from skillmatch.matching.weights import ModelFiles, sha256

EXPORTER_VERSION = 1  # raise it when the exported graph changes; older exports are then left alone
OPSET = 17
LOCK_SECONDS = 300.0


def default_cache_folder() -> Path:
    """Where exports are kept unless a setting says otherwise."""
    from platformdirs import user_cache_path

    return user_cache_path("skillmatch")


def exported_model(files: ModelFiles, cache_folder: Path) -> Path:
    """The path of the exported model, made first if it is missing or not what was written.

    Two processes that come at once make it once: the second waits for the first. Raises ``ModelError`` when the
    model's files are not the published ones or the folder cannot be written.
    """
    path = cache_folder / f"{files.name}-{files.weights_hash[:16]}-v{EXPORTER_VERSION}.onnx"
    if _intact(path):
        return path
    from filelock import FileLock, Timeout

    try:
        cache_folder.mkdir(parents=True, exist_ok=True)
        with FileLock(path.with_suffix(".lock"), timeout=LOCK_SECONDS):
            if not _intact(path):
                _write_export(files, path)
    except (OSError, Timeout) as error:
        raise ModelError(
            f"the encoder cannot be prepared in {cache_folder}: {error}.",
            remedy="Make that folder writable (120 MB), or set another cache folder.",
        ) from error
    return path


def _hash_file(path: Path) -> Path:
    return path.with_suffix(".sha256")


def _intact(path: Path) -> bool:
    """Whether the export is there, whole: its SHA-256 is the one written beside it after the export was."""
    try:
        return _hash_file(path).read_text(encoding="ascii").strip() == sha256(path)
    except (OSError, UnicodeDecodeError):
        return False


def _write_export(files: ModelFiles, path: Path) -> None:
    """Export beside the target, then move both files into place; the hash last, so that half of it never counts."""
    files.verify()
    with tempfile.TemporaryDirectory(dir=path.parent) as folder:
        exported = Path(folder) / path.name
        _export(files.folder, exported)
        hashed = Path(folder) / _hash_file(path).name
        hashed.write_text(sha256(exported) + "\n", encoding="ascii")
        _hash_file(path).unlink(missing_ok=True)
        exported.replace(path)
        hashed.replace(_hash_file(path))


def _export(folder: Path, target: Path) -> None:
    import torch
    from sentence_transformers import SentenceTransformer

    transformer = SentenceTransformer(str(folder), device="cpu", local_files_only=True)[0].auto_model.eval().float()

    class MeanPooled(torch.nn.Module):  # type: ignore[misc]
        """The transformer, the mean over its tokens, unit length: what sentence-transformers does in three steps."""

        def forward(self, input_ids: Any, attention_mask: Any) -> Any:
            states = transformer(
                input_ids=input_ids, attention_mask=attention_mask, token_type_ids=torch.zeros_like(input_ids)
            ).last_hidden_state
            weight = attention_mask.unsqueeze(-1).to(states.dtype)
            mean = (states * weight).sum(1) / weight.sum(1).clamp(min=1e-9)
            return torch.nn.functional.normalize(mean, p=2, dim=1)

    module = MeanPooled()
    module.transformer = transformer
    ids = torch.tensor([[101, 2023, 2003, 102], [101, 2023, 102, 0]])
    mask = (ids != 0).to(torch.int64)
    free = {0: "texts", 1: "tokens"}
    with warnings.catch_warnings(), torch.no_grad():
        warnings.simplefilter("ignore")  # the tracer warns of branches that do not depend on the text
        torch.onnx.export(
            module,
            (ids, mask),
            str(target),
            input_names=["input_ids", "attention_mask"],
            output_names=["vectors"],
            dynamic_axes={"input_ids": free, "attention_mask": free, "vectors": {0: "texts"}},
            opset_version=OPSET,
            dynamo=False,  # the newer exporter needs a package more and gives the same graph
        )
