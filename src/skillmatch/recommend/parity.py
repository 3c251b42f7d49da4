"""What share of the gap each type of skill is, and what share of the closure that is offered, over many people."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date

from skillmatch.domain.advice.advice import Advice
from skillmatch.domain.advice.parity import Parity, ParityLine
from skillmatch.domain.base.answer import Status, Versions, rounded
from skillmatch.domain.people.gap import Gap
from skillmatch.domain.skills.skill import SkillType
from skillmatch.domain.team.team import MINIMUM_GROUP
from skillmatch.gaps.gap import share


def find_parity(
    answers: Iterable[tuple[Gap, Advice]], types: Mapping[str, SkillType], as_of: date, versions: Versions
) -> Parity:
    """The parity over gaps and the advice for them; a skill without a known type counts as a plain skill.

    The gap of a requirement is its part of the role's weight times the share that is not attained. The closure
    offered is what each recommendation is expected to close beside those above it, divided among its reasons. Nothing
    is told of fewer than ``MINIMUM_GROUP`` people who lack something. The answers are read once and not kept.
    """
    lacking, offered, people = dict.fromkeys(SkillType, 0.0), dict.fromkeys(SkillType, 0.0), 0
    for gap, advice in answers:
        total = sum(item.requirement.weight for item in gap.items)
        missing = 0.0
        for item in gap.items:
            need = item.requirement
            part = need.weight / total * (1.0 - share(need, item.attained or 0.0))
            lacking[types.get(need.skill_id, SkillType.SKILL)] += part
            missing += part
        people += missing > 0
        for found in advice.recommendations:
            skills = {item.skill_id: item.contribution for item in found.reasons if item.skill_id is not None}
            for skill_id, contribution in skills.items():
                part = found.closure * (found.fresh / found.score) * (contribution / sum(skills.values()))
                offered[types.get(skill_id, SkillType.SKILL)] += part
    if people < MINIMUM_GROUP:
        detail = f"fewer than {MINIMUM_GROUP} people lack something of what their roles require"
        return Parity(Status.INSUFFICIENT_DATA, detail, None, (), as_of, versions)
    gaps, closures = sum(lacking.values()), sum(offered.values())
    lines = []
    for kind in SkillType:
        of_gap = rounded(lacking[kind] / gaps)
        of_closure = rounded(offered[kind] / closures) if closures else 0.0
        lines.append(
            ParityLine(kind, of_gap, of_closure, rounded(of_closure / of_gap) if of_gap and closures else None)
        )
    return Parity(Status.OK, "", people, tuple(lines), as_of, versions)
