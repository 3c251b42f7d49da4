"""Measure the planners on one family: python -m benchmarks.planning --people N --options K --family F --seed S --json.

Each solver runs in a process of its own, so that its peak memory is its own. The plan's limits are
checked again from the problem's rows, outside of the solver.
"""

from __future__ import annotations

import argparse
import json
import multiprocessing
import sys
from typing import Any

from benchmarks.planning.families import FAMILIES
from benchmarks.planning.measuring import measure

SOLVERS = ("greedy", "lp_rounding", "highs", "ours")


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--people", type=int, default=2_000)
    parser.add_argument("--options", type=int, default=20)
    parser.add_argument("--family", choices=[*FAMILIES, "all"], default="all")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--time-limit", type=float, default=20.0)
    parser.add_argument("--gap", type=float, default=0.0005)
    parser.add_argument("--solver", action="append", choices=SOLVERS)
    parser.add_argument("--json", action="store_true")
    given = parser.parse_args()
    results: dict[str, Any] = {"people": given.people, "options": given.options, "seed": given.seed, "families": {}}
    for family in list(FAMILIES) if given.family == "all" else [given.family]:
        given.family = family
        results["families"][family] = []
        for solver in given.solver or SOLVERS:
            ours, theirs = multiprocessing.Pipe()
            process = multiprocessing.get_context("spawn").Process(target=measure, args=(solver, given, theirs))
            process.start()
            theirs.close()
            try:
                found = ours.recv()
            except EOFError:
                found = {"solver": solver, "status": "lost"}
            process.join()
            results["families"][family].append(found)
            if not given.json:
                print(family, json.dumps(found), flush=True)
    if given.json:
        print(json.dumps(results, indent=2))
    return 0


if __name__ == "__main__":
    sys.exit(main())
