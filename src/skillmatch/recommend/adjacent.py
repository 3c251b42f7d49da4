"""Adjacent roles: which roles a person is nearest to, and what holds most of the gap to each."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from math import fsum
from typing import NamedTuple

from skillmatch.domain.advice.adjacent import AdjacentRole, Hurdle, Route
from skillmatch.domain.base import checks
from skillmatch.domain.base.answer import rounded
from skillmatch.domain.people.gap import Gap, GapState
from skillmatch.domain.roles.role import Role
from skillmatch.gaps.reach import coverage, share
from skillmatch.recommend.likeness import similarity

HURDLES = 3
"""So many requirements are named as what makes the difference."""

SHORTLIST = 40
"""For so many roles (and ten for each one asked for) the whole gap is worked out; the others only by a cheap look."""


class _Near(NamedTuple):
    supposed: float
    coverage: float
    likeness: float
    gap: Gap
    role: Role

    @property
    def order(self) -> tuple[float, float, float, str]:
        return -self.supposed, -self.coverage, -self.likeness, self.role.id


def find_adjacent(
    roles: Iterable[Role],
    levels: Mapping[str, float],
    current: Role | None,
    gap_of: Callable[[Role], Gap],
    route_of: Callable[[Role], Route],
    limit: int,
) -> tuple[AdjacentRole, ...]:
    """The ``limit`` nearest roles without today's, nearest first (ties: coverage, likeness to today's role, id).

    Nearness is coverage, where a requirement of which nothing is known counts as far as today's role asks for the
    same skill: who does a job is supposed to do what it asks for until somebody says otherwise. Else a welder of whom
    only care for detail is known would be nearest to whatever office asks for that. What is told of a role is the
    coverage that evidence bears out.

    ``levels`` are those that evidence names. By them alone the roles are first put in order, which is cheap; the
    whole gap, in which related skills count too, is worked out for the foremost (see ``SHORTLIST``), and a route
    only for those that are returned. With more roles than that, one that related skills alone would carry to the
    front can be missed. Roles without requirements, and those of which nothing is known, are left out. Raises
    ``InputError`` for a limit below 1.
    """
    checks.whole(limit, "limit", least=1)
    others = [role for role in roles if role.requirements and (current is None or role.id != current.id)]
    job = {} if current is None else {need.skill_id: need.level for need in current.requirements}
    seen = {**job, **levels}
    others.sort(key=lambda role: (-coverage(role, seen), role.id))
    near = []
    for role in others[: SHORTLIST + 10 * limit]:
        gap = gap_of(role)
        if gap.count(GapState.UNKNOWN) < len(gap.items):
            has = {item.requirement.skill_id: item.attained for item in gap.items}
            supposed = coverage(role, {skill: job.get(skill, 0.0) if at is None else at for skill, at in has.items()})
            likeness = 0.0 if current is None else similarity(current, role)
            near.append(_Near(supposed, gap.coverage, likeness, gap, role))
    near.sort(key=lambda item: item.order)
    return tuple(
        AdjacentRole(
            role_id=item.role.id,
            role_title=item.role.title,
            coverage=item.coverage,
            similarity=None if current is None else item.likeness,
            gap=rounded(1.0 - item.coverage),
            unknown=item.gap.count(GapState.UNKNOWN),
            hurdles=hurdles(item.gap),
            route=route_of(item.role),
        )
        for item in near[:limit]
    )


def hurdles(gap: Gap, most: int = HURDLES) -> tuple[Hurdle, ...]:
    """The requirements that hold most of a gap, largest first, each with its share of all that is open."""
    lacks = [
        (item.requirement.weight * (1.0 - share(item.requirement, item.attained or 0.0)), item) for item in gap.items
    ]
    total = fsum(lack for lack, _ in lacks)
    lacks.sort(key=lambda entry: (-rounded(entry[0]), entry[1].requirement.skill_id))
    return tuple(
        Hurdle(
            skill_id=item.requirement.skill_id,
            label=item.label,
            required=item.requirement.level,
            attained=item.attained,
            share_of_gap=rounded(lack / total),
        )
        for lack, item in lacks[:most]
        if rounded(lack) > 0
    )
