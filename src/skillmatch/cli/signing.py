"""Who signs a change and for which day: options of every command that people answer for."""

from __future__ import annotations

from datetime import date
from typing import Annotated

import typer

from skillmatch.cli.options import parse_day
from skillmatch.domain.base.errors import InputError

Author = Annotated[
    str | None, typer.Option("--author", metavar="NAME", help="Who decides this. Else SKILLMATCH_AUTHOR.")
]
Solver = Annotated[
    str | None,
    typer.Option("--author", metavar="NAME", help="Who solves it. Else SKILLMATCH_AUTHOR, else this machine's user."),
]
On = Annotated[
    date | None,
    typer.Option("--on", metavar="DATE", parser=parse_day, help="The day it is signed for. Else today."),
]
Reason = Annotated[str, typer.Option("--reason", metavar="TEXT", help="Why; kept with the entry.")]


def author_or_none(given: str | None) -> str:
    """The author given, else the one that the environment names, else nothing."""
    from skillmatch.service.core.settings import Settings

    return (given or Settings.read().author).strip()


def solver_of(given: str | None) -> str:
    """As :func:`author_or_none`; else the operating system's user, and nothing where it has no name for them."""
    from skillmatch.service.core.settings import system_user

    return author_or_none(given) or system_user()


def author_of(given: str | None) -> str:
    """As :func:`author_or_none`; raises ``InputError`` where there is none."""
    author = author_or_none(given)
    if not author:
        remedy = "Say who decides with --author NAME, or set SKILLMATCH_AUTHOR."
        raise InputError("must not be empty.", field="author", remedy=remedy)
    return author
