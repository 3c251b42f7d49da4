"""Searching names finds what looking at each of them would, in the same order."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from skillmatch.domain.skills.skill import Skill
from skillmatch.domain.skills.taxonomy import Taxonomy, fold
from skillmatch.service.core.skill_search import SkillNames

WORDS = st.text("ab é", min_size=1, max_size=6).filter(str.strip)


def looked_at(taxonomy: Taxonomy, text: str, limit: int) -> list[str]:
    wanted = fold(text)
    best: dict[str, tuple[bool, int, str]] = {}
    for name, skill_ids in taxonomy.by_name.items() if wanted else ():
        if wanted in name:
            for skill_id in skill_ids:
                rank = (not name.startswith(wanted), len(name), skill_id)
                best[skill_id] = min(rank, best.get(skill_id, rank))
    return [skill_id for *_, skill_id in sorted(best.values())[:limit]]


@given(st.lists(st.lists(WORDS, min_size=1, max_size=3, unique=True), max_size=8), WORDS, st.integers(1, 9))
def test_it_finds_what_looking_at_every_name_finds(names: list[list[str]], text: str, limit: int) -> None:
    skills = [Skill(f"s{place}", own[0], tuple(own[1:])) for place, own in enumerate(names)]
    taxonomy = Taxonomy.of("t", "1", skills)
    found = SkillNames(taxonomy)

    assert list(found.search(text, limit)) == looked_at(taxonomy, text, limit)
    assert found.search(text, limit) == found.search(text, limit)


@given(st.lists(WORDS, max_size=8), WORDS)
def test_completions_begin_so_and_name_each_skill_once(labels: list[str], text: str) -> None:
    taxonomy = Taxonomy.of("t", "1", [Skill(f"s{place}", label) for place, label in enumerate(labels)])
    found = SkillNames(taxonomy).complete(text, 100)
    beginning = {f"s{place}" for place, label in enumerate(labels) if fold(label).startswith(fold(text))}
    assert {skill_id for skill_id, _ in found} == beginning
    assert len(found) == len(beginning)
