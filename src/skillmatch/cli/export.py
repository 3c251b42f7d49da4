"""The command that writes what is in a workspace as tables that can be imported again."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from skillmatch.cli.invocation import Invocation

if TYPE_CHECKING:
    from skillmatch.cli.present.screen import Screen

What = Literal["credentials", "offerings", "stacks", "roles", "people", "evidence", "awards", "taxonomy", "all"]


def export(
    invocation: Invocation,
    what: Annotated[What, typer.Argument(help="What to write; taxonomy and all make several tables.")],
    path: Annotated[Path, typer.Argument(metavar="PATH", help="A .csv or .xlsx file; a folder for taxonomy and all.")],
) -> None:
    """Write tables that can be imported again.

    Texts that a spreadsheet could run are made harmless; importing takes that back.
    """
    from skillmatch.domain.base.attribution import attribution_of
    from skillmatch.service.imports.exports import Exportable

    with invocation.open() as workspace:
        written = workspace.export(Exportable(what), path)
        attribution = attribution_of(workspace.snapshot().versions.taxonomy)

    def present(screen: Screen) -> None:
        from skillmatch.cli.present.screen import counted

        for name, rows in written.items():
            screen.line(f"{name}: {counted(rows, 'row')}")
        screen.line(f"Written to {path}.")
        if attribution:
            screen.line(attribution)

    invocation.answer({"path": str(path), "files": written, "attribution": attribution}, present)
