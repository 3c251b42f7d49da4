"""Team and unmet demand: what an organisation has and lacks, counted in one pass over its people."""

from __future__ import annotations

import difflib
from collections.abc import Iterable
from datetime import date, timedelta

from skillmatch.domain.base.errors import NotFoundError
from skillmatch.domain.catalogue.unmet import Unmet
from skillmatch.domain.team.team import Team
from skillmatch.gaps.team import build_team
from skillmatch.recommend.unmet import find_unmet
from skillmatch.service.core import lookups
from skillmatch.service.core.context import WorkspaceContext
from skillmatch.store import View

USUAL_WEEKS = 52
"""By when unmet demand is to be met where no day is given (our assumption)."""

USUAL_HOURS_PER_WEEK = 4.0
"""What a learner is taken to have for learning where nobody says (our assumption)."""


class TeamGap:
    """Questions about many people at once. Nothing in the answers tells about fewer than five of them."""

    def __init__(self, context: WorkspaceContext) -> None:
        self._context = context

    def gap(
        self,
        *,
        units: Iterable[str] | None = None,
        role: str | None = None,
        with_names: bool = False,
        as_of: date | None = None,
    ) -> Team:
        """Supply and demand by skill and unit, each person held against their own role or all against ``role``.

        ``with_names`` names those who alone hold a skill. Raises ``NotFoundError`` for a unit that nobody is in.

        >>> dict(workspace.team.gap(units=["Hotels"]).units)
        {'Hotels': 13}
        """
        with self._context.store.reading() as view:
            return self.in_view(view, units, role, as_of, with_names=with_names)

    def unmet(
        self,
        *,
        units: Iterable[str] | None = None,
        role: str | None = None,
        by: date | None = None,
        hours_per_week: float = USUAL_HOURS_PER_WEEK,
        as_of: date | None = None,
    ) -> Unmet:
        """What the team needs and nobody teaches, as briefs; to be taught ``by`` a day, else within a year.

        Raises ``NotFoundError`` for a unit that nobody is in.

        >>> workspace.team.unmet(units=["Hotels"]).as_of
        datetime.date(2026, 12, 1)
        """
        with self._context.store.reading() as view:
            snapshot = self._context.snapshots.current(view)
            found = self.in_view(view, units, role, as_of, with_names=False)
        end = by or found.as_of + timedelta(weeks=USUAL_WEEKS)
        return find_unmet(found, snapshot.catalogue, snapshot.taxonomy.skills, end, hours_per_week)

    def in_view(
        self, view: View, units: Iterable[str] | None, role: str | None, as_of: date | None, *, with_names: bool
    ) -> Team:
        """The same from what ``view`` sees, for parts that answer from one read."""
        snapshot = self._context.snapshots.current(view)
        goal = None if role is None else lookups.find_role(snapshot, role)
        chosen = None if units is None else sorted(set(units))
        known = view.units()
        for unit in chosen or ():
            if unit not in known:
                raise NotFoundError("unit", unit, difflib.get_close_matches(unit, known, n=3))
        day = self._context.day(snapshot, as_of)
        # Everyone is counted whatever was asked about: which groups may be shown hangs on the whole.
        counted = self._context.counts.current(view, snapshot, goal, day)

        def made() -> Team:
            return build_team(
                counted.supply,
                snapshot.labels,
                day,
                snapshot.versions,
                units=chosen,
                role_id=None if goal is None else goal.id,
                with_names=with_names,
            )

        # What names people is made anew each time it is asked for, and not kept; of choices of units there are many.
        return made() if with_names or chosen is not None else counted.once(("team",), made)
