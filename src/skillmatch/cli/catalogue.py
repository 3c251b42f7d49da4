"""Commands about the catalogue: credentials, their groups with dates, and stacks."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Literal

import typer

from skillmatch.cli.commands import command, group
from skillmatch.cli.imports import check_report_path, conclude, warn_without_taxonomy
from skillmatch.cli.invocation import Invocation
from skillmatch.cli.options import (
    ColumnMapPath,
    DryRun,
    Encoding,
    HeaderRow,
    ImportPath,
    KeepGoing,
    Limit,
    ReportPath,
    Sheet,
    Source,
)

if TYPE_CHECKING:
    from skillmatch.cli.present.screen import Screen

app = group("The catalogue of micro-credentials: import, list, show.")


@command(app, "import")
def import_(
    invocation: Invocation,
    path: ImportPath,
    what: Annotated[
        Literal["credentials", "offerings", "stacks"],
        typer.Option("--what", help="What a single file holds; a folder says it by its files' names."),
    ] = "credentials",
    column_map: ColumnMapPath = None,
    sheet: Sheet = None,
    header_row: HeaderRow = None,
    encoding: Encoding = None,
    source: Source = None,
    dry_run: DryRun = False,
    keep_going: KeepGoing = False,
    report: ReportPath = None,
) -> None:
    """Import credentials, offerings or stacks.

    Offerings are groups with dates and seats. All rows are taken or none. A row whose id and source are known already
    replaces what was there.
    """
    from skillmatch.service.imports.report import ImportOptions

    check_report_path(report)
    options = ImportOptions(source, column_map, sheet, header_row, encoding, dry_run, keep_going)
    with invocation.open_for_import(dry_run=dry_run) as workspace:
        warn_without_taxonomy(invocation, workspace)
        with invocation.progress() as progress:
            found = workspace.catalogue.import_from(path, what=what, options=options, progress=progress)
    conclude(invocation, found, report, keep_going=keep_going)


@command(app, "list")
def list_(invocation: Invocation, limit: Limit = None) -> None:
    """List the credentials."""
    from skillmatch.cli import shapes

    with invocation.open() as workspace:
        found = list(workspace.catalogue.all().credentials.values())

    def present(screen: Screen) -> None:
        from skillmatch.cli.present.screen import money
        from skillmatch.cli.present.things import show_list

        rows = [(item.title, item.issuer, item.hours, money(item.cost, item.currency), item.id) for item in found]
        empty = "The catalogue is empty. Import one with 'skillmatch catalogue import'."
        show_list(screen, ("Title", "Issuer", ">Hours", ">Cost", "Id"), rows, limit, empty)

    invocation.answer(shapes.items(shapes.credential_summary(item) for item in found[:limit]), present)


@command(app, "show")
def show(
    invocation: Invocation, credential: Annotated[str, typer.Argument(metavar="ID", help="Id, ours or your own.")]
) -> None:
    """Show one credential.

    What it teaches, asks for, takes and costs.
    """
    from skillmatch.cli import shapes

    with invocation.open() as workspace:
        found, catalogue, labels = (
            workspace.catalogue.credentials.get(credential),
            workspace.catalogue.all(),
            workspace.snapshot().labels,
        )

    def present(screen: Screen) -> None:
        from skillmatch.cli.present.things import show_credential

        show_credential(screen, found, catalogue, labels)

    invocation.answer(shapes.credential(found, catalogue, labels), present)
