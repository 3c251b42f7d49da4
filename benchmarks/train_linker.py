"""Train the linker's calibration and write models/linker: python -m benchmarks.train_linker --data ../shared/data

What it learns from: ESCO with a seeded fifth of the aliases, and one skill in thirty, taken out of the index and
then asked for (the first must be found, the second must be met with silence); names that are still there, in
frames and with slips; SkillSkape train sentences; SkillSpan train lines without skills; nonsense. The curve that
makes probabilities of log-odds, and the thresholds, come from a sixth of those texts kept aside and from TECH and
HOUSE validation spans. The figures for TECH and HOUSE are made with a curve fitted on the other half of their
sentences. Same seed, data and library versions: same bytes.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import time
from dataclasses import asdict, replace
from pathlib import Path
from typing import Any

import numpy as np

from benchmarks import linking_data, linking_quality
from benchmarks.kept_vectors import KeepingEncoder
from benchmarks.linker_card import write_card
from benchmarks.linking_data import Example
from skillmatch.matching.calibration import FORMAT, Calibration, LinkerModel, curve_terms, load_model, terms
from skillmatch.matching.candidates import find_candidates
from skillmatch.matching.encoder import Encoder, make_encoder
from skillmatch.matching.features import FEATURES, pair_features
from skillmatch.matching.index import SkillIndex, build_index
from skillmatch.matching.linker import Linker, cut
from skillmatch.taxonomy.esco import read_esco

SEED = 20
SHOWN = 5  # the curve is fitted on the links that are shown
PRECISION = 0.90
REGULARISATION = 0.1
POSITIVE = frozenset(name for name in FEATURES if name.startswith(("whole_", "mention_")) and "shared" not in name)


class Pairs:
    """Features and truth of the candidate pairs of examples on an index."""

    def __init__(self, index: SkillIndex, examples: list[Example], encoder: Encoder | None) -> None:
        features, right, text = [], [], []
        for start in range(0, len(examples), 128):
            chunk = examples[start : start + 128]
            texts = [cut(example.text) for example in chunk]
            found = find_candidates(index, texts, encoder.encode(texts) if encoder is not None else None, SHOWN)
            features.append(pair_features(index, found))
            right.append(
                [
                    index.skill_ids[skill] in chunk[row].skills
                    for row, skill in zip(found.text, found.skill, strict=True)
                ]
            )
            text.append(found.text + start)
        self.examples = examples
        self.features = np.concatenate(features)
        self.right = np.concatenate(right)
        self.text = np.concatenate(text)

    def shown(self, odds: np.ndarray) -> np.ndarray:
        """The pairs that would be shown: the five best of each text."""
        order = np.lexsort((-odds, self.text))
        first = np.searchsorted(self.text[order], np.arange(len(self.examples)))
        place = np.arange(len(order)) - first[self.text[order]]
        return order[place < SHOWN]


def fit_weights(pairs: Pairs) -> np.ndarray:
    """Logistic weights over the terms of all pairs, the constant last.

    Weights of name features may not be negative: without that bound the fit sets features that come together
    (a name that is the text, and the share of the text that it takes) against each other, and rare pairs of them
    come out absurd.
    """
    from scipy.optimize import minimize

    # of the many wrong pairs a third is enough, each then counting three times
    kept = pairs.right | (np.arange(len(pairs.right)) % 3 == 0)
    columns, right = terms(pairs.features[kept]), pairs.right[kept]
    mean, spread = columns.mean(axis=0), np.maximum(columns.std(axis=0), 1e-9)
    columns = np.hstack([(columns - mean) / spread, np.ones((len(columns), 1))])
    share = np.where(right, 1.0, 3.0)
    sign = np.where(right, 1.0, -1.0)

    def loss(weights: np.ndarray) -> tuple[float, np.ndarray]:
        margin = sign * (columns @ weights)
        missing = share / (1 + np.exp(np.clip(margin, -50, 50)))
        penalty = weights[:-1] / REGULARISATION
        value = share @ np.logaddexp(0, -margin) + 0.5 * penalty @ weights[:-1]
        return float(value), np.append(penalty, 0.0) - columns.T @ (missing * sign)

    bounds = [(0.0, None) if name in POSITIVE else (None, None) for name in FEATURES]
    bounds += [(None, None)] * (columns.shape[1] - len(bounds))
    found = minimize(
        loss, np.zeros(columns.shape[1]), jac=True, method="L-BFGS-B", bounds=bounds, options={"maxiter": 400}
    )
    weights = found.x[:-1] / spread
    return np.round(np.append(weights, found.x[-1] - weights @ mean), 6)


def fit_curve(weights: np.ndarray, several: list[tuple[Pairs, float]]) -> np.ndarray:
    """Logistic curve on the shown pairs, the constant last; each group of examples counts by its weight."""
    from sklearn.linear_model import LogisticRegression

    columns, right, parts = [], [], []
    for pairs, weight in several:
        odds = Calibration(weights, np.zeros(0), 0.0, 0.0).odds(pairs.features)
        shown = pairs.shown(odds)
        columns.append(curve_terms(odds[shown], pairs.features[shown]))
        right.append(pairs.right[shown])
        # the best link decides whether to answer at all: it counts as much as the other four together
        share = np.where(np.diff(pairs.text[shown], prepend=-1) > 0, 1.0, 0.25)
        parts.append(share * weight / share.sum())
    weight = np.concatenate(parts)
    model = LogisticRegression(C=10, max_iter=5_000, tol=1e-8).fit(
        np.concatenate(columns), np.concatenate(right), sample_weight=weight / weight.mean()
    )
    return np.round(np.append(model.coef_[0], model.intercept_[0]), 6)


def least_probability(calibration: Calibration, several: list[tuple[Pairs, float]], precision: float) -> float:
    """The smallest threshold (to 0.01) from which on best links are right as often as wanted, groups weighted."""
    sure, right, weights = [], [], []
    for pairs, weight in several:
        probability = calibration.probabilities(pairs.features)
        order = np.lexsort((-probability, pairs.text))
        best = order[np.flatnonzero(np.diff(pairs.text[order], prepend=-1))]
        sure.append(probability[best])
        right.append(pairs.right[best])
        weights.append(np.full(len(best), weight / len(best)))
    surest, hits, weight = np.concatenate(sure), np.concatenate(right), np.concatenate(weights)
    for threshold in np.arange(0.05, 1.0, 0.01):
        used = surest >= threshold
        if used.any() and np.average(hits[used], weights=weight[used]) >= precision:
            return round(float(threshold), 2)
    return 0.99


class Work:
    """Everything one training run reads and prepares."""

    def __init__(self, data: Path, encoder: KeepingEncoder) -> None:
        self.encoder = encoder
        self.taxonomy = read_esco(data / "esco-1.1.1").taxonomy
        held = linking_data.hold_out(self.taxonomy, share=0.2, seed=SEED)
        draw = np.random.default_rng(SEED)

        def some(examples: list[Example], count: int) -> list[Example]:
            return [examples[at] for at in sorted(draw.permutation(len(examples))[:count])]

        self.groups = {
            "aliases": some(held.aliases, 6_000),
            "strangers": some(held.strangers, 1_200),
            "names": some(held.kept, 6_000),
            "lists": linking_data.lists_of_names(held, 1_500, SEED),
            "sentences": linking_data.skape_sentences(data, "train", self.taxonomy),
            "empty lines": linking_data.empty_lines(data, "train", 2_500, SEED),
            "nonsense": linking_data.nonsense(1_500, SEED),
        }
        self.spans = [
            example for name in ("tech", "house") for example in linking_data.annotated_spans(data, name, self.taxonomy)
        ]
        self.held_index = build_index(held.taxonomy, encoder, progress=_say("names of the smaller ESCO"))
        self.full_index = build_index(self.taxonomy, encoder, progress=_say("names of ESCO"))
        self.measured = {
            "TECH sentences": linking_data.annotated_sentences(data, "tech", self.taxonomy),
            "HOUSE sentences": linking_data.annotated_sentences(data, "house", self.taxonomy),
            "TECH spans": [example for example in self.spans if example.source == "tech"],
            "HOUSE spans": [example for example in self.spans if example.source == "house"],
            "SkillSkape dev": linking_data.skape_sentences(data, "dev", self.taxonomy),
        }

    def train(self, with_encoder: bool) -> tuple[Calibration, dict[str, Any]]:
        """Fit weights, curve and thresholds; also the figures of honesty."""
        encoder = self.encoder if with_encoder else None
        fit, aside = [], {}
        for name, examples in self.groups.items():
            kept = [example for example in examples if _mark(example.text) % 6 == 0]
            aside[name] = Pairs(self.held_index, kept, encoder)
            fit += [example for example in examples if _mark(example.text) % 6]
        print(f"  features of {len(fit)} texts", flush=True)
        weights = fit_weights(Pairs(self.held_index, fit, encoder))
        halves = [
            Pairs(self.full_index, [example for example in self.spans if _mark(example.text) % 2 == half], encoder)
            for half in (0, 1)
        ]

        def groups(*spans: Pairs) -> list[tuple[Pairs, float]]:
            shares = {
                "aliases": 1.5,
                "strangers": 0.6,
                "names": 1.2,
                "lists": 0.05,
                "sentences": 2.0,
                "empty lines": 0.6,
                "nonsense": 0.2,
            }
            return [(aside[name], weight) for name, weight in shares.items()] + [
                (pairs, 4.0 / len(spans)) for pairs in spans
            ]

        def phrases(*spans: Pairs) -> list[tuple[Pairs, float]]:
            """Half ESCO names that are not in the index, half phrases of adverts; names in it would flatter."""
            names = ("aliases", "strangers")
            total = sum(len(aside[name].examples) for name in names)
            return [(aside[name], len(aside[name].examples) / total) for name in names] + [
                (pairs, 1.0 / len(spans)) for pairs in spans
            ]

        def calibrated(*spans: Pairs) -> Calibration:
            calibration = Calibration(weights, fit_curve(weights, groups(*spans)), 0.0, 0.0)
            return replace(
                calibration,
                threshold=least_probability(calibration, phrases(*spans), PRECISION),
                strict=least_probability(calibration, [(pairs, 1.0) for pairs in spans], PRECISION),
            )

        figures = {}
        for half, other in ((0, 1), (1, 0)):  # the curve never sees the spans that it is measured on
            figures[f"TECH and HOUSE spans, half {half + 1}"] = self._honest(
                calibrated(halves[other]), halves[half].examples, self.full_index, encoder
            )
        calibration = calibrated(*halves)
        for name, pairs in aside.items():
            figures[f"{name}, kept aside"] = self._honest(calibration, pairs.examples, self.held_index, encoder)
        figures["SkillSkape dev"] = self._honest(calibration, self.measured["SkillSkape dev"], self.full_index, encoder)
        return calibration, figures

    def _honest(
        self, calibration: Calibration, examples: list[Example], index: SkillIndex, encoder: Encoder | None
    ) -> dict[str, float]:
        linker = Linker(index, encoder, LinkerModel("training", "", calibration, calibration))
        answers = linker.link([example.text for example in examples], top=1)
        return asdict(linking_quality.honesty(answers, examples, calibration.threshold, calibration.strict))


def _mark(text: str) -> int:
    return int.from_bytes(hashlib.sha256(text.casefold().encode()).digest()[:4])


def _say(what: str) -> Any:
    def say(done: int, total: int) -> None:
        if total and done * 10 // total != max(0, done - 32) * 10 // total:
            print(f"  {what}: {done} of {total}", flush=True)

    return say


def _content(calibration: Calibration) -> dict[str, Any]:
    return {
        "threshold": calibration.threshold,
        "strict": calibration.strict,
        "curve": calibration.curve.tolist(),
        "weights": calibration.weights.tolist(),
    }


def main() -> None:
    """Train, write, and measure what was written."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--out", type=Path, default=Path(__file__).resolve().parents[1] / "models" / "linker")
    parser.add_argument("--keep", type=Path, help="a .npz file that keeps vectors between runs")
    parser.add_argument("--cache", type=Path, help="folder of the exported encoder")
    parser.add_argument("--threads", type=int, default=1)
    options = parser.parse_args()
    began = time.perf_counter()
    encoder = KeepingEncoder(make_encoder(cache_folder=options.cache, threads=options.threads), options.keep)
    work = Work(options.data, encoder)
    encoder.save()
    content: dict[str, Any] = {"format": FORMAT, "encoder_id": encoder.id, "features": list(FEATURES), "seed": SEED}
    for name, with_encoder in (("full", True), ("letters_only", False)):
        print(f"training {name}", flush=True)
        calibration, figures = work.train(with_encoder)
        content[name] = _content(calibration) | {"honesty": figures}
        encoder.save()
    content["version"] = hashlib.sha256(json.dumps(content, sort_keys=True).encode()).hexdigest()[:12]
    options.out.mkdir(parents=True, exist_ok=True)
    write_model(options.out, content)
    content["ranking"] = measure(work, options.out)
    encoder.save()
    write_model(options.out, content)
    write_card(options.out / "README.md", content)
    print(f"done in {time.perf_counter() - began:.0f} s; model {content['version']}")


def write_model(folder: Path, content: dict[str, Any]) -> None:
    """linker.json in canonical form, and its hash."""
    text = json.dumps(content, sort_keys=True, separators=(",", ":")) + "\n"
    (folder / "linker.json").write_text(text, encoding="utf-8")
    (folder / "linker.sha256").write_text(hashlib.sha256(text.encode()).hexdigest() + "\n", encoding="ascii")


def measure(work: Work, folder: Path) -> dict[str, dict[str, dict[str, float]]]:
    """RP@5 and MRR of every ranker on every measured set, with the model as written."""
    load_model_cache_clear()
    linker = Linker(work.full_index, work.encoder, load_model(folder))
    letters = Linker(work.full_index, None, load_model(folder))
    rankers = [
        *linking_quality.baselines(work.full_index, work.encoder, SEED),
        ("linker, letters only", linking_quality.linker_ranker(letters)),
        ("linker", linking_quality.linker_ranker(linker)),
    ]
    table = {}
    for name, ranker in rankers:
        table[name] = {
            what: asdict(linking_quality.rank_quality(ranker, examples)) for what, examples in work.measured.items()
        }
        print(f"  {name}: {table[name]}", flush=True)
    return table


def load_model_cache_clear() -> None:
    """Forget models loaded before: the file has just been written anew."""
    from skillmatch.matching import calibration

    calibration._load.cache_clear()


if __name__ == "__main__":
    main()
