"""Train the linker's calibration and write models/linker: python -m benchmarks.train_linker --data ../shared/data

What it learns from: ESCO with aliases that the encoder never saw, and one skill in thirty, taken out of the index and
then asked for (the first must be found, the second must be met with silence); names that are still there, in frames
and with slips; SkillSpan train lines without skills; nonsense; and the development files (TECH and HOUSE validation,
SkillSkape dev). Every figure comes from a fit on one half of all texts, measured on the other; the model that is
written is fitted on both halves. Same seed, data and library versions: same bytes.
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
from benchmarks.linker_fit import Pairs, fit_curve, fit_weights, least_probability
from benchmarks.linking_data import Example
from benchmarks.linking_quality import honesty, rank_quality_of
from skillmatch.matching.calibration import FORMAT, Calibration, load_model
from skillmatch.matching.encoders.make import make_encoder
from skillmatch.matching.features import FEATURES
from skillmatch.matching.index import build_index
from skillmatch.taxonomy.esco import read_esco

SEED = 20
PRECISION = 0.90
DEVELOPMENT = {
    "TECH spans": 1.0,
    "HOUSE spans": 1.0,
    "TECH sentences": 0.7,
    "HOUSE sentences": 0.7,
    "SkillSkape dev": 2.0,
}
WEIGHTS = DEVELOPMENT | {
    "aliases": 2.0,
    "new names": 1.0,
    "strangers": 0.5,
    "names": 1.5,
    "lists": 0.5,
    "empty lines": 0.5,
    "nonsense": 0.3,
}
"""How much each group of texts counts in the weights."""

CURVE = DEVELOPMENT | {
    "aliases": 1.5,
    "new names": 1.0,
    "strangers": 0.5,
    "names": 1.0,
    "lists": 0.1,
    "empty lines": 0.5,
    "nonsense": 0.2,
}
"""How much each counts in the curve."""


class Work:
    """Everything one training run reads and prepares."""

    def __init__(self, data: Path, encoder: KeepingEncoder) -> None:
        self.encoder = encoder
        self.taxonomy = read_esco(data / "esco-1.1.1").taxonomy
        held = linking_data.hold_out(self.taxonomy, seed=SEED)
        draw = np.random.default_rng(SEED)

        def some(examples: list[Example], count: int) -> list[Example]:
            return [examples[at] for at in sorted(draw.permutation(len(examples))[:count])]

        self.groups = {
            "aliases": some(held.aliases, 3_000),
            "strangers": some(held.strangers, 1_200),
            "names": some(held.kept, 4_000),
            "lists": linking_data.lists_of_names(held, 1_000, SEED),
            "empty lines": linking_data.empty_lines(data, "train", 1_500, SEED),
            "nonsense": linking_data.nonsense(1_000, SEED),
        }
        self.spans = [
            example for name in ("tech", "house") for example in linking_data.annotated_spans(data, name, self.taxonomy)
        ]
        # the same aliases where they are in the index: names that the encoder does not know, as any other taxonomy has
        self.new_names = linking_data.in_full(some(held.aliases, 2_500), self.taxonomy)
        self.held_index = build_index(held.taxonomy, encoder, progress=_say("names of the smaller ESCO"))
        self.full_index = build_index(self.taxonomy, encoder, progress=_say("names of ESCO"))
        self.measured = {
            "TECH sentences": linking_data.annotated_sentences(data, "tech", self.taxonomy),
            "HOUSE sentences": linking_data.annotated_sentences(data, "house", self.taxonomy),
            "TECH spans": [example for example in self.spans if example.source == "tech"],
            "HOUSE spans": [example for example in self.spans if example.source == "house"],
            "SkillSkape dev": linking_data.skape_sentences(data, "dev", self.taxonomy),
        }

    def train(self, with_encoder: bool) -> tuple[Calibration, dict[str, Any], dict[str, Any]]:
        """Fit on everything; also the ranking and the honesty of fits that did not see what they are measured on."""
        encoder = self.encoder if with_encoder else None
        names = {what: Pairs.of(self.held_index, examples, encoder) for what, examples in self.groups.items()}
        names["new names"] = Pairs.of(self.full_index, self.new_names, encoder)
        measured = {what: Pairs.of(self.full_index, examples, encoder) for what, examples in self.measured.items()}
        print(f"  features of {sum(len(pairs.examples) for pairs in (*names.values(), *measured.values()))} texts")

        def halves(of: dict[str, Pairs], half: int) -> dict[str, Pairs]:
            return {
                what: pairs.some([_mark(example.text) % 2 == half for example in pairs.examples])
                for what, pairs in of.items()
            }

        fits = [self._fit(halves(names, half), halves(measured, half)) for half in (0, 1)]
        honest, ranking = {}, {}
        for what in (*measured, *names):
            seen = [
                (fits[1 - half], halves({what: (measured | names)[what]}, half)[what]) for half in (0, 1)
            ]  # every text is judged by the fit that did not see it
            honest[what] = asdict(honesty(seen))
            if what in measured:
                ranking[what] = asdict(rank_quality_of(seen))
        return self._fit(names, measured), honest, ranking

    def _fit(self, names: dict[str, Pairs], measured: dict[str, Pairs]) -> Calibration:
        weights = fit_weights([(pairs, WEIGHTS[what]) for what, pairs in (names | measured).items()])
        curve = fit_curve(weights, [(pairs, CURVE[what]) for what, pairs in (names | measured).items()])
        calibration = Calibration(weights, curve, 0.0, 0.0)
        groups = (
            [names["aliases"], names["strangers"]],
            [measured["TECH spans"], measured["HOUSE spans"]],
        )
        threshold = least_probability(calibration, groups, PRECISION)
        return replace(calibration, threshold=threshold, strict=threshold)


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
    parser.add_argument("--data", type=Path, default=Path(__file__).parents[2] / "shared" / "data")
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
    ranking: dict[str, Any] = {}
    for name, with_encoder in (("full", True), ("letters_only", False)):
        print(f"training {name}", flush=True)
        calibration, honest, ranks = work.train(with_encoder)
        content[name] = _content(calibration) | {"honesty": honest}
        ranking["linker" if with_encoder else "linker, letters only"] = ranks
        print(f"  {ranks}\n  threshold {calibration.threshold}", flush=True)
        for what, row in honest.items():
            print(f"  {what}: {row}", flush=True)
        encoder.save()
    content["version"] = hashlib.sha256(json.dumps(content, sort_keys=True).encode()).hexdigest()[:12]
    options.out.mkdir(parents=True, exist_ok=True)
    content["ranking"] = measure(work) | ranking
    encoder.save()
    write_model(options.out, content)
    write_card(options.out / "README.md", content)
    load_model(options.out)
    print(f"done in {time.perf_counter() - began:.0f} s; model {content['version']}")


def write_model(folder: Path, content: dict[str, Any]) -> None:
    """linker.json in canonical form, and its hash."""
    text = json.dumps(content, sort_keys=True, separators=(",", ":")) + "\n"
    (folder / "linker.json").write_text(text, encoding="utf-8")
    (folder / "linker.sha256").write_text(hashlib.sha256(text.encode()).hexdigest() + "\n", encoding="ascii")


def measure(work: Work) -> dict[str, dict[str, dict[str, float]]]:
    """RP@5 and MRR of every baseline on every measured set."""
    table = {}
    for name, ranker in linking_quality.baselines(work.full_index, work.encoder, SEED):
        table[name] = {
            what: asdict(linking_quality.rank_quality(ranker, examples)) for what, examples in work.measured.items()
        }
        print(f"  {name}: {table[name]}", flush=True)
    return table


if __name__ == "__main__":
    main()
