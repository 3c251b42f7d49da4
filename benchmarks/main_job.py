"""The main job in numbers: import, reopening, help, gap and ranking for one and for many, pathways, memory."""

from __future__ import annotations

import csv
import json
import subprocess
import sys
import time
from pathlib import Path

from benchmarks.measure import SKILLMATCH, Result, Results, median_of, peak_mb, run, times_of
from benchmarks.workload import DAY, esco_workspace, people_for
from skillmatch.domain.advice.advice import Preference
from skillmatch.domain.advice.pathway import Pace
from skillmatch.domain.people.gap import Gap
from skillmatch.gaps.gap import share
from skillmatch.matching.encoders.make import make_encoder
from skillmatch.service.advice.case import NO_LIMITS, Case
from skillmatch.service.core.settings import Settings
from skillmatch.service.core.snapshot import Snapshot
from skillmatch.service.demo import fill_with_demo
from skillmatch.service.workspace import Workspace
from skillmatch.store import Store

PEOPLE = 10_000
EVERYBODY = 100_000
WORKERS = 2
SEED = 7
PREFERENCE = Preference()


def measure_main_job(results: Results, data: Path, folder: Path) -> None:
    """Measure everything on a fresh workspace in ``folder``."""
    place = folder / "workspace"
    esco = data / "esco-1.1.1"
    settings = Settings.read()
    make_encoder(settings.encoder, cache_folder=settings.cache).encode(["warm"])  # its one-off export is not measured
    bare = run([sys.executable, "-c", "pass"])
    seconds = run([*SKILLMATCH, "--workspace", str(place), "taxonomy", "import", "esco", str(esco)])
    results.add(Result("ESCO from scratch", seconds, "s", 120, "reading its files alone", _read_all(esco)))
    with esco_workspace(place, data) as workspace:
        role = workspace.roles.get("data analyst")
        with Store.open(place) as store, store.writing() as change:
            change.put_people(people_for(role, EVERYBODY, SEED))
    gap = [*SKILLMATCH, "--workspace", str(place), "gap", "bench/000000", role.id, "--json"]
    seconds = min(run(gap) for _ in range(3))
    results.add(Result("reopen and first gap", seconds, "s", 2, "a bare interpreter", bare))
    seconds = min(run([*SKILLMATCH, "--help"]) for _ in range(5))
    results.add(Result("skillmatch --help", seconds, "s", 0.5, "a bare interpreter", bare))
    torch = peak_mb([sys.executable, "-c", "import torch"])
    results.add(Result("memory of an id-only process", peak_mb(gap), "MB", 400, "importing torch alone", torch))
    with Workspace.open(place) as workspace:
        naive = _measure_ranking(results, workspace)
    few = _whole_run(place, PEOPLE)
    many = _whole_run(place, EVERYBODY)
    name, baseline = f"{EVERYBODY:,} people in one call", "every credential against every requirement, each"
    remark = f"{WORKERS} processes, the reading of the people included"
    results.add(Result(name, many["seconds"], "s", 120, baseline, naive * EVERYBODY, remark=remark))
    growth = many["peak_mb"] / few["peak_mb"]
    results.add(Result("memory, 100,000 people against 10,000", growth, "x", 1.1, "no growth", 1.0))


def _whole_run(place: Path, people: int) -> dict[str, float]:
    """Seconds and peak memory (MB, the largest process) of advice for so many people, in a process of its own."""
    command = [sys.executable, "-m", "benchmarks.many_people", str(place), str(people), str(WORKERS)]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    found: dict[str, float] = json.loads(done.stdout)
    return found


def _measure_ranking(results: Results, workspace: Workspace) -> float:
    """Measure gap and ranking of one after the other; the seconds of the baseline for one person."""
    snapshot = workspace.snapshot()
    role = workspace.roles.get("data analyst")
    people = [snapshot.person(item) for item in people_for(role, 1_001, SEED)]
    cases = [Case.of(snapshot, person, role, DAY) for person in people[:20]]
    spread = iter(people)
    cases[0].recommend(5, NO_LIMITS, PREFERENCE)  # what is worked out once per role is not measured
    taken = sorted(
        times_of(lambda: Case.of(snapshot, next(spread), role, DAY).recommend(5, NO_LIMITS, PREFERENCE), len(people))
    )
    every = iter(cases)
    naive = median_of(lambda: _compare_everything(next(every).gap, snapshot), 20)
    offered = len(snapshot.offers(role, PREFERENCE).candidates)
    remark = f"{len(role.requirements)} requirements, {offered} candidates"
    baseline = "every credential against every requirement"
    for name, value, target in (
        ("median", taken[len(taken) // 2], 5),
        ("99th of 100", taken[len(taken) * 99 // 100], 20),
    ):
        result = Result(f"gap and ranking, {name}", value * 1000, "ms", target, baseline, naive * 1000, remark=remark)
        results.add(result)
    few = _seconds_for(workspace, 1_000) / 1_000
    many = _seconds_for(workspace, PEOPLE)
    results.add(Result(f"{PEOPLE:,} people in one call", many, "s", 30, f"{baseline}, each", naive * PEOPLE))
    growth = many / PEOPLE / few
    results.add(Result("cost per person, 10,000 against 1,000", growth, "x", 1.2, "no growth", 1.0))
    return naive


def measure_pathways(results: Results, folder: Path) -> None:
    """Pathways of everybody in the demo towards another role than today's; beside ranking them."""
    pace = Pace(hours_per_week=5, weeks=40)
    with Workspace.open(folder / "demo", create=True) as workspace:
        fill_with_demo(workspace)
        snapshot = workspace.snapshot()
        roles = sorted(snapshot.roles)
        cases = [
            Case.of(snapshot, person, snapshot.roles[roles[number % len(roles)]], workspace.today())
            for number, person in enumerate(workspace.people.all())
        ]
        queue = iter(cases)
        taken = sorted(times_of(lambda: next(queue).pathway(pace, NO_LIMITS, PREFERENCE), len(cases)))
        queue = iter(cases)
        ranking = median_of(lambda: next(queue).recommend(5, NO_LIMITS, PREFERENCE), len(cases))
    remark = f"{len(cases)} people, 40 weeks of 5 hours; slowest {taken[-1]:.2g} s"
    baseline = "their recommendations alone"
    results.add(Result("pathway, median", taken[len(taken) // 2] * 1000, "ms", 100, baseline, ranking * 1000, remark))


def _seconds_for(workspace: Workspace, people: int) -> float:
    """Wall seconds of advice for so many people from the store, in one call."""
    begun = time.perf_counter()
    done = 0
    for _ in workspace.recommend_all("data analyst", as_of=DAY):
        done += 1
        if done == people:
            break
    assert done == people
    return time.perf_counter() - begun


def _compare_everything(gap: Gap, snapshot: Snapshot) -> list[tuple[float, str]]:
    """The foolish baseline: no index from skills to credentials."""
    scored = []
    for credential in snapshot.catalogue.credentials.values():
        gain = 0.0
        for item in gap.items:
            for outcome in credential.outcomes:
                if outcome.skill_id == item.requirement.skill_id:
                    closed = share(item.requirement, outcome.level) - share(item.requirement, item.attained or 0.0)
                    gain += max(0.0, item.requirement.weight * closed * outcome.probability)
        scored.append((-gain, credential.id))
    return sorted(scored)[:5]


def _read_all(folder: Path) -> float:
    csv.field_size_limit(10_000_000)
    begun = time.perf_counter()
    for path in sorted(folder.glob("*.csv")):
        with path.open(encoding="utf-8-sig", newline="") as file:
            for _ in csv.reader(file):
                pass
    return time.perf_counter() - begun
