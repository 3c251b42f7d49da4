"""``python -m benchmarks.api``: answers a second and their times, cold start, memory, an import while others read."""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Sequence
from pathlib import Path
from urllib.parse import quote

from benchmarks.api.filling import PEOPLE, fill, write_import
from benchmarks.api.server import Served, served, wrk
from benchmarks.api.table import Table
from benchmarks.workload import OCCUPATIONS
from skillmatch.domain.access.job import JobStatus
from skillmatch.service.workspace import Workspace

TEXTS = ("python programming", "wound care", "drive forklifts", "SQL databases", "negotiate with suppliers")
WORDS = ("data", "nursing", "manage", "python", "quality", "design", "care", "plan", "report", "analyse")
IMPORTED, LINES = 50_000, 10


def main(given: Sequence[str] | None = None) -> int:
    """Measure; 0 when every target is met."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.api", description=__doc__)
    parser.add_argument("--data", type=Path, default=Path("../shared/data"), help="folder with the real data")
    parser.add_argument("--folder", type=Path, default=Path(".bench/api"), help="where the workspace is kept")
    parser.add_argument("--seconds", type=int, default=8, help="length of each load")
    parser.add_argument("--connections", type=int, default=4, help="requests at once")
    parser.add_argument("--no-import", action="store_true", help="leave out the import of 50,000 people")
    parser.add_argument("--json", type=Path, help="also write the table here")
    options = parser.parse_args(given)
    options.folder.mkdir(parents=True, exist_ok=True)
    place = fill(options.folder, options.data)
    table = Table()
    with served(place):  # so that the page cache is warm and only the program is cold
        pass
    with served(place) as server:
        table.add("from a cold start to ready", server.ready_after, "s", 4)
        by_id(table, server, place, options.seconds, options.connections)
        table.add("memory of an id-only process", server.memory_mb(), "MB", 500)
        table.add("normalise 50 texts", normalise(server), "ms", 400)
    if not options.no_import:
        with tempfile.TemporaryDirectory() as folder:
            while_importing(table, place, Path(folder), options.connections)
    if options.json:
        options.json.write_text(json.dumps(table.rows, indent=2) + "\n")
    return 0 if all(row["met"] for row in table.rows) else 1


def by_id(table: Table, server: Served, place: Path, seconds: int, connections: int) -> None:
    """The questions that need no encoder."""
    share = PEOPLE // len(OCCUPATIONS)
    with Workspace.open(place) as workspace:
        roles = [workspace.roles.get(name).id for name in OCCUPATIONS]
    people = [(number, roles[number // share]) for number in range(0, PEOPLE, 37)]
    for name, what, rate, p99 in (("recommendations by id", "recommendations", 120, 60.0), ("gap", "gap", 250, None)):
        paths = [f"/v1/people/bench/{number:06d}/{what}?role={quote(role, safe='')}" for number, role in people]
        wrk(server.address, paths, seconds=2, connections=connections)
        table.load(name, wrk(server.address, paths, seconds=seconds, connections=connections), rate, p99)
    paths = [f"/v1/skills?q={word}&limit=10" for word in WORDS]
    table.load("skill search", wrk(server.address, paths, seconds=seconds, connections=connections), 300, None)


def normalise(server: Served) -> float:
    """Milliseconds for fifty texts, the median of seven different fifties, once the encoder is loaded."""
    taken = []
    for turn in range(8):
        texts = [f"{TEXTS[number % 5]} {turn} {number}" for number in range(50)]
        request = urllib.request.Request(
            f"{server.address}/v1/skills/normalise",
            json.dumps({"texts": texts}).encode(),
            {"Content-Type": "application/json"},
        )
        begun = time.perf_counter()
        with urllib.request.urlopen(request, timeout=120) as answer:
            assert len(json.load(answer)["items"]) == 50
        taken.append((time.perf_counter() - begun) * 1000)
    return sorted(taken[1:])[3]


def while_importing(table: Table, place: Path, folder: Path, connections: int) -> None:
    """The import of many people by the server's worker, on a copy of the workspace, while others read."""
    copy = folder / "copy"
    subprocess.run(["cp", "-r", str(place), str(copy)], check=True)
    files = write_import(place, folder, IMPORTED, LINES)
    with served(copy, port=8124) as server, Workspace.open(copy) as workspace:
        role = quote(workspace.roles.get(OCCUPATIONS[0]).id, safe="")
        paths = [f"/v1/people/bench/{number:06d}/gap?role={role}" for number in range(2_000)]
        begun, loads = time.perf_counter(), []
        jobs = [
            workspace.jobs.submit("import", {"what": what, "source": "new"}, by="benchmark", file=file)
            for what, file in zip(("people", "evidence"), files, strict=True)
        ]
        while not all(workspace.jobs.get(job.id).status.final for job in jobs):
            loads.append(wrk(server.address, paths, seconds=3, connections=connections))
        seconds = time.perf_counter() - begun
        ended = [workspace.jobs.get(job.id) for job in jobs]
        assert all(job.status is JobStatus.DONE for job in ended), [job.error for job in ended]
    table.add(f"import of {IMPORTED:,} people x {LINES} lines", seconds, "s", 120)
    table.add("reading meanwhile, p99 (the worst 3 s)", max(load.p99 for load in loads), "ms", 150)
    table.add("reading meanwhile, failures", sum(load.failures for load in loads), "", 0)


if __name__ == "__main__":
    sys.exit(main())
