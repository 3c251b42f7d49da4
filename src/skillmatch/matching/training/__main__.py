"""The command that trains our encoder: ``python -m skillmatch.matching.training --data DIR``."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from skillmatch.domain.errors import SkillmatchError
from skillmatch.matching.onnx_export import default_cache_folder
from skillmatch.matching.training.run import train
from skillmatch.matching.training.settings import QUICK, Settings
from skillmatch.matching.training.sources import read_sources

STOPPED = 3


def main(arguments: Sequence[str] | None = None) -> int:
    """Train from a data folder; 0 when the weights are saved, 1 on an error, 3 when stopped with the state kept."""
    usual = Settings()
    parser = argparse.ArgumentParser(prog="python -m skillmatch.matching.training", description=__doc__)
    parser.add_argument("--data", type=Path, required=True, help="folder with esco-1.1.1, onet-29.3 and matching")
    parser.add_argument("--out", type=Path, default=Path("skill-encoder"), help="folder for the weights")
    parser.add_argument("--work", type=Path, default=None, help="folder for the state of a run that may be resumed")
    parser.add_argument("--seed", type=int, default=usual.seed)
    parser.add_argument("--steps", type=int, default=None, help=f"steps of {usual.batch} examples")
    parser.add_argument("--precision", choices=("float32", "bfloat16"), default=usual.precision)
    parser.add_argument("--resume", action="store_true", help="go on where a run with the same seed was stopped")
    parser.add_argument("--until", type=int, default=None, help="stop after this step, keeping the state")
    parser.add_argument("--keep", type=float, default=usual.keep, help="how much of the change is saved, 0-1")
    parser.add_argument("--table-steps", type=int, default=None, help="steps for the token table; 0 trains none")
    parser.add_argument("--save-stopped", action="store_true", help="save the weights also when stopped before the end")
    parser.add_argument("--quick", action="store_true", help="a few steps on a few skills, to prove the path")
    given = parser.parse_args(arguments)
    try:
        settings = _settings(given, usual)
        sources = read_sources(given.data)
        saved = train(
            sources.small() if given.quick else sources,
            given.out,
            settings,
            _tell,
            work=given.work or default_cache_folder() / "training",
            resume=given.resume,
            command=_command(given, settings),
            until=given.until,
            save_stopped=given.save_stopped,
        )
    except SkillmatchError as error:
        sys.stderr.write(f"error: {error}\n")
        return 1
    return 0 if saved else STOPPED


def _settings(given: argparse.Namespace, usual: Settings) -> Settings:
    start = QUICK if given.quick else usual
    return replace(
        start,
        seed=given.seed,
        precision=given.precision,
        keep=given.keep,
        steps=start.steps if given.steps is None else given.steps,
        table_steps=start.table_steps if given.table_steps is None else given.table_steps,
    )


def _command(given: argparse.Namespace, settings: Settings) -> str:
    """The command that gives these weights again, stops and resumptions left out."""
    parts = [
        "python -m skillmatch.matching.training --data DIR",
        f"--seed {settings.seed} --steps {settings.steps} --table-steps {settings.table_steps}",
        f"--precision {settings.precision} --keep {settings.keep:g}",
    ]
    if given.quick:
        parts.append("--quick")
    if given.save_stopped and given.until is not None:
        parts.append(f"--until {given.until} --save-stopped")
    return " ".join(parts)


def _tell(line: str) -> None:
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    raise SystemExit(main())
