"""Where a person stands with a requirement, and what a credential can be expected to add to it."""

from __future__ import annotations

from collections.abc import Iterable
from math import fsum
from typing import NamedTuple

from skillmatch.domain.people.gap import GapItem
from skillmatch.domain.roles.role import Requirement
from skillmatch.gaps.gap import share
from skillmatch.recommend.lift import level_after
from skillmatch.recommend.situation import Situation


class Rise(NamedTuple):
    """What a credential adds to one requirement's share (0-1) when it works out: the mean, and its variance."""

    more: float
    variance: float


NO_RISE = Rise(0.0, 0.0)


class Standing:
    """Where a person stands with one requirement: the level (None when unknown) and the ``share`` of it that this is.

    The chances of each whole level 0 to 5 weigh what a credential adds; of an unknown level the worst is supposed.
    What running credentials will teach counts as if it were there, so that it is not taught twice.
    """

    __slots__ = ("_rises", "level", "likely", "need", "share")

    def __init__(self, item: GapItem, situation: Situation) -> None:
        self.need: Requirement = item.requirement
        coming = situation.underway.get(self.need.skill_id)
        attainment = situation.profile.attainments.get(self.need.skill_id)
        self.level = item.attained if coming is None else coming
        self.share = share(self.need, self.level or 0.0)
        # A level between two is sure to the profile's fraction; only where more is spread there is doubt to weigh.
        levels = attainment.levels if attainment is not None else ()
        spread = [(float(level), part) for level, part in enumerate(levels) if part > 0]
        if attainment is None or coming is not None or len(spread) < 3:
            spread = [(self.level or 0.0, 1.0)]
        self.likely: tuple[tuple[float, float], ...] = tuple(spread)
        self._rises: dict[float, Rise] = {}

    def rise(self, taught: float) -> Rise:
        """What a credential that leads to the level ``taught`` adds; never more than is open."""
        found = self._rises.get(taught)
        if found is None:
            found = self._rises[taught] = self._rise(taught)
        return found

    def _rise(self, taught: float) -> Rise:
        if level_after(self.level or 0.0, taught) <= (self.level or 0.0):
            return NO_RISE  # what the person is taken to have is not taught for the doubt that is left
        steps = [
            (share(self.need, level_after(level, taught)) - share(self.need, level), part)
            for level, part in self.likely
        ]
        mean = fsum(more * part for more, part in steps)
        variance = fsum((more - mean) ** 2 * part for more, part in steps)
        return Rise(max(0.0, min(mean, 1.0 - self.share)), variance)


def standings(items: Iterable[GapItem], situation: Situation) -> dict[str, Standing]:
    """The standing for each requirement of a gap, by skill."""
    return {item.requirement.skill_id: Standing(item, situation) for item in items}
