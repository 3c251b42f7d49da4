"""The taxonomy's own names in frames: half of the skills remind the encoder while it learns, half guard the result."""

from __future__ import annotations

import hashlib
import random
from collections import Counter
from collections.abc import Sequence

from skillmatch.domain.skills.skill import Skill, SkillType
from skillmatch.domain.skills.taxonomy import Taxonomy, fold
from skillmatch.matching.training.phrases import first_sentence, phrase
from skillmatch.matching.tuning.lessons import Lesson

MOST_GUARDED = 300
MOST_DESCRIBED = 100
STRAY = (
    "we are an equal opportunity employer",
    "free parking and a subsidised canteen",
    "please send your documents by the end of the month",
    "the office is close to the main station",
    "thirty days of paid leave each year",
    "founded in 1987 as a family business",
    "xqz vrrt plomf",
    "lorem brindle quast",
    "salary according to the collective agreement",
    "our values guide everything that happens here",
    "this position is open from the first of May",
    "see the map below for directions",
)
"""Texts of our own that mean no skill; what is sure of one there has got worse."""
STRAY_REMINDERS = (
    "applications are reviewed on a rolling basis",
    "the canteen offers a vegetarian dish every day",
    "part of an international group since 2004",
    "your contact for questions is the front desk",
    "no experience is needed",
    "we look forward to hearing from you",
    "brumf eltrik sav",
    "discounts at local shops",
    "the contract is limited to two years",
    "a friendly place with short distances",
    "more about us on the website",
    "reference number 44-1207",
)
"""Others of that kind, for setting the curve."""


def reminders(taxonomy: Taxonomy, seed: int, most: int) -> tuple[tuple[str, str], ...]:
    """At most ``most`` pairs of a phrase around a name and its skill, of the skills that do not guard."""
    draw = random.Random(f"reminders:{seed}")  # noqa: S311 - repeatable on purpose
    skills = _named(taxonomy, guarding=False)
    chosen = draw.sample(skills, min(most, len(skills)))
    return tuple((_framed(skill, name, draw), skill.id) for skill, name in chosen)


def guard(taxonomy: Taxonomy) -> tuple[Lesson, ...]:
    """What must stay as it is: phrases around names and descriptions of the other half, and stray texts.

    They depend on the taxonomy alone, so no seed can be looked for that passes them.
    """
    draw = random.Random("guard")  # noqa: S311 - repeatable on purpose
    named = _named(taxonomy, guarding=True)
    chosen = draw.sample(named, min(MOST_GUARDED, len(named)))
    framed = [Lesson(_framed(skill, name, draw), (skill.id,)) for skill, name in chosen]
    described = [
        Lesson(first_sentence(skill.description), (skill.id,)) for skill, _ in chosen if len(skill.description) > 20
    ]
    return (*framed, *described[:MOST_DESCRIBED], *(Lesson(text, blocked=True) for text in STRAY))


def curve_reminders(reminded: Sequence[tuple[str, str]]) -> tuple[Lesson, ...]:
    """What the curve must go on being right about besides the decisions: names, and texts that mean no skill."""
    named = (Lesson(text, (skill_id,)) for text, skill_id in reminded[:MOST_DESCRIBED])
    return (*named, *(Lesson(text, blocked=True) for text in STRAY_REMINDERS))


def _named(taxonomy: Taxonomy, *, guarding: bool) -> list[tuple[Skill, str]]:
    """Skills of one half, each with a name that no other skill has: an alias where there is one."""
    skills = [skill for _, skill in sorted(taxonomy.skills.items()) if not skill.deprecated]
    owners = Counter(name for skill in skills for name in {fold(name) for name in skill.names})
    found = []
    for skill in skills:
        own = [name for name in (*skill.names[1:], skill.names[0]) if owners[fold(name)] == 1]
        if own and (hashlib.sha256(f"guard:{skill.id}".encode()).digest()[0] % 2 == 0) == guarding:
            found.append((skill, own[0]))
    return found


def _framed(skill: Skill, name: str, draw: random.Random) -> str:
    return phrase(name, verb=skill.type is SkillType.SKILL and " " in name, draw=draw)
