"""``python -m benchmarks.durability``: rounds that end with ``kill -9``, and what it costs to erase people."""

from __future__ import annotations

import argparse
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

from benchmarks.durability.erasures import measure
from benchmarks.durability.processes import Process
from benchmarks.durability.rounds import HEAD, Rounds


def main(given: Sequence[str] | None = None) -> int:
    """Measure; 0 when nothing was lost and erasing was as quick as it should be."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.durability", description=__doc__)
    parser.add_argument("--rounds", type=int, default=300, help="rounds of each number of workers")
    parser.add_argument("--workers", type=int, nargs="*", default=[1, 2], help="numbers of workers")
    parser.add_argument("--seed", type=int, default=1, help="of the points at which the server is killed")
    parser.add_argument("--people", type=int, default=50_000, help="people in the workspace of the erasures")
    parser.add_argument("--erasures", type=int, default=5_000, help="how many of them are erased; 0 for none")
    options = parser.parse_args(given)
    sound = True
    with tempfile.TemporaryDirectory(prefix="skillmatch-durability-") as passing:
        for workers in options.workers if options.rounds else ():
            sound = _rounds(Path(passing) / f"workspace-{workers}", workers, options.rounds, options.seed) and sound
        if options.erasures:
            sound = _erasures(Path(passing) / "many", options.people, options.erasures) and sound
    return 0 if sound else 1


def _rounds(folder: Path, workers: int, count: int, seed: int) -> bool:
    if Process.command("--workspace", str(folder), "demo").wait():
        raise RuntimeError("the demo could not be made")
    rounds = Rounds(folder, workers, seed)
    for number in range(count):
        rounds.run()
        if (number + 1) % 20 == 0 or not rounds.tally.sound:
            print(rounds.tally.report(workers), flush=True)
    for wrong in (*rounds.tally.unsound, *sorted(rounds.tally.lost | rounds.tally.back)[:10]):
        print(f"wrong: {wrong}")
    print(f"\n{HEAD}\n{rounds.tally.report(workers)}\n", flush=True)
    return rounds.tally.sound


def _erasures(folder: Path, people: int, count: int) -> bool:
    found = measure(folder, people, count)
    parts = (
        f"{found.count:,} of {people:,} people erased over HTTP ({found.megabytes:.0f} MB): {found.seconds:.0f} s",
        f"median {found.median:.1f} ms (of a plain write {found.write:.1f} ms), slowest {found.slowest:.0f} ms",
        f"nothing owed {found.swept_after:.1f} s later, {found.left} of them still named in any byte",
    )
    print("; ".join(parts), flush=True)
    return found.seconds <= 180 and found.slowest <= 1_000 and not found.left


if __name__ == "__main__":
    sys.exit(main())
