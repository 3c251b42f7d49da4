"""Measure encoders on every task of a data folder and write the table; see README.md beside this file."""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path

from benchmarks.matching.card import write_card
from benchmarks.matching.models import MODELS, make_models
from benchmarks.matching.quality import measure, names_of
from benchmarks.matching.report import markdown
from benchmarks.matching.tasks import read_tasks
from skillmatch.matching.training.holdout import hold_out
from skillmatch.taxonomy.esco import read_esco


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.matching", description=__doc__)
    parser.add_argument("--data", type=Path, default=Path(__file__).parents[3] / "shared" / "data")
    parser.add_argument("--models", nargs="+", choices=MODELS, default=list(MODELS))
    parser.add_argument(
        "--weights", type=Path, default=None, help="folder of our weights; those of the package if none"
    )
    parser.add_argument("--aliases", type=int, default=3, help="how many of the shortest aliases count beside a label")
    parser.add_argument("--limit", type=int, default=2_000, help="most texts per task, drawn from the seed")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--threads", type=int, default=1)
    parser.add_argument("--cache", type=Path, default=None, help="folder that keeps vectors for the next run")
    parser.add_argument("--out", type=Path, default=None, help="write the table here (.md) and, beside it, .json")
    parser.add_argument("--card", action="store_true", help="write the model card into the folder of weights")
    given = parser.parse_args()
    esco = given.data / "esco-1.1.1"
    if not esco.is_dir():
        print(f"needs ESCO; there is no {esco}", file=sys.stderr)
        return 2
    taxonomy = read_esco(esco).taxonomy
    tasks = read_tasks(given.data, taxonomy, hold_out(taxonomy), limit=given.limit, seed=given.seed)
    names = {among: names_of(taxonomy, among, given.aliases) for among in ("skills", "occupations")}
    results = []
    for model in make_models(
        given.models, folder=given.weights, cache=given.cache, threads=given.threads, seed=given.seed
    ):
        found = measure(model, tasks, names, given.seed)
        model.save()
        for result in found:
            line = "  ".join(f"{key} {value}" for key, value in result.measures.items())
            print(f"{result.model:8} {result.task:24} {line}  {result.seconds} s", flush=True)
        results += found
    table = markdown(results)
    print("\n" + table)
    if given.out is not None:
        given.out.write_text(table, encoding="utf-8")
        given.out.with_suffix(".json").write_text(
            json.dumps([result.to_json() for result in results], indent=2) + "\n", encoding="utf-8"
        )
    if given.card:
        write_card(given.weights, table, given.aliases)
    return 0


if __name__ == "__main__":
    sys.exit(main())
