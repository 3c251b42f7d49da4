"""Measuring: wall time and memory of whole processes, medians of repeated calls, and the results of a run."""

from __future__ import annotations

import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

SKILLMATCH = (str(Path(sys.executable).with_name("skillmatch")),)


@dataclass(frozen=True)
class Result:
    """One measured number, its target, and the baseline it is held against, all in the same unit."""

    name: str
    value: float
    unit: str
    target: float
    baseline: str
    baseline_value: float
    remark: str = ""

    @property
    def met(self) -> bool:
        return self.value <= self.target


@dataclass
class Results:
    """The results of one run, in the order of measuring."""

    items: list[Result] = field(default_factory=list)

    def add(self, result: Result) -> None:
        self.items.append(result)
        mark = "ok  " if result.met else "MISS"
        measured = f"{result.value:.3g} {result.unit} (target {result.target:g})"
        held_against = f"{result.baseline}: {result.baseline_value:.3g} {result.unit}"
        print(f"{mark} {result.name}: {measured}; {held_against} {result.remark}".rstrip(), flush=True)


def run(command: Sequence[str]) -> float:
    """Run a command to its end and give the wall seconds it took. Raises when it fails."""
    begun = time.perf_counter()
    done = subprocess.run(command, capture_output=True, text=True)
    seconds = time.perf_counter() - begun
    if done.returncode:
        raise RuntimeError(f"{' '.join(command)} failed: {done.stderr[-2000:]}")
    return seconds


def peak_mb(command: Sequence[str]) -> float:
    """The peak resident memory of a command in MB, asked of the operating system when it has ended."""
    code = (
        "import resource, subprocess, sys; subprocess.run(sys.argv[1:], check=True, stdout=subprocess.DEVNULL); "
        "print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024)"
    )
    done = subprocess.run([sys.executable, "-c", code, *command], capture_output=True, text=True, check=True)
    return float(done.stdout)


def times_of(call: Callable[[], object], times: int) -> list[float]:
    """The wall seconds of each of so many calls."""
    taken = []
    for _ in range(times):
        begun = time.perf_counter()
        call()
        taken.append(time.perf_counter() - begun)
    return taken


def median_of(call: Callable[[], object], times: int) -> float:
    """The median wall seconds of a call."""
    return statistics.median(times_of(call, times))
