"""A garden centre's skills, and words for them that only its people use."""

from __future__ import annotations

import pytest

from skillmatch.domain.skills.skill import Skill
from skillmatch.domain.skills.taxonomy import Taxonomy

SKILLS = {
    "prune": "prune trees",
    "graft": "graft fruit plants",
    "compost": "make compost",
    "water": "water plants",
    "till": "operate a cash register",
    "complain": "answer complaints",
    "drive": "drive a delivery van",
    "stock": "count stock",
    "mow": "cut lawns",
    "pest": "fight plant pests",
    "bouquet": "bind bouquets",
    "plan": "draw garden plans",
}


@pytest.fixture(scope="session")
def garden() -> Taxonomy:
    return Taxonomy.of("garden", "1", [Skill(key, label) for key, label in SKILLS.items()])
