"""A small taxonomy with look-alikes, an index by letters alone, and the real encoder."""

from __future__ import annotations

import pytest

from skillmatch.domain.skills.skill import Skill, SkillType
from skillmatch.domain.skills.taxonomy import Taxonomy
from skillmatch.matching.encoder import Encoder
from skillmatch.matching.encoders.make import make_encoder
from skillmatch.matching.encoders.ngram_encoder import NgramEncoder
from skillmatch.matching.index import SkillIndex, build_index

KNOWLEDGE = SkillType.KNOWLEDGE


@pytest.fixture(scope="session")
def skills() -> Taxonomy:
    return Taxonomy.of(
        "small",
        "1",
        [
            Skill("c", "C (computer programming)", type=KNOWLEDGE),
            Skill("cpp", "C++", ("C plus plus",), type=KNOWLEDGE),
            Skill("csharp", "C#", ("C sharp",), type=KNOWLEDGE),
            Skill("objc", "Objective-C", type=KNOWLEDGE),
            Skill("java", "Java (computer programming)", ("Java",), type=KNOWLEDGE),
            Skill("js", "JavaScript", ("JS", "ECMAScript"), type=KNOWLEDGE),
            Skill("r", "R", ("R language",), type=KNOWLEDGE),
            Skill("go", "Go (computer programming)", ("Golang",), type=KNOWLEDGE),
            Skill("net", ".NET", ("dot net framework",), type=KNOWLEDGE),
            Skill("sql", "SQL", ("structured query language",), type=KNOWLEDGE),
            Skill("dbms", "database management systems", ("SQL", "databases"), type=KNOWLEDGE),
            Skill("ml", "machine learning", ("statistical learning",), type=KNOWLEDGE),
            Skill("forklift", "operate forklift", ("drive a forklift", "use a fork lift truck")),
            Skill("meetings", "fix meetings", ("organise meetings", "schedule meetings")),
            Skill("teamwork", "work in teams", ("collaborate with colleagues",), type=SkillType.TRANSVERSAL),
            Skill("bread", "bake bread", ("produce loaves",)),
            Skill("firstaid", "provide first aid", ("give first aid",)),
            Skill("spread", "use spreadsheets software", ("use Excel sheets",)),
            Skill("old", "punch cards", deprecated=True),
        ],
    )


@pytest.fixture(scope="session")
def letters_index(skills: Taxonomy) -> SkillIndex:
    return build_index(skills, None)


@pytest.fixture(scope="session")
def fake_index(skills: Taxonomy) -> SkillIndex:
    return build_index(skills, NgramEncoder())


@pytest.fixture(scope="session")
def real_encoder() -> Encoder:
    return make_encoder()


@pytest.fixture(scope="session")
def real_index(skills: Taxonomy, real_encoder: Encoder) -> SkillIndex:
    return build_index(skills, real_encoder)
