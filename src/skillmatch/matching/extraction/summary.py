"""Summary: the mentions of one text put together, one line a skill."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from skillmatch.domain.text.extraction import DEMAND_ORDER, FoundSkill, Mention, Years


def summarised(mentions: Iterable[Mention]) -> tuple[FoundSkill, ...]:
    """One line per skill: best probability, strongest demand, most years, highest level; denied skills come last.

    A mention that denies a skill counts only where all do.
    """
    by_skill: dict[str, list[Mention]] = {}
    for mention in mentions:
        by_skill.setdefault(mention.link.skill_id, []).append(mention)
    found = [_of_skill(group) for group in by_skill.values()]
    found.sort(key=lambda skill: (skill.negated, DEMAND_ORDER.index(skill.demand), -skill.probability, skill.skill_id))
    return tuple(found)


def _of_skill(mentions: Sequence[Mention]) -> FoundSkill:
    meant = [mention for mention in mentions if not mention.cues.negated] or list(mentions)
    best = max(meant, key=lambda mention: (mention.link.probability, -mention.start))
    levels = [mention.cues.level for mention in meant if mention.cues.level is not None]
    return FoundSkill(
        best.link.skill_id,
        best.link.label,
        best.link.probability,
        best.link.basis,
        min((mention.cues.demand for mention in meant), key=DEMAND_ORDER.index),
        meant[0].cues.negated,
        _most(mention.cues.years for mention in meant),
        max(levels, default=None),
        len(mentions),
        best.quote,
    )


def _most(years: Iterable[Years | None]) -> Years | None:
    """The years with the highest lower end, of those with the highest upper one; no upper end is the highest."""
    stated = [item for item in years if item is not None]
    return max(stated, key=lambda item: (item.least, float("inf") if item.most is None else item.most), default=None)
