"""Commands for the organisation's own changes to the taxonomy; they outlive every import."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from skillmatch.cli.commands import command, group
from skillmatch.cli.imports import check_report_path, conclude
from skillmatch.cli.invocation import Invocation
from skillmatch.cli.options import DryRun, KeepGoing, ReportPath
from skillmatch.cli.signing import Author, On, Reason, author_of, author_or_none

if TYPE_CHECKING:
    from skillmatch.cli.present.screen import Screen
    from skillmatch.domain.skills.overlay import OverlayChange, OverlayList

app = group("Your own changes to the taxonomy: add, rename, merge.")

SkillName = Annotated[str, typer.Argument(metavar="SKILL", help="Label, alias or id of the skill.")]
LogPath = Annotated[Path, typer.Argument(metavar="FILE", help="A .csv, .xlsx or .json file.")]


@command(app, "add")
def add(
    invocation: Invocation,
    label: Annotated[str, typer.Argument(metavar="LABEL", help="What the skill is called.")],
    slug: Annotated[str, typer.Option("--slug", help="What follows org/ in its id. Else made from the label.")] = "",
    description: Annotated[str, typer.Option("--description", metavar="TEXT", help="What it is.")] = "",
    type_: Annotated[
        Literal["skill", "knowledge", "transversal"], typer.Option("--type", help="What kind of skill it is.")
    ] = "skill",
    broader: Annotated[
        list[str] | None, typer.Option("--broader", metavar="SKILL", help="A skill one step up; may be repeated.")
    ] = None,
    author: Author = None,
    reason: Reason = "",
    on: On = None,
) -> None:
    """Add a skill of your own."""
    from skillmatch.domain.skills.overlay import OverlayChange
    from skillmatch.domain.skills.skill import SkillType

    kind = SkillType(type_)
    change = OverlayChange.add(label, slug=slug, description=description, type=kind, broader=broader or ())
    _change(invocation, change, author, reason, on)


@command(app, "rename")
def rename(
    invocation: Invocation,
    skill: SkillName,
    label: Annotated[str, typer.Argument(metavar="LABEL", help="What to call it from now on.")],
    author: Author = None,
    reason: Reason = "",
    on: On = None,
) -> None:
    """Give a skill another label; the old one stays as an alias."""
    from skillmatch.domain.skills.overlay import OverlayChange

    _change(invocation, OverlayChange.rename(skill, label), author, reason, on)


@command(app, "alias")
def alias(
    invocation: Invocation,
    skill: SkillName,
    name: Annotated[str, typer.Argument(metavar="NAME", help="Another name for it.")],
    take_away: Annotated[bool, typer.Option("--take-away", help="Take this alias away instead.")] = False,
    author: Author = None,
    reason: Reason = "",
    on: On = None,
) -> None:
    """Give a skill one more name, or take one away."""
    from skillmatch.domain.skills.overlay import OverlayChange

    change = OverlayChange.unalias(skill, name) if take_away else OverlayChange.alias(skill, name)
    _change(invocation, change, author, reason, on)


@command(app, "merge")
def merge(
    invocation: Invocation,
    skill: SkillName,
    into: Annotated[str, typer.Argument(metavar="INTO", help="The skill that is left.")],
    author: Author = None,
    reason: Reason = "",
    on: On = None,
) -> None:
    """Merge a skill into another.

    Its names go along, and what refers to it counts for the other; its id still leads there.
    """
    from skillmatch.domain.skills.overlay import OverlayChange

    _change(invocation, OverlayChange.merge(skill, into), author, reason, on)


@command(app, "deprecate")
def deprecate(
    invocation: Invocation,
    skill: SkillName,
    successor: Annotated[str, typer.Option("--successor", metavar="SKILL", help="What to use instead.")] = "",
    author: Author = None,
    reason: Reason = "",
    on: On = None,
) -> None:
    """Offer a skill for no new links; what refers to it stays."""
    from skillmatch.domain.skills.overlay import OverlayChange

    _change(invocation, OverlayChange.deprecate(skill, successor), author, reason, on)


@command(app, "broader")
def broader(
    invocation: Invocation,
    skill: SkillName,
    above: Annotated[str, typer.Argument(metavar="BROADER", help="The skill one step up.")],
    author: Author = None,
    reason: Reason = "",
    on: On = None,
) -> None:
    """Put a skill under a broader one too."""
    from skillmatch.domain.skills.overlay import OverlayChange

    _change(invocation, OverlayChange.broaden(skill, above), author, reason, on)


@command(app, "remove")
def remove(
    invocation: Invocation,
    number: Annotated[int, typer.Argument(metavar="N", help="Number of the entry; 'overlay list' shows them.")],
    author: Author = None,
    reason: Reason = "",
    on: On = None,
) -> None:
    """Withdraw an entry.

    It counts no more but stays in the list, as does its withdrawal.
    """
    from skillmatch.domain.skills.overlay import OverlayChange

    _change(invocation, OverlayChange.withdraw(number), author, reason, on)


@command(app, "list")
def list_(invocation: Invocation) -> None:
    """List all entries in their order and how each fares."""
    with invocation.open() as workspace:
        found = workspace.taxonomy.overlay.all()
    _show(invocation, found, only_troubled=False)


@command(app, "check")
def check(invocation: Invocation) -> None:
    """List the entries that do not fit the taxonomy in use.

    They wait for a skill that is not there (dangling), or it says otherwise (clashing).
    """
    from skillmatch.domain.skills.overlay import OverlayList

    with invocation.open() as workspace:
        found = workspace.taxonomy.overlay.all()
    _show(invocation, OverlayList(found.taxonomy, found.troubled), only_troubled=True)


@command(app, "import")
def import_(
    invocation: Invocation,
    path: LogPath,
    author: Author = None,
    on: On = None,
    dry_run: DryRun = False,
    keep_going: KeepGoing = False,
    report: ReportPath = None,
) -> None:
    """Append the entries of a file.

    Entries that are there already are left out; one whose skill is not there waits for it.
    """
    check_report_path(report)
    signed = author_or_none(author)
    with invocation.open_for_import(dry_run=dry_run) as workspace:
        found = workspace.taxonomy.overlay.import_from(
            path, author=signed, on=on, dry_run=dry_run, keep_going=keep_going
        )
    conclude(invocation, found, report, keep_going=keep_going)


@command(app, "export")
def export(invocation: Invocation, path: LogPath) -> None:
    """Write all entries to a file that can be imported again."""
    with invocation.open() as workspace:
        count = workspace.taxonomy.overlay.export_to(path)
    invocation.answer(
        {"path": str(path), "entries": count}, lambda screen: screen.line(f"{count:,} entries written to {path}.")
    )


def _change(invocation: Invocation, change: OverlayChange, author: str | None, reason: str, on: date | None) -> None:
    signed = author_of(author)
    with invocation.open() as workspace:
        entry = workspace.taxonomy.overlay.change(change, author=signed, reason=reason.strip(), on=on)

    def present(screen: Screen) -> None:
        from skillmatch.cli.present.logs import told

        screen.line(f"Entry {entry.number}: {told(entry)}.")
        screen.line(f"Undo it with 'skillmatch overlay remove {entry.number}'.", style="dim")

    invocation.answer(entry.to_json(), present)


def _show(invocation: Invocation, found: OverlayList, *, only_troubled: bool) -> None:
    def present(screen: Screen) -> None:
        from skillmatch.cli.present.logs import show_overlay

        show_overlay(screen, found, only_troubled=only_troubled)

    invocation.answer(found.to_json(), present)
