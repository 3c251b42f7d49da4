"""How far one credential can carry a person: the level to expect after it, from the level before it."""

from __future__ import annotations

from collections.abc import Mapping

from skillmatch.domain.catalogue.credential import Credential, Outcome
from skillmatch.gaps.weighing import LIKELY

REACH = 3.0
"""The most levels that one credential is expected to carry a person: from nothing to independent (our assumption)."""


def level_after(before: float, taught: float) -> float:
    """The level (0-5) to expect of someone at ``before`` after a credential that leads to ``taught``; never lower.

    Within ``REACH`` it is the level taught. Each level beyond that takes one off again, because a course far
    above one's head teaches less than the right one: from 0, a course to level 3 leads to 3, one to level 4 to 2
    and one to level 5 to 1. So a beginner is shown the beginner's course first, and the expert's after it.
    """
    too_far = max(0.0, taught - before - REACH)
    return max(before, taught - 2 * too_far)


def teaches(outcome: Outcome) -> bool:
    """Whether an outcome is likely enough to plan with."""
    return outcome.probability >= LIKELY


def after(levels: Mapping[str, float], credential: Credential) -> dict[str, float]:
    """The levels to expect after a credential, from the levels before it."""
    later = dict(levels)
    for outcome in credential.outcomes:
        if teaches(outcome):
            later[outcome.skill_id] = level_after(later.get(outcome.skill_id, 0.0), outcome.level)
    return later
