"""The worker: HiGHS in a process of its own that never outlives its time, dies without harm, and is used again."""

from __future__ import annotations

import os
import select
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Any, Self

import numpy as np
from numpy.typing import NDArray

from skillmatch.planning.problem import Floats, Ints, Problem
from skillmatch.planning.solution import Interrupted

GRACE = 1.0
"""Seconds past its limit after which the process is killed; it may overshoot its own limit threefold."""

LOOK = 0.1
"""Seconds between looks at whether somebody wants the search to end."""

ROUNDING = 1e-6
"""Relative width by which the solver's own bound is raised before it counts: its default tolerances (HiGHS)."""


def nobody() -> None:
    """Whoever looks at a search while it waits for an answer: no one."""


@dataclass(frozen=True)
class Found:
    """What the process answered; None for what it did not find. ``share`` is the relaxation's, by option (0-1)."""

    choice: Ints | None = None
    bound: float = np.inf
    multipliers: Floats | None = None
    share: Floats | None = None
    finished: bool = False
    lost: bool = False


class Worker:
    """Runs HiGHS on problems one after the other; a context manager, which ends the process.

    ``command`` is what is started in place of our own process (for tests: one that dies, one that hangs).
    """

    def __init__(self, command: Sequence[str] | None = None) -> None:
        self.command = list(command or (sys.executable, "-m", "skillmatch.planning.child"))
        self._process: subprocess.Popen[bytes] | None = None
        self._folder: tempfile.TemporaryDirectory[str] | None = None
        self._halted = threading.Event()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """End the process and remove its files."""
        self.end()
        if self._folder is not None:
            self._folder.cleanup()
            self._folder = None

    def halt(self) -> None:
        """From another thread: whoever waits for an answer gets ``Interrupted`` instead, until :meth:`resume`."""
        self._halted.set()

    def resume(self) -> None:
        """Answer again."""
        self._halted.clear()

    def solve(
        self,
        problem: Problem,
        *,
        seconds: float,
        gap: float = 0.0,
        relaxed: bool = True,
        whole: bool = True,
        nodes: int = 0,
        look: Callable[[], None] = nobody,
    ) -> Found:
        """The relaxation's multipliers and the best choice within so many seconds, or ``GRACE`` more.

        ``nodes`` (0: no limit) bounds the search in a way that does not hang on the clock. ``look`` is called every
        ``LOOK`` seconds; raising from it kills the process. ``lost`` says that the
        process died or hung; then it was killed, and the next problem gets a new one.
        """
        if not problem.people or len(problem.value) == len(problem.people):
            # Nobody has a choice: floors priced at their reward prove that nothing is reached.
            return Found(problem.nothing, np.inf, -problem.reward, np.zeros(len(problem.value)), finished=True)
        if seconds <= 0:
            return Found()
        begun = time.monotonic()
        path = self._write(problem, seconds, gap, relaxed=relaxed, whole=whole, nodes=nodes)
        out = Path(f"{path}.out.npz")
        try:
            answered = self._ask(str(path), begun + seconds + GRACE, look)
            if not answered or not out.exists():
                self.end()
                return Found(lost=True)
            with np.load(out) as file:
                return _read(problem, {name: file[name] for name in file.files})
        except BaseException:
            self.end()  # whatever stopped us must not leave it running
            raise
        finally:
            path.unlink(missing_ok=True)
            out.unlink(missing_ok=True)

    def end(self) -> None:
        """Kill the process if there is one; the next problem starts another."""
        process, self._process = self._process, None
        if process is not None:
            process.kill()
            process.wait()
            for stream in (process.stdin, process.stdout):
                if stream is not None:
                    stream.close()

    def _ask(self, line: str, until: float, look: Callable[[], None]) -> bool:
        process = self._running()
        assert process.stdin is not None and process.stdout is not None  # noqa: S101 - both are pipes
        try:
            process.stdin.write(f"{line}\n".encode())
            process.stdin.flush()
        except OSError:
            return False
        ready: list[Any] = []
        while not ready and time.monotonic() < until:
            if self._halted.is_set():
                raise Interrupted
            ready, _, _ = select.select([process.stdout], [], [], max(0.0, min(LOOK, until - time.monotonic())))
            if not ready:
                look()
        return bool(ready) and os.read(process.stdout.fileno(), 100) == b"done\n"

    def _running(self) -> subprocess.Popen[bytes]:
        if self._process is None or self._process.poll() is not None:
            self.end()
            self._process = subprocess.Popen(  # noqa: S603 - our own command, no shell
                self.command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
            )
        return self._process

    def _write(self, problem: Problem, seconds: float, gap: float, **asked: Any) -> Path:
        if self._folder is None:
            self._folder = tempfile.TemporaryDirectory(prefix="skillmatch-plan-")
        path = Path(self._folder.name) / "problem.npz"
        use = problem.use
        np.savez(
            path,
            start=problem.start,
            value=problem.value,
            data=use.data,
            indices=use.indices,
            indptr=use.indptr,
            capacity=problem.capacity,
            reward=problem.reward,
            seconds=seconds,
            gap=gap,
            **asked,
        )
        return path


def _read(problem: Problem, found: dict[str, NDArray[Any]]) -> Found:
    kept = np.ones(len(problem.value), bool)
    kept[problem.start[:-1]] = False
    places = np.flatnonzero(kept)
    choice = None
    if "chosen" in found:
        choice = problem.nothing
        taken = places[found["chosen"] > 0.5]
        choice[problem.person_of[taken]] = taken
    bound = float(found["bound"]) + problem.offset
    if np.isfinite(bound):
        bound += ROUNDING * max(1.0, abs(bound), abs(problem.offset))
    share = None
    if len(found["share"]):
        share = np.zeros(len(problem.value))
        share[places] = found["share"]
    finished = "ended" in found and int(found["ended"]) == 0
    return Found(choice, bound, found.get("multipliers"), share, finished)
