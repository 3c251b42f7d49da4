"""Training: our encoder made again, or made for other data, from public files; no workspace is needed."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from skillmatch.service.core.settings import Settings


@dataclass(frozen=True, slots=True)
class TrainingRun:
    """What is asked of a training run; None leaves a number as the full run has it (or the quick one, with ``quick``).

    ``data`` holds ESCO, O*NET and the train splits in the layout of benchmarks/README.md, ``out`` gets the weights,
    ``work`` (the cache folder when None) the state that ``resume`` goes on from. ``until`` stops after that step with
    the state kept; ``save_stopped`` saves the weights of a run that was stopped. ``keep`` (0-1) is how much of the
    change is saved.
    """

    data: Path
    out: Path
    work: Path | None = None
    quick: bool = False
    seed: int | None = None
    steps: int | None = None
    table_steps: int | None = None
    precision: str | None = None
    threads: int | None = None
    keep: float | None = None
    resume: bool = False
    until: int | None = None
    save_stopped: bool = False

    def command(self) -> str:
        """The command that gives the same weights, without stops and resumptions."""
        given = {
            "seed": self.seed,
            "steps": self.steps,
            "table-steps": self.table_steps,
            "precision": self.precision,
            "threads": self.threads,
            "keep": self.keep,
        }
        parts = ["skillmatch train --data DIR", *(["--quick"] if self.quick else [])]
        parts += [f"--{name} {value}" for name, value in given.items() if value is not None]
        if self.save_stopped and self.until is not None:
            parts.append(f"--until {self.until} --save-stopped")
        return " ".join(parts)


@dataclass(frozen=True, slots=True)
class TrainingEnd:
    """How a run ended: after which step of how many, and where the weights are (None when none were saved)."""

    step: int
    steps: int
    folder: Path | None
    interrupted: bool = False

    @property
    def finished(self) -> bool:
        """Whether it got to its last step."""
        return self.step == self.steps

    def to_json(self) -> dict[str, Any]:
        """The documented shape."""
        folder = None if self.folder is None else str(self.folder)
        return {"finished": self.finished, "step": self.step, "steps": self.steps, "folder": folder}


def train_encoder(run: TrainingRun, report: Callable[[str], None]) -> TrainingEnd:
    """Train; ``report`` is told a line now and then. Interrupting keeps the state for ``resume``.

    Raises ``InputError`` for data or numbers that will not do, ``ModelError`` for a base model or state that is not
    what it should be.
    """
    from skillmatch.matching.training.run import train
    from skillmatch.matching.training.settings import QUICK
    from skillmatch.matching.training.settings import Settings as Numbers
    from skillmatch.matching.training.sources import read_sources

    wanted = {
        name: value
        for name in ("seed", "steps", "table_steps", "precision", "threads", "keep")
        if (value := getattr(run, name)) is not None
    }
    numbers = replace(QUICK if run.quick else Numbers(), **wanted)
    sources = read_sources(run.data)
    end = train(
        sources.small() if run.quick else sources,
        run.out,
        numbers,
        report,
        work=run.work or Settings.read().cache / "training",
        resume=run.resume,
        command=run.command(),
        until=run.until,
        save_stopped=run.save_stopped,
    )
    return TrainingEnd(end.step, numbers.steps, run.out if end.saved else None, end.interrupted)
