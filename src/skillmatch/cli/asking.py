"""Commands that ask: which skill a text means, where a person stands, what to learn next and in which order."""

from __future__ import annotations

import math
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from skillmatch.cli.invocation import Invocation
from skillmatch.cli.options import (
    AsOf,
    HoursPerWeek,
    Languages,
    MaxCost,
    MaxHours,
    PersonName,
    RoleName,
    Weeks,
    check_target,
    parse_scale,
)
from skillmatch.domain.advice.advice import Limits, Preference
from skillmatch.domain.advice.pathway import Pace
from skillmatch.domain.base.errors import InputError, Place

if TYPE_CHECKING:
    from skillmatch.cli.present.screen import Screen

HOURS_SCALE = 40.0
COST_SCALE = 1_000.0


def link(
    invocation: Invocation,
    texts: Annotated[list[str] | None, typer.Argument(metavar="TEXT", help="Words that name a skill.")] = None,
    source: Annotated[
        Path | None,
        typer.Option(
            "--input", metavar="FILE", help="Read texts: one a line, or a column of a table. - is the standard input."
        ),
    ] = None,
    column: Annotated[
        str | None, typer.Option("--column", metavar="NAME", help="Which column of the table holds the texts.")
    ] = None,
    output: Annotated[
        Path | None, typer.Option("--output", metavar="FILE", help="Write answers to a .jsonl file, one a line.")
    ] = None,
    top: Annotated[
        int, typer.Option("--top", min=1, max=1_000, metavar="K", help="How many skills to give for each text.")
    ] = 5,
    abstain: Annotated[
        bool, typer.Option("--abstain/--no-abstain", help="Whether to say so when no skill is sure enough.")
    ] = True,
) -> None:
    """Match texts to the skills they mean.

    With --no-abstain exactly as many ranked skills as --top says come back for each text.
    """
    from skillmatch.cli.texts import check_text, read_texts

    if bool(texts) == (source is not None):
        raise InputError("needs either texts or --input.", field="texts", remedy="Give one of the two.")
    if output is not None:
        check_target(output, (".jsonl",), "output")
    numbered: list[tuple[int | None, str]] = [(None, check_text(text, Place(field="texts"))) for text in texts or ()]
    if source is not None:
        numbered += read_texts(source, column)
    with invocation.open() as workspace, invocation.progress() as progress:
        versions = workspace.snapshot().versions.to_json()
        answers = workspace.link([text for _, text in numbered], top=top, abstain=abstain, progress=progress)
    items = [
        answer.to_json() if line is None else {"line": line, **answer.to_json()}
        for (line, _), answer in zip(numbered, answers, strict=True)
    ]
    document: dict[str, Any] = {"items": items, "versions": versions}
    if output is not None:
        abstained = sum(answer.abstained for answer in answers)
        _write_lines(output, items)
        document = {"output": str(output), "texts": len(items), "abstained": abstained, "versions": versions}

    def present(screen: Screen) -> None:
        from skillmatch.cli.present.screen import counted
        from skillmatch.cli.present.things import show_links

        if output is None:
            show_links(screen, answers, abstain=abstain)
        else:
            screen.line(f"{counted(len(items), 'text')}, {abstained:,} without a sure skill; written to {output}.")

    invocation.answer(document, present)


def gap(invocation: Invocation, person: PersonName, role: RoleName, as_of: AsOf = None) -> None:
    """Show what a person lacks for a role, and what not.

    The five states: met, exceeds, partial, missing (known not to be there), unknown (nobody has said anything).
    """
    with invocation.open() as workspace:
        found = workspace.gap(person, role, as_of=as_of)

    def present(screen: Screen) -> None:
        from skillmatch.cli.present.answers import show_gap

        show_gap(screen, found)

    invocation.answer(found.to_json(), present)


def recommend(
    invocation: Invocation,
    person: PersonName,
    role: RoleName,
    limit: Annotated[int, typer.Option("--limit", min=1, metavar="K", help="How many to recommend.")] = 5,
    max_hours: MaxHours = None,
    max_cost: MaxCost = None,
    languages: Languages = None,
    weeks: Weeks = None,
    hours_per_week: HoursPerWeek = None,
    hours_scale: Annotated[
        float,
        typer.Option("--hours-scale", metavar="HOURS", parser=parse_scale, help="So many hours halve a worth, or off."),
    ] = HOURS_SCALE,
    cost_scale: Annotated[
        float,
        typer.Option("--cost-scale", metavar="MONEY", parser=parse_scale, help="So much money halves a worth, or off."),
    ] = COST_SCALE,
    everything: Annotated[bool, typer.Option("--all", help="Show everything that was left out.")] = False,
    as_of: AsOf = None,
) -> None:
    """Recommend what to learn next, and say why.

    The credentials that close most of the gap for their effort come first. What was left out is shown, with why.
    """
    limits = Limits(max_hours, max_cost, tuple(languages or ()), weeks, hours_per_week)
    preference = Preference(hours_scale=_scale(hours_scale), cost_scale=_scale(cost_scale))
    with invocation.open() as workspace:
        found = workspace.recommend(person, role, limit=limit, limits=limits, preference=preference, as_of=as_of)
        standing = workspace.gap(person, role, as_of=as_of)  # what the reasons are a share of

    def present(screen: Screen) -> None:
        from skillmatch.cli.present.answers import show_advice

        show_advice(screen, found, standing, everything=everything)

    invocation.answer(found.to_json(), present)


def pathway(
    invocation: Invocation,
    person: PersonName,
    role: RoleName,
    hours_per_week: Annotated[float, typer.Option("--hours-per-week", metavar="H", help="Hours for learning a week.")],
    weeks: Annotated[int, typer.Option("--weeks", metavar="W", help="Weeks until it must be done.")],
    max_hours: MaxHours = None,
    max_cost: Annotated[
        float | None, typer.Option("--max-cost", metavar="MONEY", help="What all steps together may cost.")
    ] = None,
    languages: Languages = None,
    as_of: AsOf = None,
) -> None:
    """Plan what to learn in which order, and until when.

    As much of the role as possible is covered in time. Prerequisites, hours a week, groups with dates and the deadline
    are respected.
    """
    limits = Limits(hours=max_hours, cost=max_cost, languages=tuple(languages or ()))
    with invocation.open() as workspace:
        found = workspace.pathway(person, role, Pace(hours_per_week, weeks), limits=limits, as_of=as_of)
        credentials = workspace.catalogue.all().credentials

    def present(screen: Screen) -> None:
        from skillmatch.cli.present.pathway import show_pathway

        show_pathway(screen, found, {item.id: item.currency for item in credentials.values()})

    invocation.answer(found.to_json(), present)


def _scale(given: float) -> float | None:
    return None if given == math.inf else given


def _write_lines(path: Path, items: list[dict[str, Any]]) -> None:
    import json

    from skillmatch.files.writing import write_text

    write_text(path, "".join(json.dumps(item, ensure_ascii=False, allow_nan=False) + "\n" for item in items))
