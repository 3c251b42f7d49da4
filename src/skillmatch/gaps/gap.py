"""Profile and role to gap: where a person stands with each requirement."""

from __future__ import annotations

from collections.abc import Mapping

from skillmatch.domain.base.answer import Status, Versions, rounded
from skillmatch.domain.people.attainment import Attainment, Profile
from skillmatch.domain.people.gap import Gap, GapItem, GapState
from skillmatch.domain.roles.role import Requirement, Role
from skillmatch.gaps.asking import cheapest_question
from skillmatch.gaps.reach import EXCEEDS_BY, FOOTHOLD, TOLERANCE, attains, coverage, share

__all__ = ["EXCEEDS_BY", "FOOTHOLD", "TOLERANCE", "attains", "coverage", "find_gap", "share"]


def find_gap(
    profile: Profile, role: Role, labels: Mapping[str, str], versions: Versions, *, current_role: str | None = None
) -> Gap:
    """Hold a profile against a role, requirement by requirement; ``current_role`` is the id of the one held today.

    Coverage (0-1) is the sum of ``weight * attained / required`` over the sum of the weights; what is met (see
    ``attains``) counts in full and no more, what is unknown counts for nothing. What another skill shows counts when
    the profile was made to say so by ``stand_in``; what it only explains is ``partial`` at most. The status is
    ``insufficient_data`` when the role requires nothing or nothing at all is known of what it requires, ``partial``
    when something is unknown, ``nothing_to_close`` when everything is met, else ``ok``; the person's evidence is never
    taken as complete. Items come in the order essential first, then heavier, then wider gap, then label.
    """
    items = sorted((_item(profile, need, labels) for need in role.requirements), key=_order)
    levels = {item.requirement.skill_id: item.attained or 0.0 for item in items}
    return Gap(
        person_id=profile.person_id,
        role_id=role.id,
        role_title=role.title,
        status=_status(items),
        coverage=coverage(role, levels),
        items=tuple(items),
        as_of=profile.as_of,
        versions=versions,
        is_current_role=current_role == role.id,
    )


def _status(items: list[GapItem]) -> Status:
    unknown = sum(item.state is GapState.UNKNOWN for item in items)
    if unknown == len(items):
        return Status.INSUFFICIENT_DATA
    if unknown:
        return Status.PARTIAL
    done = all(item.state in (GapState.MET, GapState.EXCEEDS) for item in items)
    return Status.NOTHING_TO_CLOSE if done else Status.OK


def _item(profile: Profile, need: Requirement, labels: Mapping[str, str]) -> GapItem:
    found = profile.attainments.get(need.skill_id)
    label = labels.get(need.skill_id, need.skill_id)
    if found is None:
        return GapItem(need, label, None, GapState.UNKNOWN, question=cheapest_question(need, label))
    chance = rounded(found.chance_of(need.level - TOLERANCE))
    explained = found.through is not None and found.through.transfer < 1.0
    question = None
    if explained or found.contradictory:
        question = cheapest_question(need, label, found.level, found.deviation)
    return GapItem(
        requirement=need,
        label=label,
        attained=found.level,
        state=_state(need, found, explained=explained),
        evidence=found.evidence,
        low=found.low,
        high=found.high,
        levels=found.levels,
        chance=chance,
        thin=found.thin,
        contradictory=found.contradictory,
        weights=found.weights,
        through=found.through,
        question=question,
    )


def _state(need: Requirement, found: Attainment, *, explained: bool) -> GapState:
    level = found.level
    if not explained and level >= need.level + EXCEEDS_BY:
        return GapState.EXCEEDS
    if not explained and attains(level, need.level):
        return GapState.MET
    return GapState.PARTIAL if level >= FOOTHOLD else GapState.MISSING


def _order(item: GapItem) -> tuple[bool, float, float, str, str]:
    need = item.requirement
    return (not need.essential, -need.weight, -item.shortfall, item.label, need.skill_id)
