"""When a level reaches the one that is wanted, and how much of a role some levels cover."""

from __future__ import annotations

from collections.abc import Mapping
from math import fsum

from skillmatch.domain.base.answer import rounded
from skillmatch.domain.roles.role import Requirement, Role

TOLERANCE = 0.25
"""A level this close below the one wanted counts as reached: no source can tell them apart (our assumption)."""

EXCEEDS_BY = 1.0
"""From this many levels above the requirement on, it is exceeded."""

FOOTHOLD = 0.5
"""Below this level there is nothing to build on: the skill is known, and missing."""


def coverage(role: Role, levels: Mapping[str, float]) -> float:
    """The weighted share (0-1) of what a role requires that these levels attain; 0 for a role without requirements.

    A skill that ``levels`` does not hold counts as level 0.
    """
    if not role.requirements:
        return 0.0
    known = levels.get
    covered = fsum([need.weight * share(need, known(need.skill_id, 0.0)) for need in role.requirements])
    return rounded(min(1.0, covered / role.total_weight))


def share(need: Requirement, level: float) -> float:
    """How much of one requirement (0-1) a level attains."""
    wanted = need.level
    return 1.0 if 0.0 < level >= wanted - TOLERANCE else level / wanted  # as ``attains``; this runs most often of all


def attains(level: float, wanted: float) -> bool:
    """Whether a level reaches the one wanted, within ``TOLERANCE``; level 0 reaches nothing, however little it is."""
    return 0.0 < level >= wanted - TOLERANCE
