"""What is compared: scores of texts with every name of every candidate, foolish models first."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from benchmarks.kept_vectors import KeepingEncoder
from skillmatch.matching.encoder import Encoder, make_encoder
from skillmatch.matching.training.served import FusedEncoder, tuned_encoder
from skillmatch.matching.training.weights import tuned_weights
from skillmatch.matching.words import stem, words

Scores = NDArray[np.float32]
Scorer = Callable[[Sequence[str]], Scores]
"""Texts in, ``(texts, names)`` out; made once for a list of names."""

MODELS = ("random", "bm25", "tfidf", "minilm", "tuned", "table", "fused")


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
    tuned: KeepingEncoder | None = None
    if {"tuned", "fused"} & set(names):
        tuned = _keeping(tuned_encoder(folder=folder, fused=False, threads=threads), cache)
    for name in names:
        match name:
            case "random":
                yield Model(name, lambda _names: _random(len(_names), seed))
            case "bm25":
                yield Model(name, _bm25)
            case "tfidf":
                yield Model(name, _tfidf)
            case "minilm":
                plain = _keeping(make_encoder(threads=threads), cache)
                yield Model(name, _cosine(plain), plain.save)
            case "tuned" if tuned is not None:
                yield Model(name, _cosine(tuned), tuned.save)
            case "table":
                table = tuned_weights(folder).table()
                yield Model(name, _cosine(lambda texts, table=table: table.encode(texts, table.tokenizer())))
            case "fused" if tuned is not None:
                weights = tuned_weights(folder)
                both = FusedEncoder(tuned, weights.table(), share=weights.table_share, table_hash="measured")
                yield Model(name, _cosine(both), tuned.save)
            case _:
                raise ValueError(f"no model is called {name}; there are {', '.join(MODELS)}")


def _keeping(encoder: Encoder, cache: Path | None) -> KeepingEncoder:
    mark = "".join(char if char.isalnum() else "-" for char in encoder.id)
    return KeepingEncoder(encoder, None if cache is None else cache / f"vectors-{mark}.npz")


def _cosine(encoder: Encoder | Callable[[Sequence[str]], NDArray[np.float32]]) -> Callable[[Sequence[str]], Scorer]:
    encode = encoder if callable(encoder) else encoder.encode

    def prepare(names: Sequence[str]) -> Scorer:
        matrix = encode(list(names))
        return lambda texts: encode(list(texts)) @ matrix.T

    return prepare


def _random(count: int, seed: int) -> Scorer:
    draw = np.random.default_rng(seed)
    return lambda texts: draw.random((len(texts), count), dtype=np.float32)


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
    return lambda texts: np.asarray((csr_array(counter.transform(texts)) @ matrix).todense(), dtype=np.float32)
