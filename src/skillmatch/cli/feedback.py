"""Commands for what people decide about texts: the skill that one means, always means, or never means."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from skillmatch.cli.commands import command, group
from skillmatch.cli.imports import check_report_path, conclude
from skillmatch.cli.invocation import Invocation
from skillmatch.cli.options import DryRun, KeepGoing, Limit, ReportPath
from skillmatch.cli.overlay import LogPath, SkillName
from skillmatch.cli.signing import Author, On, author_of, author_or_none

if TYPE_CHECKING:
    from skillmatch.cli.present.screen import Screen

app = group("What people decided about texts: accept, reject, pin, block.")

TextGiven = Annotated[str, typer.Argument(metavar="TEXT", help="The whole text; case and blanks do not count.")]
Where = Annotated[
    Literal["any", "catalogue", "requirement", "evidence"],
    typer.Option("--context", help="Where it counts."),
]
Note = Annotated[str, typer.Option("--note", metavar="TEXT", help="Why; kept with the decision.")]


@command(app, "accept")
def accept(
    invocation: Invocation,
    text: TextGiven,
    skill: SkillName,
    where: Where = "any",
    note: Note = "",
    author: Author = None,
    on: On = None,
) -> None:
    """Say that a text means a skill."""
    _give(invocation, "accept", text, skill, where, note, author, on)


@command(app, "reject")
def reject(
    invocation: Invocation,
    text: TextGiven,
    skill: SkillName,
    where: Where = "any",
    note: Note = "",
    author: Author = None,
    on: On = None,
) -> None:
    """Say that a text does not mean a skill."""
    _give(invocation, "reject", text, skill, where, note, author, on)


@command(app, "pin")
def pin(
    invocation: Invocation,
    text: TextGiven,
    skill: SkillName,
    where: Where = "any",
    note: Note = "",
    author: Author = None,
    on: On = None,
) -> None:
    """Say that a text always means one skill."""
    _give(invocation, "pin", text, skill, where, note, author, on)


@command(app, "block")
def block(
    invocation: Invocation,
    text: TextGiven,
    skill: Annotated[
        str | None, typer.Argument(metavar="SKILL", help="The skill that it never means; none at all if left out.")
    ] = None,
    where: Where = "any",
    note: Note = "",
    author: Author = None,
    on: On = None,
) -> None:
    """Say that a text never means a skill, or any."""
    _give(invocation, "block", text, skill, where, note, author, on)


@command(app, "list")
def list_(invocation: Invocation, limit: Limit = None) -> None:
    """List the decisions in their order and whether each counts."""
    with invocation.open() as workspace:
        found = workspace.matching.feedback.all()
    document = found.to_json()
    if limit is not None:
        document["items"] = document["items"][:limit]

    def present(screen: Screen) -> None:
        from skillmatch.cli.present.logs import show_feedback

        show_feedback(screen, found, limit)

    invocation.answer(document, present)


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
    """Append the decisions of a file.

    Decisions that are there already are left out; one whose skill is not there waits for it.
    """
    check_report_path(report)
    signed = author_or_none(author)
    with invocation.open_for_import(dry_run=dry_run) as workspace:
        found = workspace.matching.feedback.import_from(
            path, author=signed, on=on, dry_run=dry_run, keep_going=keep_going
        )
    conclude(invocation, found, report, keep_going=keep_going)


@command(app, "export")
def export(invocation: Invocation, path: LogPath) -> None:
    """Write all decisions to a file that can be imported again."""
    with invocation.open() as workspace:
        count = workspace.matching.feedback.export_to(path)
    invocation.answer(
        {"path": str(path), "entries": count}, lambda screen: screen.line(f"{count:,} entries written to {path}.")
    )


def _give(
    invocation: Invocation,
    verdict: str,
    text: str,
    skill: str | None,
    where: str,
    note: str,
    author: str | None,
    on: date | None,
) -> None:
    from skillmatch.domain.skills.feedback import Context, Verdict

    signed = author_of(author)
    with invocation.open() as workspace:
        given = workspace.matching.feedback.give(
            Verdict(verdict), text, skill, author=signed, note=note.strip(), context=Context(where), on=on
        )
        label = workspace.snapshot().labels.get(given.entry.decision.skill_id, "")

    def present(screen: Screen) -> None:
        from skillmatch.cli.present.logs import meaning

        entry = given.entry
        said = f"'{entry.decision.text[:80]}' {meaning(entry.decision, label)}"
        screen.line(
            f"Decision {entry.number}: {said}." if given.new else f"So it was already ({entry.number}): {said}."
        )

    invocation.answer({**given.to_json(), "label": label}, present)
