"""Which groups may be shown, so that neither a number nor the difference of two tells about fewer than five people.

Everything that is shown is a sum over units that may be shown. People of units that may not are in no sum at all, so
that subtracting what is shown from a total leaves nothing. Within a unit the people whose role asks for a skill are a
group of their own; it may be shown when it is large enough *and* the others of the unit are, or there are none: else
the same question asked of the whole unit would give them away. A total over groups of which some may not be shown is
itself shown only when those hidden are, together, a group that may be.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import NamedTuple

from skillmatch.domain.team.team import MINIMUM_GROUP, SMALL_UNITS


class Units(NamedTuple):
    """The units that may be shown, each with the units of people that it stands for, and how many people are left out.

    A unit stands for itself; the small ones stand together under ``SMALL_UNITS`` where they are enough.
    """

    shown: dict[str, tuple[str, ...]]
    left_out: int


def units_to_show(people: Mapping[str, int], minimum: int = MINIMUM_GROUP) -> Units:
    """Divide units by their size; ``people`` must be those of the whole organisation, whatever was asked about.

    Made from the whole, the answer for some units and the one for all never divide people differently.
    """
    shown: dict[str, tuple[str, ...]] = {unit: (unit,) for unit in sorted(people) if people[unit] >= minimum}
    small = tuple(unit for unit in sorted(people) if 0 < people[unit] < minimum)
    count = sum(people[unit] for unit in small)
    if count >= minimum:
        shown[SMALL_UNITS] = small
        count = 0
    return Units(shown, count)


def may_show(group: int, whole: int, minimum: int = MINIMUM_GROUP) -> bool:
    """Whether a group of so many people within a whole may be told apart from it."""
    return group >= minimum and (group == whole or whole - group >= minimum)


def may_total(groups: Iterable[tuple[int, int]], minimum: int = MINIMUM_GROUP) -> bool:
    """Whether the sum over some (group, whole) pairs may be shown beside those of them that :func:`may_show`.

    What the sum leaves when the shown ones are taken off must be nothing, or a group that may be shown itself.
    """
    hidden = [(group, whole) for group, whole in groups if group and not may_show(group, whole, minimum)]
    if not hidden:
        return True
    return may_show(sum(group for group, _ in hidden), sum(whole for _, whole in hidden), minimum)
