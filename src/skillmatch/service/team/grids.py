"""Grids: units or people against skills, from one count of everybody that lasts until something changes."""

from __future__ import annotations

import difflib
from collections.abc import Iterable
from datetime import date

from skillmatch.domain.base.errors import InputError, NotFoundError
from skillmatch.domain.team.grid import PersonGrid, UnitGrid
from skillmatch.domain.team.team import SMALL_UNITS
from skillmatch.gaps.disclosure import units_to_show
from skillmatch.gaps.grids import person_grid, unit_grid
from skillmatch.gaps.team import build_team
from skillmatch.service.advice.advisor import Advisor
from skillmatch.service.core import lookups
from skillmatch.service.core.context import WorkspaceContext
from skillmatch.service.core.progress import Progress, silent
from skillmatch.service.team.team import TeamGap

MOST_PEOPLE = 200
"""How many people of a unit a grid holds where nothing else is asked for."""


class TeamAnalysis:
    """The whole organisation at a glance, and the people behind a line of it."""

    def __init__(self, context: WorkspaceContext, advisor: Advisor) -> None:
        self._context = context
        self._gaps = TeamGap(context)
        self.gap = self._gaps.gap
        self.unmet = self._gaps.unmet
        self.parity = advisor.parity

    def unit_grid(
        self,
        *,
        units: Iterable[str] | None = None,
        role: str | None = None,
        as_of: date | None = None,
        progress: Progress = silent,
    ) -> UnitGrid:
        """Units x skills, each person held against their own role or all against ``role``.

        Everybody is counted once for each state of the workspace; ``progress`` hears of it. As in a team nothing is
        said about fewer than five people. Raises ``NotFoundError`` for one of ``units`` that nobody is in.

        >>> workspace.team.unit_grid(units=["Hotels"]).units
        (('Hotels', 13),)
        """
        with self._context.store.reading() as view:
            snapshot = self._context.snapshots.current(view)
            if units is not None:
                found = self._gaps.in_view(view, units, role, as_of, with_names=False)
                return unit_grid(found, snapshot.taxonomy.skills)
            goal = None if role is None else lookups.find_role(snapshot, role)
            day = self._context.day(snapshot, as_of)
            counted = self._context.counts.current(view, snapshot, goal, day, progress)

        def made() -> UnitGrid:
            goal_id = None if goal is None else goal.id
            team = build_team(counted.supply, snapshot.labels, day, snapshot.versions, role_id=goal_id)
            return unit_grid(team, snapshot.taxonomy.skills)

        return counted.once(("units",), made)

    def person_grid(
        self,
        unit: str,
        *,
        role: str | None = None,
        most: int = MOST_PEOPLE,
        as_of: date | None = None,
        progress: Progress = silent,
    ) -> PersonGrid:
        """The people of a unit x the skills of their roles: who is listed can be told apart, so mind who looks.

        ``unit`` may be the name under which small units stand together. Of more than ``most`` people those with the
        lowest coverage are held. Raises ``NotFoundError`` for a unit that nobody is in.

        >>> workspace.team.person_grid("Hotels").total
        13
        """
        if most < 1:
            raise InputError(f"{most} people are none.", field="most", remedy="Ask for one at least.")
        with self._context.store.reading() as view:
            snapshot = self._context.snapshots.current(view)
            goal = None if role is None else lookups.find_role(snapshot, role)
            day = self._context.day(snapshot, as_of)
            counted = self._context.counts.current(view, snapshot, goal, day, progress)

        def made() -> PersonGrid:
            known = counted.supply.people
            together = units_to_show(known).shown.get(SMALL_UNITS, ())
            if unit not in known and not (unit == SMALL_UNITS and together):
                raise NotFoundError("unit", unit, difflib.get_close_matches(unit, known, n=3))
            units = (unit,) if unit in known else together
            total = counted.standings.count(units)
            return person_grid(
                unit,
                tuple(counted.standings.lowest(units, most)),
                total,
                sum(known[part] for part in units) - total,
                snapshot.taxonomy.skills,
                day,
                snapshot.versions,
                role_id=None if goal is None else goal.id,
            )

        return counted.once(("people", unit, most), made)
