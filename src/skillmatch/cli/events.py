"""Commands for learning events: take a file of them, list them."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from skillmatch.cli.commands import command, group
from skillmatch.cli.imports import check_report_path, conclude
from skillmatch.cli.invocation import Invocation
from skillmatch.cli.options import (
    ColumnMapPath,
    DryRun,
    Encoding,
    HeaderRow,
    KeepGoing,
    Limit,
    ReportPath,
    Sheet,
    Source,
)

if TYPE_CHECKING:
    from skillmatch.cli.present.screen import Screen

app = group("Learning events: import, list.")


@command(app, "import")
def import_(
    invocation: Invocation,
    path: Annotated[Path, typer.Argument(metavar="FILE", help="A .csv, .xlsx or .ndjson file.")],
    column_map: ColumnMapPath = None,
    sheet: Sheet = None,
    header_row: HeaderRow = None,
    encoding: Encoding = None,
    source: Source = None,
    dry_run: DryRun = False,
    keep_going: KeepGoing = False,
    report: ReportPath = None,
) -> None:
    """Take the learning events of a file.

    A completion is an award at once. An event is taken once, however often it is told.
    """
    from skillmatch.service.imports.report import ImportOptions

    check_report_path(report)
    options = ImportOptions(source, column_map, sheet, header_row, encoding, dry_run, keep_going)
    with invocation.open_for_import(dry_run=dry_run) as workspace:
        found = workspace.learning.import_from(path, options=options)
    conclude(invocation, found, report, keep_going=keep_going)


@command(app, "list")
def list_(
    invocation: Invocation,
    person: Annotated[
        str | None, typer.Option("--person", metavar="PERSON", help="Only the events of this person.")
    ] = None,
    limit: Limit = None,
) -> None:
    """List the learning events."""
    with invocation.open() as workspace:
        found = workspace.learning.events(person)
    document = found.to_json()
    document["items"] = document["items"][:limit]

    def present(screen: Screen) -> None:
        from skillmatch.cli.present.things import show_list

        rows = [
            (item.kind.value, item.on, item.person_id, item.credential_id or item.skill_id, item.value, item.id)
            for item in found.items
        ]
        show_list(screen, ("Event", "|On", "Person", "Of", ">Value", "Id"), rows, limit, "No event was told yet.")

    invocation.answer(document, present)
