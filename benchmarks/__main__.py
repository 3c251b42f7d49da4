"""Run every benchmark and print one table; see README.md beside this file."""

from __future__ import annotations

import argparse
import json
import os
import sys
import tempfile
from dataclasses import asdict
from pathlib import Path

from benchmarks.linking import measure_linking
from benchmarks.main_job import measure_main_job, measure_pathways
from benchmarks.measure import Results


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, default=Path(__file__).parents[2] / "shared" / "data")
    parser.add_argument("--json", type=Path)
    parser.add_argument("--threads", type=int, default=2, help="the targets are for two cores")
    given = parser.parse_args()
    if not given.data.is_dir():
        print(f"needs the real data; there is no {given.data}", file=sys.stderr)
        return 2
    os.environ["SKILLMATCH_THREADS"] = str(given.threads)  # for the commands that are measured as whole processes
    results = Results()
    with tempfile.TemporaryDirectory(prefix="skillmatch-bench-") as folder:
        measure_main_job(results, given.data, Path(folder))
        measure_pathways(results, Path(folder))
    measure_linking(results, given.data, threads=given.threads)
    if given.json:
        given.json.write_text(json.dumps([asdict(item) for item in results.items], indent=2) + "\n")
    missed = [item.name for item in results.items if not item.met]
    print(
        f"\n{len(results.items) - len(missed)} of {len(results.items)} targets met"
        + (f"; missed: {', '.join(missed)}" if missed else "")
    )
    return 1 if missed else 0


if __name__ == "__main__":
    sys.exit(main())
