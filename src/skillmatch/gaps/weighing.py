"""What one piece of evidence weighs: who says it, how sure they are, how old it is, and who else says the same.

Weight 1 is a fresh examination by somebody who is sure; it is off by ``ERROR`` levels (one standard deviation). A piece
of weight w is off by ``ERROR / sqrt(w)``, so that a weight is also the number of such examinations it is worth.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from skillmatch.domain.people.person import EvidenceSource
from skillmatch.domain.skills.skill import SkillType

ERROR = 0.5
"""How far off a fresh examination is, in levels: one standard deviation (our assumption)."""

TRUST: dict[EvidenceSource, float] = {
    EvidenceSource.ASSESSMENT: 1.0,
    EvidenceSource.RECOGNITION: 1.0,
    EvidenceSource.AWARD: 0.7,
    EvidenceSource.MANAGER: 0.5,
    EvidenceSource.PEER: 0.3,
    EvidenceSource.SELF: 0.2,
    EvidenceSource.INFERRED: 0.1,
}
"""What a fresh statement of each source weighs. The order and the figures are our assumptions, not measurements: so a
manager is off by 0.7 levels, a peer by 0.9, people about themselves by 1.1 and a text by 1.6."""

LIKELY = 0.5
"""From this probability on, an outcome is what a credential teaches; below it is more likely wrong than right."""

UNEXAMINED = 0.6
"""An award whose course names no examination weighs this much of one that was examined: less than a manager's word."""

HALF_LIFE_DAYS: dict[SkillType, float] = {
    SkillType.KNOWLEDGE: 3 * 365.25,
    SkillType.SKILL: 4 * 365.25,
    SkillType.TRANSVERSAL: 8 * 365.25,
}
"""After so many days a piece weighs half as much. What one knows (tools, rules, products) is overtaken fastest, what
one does stays longer, working with people longest: our assumptions. Age makes a level unsure and never lowers it, for
whether somebody kept a skill up is just what an old statement does not say."""

ALIKE = 0.5
"""How far the errors of two pieces from one source go together (a correlation; our assumption)."""

LEAST = 0.005
"""A piece below this weight says nothing any more: its error is wider than the whole scale."""


def weight(source: EvidenceSource, confidence: float, age_days: float, half_life: float) -> float:
    """What one piece weighs by itself (0-1)."""
    return TRUST[source] * confidence * float(0.5 ** (age_days / half_life))


def worth_together(weights: Iterable[float]) -> float:
    """What pieces of one source weigh together: never less than the heaviest, never more than two of it.

    Ten times the same person's word is not ten persons' word. With errors that go together by ``ALIKE``, n equal
    pieces are worth ``n / (1 + (n - 1) * ALIKE)`` (the design effect of cluster samples, Kish 1965); so the kth
    heaviest adds the k-th difference of that. One more piece never makes the whole lighter.
    """
    ordered = sorted(weights, reverse=True)
    return sum(one * (_equal(count) - _equal(count - 1)) for count, one in enumerate(ordered, start=1))


def shared_out(groups: Sequence[object], weights: Sequence[float]) -> list[float]:
    """The weights in their order, those of one group made smaller alike until they come to what they are worth."""
    members: dict[object, list[float]] = {}
    for group, one in zip(groups, weights, strict=True):
        members.setdefault(group, []).append(one)
    if len(members) == len(weights):
        return list(weights)
    part = {group: worth_together(own) / sum(own) for group, own in members.items()}
    return [one * part[group] for group, one in zip(groups, weights, strict=True)]


def _equal(count: int) -> float:
    return count / (1 + (count - 1) * ALIKE) if count else 0.0
