"""The command that measures whether soft and technical skills are treated alike."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from skillmatch.cli.invocation import Invocation
from skillmatch.cli.options import AsOf

if TYPE_CHECKING:
    from skillmatch.cli.present.screen import Screen


def parity(
    invocation: Invocation,
    role: Annotated[
        str | None,
        typer.Option("--role", metavar="ROLE", help="Hold everyone against it. Else each against their own."),
    ] = None,
    as_of: AsOf = None,
) -> None:
    """Measure if soft and technical skills fare alike.

    For each type of skill: its share of what people lack, and its share of what is recommended to them.
    """
    with invocation.open() as workspace:
        found = workspace.team.parity(role, as_of=as_of)

    def present(screen: Screen) -> None:
        from skillmatch.cli.present.screen import counted, number, share

        if not found.lines:
            screen.line(f"This cannot be judged: {found.detail}.")
            return
        screen.heading(f"Soft and technical skills, {counted(found.people or 0, 'person', 'people')}, on {found.as_of}")
        rows = [
            (
                line.skill_type.value,
                share(line.share_of_gap),
                share(line.share_of_closure),
                "" if line.ratio is None else number(line.ratio),
            )
            for line in found.lines
        ]
        screen.table(("Skills", ">Of the gap", ">Of what is offered", ">Ratio"), rows)
        screen.line("A ratio of 1 is parity; below 1 a type gets less than what is lacking of it.")

    invocation.answer(found.to_json(), present)
