"""What training never sees, so that the benchmark can ask for it: drawn from a seed, the same on every machine.

Both training and the benchmark call :func:`hold_out` and nothing else, so that they cannot disagree.
"""

from __future__ import annotations

import hashlib
import random
from dataclasses import dataclass, replace

from skillmatch.domain.skills.taxonomy import Taxonomy

HELD_OUT_SEED = 20_261
SKILL_SHARE = 0.10
OCCUPATION_SHARE = 0.10


@dataclass(frozen=True)
class Held:
    """A taxonomy without what is held out, and what that is.

    ``skills`` keep their label and description in ``left`` but none of their aliases; ``occupations`` keep their
    names but none of their links to skills.
    """

    left: Taxonomy
    skills: frozenset[str]
    occupations: frozenset[str]


def hold_out(taxonomy: Taxonomy, *, seed: int = HELD_OUT_SEED) -> Held:
    """Take away all aliases of a tenth of the skills and all links of a tenth of the occupations.

    The draw depends on the sorted ids and the seed alone.
    """
    draw = random.Random(seed)  # noqa: S311 - repeatable on purpose
    skills = _drawn([skill.id for skill in taxonomy.skills.values() if skill.aliases], SKILL_SHARE, draw)
    occupations = _drawn(
        [occupation.id for occupation in taxonomy.occupations.values() if occupation.requirements],
        OCCUPATION_SHARE,
        draw,
    )
    left = Taxonomy.of(
        taxonomy.name,
        taxonomy.version,
        [replace(skill, aliases=()) if skill.id in skills else skill for skill in taxonomy.skills.values()],
        taxonomy.relations,
        [
            replace(occupation, requirements=()) if occupation.id in occupations else occupation
            for occupation in taxonomy.occupations.values()
        ],
    )
    return Held(left, skills, occupations)


def calibrates(skill_id: str) -> bool:
    """Whether a held-out skill's aliases may calibrate the linker; those of the other half only ever measure."""
    return hashlib.sha256(skill_id.encode()).digest()[0] % 2 == 0


def _drawn(ids: list[str], share: float, draw: random.Random) -> frozenset[str]:
    return frozenset(draw.sample(sorted(ids), round(share * len(ids))))
