"""Figures that published taxonomies do not give, assumed in this one place.

ESCO says only that a skill is essential or optional to an occupation. We read "essential" as: a person does it
independently (level 3), full weight; "optional" as: a basic command helps (level 2), at two fifths of the weight,
so that two optional skills never outweigh one essential.

O*NET rates importance (IM, 1-5) and level (LV, 0-7). Importance becomes a weight by a straight line from 1 ("not
important", weight 0) to 5 (weight 1). From 3 ("important") on a skill counts as essential. A level below half a
step on our scale is nearer to none than to aware and asks for nothing.

O*NET names the software that people in an occupation use but rates neither importance nor level. An occupation can
name hundreds, so a single one weighs little and is never essential: a twentieth where it is merely named, a tenth
where employers in general ask for it ("hot technology"), three tenths where employers of this very occupation do
("in demand"); basic command (2), or independent use (3) when in demand.
"""

from __future__ import annotations

from skillmatch.domain.roles.role import Requirement, RequirementKind, RequirementState

ESCO_FIGURES = {
    RequirementKind.ESSENTIAL: (3.0, 1.0),
    RequirementKind.OPTIONAL: (2.0, 0.4),
}
"""For each kind of ESCO link the level (0-5) and weight (0-1) that it is taken to mean."""

ONET_ESSENTIAL_FROM = 3.0
"""Importance (1-5) from which an O*NET rating makes a skill essential."""

ONET_LEAST_LEVEL = 0.5
"""Level (0-5) below which an O*NET rating asks for nothing."""

TECHNOLOGY_WEIGHT = 0.05
HOT_TECHNOLOGY_WEIGHT = 0.1
IN_DEMAND_WEIGHT = 0.3
TECHNOLOGY_LEVEL = 2.0
IN_DEMAND_LEVEL = 3.0


def onet_weight(importance: float) -> float:
    """The weight (0-1) of an O*NET importance (1-5)."""
    return round((importance - 1) / 4, 6)


def esco_requirement(skill_id: str, kind: RequirementKind) -> Requirement:
    """What an ESCO link of a kind asks for."""
    level, weight = ESCO_FIGURES[kind]
    return Requirement(skill_id, level, weight, kind, RequirementState.SUGGESTED)


def onet_requirement(skill_id: str, importance: float, level: float) -> Requirement:
    """What an O*NET rating asks for: ``importance`` 1-5, above 1; ``level`` already on our scale 0-5."""
    kind = RequirementKind.ESSENTIAL if importance >= ONET_ESSENTIAL_FROM else RequirementKind.OPTIONAL
    return Requirement(skill_id, level, onet_weight(importance), kind, RequirementState.SUGGESTED)


def technology_requirement(skill_id: str, *, hot: bool, in_demand: bool) -> Requirement:
    """What naming a technology asks for."""
    level = IN_DEMAND_LEVEL if in_demand else TECHNOLOGY_LEVEL
    weight = IN_DEMAND_WEIGHT if in_demand else HOT_TECHNOLOGY_WEIGHT if hot else TECHNOLOGY_WEIGHT
    return Requirement(skill_id, level, weight, RequirementKind.OPTIONAL, RequirementState.SUGGESTED)
