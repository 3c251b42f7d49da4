"""A slider in the notebook: one limit of a solved scenario moves; how soon are a plan and a bound there again?

    python -m benchmarks.planning.slider --people 2000 --json

``demo``: the demo organisation copied until it has so many people, each template enlarged with it, asked through
``workspace.plans.session`` as a front end does. ``invented``: the families' problems, the solver alone. The budget goes
to 0.8, 0.95, 1.05 and 1.25 of what it was. Target: the first feasible plan with its bound within a second.
"""

from __future__ import annotations

import argparse
import csv
import json
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

from benchmarks.planning.families import FAMILIES, make_problem
from skillmatch.domain.plans.scenario import Scenario
from skillmatch.files.resources import resource
from skillmatch.matching.encoders.ngram_encoder import NgramEncoder
from skillmatch.planning.scenario_file import read_scenario
from skillmatch.planning.solve import solve
from skillmatch.planning.worker import Worker
from skillmatch.service.imports.taxonomies import Layout
from skillmatch.service.plans.planning import Search
from skillmatch.service.workspace import Workspace

FACTORS = (0.8, 0.95, 1.05, 1.25)
DEMO = 280
DAY = date(2026, 12, 1)  # the demo's own
AT_ONCE = Search(time_limit=0.5)
"""What a front end asks for first while somebody drags; it goes on afterwards."""


def copied(name: str, copies: int, folder: Path, key: str, most: int | None = None) -> None:
    """A table of the demo's with each row as often, the people (or cohorts) numbered anew."""
    with (resource("data", "demo") / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        reader = csv.DictReader(file)
        rows, fields = list(reader), reader.fieldnames or []
    made = [{**row, key: f"{row[key]}-{copy}"} for copy in range(copies) for row in rows]
    with (folder / f"{name}.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, fields, lineterminator="\n")
        writer.writeheader()
        writer.writerows(made if most is None else made[:most])


def enlarged(scenario: Scenario, factor: float) -> Scenario:
    """The scenario for so many times the people."""

    def more(number: int | None) -> int | None:
        return None if number is None else max(1, round(number * factor))

    limits, ways = scenario.limits, scenario.ways
    return replace(
        scenario,
        demands=tuple(replace(item, headcount=more(item.headcount) or 1) for item in scenario.demands),
        covers=tuple(replace(item, people=more(item.people) or 1) for item in scenario.covers),
        limits=replace(
            limits,
            budget=None if limits.budget is None else limits.budget * factor,
            most_away=more(limits.most_away),
            unit_budgets={unit: money * factor for unit, money in limits.unit_budgets.items()},
        ),
        ways=replace(ways, hire_most=more(ways.hire_most) if ways.hire_most else 0),
    )


def large_demo(people: int, folder: Path) -> Workspace:
    """A workspace of the demo organisation with so many people, and cohorts to match."""
    copies = -(-people // DEMO)
    for name, key in (("people", "id"), ("evidence", "person"), ("awards", "person"), ("offerings", "id")):
        copied(name, copies, folder, key, people if name == "people" else None)
    kept = {f"P-{n % DEMO + 1:03d}-{n // DEMO}" for n in range(people)}
    for name in ("evidence", "awards"):
        path = folder / f"{name}.csv"
        with path.open(encoding="utf-8", newline="") as file:
            rows = list(csv.reader(file))
        with path.open("w", encoding="utf-8", newline="") as file:
            csv.writer(file, lineterminator="\n").writerows([rows[0], *(row for row in rows[1:] if row[0] in kept)])
    demo = resource("data", "demo")
    for name in ("credentials", "stacks", "roles"):
        (folder / f"{name}.csv").write_bytes((demo / f"{name}.csv").read_bytes())
    workspace = Workspace.open(folder / "workspace", create=True, encoder=NgramEncoder())
    workspace.taxonomy.import_from(Layout.TABLE, resource("data", "taxonomy"))
    for report in (
        workspace.catalogue.import_from(folder),
        workspace.roles.import_from(folder),
        workspace.people.import_from(folder),
    ):
        if not report.applied:
            raise SystemExit(f"the demo cannot be copied: {report.rejected[:1]}")
    return workspace


def of_demo(people: int, folder: Path) -> Iterator[dict[str, Any]]:
    """Each template, enlarged: seconds to open, to the first plan, and after each move."""
    with large_demo(people, folder) as workspace:
        for path in sorted(resource("data", "demo", "scenarios").glob("*.toml")):
            begun = time.monotonic()
            with workspace.plans.session(enlarged(read_scenario(path), people / DEMO), as_of=DAY) as session:
                opened = time.monotonic() - begun
                session.resolve()
                first = time.monotonic() - begun - opened
                budget = session.scenario.limits.budget or 0.0
                for factor in FACTORS:
                    limits = replace(session.scenario.limits, budget=budget * factor)
                    begun = time.monotonic()
                    found = session.resolve(limits=limits, search=AT_ONCE).plan
                    yield {
                        "measure": "demo",
                        "what": path.stem,
                        "people": people,
                        "budget_factor": factor,
                        "seconds_to_open": round(opened, 2),
                        "seconds_first": round(first, 2),
                        "seconds_to_plan": round(time.monotonic() - begun, 3),
                        "gap": found.gap,
                        "status": found.status.value,
                        "checked": found.checked,
                    }


def of_families(people: int, options: int, seed: int) -> Iterator[dict[str, Any]]:
    """Each family: seconds to the first plan that is known together with a bound, and the gap of that moment."""
    for family in FAMILIES:
        problem = make_problem(people, options, family, seed)
        with Worker() as worker:
            begun = time.monotonic()
            first = solve(problem, time_limit=20, seed=seed, worker=worker)
            seconds = time.monotonic() - begun
            for factor in FACTORS:
                moved = problem.limited(money=problem.capacity[problem.place["money"]] * factor)
                heard: list[tuple[float, float, float]] = []
                begun = time.monotonic()
                found = solve(
                    moved,
                    time_limit=20,
                    seed=seed,
                    worker=worker,
                    warm=first.warm(problem),
                    progress=lambda *now, heard=heard: heard.append(now),
                )
                after = time.monotonic() - begun
                at, worth, bound = next(now for now in heard if now[1] > float("-inf"))
                yield {
                    "measure": "invented",
                    "what": family,
                    "people": people,
                    "options": options,
                    "budget_factor": factor,
                    "seconds_first": round(seconds, 2),
                    "seconds_to_plan": round(at, 3),
                    "gap": round((bound - worth) / worth, 6),
                    "seconds_to_end": round(after, 2),
                    "gap_at_end": round(found.gap, 6),
                    "checked": found.choice is not None and moved.keeps_limits(found.choice),
                }


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--people", type=int, default=2_000)
    parser.add_argument("--options", type=int, default=20)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--measure", choices=("demo", "invented", "both"), default="both")
    parser.add_argument("--json", action="store_true")
    given = parser.parse_args()
    rows: list[dict[str, Any]] = []

    def take(found: Iterator[dict[str, Any]]) -> None:
        for row in found:
            rows.append(row)
            if not given.json:
                print(json.dumps(row), flush=True)

    if given.measure != "invented":
        with tempfile.TemporaryDirectory() as folder:
            take(of_demo(given.people, Path(folder)))
    if given.measure != "demo":
        take(of_families(given.people, given.options, given.seed))
    slowest = max(row["seconds_to_plan"] for row in rows)
    if given.json:
        print(json.dumps({"slowest_seconds_to_plan": slowest, "moves": rows}, indent=2))
    else:
        print(f"slowest: {slowest:.2f} s to a plan with its bound")
    return 0 if slowest <= 1.0 else 1


if __name__ == "__main__":
    sys.exit(main())
