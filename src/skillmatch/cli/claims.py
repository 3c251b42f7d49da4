"""Commands for prior learning: claim it, decide on it, and see which claim to check first."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from skillmatch.cli.commands import command, group
from skillmatch.cli.imports import check_report_path, conclude
from skillmatch.cli.invocation import Invocation
from skillmatch.cli.options import AsOf, DryRun, KeepGoing, Limit, PersonName, ReportPath
from skillmatch.cli.signing import Author, On, author_of
from skillmatch.domain.advice.pathway import Pace

if TYPE_CHECKING:
    from skillmatch.cli.present.screen import Screen

app = group("Claims of prior learning: submit, decide, list, worth.")

OnePerson = Annotated[str | None, typer.Option("--person", metavar="PERSON", help="Only the claims of this person.")]
Towards = Annotated[
    str | None, typer.Option("--role", metavar="ROLE", help="The role to count hours towards. Else the person's own.")
]
PaceHours = Annotated[float, typer.Option("--hours-per-week", metavar="H", help="Hours for learning a week.")]
PaceWeeks = Annotated[int, typer.Option("--weeks", metavar="W", help="Weeks until it must be done.")]
ClaimsPath = Annotated[Path, typer.Argument(metavar="FILE", help="A .csv or .xlsx file.")]


@command(app, "submit")
def submit(
    invocation: Invocation,
    person: PersonName,
    text: Annotated[str, typer.Option("--text", metavar="TEXT", help="What it rests on.")],
    credential: Annotated[
        str | None, typer.Option("--credential", metavar="ID", help="The credential whose outcomes are there.")
    ] = None,
    skill: Annotated[
        str | None, typer.Option("--skill", metavar="SKILL", help="Or the skill: label, alias or id.")
    ] = None,
    level: Annotated[float | None, typer.Option("--level", metavar="L", help="At which level, up to 5.")] = None,
    links: Annotated[
        list[str] | None, typer.Option("--link", metavar="URL", help="Where it can be seen; may be repeated.")
    ] = None,
    on: On = None,
) -> None:
    """Say that a person knows something already.

    It counts nothing until somebody decides on it.
    """
    with invocation.open() as workspace:
        found = workspace.claims.submit(
            person, credential=credential, skill=skill, level=level, text=text, links=tuple(links or ()), on=on
        )
    invocation.answer(
        found.to_json(), lambda screen: screen.line(f"Claim {found.claim.id}: {found.label}, for {person}.")
    )


@command(app, "decide")
def decide(
    invocation: Invocation,
    claim: Annotated[str, typer.Argument(metavar="CLAIM", help="Id of the claim.")],
    verdict: Annotated[
        Literal["accept", "partial", "reject"],
        typer.Argument(metavar="VERDICT", help="accept, partial (at a lower level) or reject."),
    ],
    reason: Annotated[str, typer.Option("--reason", metavar="TEXT", help="Why; kept with the decision.")],
    level: Annotated[
        float | None, typer.Option("--level", metavar="L", help="The level recognised, if partial.")
    ] = None,
    role: Towards = None,
    hours_per_week: PaceHours = 5.0,
    weeks: PaceWeeks = 52,
    author: Author = None,
    on: On = None,
) -> None:
    """Decide on a claim, once and for all.

    What is recognised counts at once; its effect on gap and pathway is told.
    """
    from skillmatch.domain.people.claim import Verdict

    signed, pace = author_of(author), Pace(hours_per_week, weeks)
    with invocation.open() as workspace:
        found = workspace.claims.decide(
            claim, Verdict(verdict), by=signed, reason=reason, level=level, on=on, role=role, pace=pace
        )

    def present(screen: Screen) -> None:
        from skillmatch.cli.present.claims import show_decided

        show_decided(screen, found)

    invocation.answer(found.to_json(), present)


@command(app, "list")
def list_(
    invocation: Invocation,
    person: OnePerson = None,
    undecided: Annotated[bool, typer.Option("--open", help="Only those that nobody decided yet.")] = False,
    limit: Limit = None,
) -> None:
    """List the claims and how they were decided."""
    with invocation.open() as workspace:
        found = workspace.claims.all(person, undecided=undecided)
    document = found.to_json()
    if limit is not None:
        document["items"] = document["items"][:limit]

    def present(screen: Screen) -> None:
        from skillmatch.cli.present.claims import show_claims

        show_claims(screen, found, limit)

    invocation.answer(document, present)


@command(app, "worth")
def worth(
    invocation: Invocation,
    person: OnePerson = None,
    role: Towards = None,
    hours_per_week: PaceHours = 5.0,
    weeks: PaceWeeks = 52,
    as_of: AsOf = None,
    limit: Limit = None,
) -> None:
    """Show which open claim is worth checking first.

    By the hours of learning that a check is expected to save.
    """
    pace = Pace(hours_per_week, weeks)
    with invocation.open() as workspace:
        found = workspace.claims.worths(person, role=role, pace=pace, as_of=as_of)
    document = found.to_json()
    if limit is not None:
        document["items"] = document["items"][:limit]

    def present(screen: Screen) -> None:
        from skillmatch.cli.present.claims import show_worths

        show_worths(screen, found, limit)

    invocation.answer(document, present)


@command(app, "import")
def import_(
    invocation: Invocation,
    path: ClaimsPath,
    dry_run: DryRun = False,
    keep_going: KeepGoing = False,
    report: ReportPath = None,
) -> None:
    """Take the claims of a file, with their decisions.

    A decision that was made before is never changed.
    """
    check_report_path(report)
    with invocation.open_for_import(dry_run=dry_run) as workspace:
        found = workspace.claims.import_from(path, dry_run=dry_run, keep_going=keep_going)
    conclude(invocation, found, report, keep_going=keep_going)


@command(app, "export")
def export(invocation: Invocation, path: ClaimsPath) -> None:
    """Write all claims to a file that can be imported again."""
    with invocation.open() as workspace:
        count = workspace.claims.export_to(path)
    invocation.answer(
        {"path": str(path), "claims": count}, lambda screen: screen.line(f"{count:,} claims written to {path}.")
    )
