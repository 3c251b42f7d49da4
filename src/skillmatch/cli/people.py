"""Commands about people: import them and what is known of them, look at them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Literal

import typer

from skillmatch.cli import erasing
from skillmatch.cli.commands import command, group
from skillmatch.cli.imports import check_report_path, conclude, warn_without_taxonomy
from skillmatch.cli.invocation import Invocation
from skillmatch.cli.options import (
    AsOf,
    ColumnMapPath,
    DryRun,
    Encoding,
    HeaderRow,
    ImportPath,
    KeepGoing,
    Limit,
    PersonName,
    ReportPath,
    Sheet,
    Source,
)

if TYPE_CHECKING:
    from skillmatch.cli.present.screen import Screen

app = group("People, their evidence and awards, and their rights.")


@command(app, "import")
def import_(
    invocation: Invocation,
    path: ImportPath,
    what: Annotated[
        Literal["people", "evidence", "awards"],
        typer.Option("--what", help="What a single file holds; a folder says it by its files' names."),
    ] = "people",
    column_map: ColumnMapPath = None,
    sheet: Sheet = None,
    header_row: HeaderRow = None,
    encoding: Encoding = None,
    source: Source = None,
    dry_run: DryRun = False,
    keep_going: KeepGoing = False,
    report: ReportPath = None,
) -> None:
    """Import people, evidence about them, or awards.

    All rows are taken or none.
    """
    from skillmatch.service.imports.report import ImportOptions

    check_report_path(report)
    options = ImportOptions(source, column_map, sheet, header_row, encoding, dry_run, keep_going)
    with invocation.open_for_import(dry_run=dry_run) as workspace:
        warn_without_taxonomy(invocation, workspace)
        with invocation.progress() as progress:
            found = workspace.people.import_from(path, what=what, options=options, progress=progress)
    conclude(invocation, found, report, keep_going=keep_going)


@command(app, "list")
def list_(
    invocation: Invocation,
    units: Annotated[
        list[str] | None, typer.Option("--unit", metavar="UNIT", help="Only people of this unit; may be repeated.")
    ] = None,
    limit: Limit = None,
) -> None:
    """List the people."""
    from skillmatch.cli import shapes

    with invocation.open() as workspace:
        found = workspace.people.all(units or None)

    def present(screen: Screen) -> None:
        from skillmatch.cli.present.things import show_list

        rows = [(item.name, item.unit, item.role_id, len(item.evidence), item.id) for item in found]
        empty = "There is nobody in these units." if units else "There is nobody. Use 'skillmatch people import'."
        show_list(screen, ("Name", "Unit", "Role", ">Evidence", "Id"), rows, limit, empty)

    invocation.answer(shapes.items(shapes.person_summary(item) for item in found[:limit]), present)


@command(app, "show")
def show(invocation: Invocation, person: PersonName, as_of: AsOf = None) -> None:
    """Show one person.

    What the evidence about them adds up to, and what they hold.
    """
    from skillmatch.cli import shapes

    with invocation.open() as workspace:
        found, profile = workspace.people.get(person), workspace.profile(person, as_of=as_of)
        snapshot = workspace.snapshot()

    def present(screen: Screen) -> None:
        from skillmatch.cli.present.things import show_person

        show_person(screen, found, profile, snapshot.catalogue, snapshot.labels)

    invocation.answer(shapes.person(found, profile, snapshot.catalogue, snapshot.labels), present)


command(app, "erase")(erasing.erase)
command(app, "export")(erasing.export)
