"""Standing in: what a role requires and no evidence names may be shown by a skill that is akin to it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from skillmatch.domain.base.answer import rounded
from skillmatch.domain.people.attainment import Attainment, Kin, Profile, Through, whole_levels
from skillmatch.domain.roles.role import Requirement, Role
from skillmatch.gaps.combining import EIGHTY
from skillmatch.gaps.kinship import Kinship
from skillmatch.gaps.reach import FOOTHOLD, TOLERANCE

SHORT = 0.01
"""What a neighbour explains stays at least so far (in levels) below the one that would meet the requirement."""

CARRIED_ERROR = 0.5
"""Half of the level that does not carry over is added to the deviation: so unsure is the transfer (our assumption)."""


def stand_in(profile: Profile, role: Role, kinship: Kinship) -> Profile:
    """The profile with an attainment for each requirement of a role that another skill shows or explains.

    The same skill under a former id shows the required one at its own level. So does a narrower one where both are
    knowledge and the broader one has few narrower ones: SQL at 4 is a query language at 4 or more. Of any other skill,
    communication for one, more than half of the narrower ones show it, at the level that so many of them reach.
    Fewer than that, a broader skill or a related one explain a requirement only about which nothing at all
    is said, at ``transfer`` times their level and always less than would meet it. Such attainments say so in
    ``through``. What the evidence for the required skill itself says is never lowered.
    """
    added = {}
    for need in role.requirements:
        own = profile.attainments.get(need.skill_id)
        found = _shown(need, own, profile, kinship)
        if own is None:
            part = _explained(need, profile, kinship)
            if part is not None and (found is None or part.level > found.level):
                found = part
        if found is not None:
            added[need.skill_id] = found
    return replace(profile, attainments={**profile.attainments, **added}) if added else profile


def _shown(need: Requirement, own: Attainment | None, profile: Profile, kinship: Kinship) -> Attainment | None:
    best: tuple[float, str, Kin, Attainment] | None = None
    for kin, other, found in _those_that_show(need.skill_id, profile, kinship):
        better = best is None or (-found.level, other) < (-best[0], best[1])
        if better and (own is None or found.level > own.level):
            best = found.level, other, kin, found
    if best is None:
        return None
    level, other, kin, found = best
    through = Through(other, kinship.labels.get(other, other), kin, level, 1.0)
    evidence, weights = found.evidence, found.weights
    if own is not None:
        evidence, weights = (*evidence, *own.evidence), (*weights, *(0.0 for _ in own.evidence))
    return replace(found, skill_id=need.skill_id, evidence=evidence, weights=weights, through=through)


def _those_that_show(skill_id: str, profile: Profile, kinship: Kinship) -> Iterator[tuple[Kin, str, Attainment]]:
    for other in kinship.former(skill_id):
        if other in profile.attainments:
            yield Kin.SAME, other, profile.attainments[other]
    below = kinship.narrower(skill_id)
    if not below:
        return
    known = [(other, profile.attainments[other]) for other in below & profile.attainments.keys()]
    for other, found in known:
        if kinship.shows(other, skill_id):
            yield Kin.NARROWER, other, found
    most = kinship.most_of(skill_id)
    if len(known) >= most:
        other, found = sorted(known, key=lambda item: (-item[1].level, item[0]))[most - 1]
        yield Kin.NARROWER, other, found


def _explained(need: Requirement, profile: Profile, kinship: Kinship) -> Attainment | None:
    best: tuple[float, str] | None = None
    known, around, below = profile.attainments, kinship.near(need.skill_id), kinship.narrower(need.skill_id)
    near = {other: around[other] for other in known.keys() & around.keys()}
    near |= {other: (Kin.NARROWER, kinship.explains(other, need.skill_id)) for other in known.keys() & below}
    for other, (_, transfer) in near.items():
        level = known[other].level * transfer
        if best is None or (-level, other) < (-best[0], best[1]):
            best = level, other
    if best is None:
        return None
    level = rounded(min(best[0], need.level - TOLERANCE - SHORT))
    if level < FOOTHOLD:
        return None  # too little to build on: better to ask
    other = best[1]
    found, (kin, transfer) = profile.attainments[other], near[other]
    lost = found.level - level
    deviation = rounded((found.deviation**2 + (CARRIED_ERROR * lost) ** 2) ** 0.5)
    return replace(
        found,
        skill_id=need.skill_id,
        level=level,
        confidence=rounded(found.confidence * transfer),
        deviation=deviation,
        levels=whole_levels(level, deviation),
        low=rounded(max(0.0, level - EIGHTY * deviation)),
        high=rounded(min(5.0, level + EIGHTY * deviation)),
        through=Through(other, kinship.labels.get(other, other), kin, found.level, transfer),
    )
