"""Several pieces about one skill become one level with its uncertainty.

Each piece says "about this level", as a normal likelihood over levels whose variance is ``ERROR**2 / weight``. Before
anything is said every level is as likely as any other (the weakest prior there is). The product of normal likelihoods
is normal again: its mean is the weighted mean of the levels said, its variance ``ERROR**2 / sum of weights``. That is
the same as multiplying them on a fine grid (a test does), only exact and fast.

An award says "at least": the likelihood ``exp(-(level - x)**2 / 2 variance)`` below its level and 1 above. The level
of greatest likelihood then is the weighted mean with just those awards that lie above it, which is the highest of the
means with any choice of awards. So awards are read in the person's favour, one more never lowers a level, and raising
any piece never does.
"""

from __future__ import annotations

from collections.abc import Sequence
from math import sqrt
from typing import NamedTuple

from skillmatch.domain.base.answer import rounded
from skillmatch.domain.people.attainment import Attainment
from skillmatch.domain.people.person import Evidence, EvidenceSource
from skillmatch.gaps.weighing import ERROR, shared_out

EIGHTY = 1.2815515655446004
"""So many standard deviations to either side hold 80 % of a normal distribution."""

CONTRADICTS = 2.0
"""Two pieces contradict each other when they differ by more than so many standard deviations of their difference."""

THIN_BELOW = 0.3
"""One piece alone is thin evidence below this weight, a peer's fresh word."""

NOTHING_KNOWN = 5 / sqrt(12)
"""The standard deviation where every level 0 to 5 is as likely: no statement leaves one less sure than none (1.44)."""

AT_LEAST = frozenset({EvidenceSource.AWARD, EvidenceSource.RECOGNITION})
"""The sources that say "at least": a certificate does not tell how much more its holder can do."""


class Said(NamedTuple):
    """A piece of evidence with what it weighs by itself."""

    weight: float
    piece: Evidence


def combine(skill_id: str, said: Sequence[Said]) -> Attainment:
    """What the pieces (one or more, newest first) about one skill add up to; see the top of this module.

    Where pieces contradict each other the deviation is multiplied by how much further apart they are than they should
    be, as Birge (1932) does with measurements that disagree.
    """
    weights = [entry.weight for entry in said]
    if len(said) > 1:
        weights = shared_out([_source(entry.piece) for entry in said], weights)
    level, counted = _level_and_weights(said, weights)
    deviation = _deviation(said, weights, level, counted)
    apart = _apart(said) if len(said) > 1 else 0.0
    if apart > CONTRADICTS:
        deviation *= apart / CONTRADICTS
    doubt = 1.0
    for one in weights:
        doubt *= 1.0 - one
    level, deviation = rounded(level), rounded(min(deviation, NOTHING_KNOWN))
    return Attainment(
        skill_id=skill_id,
        level=level,
        confidence=rounded(1.0 - doubt),
        evidence=tuple(entry.piece for entry in said),
        low=rounded(max(0.0, level - EIGHTY * deviation)),
        high=rounded(min(5.0, level + EIGHTY * deviation)),
        deviation=deviation,
        thin=len(said) == 1 and weights[0] < THIN_BELOW,
        contradictory=apart > CONTRADICTS,
        weights=tuple(rounded(one) for one in counted),
    )


def _source(piece: Evidence) -> object:
    """Pieces with the same one are off together. Nothing says who the peers were: they count as one group."""
    if piece.source is EvidenceSource.ASSESSMENT:
        return piece.source, piece.on
    if piece.source in AT_LEAST:
        return piece.source, piece.note, piece.on, piece.level
    return piece.source


def _level_and_weights(said: Sequence[Said], weights: Sequence[float]) -> tuple[float, list[float]]:
    """The level of greatest likelihood, and the weights with 0 for the awards that have no part in it."""
    if len(said) == 1:
        return said[0].piece.level, list(weights)
    total = points = 0.0
    counted = list(weights)
    awards = []
    for place, (entry, one) in enumerate(zip(said, weights, strict=True)):
        if entry.piece.source in AT_LEAST:
            awards.append((-entry.piece.level, -one, place))
        else:
            total += one
            points += one * entry.piece.level
    for minus_level, _, place in sorted(awards):
        if total and -minus_level < points / total - 1e-9:
            counted[place] = 0.0
        else:
            total += weights[place]
            points += weights[place] * -minus_level
    levels = [entry.piece.level for entry in said]
    return min(max(points / total, min(levels)), max(levels)), counted


def _deviation(said: Sequence[Said], weights: Sequence[float], level: float, counted: Sequence[float]) -> float:
    """The standard deviation in levels. An award below the level still says that it does not lie far below it."""
    deviation = ERROR / sqrt(sum(counted))
    for entry, one, part in zip(said, weights, counted, strict=True):
        if not part:
            deviation = min(deviation, (level - entry.piece.level) / EIGHTY + ERROR / sqrt(one))
    return deviation


def _apart(said: Sequence[Said]) -> float:
    """How many standard deviations of their difference the two pieces lie apart that differ most."""
    widest = 0.0
    for place, (weight, piece) in enumerate(said):
        for other_weight, other in said[:place]:
            low, high = (piece, other) if piece.level < other.level else (other, piece)
            if low.source in AT_LEAST:
                continue  # at least 2 does not contradict 5
            difference = high.level - low.level
            if difference > CONTRADICTS * ERROR:
                widest = max(widest, difference / (ERROR * sqrt(1 / weight + 1 / other_weight)))
    return widest
