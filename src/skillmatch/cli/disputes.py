"""Commands for disputes: raise one, decide it, list them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Literal

import typer

from skillmatch.cli.commands import command, group
from skillmatch.cli.invocation import Invocation
from skillmatch.cli.options import Limit, PersonName
from skillmatch.cli.signing import Author, On, author_of

if TYPE_CHECKING:
    from skillmatch.cli.present.screen import Screen

app = group("Objections to a profile or a recommendation.")


@command(app, "raise")
def raise_(
    invocation: Invocation,
    person: PersonName,
    reason: Annotated[str, typer.Option("--reason", metavar="TEXT", help="Why the person objects.")],
    skill: Annotated[
        str | None, typer.Option("--skill", metavar="SKILL", help="What is said of this skill: label, alias or id.")
    ] = None,
    credential: Annotated[
        str | None, typer.Option("--credential", metavar="ID", help="Or this credential being recommended.")
    ] = None,
    source: Annotated[
        Literal["assessment", "recognition", "award", "manager", "peer", "self", "inferred"] | None,
        typer.Option("--source", help="Only what this source said of the skill."),
    ] = None,
    on: On = None,
) -> None:
    """Object to a line of a profile or a recommendation.

    It changes nothing until somebody else decides on it.
    """
    from skillmatch.domain.people.person import EvidenceSource

    with invocation.open() as workspace:
        found = workspace.disputes.submit(
            person,
            skill=skill,
            credential=credential,
            source=None if source is None else EvidenceSource(source),
            reason=reason,
            on=on,
        )
    invocation.answer(
        found.to_json(), lambda screen: screen.line(f"Dispute {found.dispute.id}: {found.label}, for {person}.")
    )


@command(app, "decide")
def decide(
    invocation: Invocation,
    dispute: Annotated[str, typer.Argument(metavar="DISPUTE", help="Id of the dispute.")],
    verdict: Annotated[
        Literal["upheld", "rejected"],
        typer.Argument(metavar="VERDICT", help="upheld (the person is right) or rejected."),
    ],
    note: Annotated[str, typer.Option("--note", metavar="TEXT", help="Why; kept with the decision.")],
    level: Annotated[
        float | None, typer.Option("--level", metavar="L", help="The right level, 0-5, if upheld and about a skill.")
    ] = None,
    author: Author = None,
    on: On = None,
) -> None:
    """Decide on a dispute, once and for all.

    Upheld, what was said of the skill counts no more, or the credential is not recommended to them any more.
    """
    from skillmatch.domain.people.dispute import DisputeVerdict

    signed = author_of(author)
    with invocation.open() as workspace:
        found = workspace.disputes.decide(dispute, DisputeVerdict(verdict), by=signed, note=note, level=level, on=on)
    invocation.answer(
        found.to_json(),
        lambda screen: screen.line(f"Dispute {found.dispute.id} ({found.label}): {verdict} by {signed}."),
    )


@command(app, "list")
def list_(
    invocation: Invocation,
    person: Annotated[
        str | None, typer.Option("--person", metavar="PERSON", help="Only the disputes of this person.")
    ] = None,
    undecided: Annotated[bool, typer.Option("--open", help="Only those that nobody decided yet.")] = False,
    limit: Limit = None,
) -> None:
    """List the disputes and how they were decided."""
    with invocation.open() as workspace:
        found = workspace.disputes.all(person, undecided=undecided)
    document = found.to_json()
    document["items"] = document["items"][:limit]

    def present(screen: Screen) -> None:
        from skillmatch.cli.present.things import show_list

        rows = [
            (item["about"], item["person"], item["reason"], item["verdict"] or "open", item["by"] or "", item["id"])
            for item in found.rows()
        ]
        show_list(screen, ("About", "Person", "Reason", "Verdict", "By", "Id"), rows, limit, "Nobody objects.")

    invocation.answer(document, present)
