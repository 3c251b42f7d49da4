"""A team's supply and demand, and what nobody teaches, as a planner reads them."""

from __future__ import annotations

from collections.abc import Sequence

from skillmatch.cli.present.screen import Screen, counted, level, number, share
from skillmatch.cli.present.things import show_list
from skillmatch.domain.base.answer import Status
from skillmatch.domain.catalogue.unmet import Unmet
from skillmatch.domain.team.team import MINIMUM_GROUP, SupplyLine, Team

MOST_TOGETHER = 15


def show_team(screen: Screen, team: Team, limit: int | None) -> None:
    """The skills most needed over all units, then by unit, then what only one person has."""
    screen.heading(f"{counted(team.people, 'person', 'people')} in {counted(len(team.units), 'unit')}, on {team.as_of}")
    if team.status is Status.INSUFFICIENT_DATA:
        screen.line(f"This cannot be shown: {team.detail}.")
        return
    if team.detail:
        screen.line(f"{team.detail}.")
    if team.without_role:
        screen.line(f"{counted(team.without_role, 'person', 'people')} without a role are counted as supply only.")
    together = team.together()
    screen.line()
    most = MOST_TOGETHER if limit is None else limit
    _table(screen, together, most, with_unit=False)
    apart = [line for line in team.lines if line.unit is not None]
    if len(team.units) > 1:
        screen.line()
        screen.heading("By unit")
        _table(screen, apart, most, with_unit=True)
    screen.line()
    screen.line("There: at the level, whatever their role. Unsaid: of those needed, nothing is known about so many.")
    if any(line.ready is None for line in team.lines):
        screen.line(f"?: not shown, because it would tell about fewer than {MINIMUM_GROUP} people.")
    screen.line()
    if not team.single_points:
        screen.line("No wanted skill is known to be held by one person only.")
        return
    screen.heading(f"Held by one person only: {counted(len(team.single_points), 'skill')}")
    rows = [
        (
            point.label,
            level(point.level),
            point.wanted,
            "" if point.name is None else f"{point.name} ({point.person_id})",
        )
        for point in team.single_points
    ]
    show_list(screen, ("Skill", ">Level", ">Wanted", "Who"), rows, most, "")


def _table(screen: Screen, lines: Sequence[SupplyLine], most: int, *, with_unit: bool) -> None:
    rows = [
        (
            line.label,
            *([line.unit] if with_unit else []),
            level(line.level),
            line.wanted,
            line.holders,
            "?" if line.needed is None else line.needed,
            "?" if line.unknown is None else line.unknown,
            "?" if line.coverage is None else share(line.coverage),
        )
        for line in lines
    ]
    names = ("Skill", *(["Unit"] if with_unit else []))
    columns = (*names, ">Level", ">Wanted", ">There", ">Needed", ">Unsaid", ">Covered")
    show_list(screen, columns, rows, most, "Nothing is wanted.")


def show_unmet(screen: Screen, unmet: Unmet, limit: int | None) -> None:
    """The briefs, one line of words each with what the skill is."""
    screen.heading(f"Wanted and not taught, on {unmet.as_of}")
    if unmet.status is Status.INSUFFICIENT_DATA:
        screen.line(f"This cannot be judged: {unmet.detail}.")
        return
    looked = counted(unmet.looked_at, "wanted skill")
    screen.line(f"{len(unmet.items)} of {looked}, at {number(unmet.hours_per_week)} hours a week.")
    shown = unmet.items if limit is None else unmet.items[:limit]
    for brief in shown:
        screen.line()
        screen.item(brief.text())
        if brief.description:
            screen.line(brief.description, indent=2, style="dim")
    if len(shown) < len(unmet.items):
        screen.line()
        screen.line(f"{len(shown)} of {len(unmet.items)}; --limit {len(unmet.items)} shows all.")
