"""Commands for jobs: list them, do those that wait, cancel one."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from skillmatch.cli.commands import command, group
from skillmatch.cli.invocation import Invocation
from skillmatch.cli.options import Limit

if TYPE_CHECKING:
    from skillmatch.cli.present.screen import Screen
    from skillmatch.domain.access.job import JobList

app = group("Imports and plans that were handed in: list, run, cancel.")


@command(app, "list")
def list_(invocation: Invocation, limit: Limit = None) -> None:
    """List the jobs, the latest first."""
    with invocation.open() as workspace:
        found = workspace.jobs.all(limit=limit)
    _show(invocation, found, limit)


@command(app, "run")
def run(invocation: Invocation) -> None:
    """Do the jobs that wait, one after the other.

    Nothing happens while a server that runs on the workspace does them.
    """
    from skillmatch.domain.access.job import JobList

    done = []
    with invocation.open() as workspace:
        while (job := workspace.jobs.run_next()) is not None:
            done.append(job)
    _show(invocation, JobList(tuple(done)), None)


@command(app, "cancel")
def cancel(invocation: Invocation, job: Annotated[str, typer.Argument(metavar="JOB", help="Id of the job.")]) -> None:
    """Cancel a job that waits or runs."""
    with invocation.open() as workspace:
        found = workspace.jobs.cancel(job)
    invocation.answer(found.to_json(), lambda screen: screen.line(f"Job {found.id}: {found.status.value}."))


def _show(invocation: Invocation, found: JobList, limit: int | None) -> None:
    def present(screen: Screen) -> None:
        from skillmatch.cli.present.things import show_list

        rows = [
            (
                item.kind.value,
                item.status.value,
                item.by,
                f"{item.submitted:%Y-%m-%d %H:%M}",
                "" if item.error is None else str(item.error["message"]),
                item.id,
            )
            for item in found.items
        ]
        show_list(screen, ("Job", "Status", "By", "|Submitted", "Error", "|Id"), rows, limit, "There is no job.")

    invocation.answer(found.to_json(), present)
