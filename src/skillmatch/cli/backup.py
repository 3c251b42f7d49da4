"""Commands that keep a workspace safe: back it up, restore it, bring it up to this program."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from skillmatch.cli.invocation import Invocation

BackupFile = Annotated[Path, typer.Argument(metavar="FILE", help="The backup's file.")]


def backup(invocation: Invocation, file: BackupFile) -> None:
    """Back the workspace up to one file.

    Programs that use it may go on meanwhile. The file holds what is known of people: keep it as safe.
    """
    from skillmatch.service.core.context import utc_now
    from skillmatch.service.operations.backup import make_backup

    made = make_backup(invocation.folder(), file, utc_now())
    invocation.answer({"path": str(file), **made.to_json()}, lambda screen: screen.line(f"{file}: {made.headline()}."))


def restore(
    invocation: Invocation,
    file: BackupFile,
    overwrite: Annotated[
        bool, typer.Option("--overwrite", help="Replace the workspace that is there, for good.")
    ] = False,
) -> None:
    """Make the workspace from a backup.

    Every file in it must be as it was written. Stop what uses the workspace first.
    """
    from skillmatch.service.operations.backup import restore_backup

    folder = invocation.folder()
    made = restore_backup(file, folder, overwrite=overwrite)
    invocation.answer(
        {"workspace": str(folder), **made.to_json()},
        lambda screen: screen.line(f"{folder} is as it was when this was made: {made.headline()}."),
    )


def migrate(invocation: Invocation) -> None:
    """Bring an older workspace up to this program.

    Back it up first: there is no way back. Other commands never do this by themselves.
    """
    from skillmatch.service.operations.backup import migrate_workspace

    done = migrate_workspace(invocation.folder())

    def words() -> str:
        if done.before == done.after:
            return f"Nothing to do: schema {done.after} is this program's."
        return f"Brought from schema {done.before} to {done.after}."

    invocation.answer(done.to_json(), lambda screen: screen.line(words()))
