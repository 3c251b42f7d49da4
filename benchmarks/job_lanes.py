"""``python -m benchmarks.job_lanes``: how soon imports start behind a plan of a day, and where a killed plan goes on.

The demo's people, fourfold; one server, one with two workers, and two servers on one workspace.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

import psutil

from benchmarks.measure import SKILLMATCH, Result, Results
from skillmatch.domain.access.job import Job, JobStatus
from skillmatch.service.demo import fill_with_demo
from skillmatch.service.workspace import Workspace
from skillmatch.store import Store

COPIES = 4
WAYS = (("one server", ((),)), ("two workers", (("--workers", "2"),)), ("two servers", ((), ())))
BEHIND, TARGET = 5, 5.0
"""Imports measured behind each plan, and the seconds within which each must have started."""

SCENARIO = {
    "name": "A day",
    "limits": {"budget": 90_000, "hours_per_week": 4, "weeks": 40},
    "demands": [
        {"role": f"own/R-B0{number}", "headcount": 60, "by": "2027-12-31", "ready": 0.6} for number in range(1, 8)
    ],
}


def fill(place: Path) -> None:
    """The demo, with so many copies of everybody."""
    with Workspace.open(place, create=True) as workspace:
        fill_with_demo(workspace)
    with Store.open(place) as store, store.writing() as change:
        people = list(change.people())
        change.put_people([replace(one, id=f"{one.id}.{n}") for one in people for n in range(1, COPIES)])


@contextmanager
def serving(place: Path, options: tuple[str, ...]) -> Iterator[str]:
    """The address of a server on a free port, until the block ends."""
    command = [*SKILLMATCH, "--workspace", str(place), "--json", "serve", "--open", "--port", "0", *options]
    with subprocess.Popen([*command, "--log-level", "error"], stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        try:
            yield json.loads("".join(iter(process.stdout.readline, "}\n")) + "}")["address"]
        finally:
            process.terminate()
            process.wait(60)


def post(address: str, body: bytes, kind: str) -> str:
    """The id of the job that a POST hands in."""
    request = urllib.request.Request(address, body, {"Content-Type": kind})
    with urllib.request.urlopen(request, timeout=60) as response:
        return str(json.load(response)["id"])


def hand_in_plan(address: str) -> str:
    body = {"scenario": SCENARIO, "time_limit": 86_400, "gap": 0, "as_of": "2026-12-01"}
    return post(f"{address}/v1/plans", json.dumps(body).encode(), "application/json")


def until(workspace: Workspace, job_id: str, wanted: Callable[[Job], Any]) -> Job:
    """The job once it is as wanted."""
    end = time.monotonic() + 600
    while not wanted(job := workspace.jobs.get(job_id)):
        if time.monotonic() > end or job.status is JobStatus.FAILED:
            raise RuntimeError(f"{job_id} never got there: {job.to_json()}")
        time.sleep(0.02)
    return job


def measure_starts(results: Results, place: Path, name: str, servers: tuple[tuple[str, ...], ...]) -> None:
    """Seconds from handing in an import until it runs, while a plan of a day is searched for."""
    with Workspace.open(place) as workspace, ExitStack() as stack:
        first, *others = [stack.enter_context(serving(place, options)) for options in servers]
        last = (others or [first])[-1]
        plan = hand_in_plan(first)
        until(workspace, plan, lambda job: job.status is JobStatus.RUNNING)
        waits = []
        for number in range(BEHIND):
            begun = time.monotonic()
            rows = f"id,name,unit\nL-{number},Lane {number},Lanes\n".encode()
            job = post(f"{last}/v1/imports?what=people&source=lanes", rows, "text/csv")
            until(workspace, job, lambda found: found.started is not None)
            waits.append(time.monotonic() - begun)
            until(workspace, job, lambda found: found.status is JobStatus.DONE)
            assert workspace.jobs.get(plan).status is JobStatus.RUNNING
        workspace.jobs.cancel(plan)
        until(workspace, plan, lambda job: job.status.final)
    for which, wait in (("the first, whose process starts", waits[0]), ("the slowest of the others", max(waits[1:]))):
        results.add(Result(f"{name}, {which}", wait, "s", TARGET, "behind the plan in one queue", 86_400.0))


def measure_resuming(results: Results, place: Path) -> None:
    """What is told of a plan after its process was killed, against what was told before."""
    with Workspace.open(place) as workspace, serving(place, ()) as address:
        plan = hand_in_plan(address)
        before = until(workspace, plan, lambda job: job.progress.best and job.progress.bound)
        for process in psutil.process_iter(["cmdline"]):
            if any(str(place) in word and '"plans"' in word for word in process.info["cmdline"] or ()):
                process.kill()
        until(workspace, plan, lambda job: job.attempts == 2 and job.progress.stage == "options")
        after = until(workspace, plan, lambda job: job.progress.stage == "searching" or job.status.final)
        workspace.jobs.cancel(plan)
        until(workspace, plan, lambda job: job.status.final)
    told, now = before.progress, after.progress
    assert told.best is not None and told.bound is not None and now.best is not None and now.bound is not None
    print(f"     before the kill {told.best:.6f} to {told.bound:.6f}, after it {now.best:.6f} to {now.bound:.6f}")
    lost = max(told.best - now.best, now.bound - told.bound, 0.0)
    results.add(Result("worth or bound lost by a kill", lost, "", 0.0, "beginning again", told.best))


def main() -> int:
    """Measure; 0 when every target is met."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.parse_args()
    os.environ["SKILLMATCH_THREADS"] = "1"
    results = Results()
    with tempfile.TemporaryDirectory(prefix="skillmatch-lanes-") as folder:
        place = Path(folder) / "workspace"
        fill(place)
        for name, servers in WAYS:
            measure_starts(results, place, name, servers)
        measure_resuming(results, place)
    return 0 if all(item.met for item in results.items) else 1


if __name__ == "__main__":
    sys.exit(main())
