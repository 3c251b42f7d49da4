"""A short way to put a person before a role and a catalogue."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date

import pytest

from skillmatch.domain.advice.advice import Advice, Limits, Preference
from skillmatch.domain.advice.counterfactual import Counterfactual
from skillmatch.domain.advice.pathway import Pace, Pathway
from skillmatch.domain.base.answer import Versions
from skillmatch.domain.catalogue.credential import Catalogue, Credential, Outcome, Stack
from skillmatch.domain.people.gap import Attainment, Gap
from skillmatch.domain.people.person import Award, Evidence, EvidenceSource, Person
from skillmatch.domain.roles.role import Requirement, Role
from skillmatch.gaps.gap import find_gap
from skillmatch.gaps.profile import build_profile
from skillmatch.recommend import RoleOffers, Situation, explain, find_pathway, rank

AS_OF = date(2026, 3, 2)  # a Monday


@dataclass(frozen=True)
class Case:
    """One person, role and catalogue, ready to be asked."""

    gap: Gap
    offers: RoleOffers
    situation: Situation

    def rank(self, limit: int = 100) -> Advice:
        return rank(self.gap, self.offers, self.situation, limit)

    def why(self, credential_id: str, limit: int = 5) -> Counterfactual:
        return explain(self.gap, self.offers, self.situation, credential_id, limit)

    def pathway(self, hours_per_week: float = 10, weeks: int = 52) -> Pathway:
        return find_pathway(self.gap, self.offers, self.situation, Pace(hours_per_week, weeks))


@pytest.fixture(scope="session")
def case_of() -> Callable[..., Case]:
    """Known levels, requirements (skill: level, or skill: (level, weight)) and credentials to a case.

    Levels are assessed today, so that they are the profile's exactly.
    """

    def build(
        knows: dict[str, float],
        needs: dict[str, float | tuple[float, float]],
        *credentials: Credential,
        awards: Iterable[Award] = (),
        limits: Limits | None = None,
        languages: tuple[str, ...] = (),
        preference: Preference | None = None,
        labels: dict[str, str] | None = None,
        stacks: Iterable[Stack] = (),
        hours_per_week: float | None = None,
        recognised: Iterable[str] = (),
    ) -> Case:
        catalogue = Catalogue.of(credentials, stacks)
        evidence = tuple(Evidence(skill, level, EvidenceSource.ASSESSMENT, AS_OF) for skill, level in knows.items())
        person = Person(
            "hr/ada",
            "Ada",
            languages=languages,
            hours_per_week=hours_per_week,
            evidence=evidence,
            awards=tuple(awards),
        )
        pairs = {skill: given if isinstance(given, tuple) else (given, 1.0) for skill, given in needs.items()}
        role = Role("hr/analyst", "Analyst", requirements=tuple(Requirement(s, *pair) for s, pair in pairs.items()))
        profile = build_profile(person, catalogue, AS_OF)
        for skill, level in knows.items():  # without the doubt that even an assessment leaves
            if not any(piece.source is EvidenceSource.AWARD for piece in profile.attainments[skill].evidence):
                profile.attainments[skill] = Attainment(skill, level, 1.0, profile.attainments[skill].evidence)
        gap = find_gap(profile, role, labels or {}, Versions("0.1.0", "t", "e", "l", "s"))
        offers = RoleOffers(role, catalogue, labels or {}, preference)
        given = Situation(person, profile, limits or Limits(), catalogue, AS_OF, frozenset(recognised))
        return Case(gap, offers, given)

    return build


@pytest.fixture(scope="session")
def course() -> Callable[..., Credential]:
    """A credential that teaches skills (skill: level) in 10 free hours unless told otherwise."""

    def build(name: str, teaches: dict[str, float], *, probability: float = 1.0, **fields: object) -> Credential:
        outcomes = tuple(Outcome(skill, level, probability=probability) for skill, level in teaches.items())
        return Credential(name, f"Course {name}", outcomes=outcomes, **{"hours": 10.0, "cost": 0.0} | fields)

    return build
