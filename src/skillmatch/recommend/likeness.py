"""How alike two roles are, and what they have in common."""

from __future__ import annotations

from collections.abc import Mapping
from math import fsum

from skillmatch.domain.base.answer import rounded
from skillmatch.domain.roles.role import Role
from skillmatch.domain.roles.role_comparison import ComparedSkill, RoleComparison


def similarity(a: Role, b: Role) -> float:
    """The common part (0-1) of what two roles require: 1 for the same requirements, 0 for no skill in common.

    Each requirement counts its share of the role's weight times its level; of each skill the smaller of the two
    counts as common, and their sum is divided by the sum of the larger ones (weighted Jaccard, after Ruzicka).
    Symmetric; weighing everything twice as heavy changes nothing. 0 when neither requires anything.
    """
    masses_a, masses_b = _masses(a), _masses(b)
    skills = sorted(masses_a.keys() | masses_b.keys())
    larger = fsum(max(masses_a.get(skill, 0.0), masses_b.get(skill, 0.0)) for skill in skills)
    smaller = fsum(min(masses_a.get(skill, 0.0), masses_b.get(skill, 0.0)) for skill in skills)
    return rounded(smaller / larger) if larger else 0.0


def compare_roles(a: Role, b: Role, labels: Mapping[str, str]) -> RoleComparison:
    """Two roles beside each other: common skills by common weight, then those of one alone, heavier first."""
    needs_a = {need.skill_id: need for need in a.requirements}
    needs_b = {need.skill_id: need for need in b.requirements}
    skills = []
    for skill_id in needs_a.keys() | needs_b.keys():
        one, other = needs_a.get(skill_id), needs_b.get(skill_id)
        skills.append(
            ComparedSkill(
                skill_id=skill_id,
                label=labels.get(skill_id, skill_id),
                level_a=None if one is None else one.level,
                level_b=None if other is None else other.level,
                share_a=None if one is None else rounded(one.weight / a.total_weight),
                share_b=None if other is None else rounded(other.weight / b.total_weight),
            )
        )
    skills.sort(key=_order)
    return RoleComparison(a.id, a.title, b.id, b.title, similarity(a, b), tuple(skills))


def _order(skill: ComparedSkill) -> tuple[int, float, str]:
    group = 0 if skill.difference is not None else 1 if skill.level_b is None else 2
    return group, -rounded((skill.share_a or 0.0) + (skill.share_b or 0.0)), skill.skill_id


def _masses(role: Role) -> dict[str, float]:
    total = role.total_weight
    return {need.skill_id: need.weight / total * need.level for need in role.requirements}
