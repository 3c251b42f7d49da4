"""What has to come before a credential, and whether a person has it."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from skillmatch.domain.advice.advice import Exclusion, ExclusionReason
from skillmatch.domain.catalogue.credential import Credential, SkillPrerequisite
from skillmatch.gaps.gap import attains
from skillmatch.recommend.situation import Situation


def first_lacking(
    credential: Credential, has: Callable[[str], bool], levels: Mapping[str, float]
) -> str | SkillPrerequisite | None:
    """The first prerequisite that is not met: the id of a credential, or a skill at a level; None when all are."""
    for needed in credential.requires_credentials:
        if not has(needed):
            return needed
    for skill in credential.requires_skills:
        if not attains(levels.get(skill.skill_id, 0.0), skill.level):
            return skill
    return None


def missing_prerequisite(credential: Credential, situation: Situation, labels: Mapping[str, str]) -> Exclusion | None:
    """Why a credential cannot be begun yet: the first prerequisite that the person lacks today, or None."""
    lacking = first_lacking(credential, situation.satisfies, situation.levels)
    if lacking is None:
        return None
    if isinstance(lacking, SkillPrerequisite):
        level = situation.levels.get(lacking.skill_id)
        stands = "nothing is known" if level is None else f"{level:.1f} is known"
        detail = f"needs {labels.get(lacking.skill_id, lacking.skill_id)} at level {lacking.level:g}; {stands}"
        supplier = situation.supplier(lacking)
        if supplier is not None:
            detail += f"; '{supplier.title}' teaches it"
    else:
        other = situation.catalogue.credentials.get(lacking)
        begun = ", which is already begun" if lacking in situation.running else ""
        detail = f"needs '{other.title if other else lacking}' first{begun}"
    return Exclusion(credential.id, credential.title, ExclusionReason.PREREQUISITE_MISSING, detail)
