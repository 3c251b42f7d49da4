"""Measure matching on every task of a data folder and write the tables; see README.md beside this file."""

from __future__ import annotations

import argparse
import json
import resource
import sys
import time
from collections.abc import Callable
from pathlib import Path

from benchmarks.matching import report
from benchmarks.matching.card import write_card
from benchmarks.matching.honesty import look_alikes, silence, trust
from benchmarks.matching.models import BASELINES, ENCODER, PARTS, kept, make_models
from benchmarks.matching.ours import Ours
from benchmarks.matching.quality import Rank, Result, measure, names_of, ranks_of
from benchmarks.matching.tasks import onet, read_tasks
from skillmatch.matching.encoders.tuned_encoder import TunedEncoder
from skillmatch.matching.training.holdout import hold_out
from skillmatch.taxonomy.esco import read_esco

SYSTEM = "skillmatch"
ALL = (*BASELINES, ENCODER, SYSTEM)


def main() -> int:
    given = _options()
    esco = given.data / "esco-1.1.1"
    if not esco.is_dir():
        print(f"needs ESCO; there is no {esco}", file=sys.stderr)
        return 2
    began = time.perf_counter()
    taxonomy = read_esco(esco).taxonomy
    held = hold_out(taxonomy)
    tasks = read_tasks(given.data, taxonomy, held, limit=given.limit, seed=given.seed)
    names = names_of(taxonomy, {among: found for among, (_, found) in onet(given.data).items()}, given.aliases)
    results: list[Result] = []

    def run(name: str, rank: Rank, save: Callable[[], None]) -> None:
        for task in tasks:
            found = measure(name, rank, task, names[task.among], given.seed)
            line = "  ".join(f"{key} {value}" for key, value in found.measures.items())
            print(f"{name:14} {task.name:22} {line}  {found.per_second} texts/s", flush=True)
            results.append(found)
        save()

    plain = [name for name in given.models if name != SYSTEM]
    for model in make_models(plain, folder=given.weights, cache=given.cache, threads=given.threads, seed=given.seed):
        run(model.name, ranks_of(model, tasks, names), model.save)
    table = report.markdown(results)
    more: dict[str, object] = {}
    if SYSTEM in given.models:
        encoder = kept(TunedEncoder(given.weights, threads=given.threads), given.cache)
        ours = Ours(taxonomy, held, encoder, names)
        run(SYSTEM, ours.rank, encoder.save)
        linker = ours.linker("skills")
        trusted = [
            trust(ours.linker("skills", hidden=bool(task.hidden)), task)
            for task in tasks
            if task.among == "skills" and task.name != "held-out occupations"
        ]
        silent, alike = silence(linker), look_alikes(linker, taxonomy)
        more = {"trust": [item.to_json() for item in trusted], "silence": silent}
        threshold = linker.calibration(degraded=False).threshold
        parts = (
            report.markdown(results),
            report.trust_table(trusted, silent, threshold),
            report.look_alike_table(alike),
        )
        table = "\n".join(parts)
        if given.out is not None:
            given.out.with_suffix(".svg").write_text(report.reliability_svg(trusted), encoding="utf-8")
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    table += f"\nAll of it: {time.perf_counter() - began:,.0f} s, at most {peak:,.0f} MB of memory.\n"
    print("\n" + table)
    if given.out is not None:
        given.out.write_text(table, encoding="utf-8")
        content = {"results": [result.to_json() for result in results], **more}
        given.out.with_suffix(".json").write_text(json.dumps(content, indent=2) + "\n", encoding="utf-8")
    if given.card:
        write_card(given.weights, table)
    return 0


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.matching", description=__doc__)
    parser.add_argument("--data", type=Path, default=Path(__file__).parents[3] / "shared" / "data")
    parser.add_argument("--models", nargs="+", choices=(*ALL, *PARTS), default=list(ALL))
    parser.add_argument(
        "--weights", type=Path, default=None, help="folder of our weights; those of the package if none"
    )
    parser.add_argument("--aliases", type=int, default=0, help="how many of the shortest aliases count beside a label")
    parser.add_argument("--limit", type=int, default=2_000, help="most texts per task, drawn from the seed")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--threads", type=int, default=1)
    parser.add_argument("--cache", type=Path, default=None, help="folder that keeps vectors for the next run")
    parser.add_argument("--out", type=Path, default=None, help="write the table here (.md) and, beside it, .json, .svg")
    parser.add_argument("--card", action="store_true", help="write the model card into the folder of weights")
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
