"""Options and arguments that several commands share, each with one name, one help and one check."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Annotated

import typer

from skillmatch.domain.base.errors import InputError


def parse_day(text: str | date) -> date:
    """A day as YYYY-MM-DD."""
    if isinstance(text, date):
        return text
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise typer.BadParameter(f"'{text[:40]}' is not a day; write it as 2026-03-31.") from None


def parse_scale(text: str | float) -> float:
    """A number above 0, or "off" (as infinity) for what is not to count."""
    if text == "off":
        return float("inf")
    try:
        return float(text)
    except ValueError:
        raise typer.BadParameter(f"'{str(text)[:40]}' is neither a number nor 'off'.") from None


PersonName = Annotated[str, typer.Argument(metavar="PERSON", help="Id of the person, ours or your own.")]
RoleName = Annotated[str, typer.Argument(metavar="ROLE", help="Title or id of the role.")]
AsOf = Annotated[
    date | None,
    typer.Option(
        "--as-of",
        metavar="DATE",
        parser=parse_day,
        help="The day it holds for. Else the workspace's own day, or today.",
    ),
]
MaxHours = Annotated[
    float | None, typer.Option("--max-hours", metavar="HOURS", help="Leave out credentials that take longer.")
]
MaxCost = Annotated[float | None, typer.Option("--max-cost", metavar="MONEY", help="Leave out what costs more.")]
Weeks = Annotated[
    int | None, typer.Option("--weeks", metavar="W", help="Leave out credentials that take more weeks than these.")
]
HoursPerWeek = Annotated[
    float | None,
    typer.Option("--hours-per-week", metavar="H", help="Hours for learning a week. Else the person's own."),
]
Languages = Annotated[
    list[str] | None, typer.Option("--language", metavar="CODE", help="A language that will do; may be repeated.")
]

ImportPath = Annotated[Path, typer.Argument(metavar="PATH", help="A file, or a folder or zip with several.")]
DryRun = Annotated[bool, typer.Option("--dry-run", help="Check everything and write nothing.")]
KeepGoing = Annotated[
    bool, typer.Option("--keep-going", help="Leave out rows that cannot be taken, list them all, and take the rest.")
]
ColumnMapPath = Annotated[
    Path | None, typer.Option("--map", metavar="FILE", help="Column map (TOML): which of your columns is which.")
]
Source = Annotated[
    str | None, typer.Option("--source", metavar="NAME", help="The system that the ids come from, such as 'hr'.")
]
ReportPath = Annotated[
    Path | None, typer.Option("--report", metavar="FILE", help="Write all findings to a .csv, .xlsx or .json file.")
]
Sheet = Annotated[
    str | None, typer.Option("--sheet", metavar="NAME", help="The sheet of a workbook. Else the one with the columns.")
]
HeaderRow = Annotated[
    int | None, typer.Option("--header-row", min=1, metavar="N", help="The row with the names of the columns.")
]
Encoding = Annotated[
    str | None, typer.Option("--encoding", metavar="NAME", help="How text is encoded, such as cp1252. Else guessed.")
]
Limit = Annotated[
    int | None, typer.Option("--limit", min=1, metavar="N", help="How many to list. Else 50, with --json all.")
]


def check_target(path: Path, endings: tuple[str, ...], field: str) -> None:
    """Require that a file can be meant to be written there, before long work begins. Raises ``InputError``."""
    if path.suffix.lower() not in endings:
        raise InputError(f"'{path.name}' does not end in {' or '.join(endings)}.", field=field, remedy="Rename it.")
    if path.is_dir():
        raise InputError(f"'{path}' is a folder.", field=field, remedy="Name the file inside it.")
    if not path.parent.is_dir():
        raise InputError(f"there is no folder '{path.parent}'.", field=field, remedy="Make it first.")
