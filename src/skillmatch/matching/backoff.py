"""Back-off: when two skills under one broader skill tie, the broader one is the surer answer."""

from __future__ import annotations

from collections.abc import Sequence

from skillmatch.domain.text.link import Link, LinkBasis
from skillmatch.matching.index import SkillIndex

TIE = 0.5
"""Two links tie when the less probable one has at least this part of the other's probability (our choice)."""

LEAST = 0.2
"""A link below this probability takes part in no tie: nothing would be gained from adding up doubts."""


def backed_off(index: SkillIndex, links: Sequence[Link], threshold: float) -> tuple[Link, ...]:
    """The links of one text, best first, with the broader skill before them where it alone is sure enough.

    That is so when no link reaches ``threshold``, the two best tie and have a broader skill in common, and the
    text means one or the other with at least that probability (their sum: it means one of them, not both; where it
    names one, or where the sum is above 1, it may well mean both, and nothing changes). The
    common skill (the first by id where there are several) gets the sum; its similarity is that of the best.
    """
    if len(links) < 2 or links[0].probability >= threshold:
        return tuple(links)
    first, second = links[:2]
    both = round(first.probability + second.probability, 6)
    if second.probability < max(LEAST, TIE * first.probability) or not threshold <= both <= 1:
        return tuple(links)
    if LinkBasis.LEXICAL in (first.basis, second.basis):
        return tuple(links)
    shared = sorted(index.broader.get(first.skill_id, frozenset()) & index.broader.get(second.skill_id, frozenset()))
    if not shared:
        return tuple(links)
    place = index.position[shared[0]]
    above = Link(shared[0], index.labels[place], both, first.similarity, LinkBasis.BROADER)
    return (above, *(link for link in links if link.skill_id != above.skill_id))
