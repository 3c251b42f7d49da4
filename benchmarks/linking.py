"""Linking 1,000 short phrases against ESCO: python -m benchmarks.linking --data ../shared/data

The baseline is what most people write: sentence-transformers encodes the phrases, cosine with all labels, top five.
Both are warm: models loaded, names encoded. Quality (RP@5) is printed beside, so that speed is not bought with it.
"""

from __future__ import annotations

import argparse
import random
import time
from pathlib import Path

import numpy as np

from benchmarks import linking_data
from benchmarks.linking_quality import linker_ranker, rank_quality
from benchmarks.measure import Result, Results
from skillmatch.matching.encoders.make import make_encoder
from skillmatch.matching.encoders.transformer_encoder import SentenceTransformerEncoder
from skillmatch.matching.index import build_index
from skillmatch.matching.linker import Linker
from skillmatch.matching.weights import published_model
from skillmatch.taxonomy.esco import read_esco

PHRASES = 1_000
SEED = 7


def measure_linking(results: Results, data: Path, *, threads: int = 1, cache: Path | None = None) -> None:
    """Measure building the index, linking warm, and the quality of both."""
    taxonomy = read_esco(data / "esco-1.1.1").taxonomy
    encoder = make_encoder(cache_folder=cache, threads=threads)
    encoder.encode(["warm"])
    begun = time.perf_counter()
    index = build_index(taxonomy, encoder)
    building = time.perf_counter() - begun
    linker = Linker(index, encoder, threads=threads)
    naive = _Naive(list(index.labels), list(index.skill_ids), threads)
    phrases = _phrases(data)
    linker.link(phrases[:10])
    naive(phrases[:10])
    ours, theirs = _seconds(lambda: linker.link(phrases)), _seconds(lambda: naive(phrases))
    results.add(
        Result("vectors and index of ESCO", building, "s", 120, "all labels by sentence-transformers", naive.built)
    )
    spans = [example for name in ("tech", "house") for example in linking_data.annotated_spans(data, name, taxonomy)]
    lines = [
        example for name in ("tech", "house") for example in linking_data.annotated_sentences(data, name, taxonomy)
    ]
    rank = linker_ranker(linker)
    quality = {
        what: (rank_quality(rank, examples).rp5, rank_quality(naive, examples).rp5)
        for what, examples in (("spans", spans), ("sentences", lines))
    }
    remark = "; ".join(f"RP@5 on {what} {mine} against {other}" for what, (mine, other) in quality.items())
    baseline = "sentence-transformers and cosine with all labels"
    results.add(Result(f"{PHRASES:,} phrases linked, warm", ours, "s", 5, baseline, theirs, remark=remark))


class _Naive:
    """A loop over sentence-transformers, cosine with every label, ten best."""

    def __init__(self, labels: list[str], ids: list[str], threads: int) -> None:
        self._encoder = SentenceTransformerEncoder(published_model().folder, threads=threads)
        self._encoder.encode(["warm"])
        begun = time.perf_counter()
        self._labels = self._encoder.encode(labels)
        self.built = time.perf_counter() - begun
        self._ids = ids

    def __call__(self, texts: list[str]) -> list[list[str]]:
        found = []
        for text in texts:
            scores = self._labels @ self._encoder.encode([text])[0]
            found.append([self._ids[place] for place in np.argsort(-scores, kind="stable")[:10]])
        return found


def _phrases(data: Path) -> list[str]:
    """Phrases that people marked as skills in SkillSpan's adverts: what the linker is asked for in life."""
    return random.Random(SEED).sample(linking_data.marked_phrases(data, "dev"), PHRASES)


def _seconds(call: object) -> float:
    begun = time.perf_counter()
    call()  # type: ignore[operator]
    return time.perf_counter() - begun


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, default=Path(__file__).parents[2] / "shared" / "data")
    parser.add_argument("--threads", type=int, default=1)
    parser.add_argument("--cache", type=Path)
    given = parser.parse_args()
    measure_linking(Results(), given.data, threads=given.threads, cache=given.cache)


if __name__ == "__main__":
    main()
