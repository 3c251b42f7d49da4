"""The command that trains the encoder."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

from skillmatch.cli.errors import FINE, INTERRUPTED
from skillmatch.cli.invocation import Invocation


def train(
    invocation: Invocation,
    data: Annotated[Path, typer.Option("--data", metavar="DIR", help="Folder with esco-1.1.1, onet-29.3, matching.")],
    out: Annotated[Path, typer.Option("--out", metavar="DIR", help="Folder for the weights.")] = Path("skill-encoder"),
    work: Annotated[
        Path | None, typer.Option("--work", metavar="DIR", help="Folder for the state of a run. Else in your cache.")
    ] = None,
    quick: Annotated[bool, typer.Option("--quick", help="A few steps on a few skills, to prove the path.")] = False,
    seed: Annotated[int | None, typer.Option("--seed", min=0, help="What the examples are drawn from.")] = None,
    steps: Annotated[int | None, typer.Option("--steps", min=1, help="Steps of the transformer.")] = None,
    table_steps: Annotated[
        int | None, typer.Option("--table-steps", min=0, help="Steps of the token table; 0 trains none.")
    ] = None,
    precision: Annotated[
        str | None, typer.Option("--precision", metavar="NAME", help="float32, or bfloat16 where the processor has it.")
    ] = None,
    threads: Annotated[int | None, typer.Option("--threads", min=1, max=64, help="Processor threads; else 1.")] = None,
    keep: Annotated[float | None, typer.Option("--keep", help="How much of the change is saved, above 0 to 1.")] = None,
    resume: Annotated[bool, typer.Option("--resume", help="Go on where a run with the same seed stopped.")] = False,
    until: Annotated[
        int | None, typer.Option("--until", min=1, help="Stop after this step, keeping the state.")
    ] = None,
    save_stopped: Annotated[
        bool, typer.Option("--save-stopped", help="Save the weights also when stopped before the end.")
    ] = False,
) -> None:
    """Train the encoder from ESCO, O*NET and the public train splits.

    The full run takes about an hour on two processor cores. Ctrl-C keeps the state; --resume goes on from it.
    """
    from skillmatch.service.matching.training import TrainingRun, train_encoder

    asked = TrainingRun(
        data, out, work, quick, seed, steps, table_steps, precision, threads, keep, resume, until, save_stopped
    )
    end = train_encoder(asked, lambda line: print(line, file=sys.stderr, flush=True))  # noqa: T201 - its log
    invocation.exit_code = INTERRUPTED if end.interrupted else FINE
    stopped = f"Stopped after step {end.step} of {end.steps}; go on with --resume."
    words = stopped if end.folder is None else f"Saved in {end.folder}."
    invocation.answer(end.to_json(), lambda screen: screen.unwrapped(words))
