"""Skills whose names look alike are kept apart, with an encoder and without one."""

from __future__ import annotations

import pytest

from skillmatch.domain.skills.skill import Skill, SkillType
from skillmatch.domain.skills.taxonomy import Taxonomy
from skillmatch.matching.encoder import Encoder
from skillmatch.matching.index import build_index
from skillmatch.matching.linker import Linker

pytestmark = pytest.mark.encoder
KNOWLEDGE = SkillType.KNOWLEDGE

SKILLS = Taxonomy.of(
    "look-alikes",
    "1",
    [
        Skill("java", "Java (computer programming)", type=KNOWLEDGE),
        Skill("javascript", "JavaScript", type=KNOWLEDGE),
        Skill("typescript", "TypeScript", type=KNOWLEDGE),
        Skill("c", "C (computer programming)", type=KNOWLEDGE),
        Skill("cpp", "C++", type=KNOWLEDGE),
        Skill("csharp", "C#", type=KNOWLEDGE),
        Skill("objc", "Objective-C", type=KNOWLEDGE),
        Skill("r", "R", type=KNOWLEDGE),
        Skill("ruby", "Ruby", type=KNOWLEDGE),
        Skill("go", "Go (computer programming)", ("Golang",), type=KNOWLEDGE),
        Skill("sql", "SQL", type=KNOWLEDGE),
        Skill("nosql", "NoSQL", type=KNOWLEDGE),
        Skill("leadmetal", "solder lead came joints"),
        Skill("leadteam", "lead a team", ("team leadership",)),
        Skill("forklift", "operate forklift", ("drive a forklift",)),
        Skill("goods", "receive goods"),
        Skill("welding", "weld metal"),
        Skill("wedding", "plan weddings"),
    ],
)


@pytest.fixture(scope="module", params=["encoder", "letters"])
def linker(request: pytest.FixtureRequest, real_encoder: Encoder) -> Linker:
    encoder = real_encoder if request.param == "encoder" else None
    return Linker(build_index(SKILLS, encoder), encoder)


@pytest.mark.parametrize(
    ("text", "meant", "others"),
    [
        ("Java", "java", ("javascript",)),
        ("JavaScript", "javascript", ("java",)),
        ("C", "c", ("cpp", "csharp", "objc")),
        ("C++", "cpp", ("c", "csharp", "objc")),
        ("C#", "csharp", ("c", "cpp", "objc")),
        ("Objective-C", "objc", ("c", "cpp", "csharp")),
        ("R", "r", ("ruby", "c")),
        ("Golang", "go", ("goods",)),
        ("SQL", "sql", ("nosql",)),
        ("NoSQL", "nosql", ("sql",)),
        ("lead a team", "leadteam", ("leadmetal",)),
        ("solder lead came joints", "leadmetal", ("leadteam",)),
        ("weld metal", "welding", ("wedding",)),
        ("drive a forklift", "forklift", ("r", "c", "go")),
    ],
)
def test_the_one_is_meant_and_not_the_other(linker: Linker, text: str, meant: str, others: tuple[str, ...]) -> None:
    (answer,) = linker.link([text], top=len(SKILLS.skills))
    assert answer.links[0].skill_id == meant
    threshold = linker.calibration(answer.degraded).threshold
    probability = {link.skill_id: link.probability for link in answer.links}
    for other in others:
        assert probability[other] < min(threshold, probability[meant] / 2), other


@pytest.mark.parametrize(
    ("sentence", "never"),
    [
        ("You go to the customer and receive the goods.", "go"),
        ("Forklift work for our Oracle customers", "r"),
        ("We lead the market in cheese.", "leadmetal"),
        ("Vitamin C and plan B", "c"),
    ],
)
def test_a_word_in_a_sentence_is_not_taken_for_the_name_of_a_skill(linker: Linker, sentence: str, never: str) -> None:
    (answer,) = linker.link([sentence], top=len(SKILLS.skills))
    assert answer.best is None or answer.best.skill_id != never
