"""The command that fits the matching to what people decided about texts."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Annotated

import typer

from skillmatch.cli.invocation import Invocation
from skillmatch.cli.options import DryRun

if TYPE_CHECKING:
    from skillmatch.cli.present.screen import Screen


def tune(
    invocation: Invocation,
    steps: Annotated[int, typer.Option("--steps", min=1, max=1000, help="Steps of the training.")] = 150,
    seed: Annotated[int, typer.Option("--seed", min=0, help="What the examples are drawn from.")] = 1,
    dry_run: DryRun = False,
    remove: Annotated[bool, typer.Option("--remove", help="Go back to the packaged matching.")] = False,
) -> None:
    """Fit the matching to your feedback.

    It learns from most decisions about texts, is measured on the others, and is put in force only when it is better.
    Ctrl-C leaves everything as it was.
    """
    with invocation.open() as workspace:
        if remove:
            found = workspace.matching.remove_tuning()
        else:
            with invocation.progress() as progress:
                found = workspace.matching.tune(
                    steps=steps, seed=seed, dry_run=dry_run, report=_tell, progress=progress
                )

    def present(screen: Screen) -> None:
        from skillmatch.cli.present.tuning import show_tuning

        show_tuning(screen, found)

    invocation.answer(found.to_json(), present)


def _tell(line: str) -> None:
    print(line, file=sys.stderr, flush=True)  # noqa: T201 - how it goes
