"""Our weights as files: what training changed, in half precision, bound by hashes to the base model they change.

A folder holds ``delta.safetensors`` (base + delta = our transformer), ``table.safetensors`` (the second view) and
``encoder.json``, which names the base and says how the weights came to be. Weights that are not those that
``encoder.json`` names, or that would change another base, are refused.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from skillmatch.domain.base.errors import ModelError
from skillmatch.files.resources import resource
from skillmatch.files.writing import write_text
from skillmatch.matching.tuned.table import TokenTable
from skillmatch.matching.weights import ModelFiles, published_model, sha256

FORMAT = "skillmatch-encoder/1"
DELTA, TABLE, RECORD = "delta.safetensors", "table.safetensors", "encoder.json"
Arrays = Mapping[str, NDArray[Any]]


@dataclass(frozen=True)
class TunedRecord:
    """What ``encoder.json`` says: the base it changes, the files with their hashes, and how they came to be.

    ``dim`` and ``table_dim`` are the lengths of both views' vectors, ``table_share`` (0-1) is how much of a likeness
    comes from the table (0 when there is none), ``merged_hash`` the SHA-256 of the base with the delta applied.
    """

    folder: Path
    base_name: str
    base_hash: str
    files: Mapping[str, str]
    merged_hash: str
    dim: int
    table_dim: int
    table_share: float
    training: Mapping[str, Any]


@dataclass(frozen=True)
class TunedWeights:
    """A folder of our weights whose files were checked: its record, and the base model that they change."""

    record: TunedRecord
    base: ModelFiles

    @property
    def folder(self) -> Path:
        """Where the files are."""
        return self.record.folder

    def table(self) -> TokenTable:
        """The second view. Raises ``ModelError`` when the folder has none."""
        if TABLE not in self.record.files:
            raise ModelError(f"the encoder in {self.folder} has no token table.", remedy="Train it with one.")
        return TokenTable(_arrays(self.folder / TABLE)["vectors"], self.base.folder / "tokenizer.json")


def read_record(folder: Path) -> TunedRecord:
    """What a folder of our weights says of itself; nothing is checked against it yet. Raises ``ModelError``."""
    try:
        content = json.loads((folder / RECORD).read_text(encoding="utf-8"))
        if (form := content["format"]) != FORMAT:
            raise ModelError(f"{folder / RECORD} has the format {form}, not {FORMAT}.", remedy=_REMEDY)
        return TunedRecord(
            folder,
            str(content["base"]["name"]),
            str(content["base"]["sha256"]),
            {str(name): str(expected) for name, expected in content["files"].items()},
            str(content["merged_sha256"]),
            int(content["dim"]),
            int(content["table_dim"]),
            float(content["table_share"]),
            content["training"],
        )
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise ModelError(f"{folder / RECORD} cannot be read: {error}.", remedy=_REMEDY) from error


def tuned_weights(folder: Path | None = None, *, base: ModelFiles | None = None) -> TunedWeights:
    """Check a folder of our weights (the one that comes with skillmatch when None) against its hashes and its base.

    Raises ``ModelError`` when a file is missing, is not what was written, or the base is not the one it was trained on.
    """
    folder = folder or resource("models", "skill-encoder")
    base = base or published_model()
    record = read_record(folder)
    if record.base_hash != base.weights_hash:
        raise ModelError(f"the weights in {folder} change another base than {base.name}.", remedy=_REMEDY)
    base.verify()
    for name, expected in record.files.items():
        path = folder / Path(name).name
        try:
            found = sha256(path)
        except OSError as error:
            raise ModelError(f"{path} cannot be read: {error}.", remedy=_REMEDY) from error
        if found != expected:
            raise ModelError(f"{path} has the SHA-256 {found[:12]}…, not {expected[:12]}….", remedy=_REMEDY)
    return TunedWeights(record, base)


def save_tuned(
    folder: Path,
    trained: Arrays,
    *,
    base: ModelFiles,
    keep: float = 1.0,
    table: NDArray[np.float16] | None = None,
    table_share: float = 0.0,
    training: Mapping[str, Any],
) -> None:
    """Write what training changed, times ``keep``, and the record.

    ``trained`` are float32 weights under the base's own names.
    """
    from safetensors.numpy import save

    folder.mkdir(parents=True, exist_ok=True)
    before = _arrays(base.folder / "model.safetensors")
    delta = {name: (keep * (weight - before[name])).astype(np.float16) for name, weight in sorted(trained.items())}
    (folder / DELTA).write_bytes(save(delta))
    files = {DELTA: sha256(folder / DELTA)}
    if table is None:
        (folder / TABLE).unlink(missing_ok=True)
    else:
        (folder / TABLE).write_bytes(save({"vectors": table}))
        files[TABLE] = sha256(folder / TABLE)
    record = {
        "format": FORMAT,
        "base": {"name": base.name, "sha256": base.weights_hash},
        "files": files,
        "merged_sha256": hashlib.sha256(_merged(before, delta)).hexdigest(),
        "dim": base.dim,
        "table_dim": table.shape[1] if table is not None else 0,
        "table_share": table_share if table is not None else 0.0,
        "training": dict(training),
    }
    write_text(folder / RECORD, json.dumps(record, indent=2, sort_keys=True, ensure_ascii=False) + "\n")


def merged_bytes(weights: TunedWeights) -> bytes:
    """The base with our delta applied, float32, as the bytes of a safetensors file."""
    return _merged(_arrays(weights.base.folder / "model.safetensors"), _arrays(weights.folder / DELTA))


def load_tuned(folder: Path | None = None) -> Any:
    """The tuned transformer as a sentence-transformers model, for training further and for looking inside.

    The token table is not in it; the encoder that serves is in :mod:`skillmatch.matching.encoders.tuned_encoder`.
    """
    weights = tuned_weights(folder)
    import torch
    from safetensors.torch import load
    from sentence_transformers import SentenceTransformer

    model = SentenceTransformer(str(weights.base.folder), device="cpu", local_files_only=True)
    changed = set(_arrays(weights.folder / DELTA))
    with torch.no_grad():
        merged = load(merged_bytes(weights))
        for name, weight in model[0].auto_model.named_parameters():
            if name in changed:
                weight.copy_(merged[name])
    return model


def _merged(base: Arrays, delta: Arrays) -> bytes:
    from safetensors.numpy import save

    unknown = delta.keys() - base.keys()
    if unknown:
        raise ModelError(f"the base has no weights called {', '.join(sorted(unknown))}.", remedy=_REMEDY)
    # copied in one order, so that the same weights always give the same bytes
    merged = {
        name: base[name] + delta[name].astype(np.float32) if name in delta else base[name] for name in sorted(base)
    }
    return bytes(save(merged, metadata={"format": "pt"}))


def _arrays(path: Path) -> dict[str, NDArray[Any]]:
    from safetensors import SafetensorError
    from safetensors.numpy import load_file

    try:
        return dict(load_file(path))
    except (OSError, SafetensorError) as error:
        raise ModelError(f"{path} cannot be read: {error}.", remedy=_REMEDY) from error


_REMEDY = "Reinstall skillmatch, or train the encoder again: skillmatch train --data DIR."
