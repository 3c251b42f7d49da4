"""How good a ranking of skills is, and how honest its probabilities; with the foolish baselines beside."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from benchmarks.linker_fit import SHOWN, Pairs, best_links
from benchmarks.linking_data import Example
from skillmatch.domain.skills.taxonomy import fold
from skillmatch.matching.calibration import Calibration
from skillmatch.matching.encoder import Encoder
from skillmatch.matching.index import SkillIndex
from skillmatch.matching.linker import Linker, cut
from skillmatch.matching.ranking import top_positions
from skillmatch.matching.words import content_words, words

Ranker = Callable[[Sequence[str]], list[list[str]]]
"""Texts in, for each the ids of its ten best skills, best first."""

DEPTH = 10


@dataclass(frozen=True)
class RankQuality:
    """RP@5 and mean reciprocal rank (of the first ten), in percent, over the examples that have skills."""

    rp5: float
    mrr: float


def rank_quality(ranker: Ranker, examples: Sequence[Example]) -> RankQuality:
    """Measure one ranker; RP@5 is the hits in the first five divided by min(5, number of true skills)."""
    asked = [example for example in examples if example.skills]
    ranked = ranker([example.text for example in asked])
    rp5 = [
        len(set(ids[:5]) & example.skills) / min(5, len(example.skills))
        for ids, example in zip(ranked, asked, strict=True)
    ]
    mrr = [
        next((1 / place for place, skill_id in enumerate(ids[:DEPTH], 1) if skill_id in example.skills), 0.0)
        for ids, example in zip(ranked, asked, strict=True)
    ]
    return RankQuality(round(100 * float(np.mean(rp5)), 1), round(100 * float(np.mean(mrr)), 1))


@dataclass(frozen=True)
class Honesty:
    """How far stated probabilities can be believed, in percent.

    ``ece`` is the calibration error (10 bins) of the five links shown for each text, ``ece_best`` that of the best
    alone, ``ece_floor`` what the latter would be on average for probabilities without any error on so few texts.
    ``precision`` is that of the best links at the threshold, ``coverage`` the share of texts with a skill that get a
    right link there, ``kept_silent`` the share of texts without one for which the linker abstains. None: nothing to
    count.
    """

    ece: float | None
    ece_best: float | None
    ece_floor: float | None
    precision: float | None
    coverage: float | None
    kept_silent: float | None
    texts: int


Judged = Sequence[tuple[Calibration, Pairs]]
"""Pairs of texts and skills, each part with a calibration that was fitted without it."""


def honesty(parts: Judged) -> Honesty:
    """Measure the probabilities of calibrations."""
    shown = [best_links(calibration, pairs, SHOWN) for calibration, pairs in parts]
    every, truth = (np.concatenate(part) for part in zip(*shown, strict=True))
    best = [best_links(calibration, pairs) for calibration, pairs in parts]
    sure, right = (np.concatenate(part) for part in zip(*best, strict=True))
    used = np.concatenate(
        [found >= calibration.threshold for (calibration, _), (found, _) in zip(parts, best, strict=True)]
    )
    has_skill = np.array([bool(example.skills) for _, pairs in parts for example in pairs.examples])
    precision = right[used].mean() if used.any() else np.nan
    coverage = (used & right)[has_skill].mean() if has_skill.any() else np.nan
    silent = (~used)[~has_skill].mean() if not has_skill.all() else np.nan
    draw = np.random.default_rng(1)
    floor = np.mean([expected_error(sure, draw.random(len(sure)) < sure) for _ in range(200)])
    return Honesty(
        _percent(expected_error(every, truth)),
        _percent(expected_error(sure, right)),
        _percent(float(floor)),
        _percent(precision),
        _percent(coverage),
        _percent(silent),
        len(has_skill),
    )


def rank_quality_of(parts: Judged) -> RankQuality:
    """The same measures as :func:`rank_quality`, from pairs."""
    rp5, mrr = [], []
    for calibration, pairs in parts:
        shown = pairs.shown(pairs.odds(calibration.weights), DEPTH)
        for row, example in enumerate(pairs.examples):
            if example.skills:
                hits = pairs.right[shown[pairs.text[shown] == row]]
                rp5.append(hits[:5].sum() / min(5, len(example.skills)))
                mrr.append(1 / (int(hits.argmax()) + 1) if hits.any() else 0.0)
    return RankQuality(round(100 * float(np.mean(rp5)), 1), round(100 * float(np.mean(mrr)), 1))


def _percent(share: float) -> float | None:
    """In percent with one decimal; None where there was nothing to count."""
    return None if np.isnan(share) else round(100 * float(share), 1)


def expected_error(sure: np.ndarray, right: np.ndarray, bins: int = 10) -> float:
    """Expected calibration error: the gap between stated and observed, averaged over bins by their size."""
    which = np.minimum((sure * bins).astype(int), bins - 1)
    gaps = [
        abs(sure[which == number].mean() - right[which == number].mean()) * (which == number).mean()
        for number in range(bins)
        if (which == number).any()
    ]
    return float(sum(gaps))


def baselines(index: SkillIndex, encoder: Encoder, seed: int) -> Iterator[tuple[str, Ranker]]:
    """Random, word BM25, character TF-IDF, and the encoder's cosine with labels."""
    ids = np.array(index.skill_ids)
    draw = np.random.default_rng(seed)

    def ranked(score: Callable[[Sequence[str]], np.ndarray]) -> Ranker:
        def run(texts: Sequence[str]) -> list[list[str]]:
            found = []
            for start in range(0, len(texts), 64):
                found += ids[top_positions(score(texts[start : start + 64]), DEPTH)].tolist()
            return found

        return run

    def vectors(texts: Sequence[str]) -> np.ndarray:
        return encoder.encode([cut(text) for text in texts])

    yield "random", ranked(lambda texts: draw.random((len(texts), len(ids))).astype(np.float32))
    yield "BM25 on words", ranked(_bm25(index))
    yield (
        "character TF-IDF",
        ranked(lambda texts: index.lexical.scores([fold(text) for text in texts], index.names.starts)[0]),
    )
    yield "encoder, labels", ranked(lambda texts: index.vectors.scores(vectors(texts)))


def _bm25(index: SkillIndex) -> Callable[[Sequence[str]], np.ndarray]:
    """BM25 (k1 1.2, b 0.75) over all words of a skill's names, scaled into 0-1 for ranking."""
    from scipy.sparse import csr_array
    from sklearn.feature_extraction.text import CountVectorizer

    counter = CountVectorizer(analyzer=lambda text: content_words(words(text)))
    documents = counter.fit_transform(
        [" ".join(index.names.of_skill(skill)) for skill in range(len(index.skill_ids))]
    ).tocsr()
    length = (
        documents.sum(axis=1).A1 if hasattr(documents.sum(axis=1), "A1") else np.asarray(documents.sum(axis=1)).ravel()
    )
    frequency = np.bincount(documents.indices, minlength=documents.shape[1])
    idf = np.log(1 + (len(length) - frequency + 0.5) / (frequency + 0.5))
    rows = np.repeat(np.arange(len(length)), np.diff(documents.indptr))
    damped = documents.data * 2.2 / (documents.data + 1.2 * (0.25 + 0.75 * length[rows] / length.mean()))
    weights = csr_array(
        (damped * idf[documents.indices], documents.indices, documents.indptr), shape=documents.shape
    ).T.tocsr()

    def score(texts: Sequence[str]) -> np.ndarray:
        found = np.asarray((counter.transform(texts) @ weights).todense(), dtype=np.float32)
        return found / max(1e-6, float(found.max()))

    return score


def linker_ranker(linker: Linker) -> Ranker:
    """The linker as one more ranker."""
    return lambda texts: [
        [link.skill_id for link in answer.links] for answer in linker.link(texts, top=DEPTH, abstain=False)
    ]
