"""Following: what refers to skills that were merged away, said of the skills that are left; nothing is written."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from typing import TypeVar

from skillmatch.domain.catalogue.credential import Credential, Outcome, SkillPrerequisite
from skillmatch.domain.people.person import Person, StoredPerson
from skillmatch.domain.roles.role import Requirement, Role

Meanings = Mapping[str, str]
"""For each id that was merged away the skill that it means now."""

T = TypeVar("T", Outcome, SkillPrerequisite, Requirement)


def follow_credential(item: Credential, meanings: Meanings) -> Credential:
    """The credential with outcomes and prerequisites of the skills that are left; of two the higher level stays."""
    named = [one.skill_id for one in item.outcomes] + [one.skill_id for one in item.requires_skills]
    if not any(skill_id in meanings for skill_id in named):
        return item
    return replace(
        item,
        outcomes=strongest(item.outcomes, meanings, lambda one: (one.level, one.probability)),
        requires_skills=strongest(item.requires_skills, meanings, lambda one: (one.level, 0.0)),
    )


def follow_role(item: Role, meanings: Meanings) -> Role:
    """The role with requirements of the skills that are left."""
    if not any(need.skill_id in meanings for need in item.requirements):
        return item
    return replace(item, requirements=follow_requirements(item.requirements, meanings))


def follow_requirements(given: tuple[Requirement, ...], meanings: Meanings) -> tuple[Requirement, ...]:
    """Requirements of the skills that are left; of two the one with the higher level, then weight, stays."""
    return strongest(given, meanings, lambda need: (need.level, need.weight))


def follow_person(item: StoredPerson, meanings: Meanings) -> Person:
    """The person with evidence of the skills that are left; every piece stays."""
    evidence, rulings = item.evidence, item.rulings
    if meanings:
        evidence = tuple(
            replace(piece, skill_id=meanings[piece.skill_id]) if piece.skill_id in meanings else piece
            for piece in evidence
        )
        rulings = tuple(
            replace(one, skill_id=meanings[one.skill_id]) if one.skill_id and one.skill_id in meanings else one
            for one in rulings
        )
    return Person(
        item.id,
        item.name,
        item.unit,
        item.role_id,
        item.languages,
        item.hours_per_week,
        evidence,
        item.awards,
        rulings,
    )


def strongest(items: Iterable[T], meanings: Meanings, strength: Callable[[T], tuple[float, float]]) -> tuple[T, ...]:
    """One item for each skill that is left, the strongest, in the order of first coming."""
    best: dict[str, T] = {}
    for given in items:
        meant = meanings.get(given.skill_id)
        item = given if meant is None else replace(given, skill_id=meant)
        other = best.get(item.skill_id)
        if other is None or strength(item) > strength(other):
            best[item.skill_id] = item
    return tuple(best.values())
