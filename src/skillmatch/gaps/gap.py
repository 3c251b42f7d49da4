"""Profile and role to gap: where a person stands with each requirement."""

from __future__ import annotations

from collections.abc import Mapping
from math import fsum

from skillmatch.domain.answer import Status, Versions, rounded
from skillmatch.domain.gap import Gap, GapItem, GapState, Profile
from skillmatch.domain.role import Requirement, Role

TOLERANCE = 0.25
"""A level this close below the one wanted counts as reached: no source can tell them apart (our assumption)."""

EXCEEDS_BY = 1.0
"""From this many levels above the requirement on, it is exceeded."""

FOOTHOLD = 0.5
"""Below this level there is nothing to build on: the skill is known, and missing."""


def find_gap(profile: Profile, role: Role, labels: Mapping[str, str], versions: Versions) -> Gap:
    """Hold a profile against a role, requirement by requirement.

    Coverage (0-1) is the sum of ``weight * attained / required`` over the sum of the weights; what is met (see
    ``attains``) counts in full and no more, what is unknown counts for nothing. The status is
    ``insufficient_data`` when the role requires nothing or nothing at all is known of what it requires,
    ``partial`` when something is unknown, else ``ok``; the person's evidence is never taken as complete. Items
    come in the order essential first, then heavier, then wider gap, then label.
    """
    items = sorted((_item(profile, need, labels) for need in role.requirements), key=_order)
    unknown = sum(item.state is GapState.UNKNOWN for item in items)
    status = Status.PARTIAL if unknown else Status.OK
    if not items or unknown == len(items):
        status = Status.INSUFFICIENT_DATA
    return Gap(
        person_id=profile.person_id,
        role_id=role.id,
        role_title=role.title,
        status=status,
        coverage=coverage(role, {item.requirement.skill_id: item.attained or 0.0 for item in items}),
        items=tuple(items),
        as_of=profile.as_of,
        versions=versions,
    )


def coverage(role: Role, levels: Mapping[str, float]) -> float:
    """The weighted share (0-1) of what a role requires that these levels attain; 0 for a role without requirements.

    A skill that ``levels`` does not hold counts as level 0.
    """
    if not role.requirements:
        return 0.0
    covered = fsum(need.weight * share(need, levels.get(need.skill_id, 0.0)) for need in role.requirements)
    return rounded(min(1.0, covered / role.total_weight))


def share(need: Requirement, level: float) -> float:
    """How much of one requirement (0-1) a level attains."""
    return 1.0 if attains(level, need.level) else level / need.level


def attains(level: float, wanted: float) -> bool:
    """Whether a level reaches the one wanted, within ``TOLERANCE``; level 0 reaches nothing, however little it is."""
    return 0.0 < level >= wanted - TOLERANCE


def _item(profile: Profile, need: Requirement, labels: Mapping[str, str]) -> GapItem:
    attainment = profile.attainments.get(need.skill_id)
    label = labels.get(need.skill_id, need.skill_id)
    if attainment is None:
        return GapItem(need, label, None, GapState.UNKNOWN)
    return GapItem(need, label, attainment.level, _state(need, attainment.level), attainment.evidence)


def _state(need: Requirement, level: float) -> GapState:
    if level >= need.level + EXCEEDS_BY:
        return GapState.EXCEEDS
    if attains(level, need.level):
        return GapState.MET
    return GapState.PARTIAL if level >= FOOTHOLD else GapState.MISSING


def _order(item: GapItem) -> tuple[bool, float, float, str, str]:
    need = item.requirement
    return (not need.essential, -need.weight, -item.shortfall, item.label, need.skill_id)
