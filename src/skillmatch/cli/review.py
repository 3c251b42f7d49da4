"""Commands for words that wait: what is nearest to them, and many placed or set aside at once."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from skillmatch.cli.commands import command, group
from skillmatch.cli.invocation import Invocation
from skillmatch.cli.options import Limit
from skillmatch.cli.overlay import SkillName
from skillmatch.cli.signing import Author, author_of

if TYPE_CHECKING:
    from skillmatch.cli.present.screen import Screen
    from skillmatch.domain.people.waiting import Placing

app = group("Words that no skill was found for: list, place, reject.")

Words = Annotated[str, typer.Argument(metavar="WORDS", help="The words as they wait; case and blanks do not count.")]
Note = Annotated[str, typer.Option("--note", metavar="TEXT", help="Why; kept with the decision.")]


@command(app, "list")
def list_(invocation: Invocation, limit: Limit = None) -> None:
    """List the words that wait, each with the three nearest skills and how sure they are."""
    with invocation.open() as workspace, invocation.progress() as progress:
        found = workspace.matching.waiting.all(limit, progress=progress)

    def present(screen: Screen) -> None:
        from skillmatch.cli.present.things import show_list

        rows = [
            (item.words, item.lines, " | ".join(f"{link.label} {link.probability:.0%}" for link in item.nearest))
            for item in found.items
        ]
        show_list(screen, ("Words", ">Lines", "Nearest"), rows, None, "Nothing waits to be placed.")

    invocation.answer(found.to_json(), present)


@command(app, "accept")
def accept(
    invocation: Invocation,
    least: Annotated[
        float | None,
        typer.Option("--least", metavar="P", help="Least probability (0-1); without it what is at least likely."),
    ] = None,
    note: Note = "",
    author: Author = None,
) -> None:
    """Accept the nearest skill of all words that wait for which it is sure enough."""
    signed = author_of(author)
    with invocation.open() as workspace:
        done = workspace.matching.waiting.place_likely(author=signed, least=least, note=note)
    _tell(invocation, done)


@command(app, "place")
def place(invocation: Invocation, words: Words, skill: SkillName, note: Note = "", author: Author = None) -> None:
    """Say which skill words mean when they are said of people."""
    from skillmatch.domain.skills.feedback import Context, Decision, Verdict

    signed = author_of(author)
    with invocation.open() as workspace:
        done = workspace.matching.waiting.place(
            [Decision(Verdict.ACCEPT, words, skill, Context.EVIDENCE)], author=signed, note=note
        )
    _tell(invocation, done)


@command(app, "reject")
def reject(
    invocation: Invocation,
    words: Annotated[list[str], typer.Argument(metavar="WORDS...", help="The words as they wait, each in quotes.")],
    note: Note = "",
    author: Author = None,
) -> None:
    """Say that words mean no skill: their lines are kept as written, but wait no more."""
    from skillmatch.domain.skills.feedback import Context, Decision, Verdict

    signed = author_of(author)
    with invocation.open() as workspace:
        refused = [Decision(Verdict.BLOCK, item, "", Context.EVIDENCE) for item in words]
        done = workspace.matching.waiting.place(refused, author=signed, note=note)
    _tell(invocation, done)


def _tell(invocation: Invocation, done: Placing) -> None:
    told = f"{done.decided:,} texts decided about, {done.placed:,} lines became evidence."
    invocation.answer(done.to_json(), lambda screen: screen.line(told))
