"""Commands about taxonomies: import one, list and compare what was imported, look at a skill."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Literal

import typer

from skillmatch.cli.commands import command, group
from skillmatch.cli.imports import check_report_path, conclude
from skillmatch.cli.invocation import Invocation
from skillmatch.cli.options import DryRun, ImportPath, KeepGoing, ReportPath

if TYPE_CHECKING:
    from skillmatch.cli.present.screen import Screen

app = group("Taxonomies: import, list, compare, look up a skill.")

Named = Annotated[str, typer.Argument(help="Which one, as name@version; 'taxonomy list' shows them.")]


@command(app, "import")
def import_(
    invocation: Invocation,
    layout: Annotated[Literal["esco", "onet", "table"], typer.Argument(help="What the files are; table is our own.")],
    path: ImportPath,
    version: Annotated[str | None, typer.Option("--version", help="What to call this version. Else found out.")] = None,
    dry_run: DryRun = False,
    keep_going: KeepGoing = False,
    report: ReportPath = None,
) -> None:
    """Import a taxonomy and make it the active one.

    What refers to skills (catalogue, roles, evidence) is brought along to the new one; the report names what has no
    counterpart there.
    """
    from skillmatch.service.imports.taxonomies import Layout

    check_report_path(report)
    with invocation.open_for_import(dry_run=dry_run) as workspace, invocation.progress() as progress:
        found = workspace.taxonomy.import_from(
            Layout(layout), path, version=version, dry_run=dry_run, keep_going=keep_going, progress=progress
        )
    conclude(invocation, found, report, keep_going=keep_going)


@command(app, "list")
def list_(invocation: Invocation) -> None:
    """List the imported taxonomies.

    One of them is active: it is the one that everything refers to.
    """
    from skillmatch.cli import shapes

    with invocation.open() as workspace:
        found = workspace.taxonomy.versions()

    def present(screen: Screen) -> None:
        from skillmatch.cli.present.things import show_taxonomies

        show_taxonomies(screen, found)

    invocation.answer(shapes.items(found), present)


@command(app, "diff")
def diff(
    invocation: Invocation,
    old: Named,
    new: Named,
    everything: Annotated[bool, typer.Option("--all", help="Show every change.")] = False,
) -> None:
    """Compare two imported taxonomies.

    Shows what came, went, was renamed, moved or weighs differently.
    """
    from skillmatch.domain.skills.taxonomy import name_and_version

    pair = name_and_version(old, "old"), name_and_version(new, "new")
    with invocation.open() as workspace:
        found = workspace.taxonomy.diff(*pair)

    def present(screen: Screen) -> None:
        from skillmatch.cli.present.reports import show_diff

        show_diff(screen, found, everything=everything)

    invocation.answer(found.to_json(), present)


@command(app, "show")
def show(
    invocation: Invocation, skill: Annotated[str, typer.Argument(help="Label, alias or id of the skill.")]
) -> None:
    """Show one skill of the active taxonomy."""
    from skillmatch.cli import shapes

    with invocation.open() as workspace:
        document = shapes.skill(workspace.taxonomy.skill(skill), workspace.snapshot())

    def present(screen: Screen) -> None:
        from skillmatch.cli.present.things import show_skill

        show_skill(screen, document)

    invocation.answer(document, present)
