"""Commands about roles: import them, start one from an occupation, look at them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from skillmatch.cli import role_decisions
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
    RoleName,
    Sheet,
    Source,
)

if TYPE_CHECKING:
    from skillmatch.cli.present.screen import Screen
    from skillmatch.domain.roles.role import Role

app = group("Roles: import, suggest, decide, compare.")


@command(app, "import")
def import_(
    invocation: Invocation,
    path: ImportPath,
    column_map: ColumnMapPath = None,
    sheet: Sheet = None,
    header_row: HeaderRow = None,
    encoding: Encoding = None,
    source: Source = None,
    dry_run: DryRun = False,
    keep_going: KeepGoing = False,
    report: ReportPath = None,
) -> None:
    """Import roles.

    The table has one requirement a row. All rows are taken or none.
    """
    from skillmatch.service.imports.report import ImportOptions

    check_report_path(report)
    options = ImportOptions(source, column_map, sheet, header_row, encoding, dry_run, keep_going)
    with invocation.open_for_import(dry_run=dry_run) as workspace:
        warn_without_taxonomy(invocation, workspace)
        with invocation.progress() as progress:
            found = workspace.roles.import_from(path, options=options, progress=progress)
    conclude(invocation, found, report, keep_going=keep_going)


@command(app, "list")
def list_(invocation: Invocation, limit: Limit = None) -> None:
    """List the roles."""
    from skillmatch.cli import shapes

    with invocation.open() as workspace:
        found = workspace.roles.all()

    def present(screen: Screen) -> None:
        from skillmatch.cli.present.things import show_list

        rows = [(item.title, len(item.requirements), item.occupation_id, item.id) for item in found]
        empty = "There are no roles. Import some, or start one with 'skillmatch roles from-occupation NAME'."
        show_list(screen, ("Title", ">Requires", "Occupation", "Id"), rows, limit, empty)

    invocation.answer(shapes.items(shapes.role_summary(item) for item in found[:limit]), present)


@command(app, "show")
def show(invocation: Invocation, role: RoleName) -> None:
    """Show one role with its requirements."""
    with invocation.open() as workspace:
        found, labels = workspace.roles.get(role), workspace.snapshot().labels
    _answer_with(invocation, found, labels)


@command(app, "from-occupation")
def from_occupation(
    invocation: Invocation,
    occupation: Annotated[str, typer.Argument(metavar="NAME", help="Name or id of an occupation of the taxonomy.")],
    role_id: Annotated[str, typer.Option("--id", help="Your id for the role. Else made from its title.")] = "",
    title: Annotated[str, typer.Option("--title", help="What the role is called. Else as the occupation.")] = "",
) -> None:
    """Start a role from an occupation.

    Its requirements are suggestions until a person governs them; what is governed already stays.
    """
    with invocation.open() as workspace:
        found = workspace.roles.from_occupation(occupation, role_id=role_id, title=title)
        labels = workspace.snapshot().labels
    _answer_with(invocation, found, labels)


role_decisions.register(app)


def _answer_with(invocation: Invocation, found: Role, labels: dict[str, str]) -> None:
    from skillmatch.cli import shapes

    def present(screen: Screen) -> None:
        from skillmatch.cli.present.things import show_role

        show_role(screen, found, labels)

    invocation.answer(shapes.role(found, labels), present)
