"""The one place where a setting becomes an encoder."""

from __future__ import annotations

from pathlib import Path

from skillmatch.matching.encoder import DEFAULT_ENCODER, Encoder


def make_encoder(name: str = DEFAULT_ENCODER, *, cache_folder: Path | None = None, threads: int = 1) -> Encoder:
    """The encoder that a setting names: ours, the base model that ours was trained from, or any other.

    ``skill-encoder`` is the default, ``all-MiniLM-L6-v2`` its base; other names and folders are loaded by
    sentence-transformers. A folder with our own kind of weights (see ``skillmatch train``) is loaded as such.
    Nothing is read or loaded before the first use. ``cache_folder`` holds merged weights (the user's cache folder
    when None); ``threads`` is the number of processor threads that encode at once.
    """
    match name:
        case "skill-encoder":
            from skillmatch.matching.encoders.tuned_encoder import TunedEncoder

            return TunedEncoder(cache_folder=cache_folder, threads=threads)
        case "all-MiniLM-L6-v2":
            from skillmatch.matching.encoders.onnx_encoder import OnnxEncoder
            from skillmatch.matching.weights import published_model

            return OnnxEncoder(published_model(), threads=threads)
        case _ if (Path(name) / "encoder.json").is_file():
            from skillmatch.matching.encoders.tuned_encoder import TunedEncoder

            return TunedEncoder(Path(name), cache_folder=cache_folder, threads=threads)
        case _:
            from skillmatch.matching.encoders.transformer_encoder import SentenceTransformerEncoder

            return SentenceTransformerEncoder(name, threads=threads)
