"""From what a text asks for to the requirements of a role: level, weight and whether the work hangs on it."""

from __future__ import annotations

from skillmatch.domain.extraction import Demand, Extraction, FoundSkill, Years
from skillmatch.domain.role import Requirement, RequirementKind, RequirementState
from skillmatch.domain.role_suggestion import SuggestedRequirement

WEIGHT = {Demand.REQUIRED: 1.0, Demand.UNSTATED: 0.7, Demand.PREFERRED: 0.5, Demand.NICE_TO_HAVE: 0.25}
"""What a skill weighs by how strongly the text asks for it (our assumption)."""

ESSENTIAL = frozenset({Demand.REQUIRED, Demand.UNSTATED})
"""What an advert names without a word like "nice to have" is taken as what the work is about (our assumption)."""

USUAL_LEVEL = {Demand.REQUIRED: 3.0, Demand.UNSTATED: 3.0, Demand.PREFERRED: 2.0, Demand.NICE_TO_HAVE: 2.0}
"""The level where the text gives no sign of one: independent for what is asked for, else basic (our assumption)."""

LEVEL_OF_YEARS = ((8.0, 5.0), (3.0, 4.0), (1.0, 3.0), (0.0, 2.0))
"""From so many years of experience on such a level, highest first. Our assumption: years are weak evidence of skill."""


def suggest_requirements(found: Extraction) -> tuple[SuggestedRequirement, ...]:
    """The requirements that an advert suggests, in the order of the extraction; what it denies is left out."""
    return tuple(_suggested(skill) for skill in found.skills if not skill.negated)


def level_of(years: Years) -> float:
    """The level (0-5) that so many years of experience stand for."""
    return next(level for least, level in LEVEL_OF_YEARS if years.least >= least)


def _suggested(skill: FoundSkill) -> SuggestedRequirement:
    if skill.level:  # a cue of level 0 asks for nothing that could be required
        level, basis = skill.level, "cue"
    elif skill.years is not None:
        level, basis = level_of(skill.years), "years"
    else:
        level, basis = USUAL_LEVEL[skill.demand], "assumed"
    kind = RequirementKind.ESSENTIAL if skill.demand in ESSENTIAL else RequirementKind.OPTIONAL
    return SuggestedRequirement(
        requirement=Requirement(skill.skill_id, level, WEIGHT[skill.demand], kind, RequirementState.SUGGESTED),
        label=skill.label,
        demand=skill.demand,
        years=skill.years,
        probability=skill.probability,
        level_basis=basis,
        quote=skill.quote,
    )
