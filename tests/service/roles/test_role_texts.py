from __future__ import annotations

import pytest

from skillmatch.domain.base.answer import Status
from skillmatch.domain.text.extraction import Demand, Extraction, FoundSkill, Years
from skillmatch.domain.text.link import LinkBasis
from skillmatch.service.roles.roles import level_of, suggest_requirements


def found(name: str, demand: Demand = Demand.REQUIRED, *, negated: bool = False, **fields) -> FoundSkill:
    years, level = fields.get("years"), fields.get("level")
    return FoundSkill(name, name.title(), 0.9, LinkBasis.EXACT, demand, negated, years, level, 1, f"knows {name}")


def suggested(*skills: FoundSkill):
    return suggest_requirements(Extraction("advert", "text", Status.OK, "", skills, (), ()))


def test_the_words_decide_level_weight_and_kind_and_stay_beside_them() -> None:
    cue, years, nice = suggested(
        found("sql", level=4.0, years=Years(1)), found("java", years=Years(5)), found("ruby", Demand.NICE_TO_HAVE)
    )
    assert (cue.requirement.level, cue.level_basis, cue.quote) == (4.0, "cue", "knows sql")
    assert (years.requirement.level, years.level_basis, years.requirement.essential) == (4.0, "years", True)
    assert (nice.requirement.level, nice.level_basis, nice.requirement.essential) == (2.0, "assumed", False)
    assert nice.requirement.weight < cue.requirement.weight
    assert {item.requirement.state.value for item in (cue, years, nice)} == {"suggested"}


def test_what_is_denied_is_not_required() -> None:
    assert suggested(found("sql", negated=True)) == ()


@pytest.mark.parametrize(("years", "level"), [(0.5, 2.0), (1, 3.0), (3, 4.0), (10, 5.0)])
def test_more_years_never_stand_for_less(years: float, level: float) -> None:
    assert level_of(Years(years)) == level
