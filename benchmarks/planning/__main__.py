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

SOLVERS = ("greedy", "lp_rounding", "highs", "cp_sat", "ours")

GOALS = ((2_000, 20.0, 0.001), (10_000, 30.0, 0.002), (None, 300.0, 0.01))
"""Up to so many people: seconds for each solver where ``--time-limit`` gives none, and the gap that ours must reach."""

MOST_MB = 4_096
COLUMNS = ("family", "solver", "status", "objective", "bound", "gap", "seconds", "peak_mb", "checked", "stopped_by")


def goal_for(people: int) -> tuple[float, float]:
    """Seconds and gap for a size."""
    return next((seconds, gap) for most, seconds, gap in GOALS if most is None or people <= most)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--people", type=int, default=2_000)
    parser.add_argument("--options", type=int, default=20)
    parser.add_argument("--family", choices=[*FAMILIES, "all"], default="all")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument(
        "--time-limit", type=float, help="seconds for each solver; 20 up to 2,000 people, 30 up to 10,000, else 300"
    )
    parser.add_argument("--gap", type=float, default=0.0005, help="the gap at which a solver may stop")
    parser.add_argument("--solver", action="append", choices=SOLVERS, help="may be repeated; all of them by default")
    parser.add_argument("--json", action="store_true")
    given = parser.parse_args()
    seconds, goal = goal_for(given.people)
    given.time_limit = seconds if given.time_limit is None else given.time_limit
    results: dict[str, Any] = {
        "people": given.people,
        "options": given.options,
        "seed": given.seed,
        "time_limit": given.time_limit,
        "gap_wanted": goal,
        "families": {},
    }
    met = True
    if not given.json:
        print(f"{given.people:,} people x {given.options} options, seed {given.seed}, {given.time_limit:g} s each;")
        print(f"ours must come within {goal:.1%} of its bound and stay below {MOST_MB} MB\n")
        print("| " + " | ".join(COLUMNS) + " |\n|" + " --- |" * len(COLUMNS), flush=True)
    for family in list(FAMILIES) if given.family == "all" else [given.family]:
        given.family = family
        results["families"][family] = []
        for solver in given.solver or SOLVERS:
            found = measured(solver, given)
            if solver == "ours":
                met = met and bool(found.get("checked")) and found["gap"] <= goal and found["peak_mb"] <= MOST_MB
            results["families"][family].append(found)
            if not given.json:
                print(line(family, found), flush=True)
    results["met"] = met
    print(json.dumps(results, indent=2) if given.json else f"\n{'met' if met else 'MISSED'}")
    return 0 if met else 1


def measured(solver: str, given: argparse.Namespace) -> dict[str, Any]:
    """What one solver finds, in a process of its own."""
    ours, theirs = multiprocessing.Pipe()
    process = multiprocessing.get_context("spawn").Process(target=measure, args=(solver, given, theirs))
    process.start()
    theirs.close()
    try:
        found: dict[str, Any] = ours.recv()
    except EOFError:
        found = {"solver": solver, "status": "lost"}
    process.join()
    return found


def line(family: str, found: dict[str, Any]) -> str:
    """A row of the table; a solver that was left out says why."""
    if "why" in found:
        return f"| {family} | {found['solver']} | {found['status']}: {found['why']} |" + " |" * (len(COLUMNS) - 3)
    shown = {**found, "family": family, "gap": f"{found['gap']:.3%}" if "gap" in found else ""}
    return "| " + " | ".join(str(shown.get(name, "")) for name in COLUMNS) + " |"


if __name__ == "__main__":
    sys.exit(main())
