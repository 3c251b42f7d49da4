"""Surveying a catalogue: who teaches what, how far roles ask for it, and which credentials do the same."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from math import fsum

from skillmatch.domain.base.answer import Versions, rounded
from skillmatch.domain.catalogue.credential import Catalogue, Credential
from skillmatch.domain.catalogue.survey import CatalogueSurvey, SurveyedCredential, SurveyedSkill, Teacher
from skillmatch.domain.roles.role import Role
from skillmatch.domain.skills.skill import Skill, SkillType
from skillmatch.gaps.reach import attains
from skillmatch.recommend.chances import shrunk_rating
from skillmatch.recommend.lift import teaches

MUCH_THE_SAME = 0.5
"""From this share in common on, two credentials are told to overlap (our assumption)."""

MOST_OVERLAPS = 10


def survey(
    catalogue: Catalogue, roles: Iterable[Role], skills: Mapping[str, Skill], as_of: date, versions: Versions
) -> CatalogueSurvey:
    """Hold what the catalogue teaches on a day against what the roles ask for."""
    wanted: dict[str, list[float]] = {}
    for role in roles:
        for need in role.requirements:
            wanted.setdefault(need.skill_id, []).append(need.level)
    listed = [
        _skill(skill_id, wanted, catalogue, skills, as_of) for skill_id in wanted.keys() | catalogue.teaching.keys()
    ]
    listed.sort(key=lambda item: (-item.roles, -len(item.teachers), item.label, item.skill_id))
    credentials = [_credential(item, catalogue, wanted, as_of) for item in catalogue.credentials.values()]
    credentials.sort(key=lambda item: (item.title.casefold(), item.credential_id))
    return CatalogueSurvey(tuple(listed), tuple(credentials), as_of, versions)


def overlap(a: Mapping[str, float], b: Mapping[str, float]) -> float:
    """The share (0-1) of what two credentials teach that both teach: levels in common over all levels.

    Symmetric; 1 for the same skills at the same levels, 0 for none in common.
    """
    both = fsum(min(a[skill], b[skill]) for skill in a.keys() & b.keys())
    either = fsum(max(a.get(skill, 0.0), b.get(skill, 0.0)) for skill in sorted(a.keys() | b.keys()))
    return rounded(both / either) if either else 0.0


def _skill(
    skill_id: str, wanted: Mapping[str, list[float]], catalogue: Catalogue, skills: Mapping[str, Skill], as_of: date
) -> SurveyedSkill:
    pairs = catalogue.teaching.get(skill_id, ())
    counting = [
        outcome.level for own, outcome in pairs if teaches(outcome) and catalogue.credentials[own].on_offer(as_of)
    ]
    teachers = [Teacher(own, outcome.level, outcome.basis, outcome.probability) for own, outcome in pairs]
    teachers.sort(key=lambda item: (-item.level, -item.probability, item.credential_id))
    found = skills.get(skill_id)
    levels = wanted.get(skill_id, [])
    highest, reached = max(levels, default=None), max(counting, default=None)
    return SurveyedSkill(
        skill_id=skill_id,
        label=skill_id if found is None else found.label,
        type=SkillType.SKILL if found is None else found.type,
        wanted=highest,
        roles=len(levels),
        reached=reached,
        teachers=tuple(teachers),
        short=highest is not None and not attains(reached or 0.0, highest),
    )


def _credential(
    item: Credential, catalogue: Catalogue, wanted: Mapping[str, list[float]], as_of: date
) -> SurveyedCredential:
    own = _levels(item)
    near = {other for skill in own for other, _ in catalogue.teaching.get(skill, ())} - {item.id}
    shares = [(other, overlap(own, _levels(catalogue.credentials[other]))) for other in near]
    shares = sorted(
        ((other, part) for other, part in shares if part >= MUCH_THE_SAME), key=lambda pair: (-pair[1], pair[0])
    )
    rated = item.rating is not None and item.rating_count > 0
    return SurveyedCredential(
        credential_id=item.id,
        title=item.title,
        issuer=item.issuer,
        hours=item.hours,
        cost=item.cost,
        currency=item.currency,
        on_offer=item.on_offer(as_of),
        skills=tuple(sorted(own.items(), key=lambda pair: (-pair[1], pair[0]))),
        wanted=sum(skill in wanted for skill in own),
        rating=item.rating,
        rating_count=item.rating_count,
        believed=rounded(shrunk_rating(item)) if rated else None,
        overlaps=tuple(shares[:MOST_OVERLAPS]),
    )


def _levels(item: Credential) -> dict[str, float]:
    return {outcome.skill_id: outcome.level for outcome in item.outcomes if teaches(outcome)}
