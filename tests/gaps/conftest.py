"""Short ways to say what a person was said to be able to do."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest

from skillmatch.domain.base.answer import Versions
from skillmatch.domain.catalogue.credential import Catalogue
from skillmatch.domain.people.gap import Gap, Profile
from skillmatch.domain.people.person import Award, Evidence, EvidenceSource, Person
from skillmatch.domain.roles.role import Requirement, Role
from skillmatch.gaps.gap import find_gap
from skillmatch.gaps.profile import build_profile

AS_OF = date(2026, 3, 2)
VERSIONS = Versions("0.1.0", "starter-1", "ngram", "linker-1", "snapshot")


@pytest.fixture(scope="session")
def profile_of() -> Callable[..., Profile]:
    """Evidence and awards to a profile on 2 March 2026."""

    def build(*evidence: Evidence, awards: tuple[Award, ...] = (), catalogue: Catalogue | None = None) -> Profile:
        person = Person("hr/ada", "Ada", evidence=evidence, awards=awards)
        return build_profile(person, catalogue or Catalogue.of(()), AS_OF)

    return build


@pytest.fixture(scope="session")
def gap_of() -> Callable[..., Gap]:
    """Known levels and requirements to a gap; the levels are assessed, so that they are the profile's."""

    def build(levels: dict[str, float], *needs: Requirement, labels: dict[str, str] | None = None) -> Gap:
        evidence = tuple(Evidence(skill, level, EvidenceSource.ASSESSMENT, AS_OF) for skill, level in levels.items())
        profile = build_profile(Person("hr/ada", "Ada", evidence=evidence), Catalogue.of(()), AS_OF)
        return find_gap(profile, Role("hr/analyst", "Analyst", requirements=needs), labels or {}, VERSIONS)

    return build
