"""What is compared: scores of texts with every name of every candidate, foolish models first."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from benchmarks.kept_vectors import KeepingEncoder
from skillmatch.domain.skills.taxonomy import fold
from skillmatch.matching.encoder import BASE_ENCODER, Encoder
from skillmatch.matching.encoders.make import make_encoder
from skillmatch.matching.encoders.tuned_encoder import TunedEncoder
from skillmatch.matching.tuned.weights import tuned_weights
from skillmatch.matching.words import stem, words

Scores = NDArray[np.float32]
Scorer = Callable[[Sequence[str]], Scores]
"""Texts in, ``(texts, names)`` out; made once for a list of names."""

BASELINES = ("random", "edit distance", "bm25", "tfidf", "minilm")
ENCODER = "skill-encoder"
PARTS = ("transformer", "table")
"""The encoder's two views alone, for who wants to see what each adds."""


@dataclass(frozen=True)
class Model:
    """A named way to score; ``save`` keeps what it encoded for the next run."""

    name: str
    scorer: Callable[[Sequence[str]], Scorer]
    save: Callable[[], None] = lambda: None


def make_models(
    names: Sequence[str], *, folder: Path | None, cache: Path | None, threads: int, seed: int
) -> Iterator[Model]:
    """The models of these names; ``folder`` holds the weights to test, ``cache`` keeps vectors between runs."""
    if cache is not None:
        cache.mkdir(parents=True, exist_ok=True)
    for name in names:
        match name:
            case "random":
                yield Model(name, lambda _names: _random(len(_names), seed))
            case "edit distance":
                yield Model(name, lambda names: _edit_distance(names, threads))
            case "bm25":
                yield Model(name, _bm25)
            case "tfidf":
                yield Model(name, _tfidf)
            case "minilm":
                plain = kept(make_encoder(BASE_ENCODER, threads=threads), cache)
                yield Model(name, _cosine(plain.encode), plain.save)
            case "transformer" | "skill-encoder":
                ours = kept(TunedEncoder(folder, fused=name == ENCODER, threads=threads), cache)
                yield Model(name, _cosine(ours.encode), ours.save)
            case "table":
                table = tuned_weights(folder).table()
                yield Model(name, _cosine(lambda texts, table=table: table.encode(texts, table.tokenizer())))
            case _:
                raise ValueError(f"no model is called {name}; there are {', '.join((*BASELINES, ENCODER, *PARTS))}")


def kept(encoder: Encoder, cache: Path | None) -> KeepingEncoder:
    """An encoder that keeps its vectors in the cache folder, where there is one."""
    mark = "".join(char if char.isalnum() else "-" for char in encoder.id)
    return KeepingEncoder(encoder, None if cache is None else cache / f"vectors-{mark}.npz")


def _cosine(encode: Callable[[Sequence[str]], Scores]) -> Callable[[Sequence[str]], Scorer]:
    def prepare(names: Sequence[str]) -> Scorer:
        matrix = encode(list(names))
        return lambda texts: encode(list(texts)) @ matrix.T

    return prepare


def _random(count: int, seed: int) -> Scorer:
    draw = np.random.default_rng(seed)
    return lambda texts: draw.random((len(texts), count), dtype=np.float32)


def _edit_distance(names: Sequence[str], threads: int) -> Scorer:
    """Levenshtein: 1 less the insertions, deletions and substitutions over the longer length."""
    from rapidfuzz.distance import Levenshtein
    from rapidfuzz.process import cdist

    return lambda texts: cdist(
        [fold(text) for text in texts],
        names,
        scorer=Levenshtein.normalized_similarity,
        dtype=np.float32,
        workers=threads,
    )


def _tfidf(names: Sequence[str]) -> Scorer:
    """Cosine of TF-IDF over runs of 2 to 4 letters inside words."""
    from sklearn.feature_extraction.text import TfidfVectorizer

    vectors = TfidfVectorizer(analyzer="char_wb", ngram_range=(2, 4), sublinear_tf=True, dtype=np.float32)
    matrix = vectors.fit_transform(names).T.tocsr()
    return lambda texts: np.asarray((vectors.transform(texts) @ matrix).todense(), dtype=np.float32)


def _bm25(names: Sequence[str]) -> Scorer:
    """BM25 over stemmed words (k1 1.2, b 0.75)."""
    from scipy.sparse import csr_array
    from sklearn.feature_extraction.text import CountVectorizer

    counter = CountVectorizer(analyzer=lambda text: [stem(word) for word in words(text)])
    counts = csr_array(counter.fit_transform(names)).astype(np.float32)
    length = np.asarray(counts.sum(axis=1)).ravel()
    seen = np.bincount(counts.indices, minlength=counts.shape[1])
    rarity = np.log(1 + (len(names) - seen + 0.5) / (seen + 0.5)).astype(np.float32)
    rows = np.repeat(np.arange(len(names)), np.diff(counts.indptr))
    damping = 1.2 * (0.25 + 0.75 * length[rows] / length.mean())
    weights = counts.data * 2.2 / (counts.data + damping) * rarity[counts.indices]
    matrix = csr_array((weights.astype(np.float32), counts.indices, counts.indptr), shape=counts.shape).T.tocsr()
    # scaled into 0-1 for every query alike, as rankings are compared to 1e-6
    most = float(weights.max()) * 8

    def score(texts: Sequence[str]) -> Scores:
        return np.asarray((csr_array(counter.transform(texts)) @ matrix).todense(), dtype=np.float32) / most

    return score
