"""The command that shows where else a person could go."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from skillmatch.cli.invocation import Invocation
from skillmatch.cli.options import AsOf, Languages, MaxHours, PersonName
from skillmatch.domain.advice.advice import Limits
from skillmatch.domain.advice.pathway import Pace

if TYPE_CHECKING:
    from skillmatch.cli.present.screen import Screen


def adjacent(
    invocation: Invocation,
    person: PersonName,
    limit: Annotated[int, typer.Option("--limit", min=1, metavar="N", help="How many roles to show.")] = 5,
    hours_per_week: Annotated[
        float | None,
        typer.Option("--hours-per-week", metavar="H", help="Hours for learning a week. Else the person's own, or 4."),
    ] = None,
    weeks: Annotated[int, typer.Option("--weeks", metavar="W", help="Weeks until it must be done.")] = 52,
    max_hours: MaxHours = None,
    max_cost: Annotated[
        float | None, typer.Option("--max-cost", metavar="MONEY", help="What all steps to a role may cost.")
    ] = None,
    languages: Languages = None,
    as_of: AsOf = None,
) -> None:
    """Show the roles that a person is nearest to.

    For each: how much is covered now, what a pathway to it takes, and what makes the difference.
    """
    limits = Limits(hours=max_hours, cost=max_cost, languages=tuple(languages or ()))
    with invocation.open() as workspace:
        hours = workspace.people.get(person).hours_per_week if hours_per_week is None else hours_per_week
        pace = Pace(4.0 if hours is None else hours, weeks)
        found = workspace.adjacent(person, limit=limit, pace=pace, limits=limits, as_of=as_of)

    def present(screen: Screen) -> None:
        from skillmatch.cli.present.adjacent import show_adjacent

        show_adjacent(screen, found)

    invocation.answer(found.to_json(), present)
