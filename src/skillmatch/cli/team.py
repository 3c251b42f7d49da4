"""Commands about many people: what a team has and lacks, and what of that nobody teaches."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Annotated

import typer

from skillmatch.cli.invocation import Invocation
from skillmatch.cli.options import AsOf, Limit, parse_day

if TYPE_CHECKING:
    from skillmatch.cli.present.screen import Screen

Units = Annotated[
    list[str] | None, typer.Option("--unit", metavar="UNIT", help="Only people of this unit; may be repeated.")
]
Towards = Annotated[
    str | None, typer.Option("--role", metavar="ROLE", help="Hold everyone against this role, not their own.")
]


def team(
    invocation: Invocation,
    units: Units = None,
    role: Towards = None,
    with_names: Annotated[
        bool,
        typer.Option("--with-names", help="Name who alone has a skill. Only for people who may know."),
    ] = False,
    limit: Limit = None,
    as_of: AsOf = None,
) -> None:
    """Show what a team has and lacks.

    Supply and demand by skill and unit, and what only one person has. Nothing tells about fewer than five people.
    """
    with invocation.open() as workspace:
        found = workspace.team.gap(units=units or None, role=role, with_names=with_names, as_of=as_of)
    document = found.to_json()
    if limit is not None:
        document["lines"] = document["lines"][:limit]

    def present(screen: Screen) -> None:
        from skillmatch.cli.present.team import show_team

        show_team(screen, found, limit)

    invocation.answer(document, present)


def unmet(
    invocation: Invocation,
    units: Units = None,
    role: Towards = None,
    by: Annotated[
        date | None,
        typer.Option("--by", metavar="DATE", parser=parse_day, help="When it must be learned. Else in 52 weeks."),
    ] = None,
    hours_per_week: Annotated[
        float, typer.Option("--hours-per-week", metavar="H", help="What a learner has for learning a week.")
    ] = 4.0,
    limit: Limit = None,
    as_of: AsOf = None,
) -> None:
    """Show what is wanted and nobody teaches.

    Each skill as a brief that a provider can build a course from.
    """
    with invocation.open() as workspace:
        found = workspace.team.unmet(units=units or None, role=role, by=by, hours_per_week=hours_per_week, as_of=as_of)
    document = found.to_json()
    if limit is not None:
        document["items"] = document["items"][:limit]

    def present(screen: Screen) -> None:
        from skillmatch.cli.present.team import show_unmet

        show_unmet(screen, found, limit)

    invocation.answer(document, present)
