"""Extraction for people: one line a skill, its places on request, and what was left out and why."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby

from rich.text import Text

from skillmatch.cli.present.screen import Cell, Screen, counted, level, share
from skillmatch.domain.base.answer import Status
from skillmatch.domain.text.extraction import Extraction, FoundSkill, LeftOut, Mention, Years

QUOTE = 60
EXAMPLES = 2

DEMAND_WORDS = {
    "required": ("required", "bold"),
    "preferred": ("preferred", ""),
    "nice_to_have": ("nice to have", ""),
    "unstated": ("", ""),
}


def show_extraction(screen: Screen, found: Extraction, *, everything: bool = False) -> None:
    """The skills with demand, years, level, probability and their best quote; then what was left out."""
    screen.heading(found.name)
    for note in found.notes:
        screen.line(f"Note: {note}.")
    if found.status is Status.INSUFFICIENT_DATA:
        screen.line(f"This cannot be judged: {found.detail}.")
    else:
        screen.line(f"{counted(len(found.skills), 'skill')} in {counted(len(found.mentions), 'place')}.")
        if found.detail:
            screen.line(f"Be careful: {found.detail}.")
        screen.line()
        screen.table(("Skill", "Demand", "Years", "Level", ">Sure", "Quote"), [_row(skill) for skill in found.skills])
    if found.degraded:
        screen.line("The encoder was not available: only names and letters were compared.")
    if everything and found.mentions:
        _show_places(screen, found.mentions)
    if found.left_out:
        _show_left_out(screen, found.left_out, everything=everything)


def _row(skill: FoundSkill) -> tuple[Cell, ...]:
    words, style = ("not needed or not known", "dim") if skill.negated else DEMAND_WORDS[skill.demand.value]
    return (
        skill.label,
        Text(words, style=style),
        _years(skill.years),
        "" if skill.level is None else level(skill.level),
        share(skill.probability),
        _shortened(skill.quote),
    )


def _years(years: Years | None) -> str:
    return "" if years is None else str(years)


def _show_places(screen: Screen, mentions: Sequence[Mention]) -> None:
    screen.line()
    screen.heading("Places")
    for mention in mentions:
        said = " (denied)" if mention.cues.negated else ""
        screen.item(f"{mention.start}-{mention.end} '{_shortened(mention.quote)}': {mention.link.label}{said}")


def _show_left_out(screen: Screen, pieces: Sequence[LeftOut], *, everything: bool) -> None:
    screen.line()
    screen.heading(f"Left out: {counted(len(pieces), 'piece')}")
    ordered = sorted(pieces, key=lambda piece: piece.reason.value)
    for reason, group in groupby(ordered, key=lambda piece: piece.reason.value):
        listed = list(group)
        screen.line(f"{reason.replace('_', ' ')} ({len(listed):,})")
        shown = listed if everything else listed[:EXAMPLES]
        for piece in shown:
            screen.item(f"'{_shortened(piece.quote)}'", indent=2, style="dim")
        if len(listed) > len(shown):
            screen.item(f"and {len(listed) - len(shown):,} more (--all shows them)", indent=2, style="dim")


def _shortened(quote: str) -> str:
    """A quote on one line, cut at a word where it is long."""
    line = " ".join(quote.split())
    return line if len(line) <= QUOTE else line[:QUOTE].rsplit(" ", 1)[0] + " ..."
