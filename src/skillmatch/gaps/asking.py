"""Asking: which question about a requirement is the cheapest that would settle whether it is met."""

from __future__ import annotations

from functools import lru_cache
from math import log2, sqrt

from skillmatch.domain.base.levels import HIGHEST, LEVEL_NAMES
from skillmatch.domain.people.attainment import chance_of
from skillmatch.domain.people.person import EvidenceSource
from skillmatch.domain.people.question import Question, QuestionKind
from skillmatch.domain.roles.role import Requirement
from skillmatch.gaps.reach import TOLERANCE
from skillmatch.gaps.weighing import ERROR, TRUST

MINUTES: dict[QuestionKind, float] = {
    QuestionKind.ASK_PERSON: 2.0,
    QuestionKind.ASK_MANAGER: 5.0,
    QuestionKind.ASSESS: 45.0,
}
"""What an answer costs of people's time, in minutes, cheapest first (our assumptions)."""

_ANSWERED_BY = {
    QuestionKind.ASK_PERSON: EvidenceSource.SELF,
    QuestionKind.ASK_MANAGER: EvidenceSource.MANAGER,
    QuestionKind.ASSESS: EvidenceSource.ASSESSMENT,
}

SURE_ENOUGH = {True: 0.85, False: 0.8}
"""How sure one wants to be of an essential requirement, and of an optional one, before it is settled (our guess)."""

CELLS = 40
_LEVELS = [(cell + 0.5) * HIGHEST / CELLS for cell in range(CELLS)]

_WORDS = {
    QuestionKind.ASK_PERSON: "Ask the person: how well do you do this",
    QuestionKind.ASK_MANAGER: "Ask the manager: how well do they do this",
    QuestionKind.ASSESS: "Set a short assessment: how well do they do this",
}


def cheapest_question(
    need: Requirement, label: str, mean: float | None = None, deviation: float | None = None
) -> Question:
    """The cheapest question after whose answer one expects to be ``SURE_ENOUGH`` whether a requirement is met.

    Where none is enough, the one that tells most. Without a mean nothing is known: every level from 0 to 5 is as
    likely. ``mean`` and ``deviation`` are in levels.
    """
    finest = None if mean is None or deviation is None else (round(mean, 1), max(0.1, round(deviation, 1)))
    return _question(need.level, need.essential, label, finest)


@lru_cache(maxsize=8192)  # what nobody knows of a role's skills is asked of everybody in the same words
def _question(wanted: float, essential: bool, label: str, known: tuple[float, float] | None) -> Question:
    kind, certainty, information = _choice(max(0.1, round(wanted, 1)), essential, known)
    name = LEVEL_NAMES[min(len(LEVEL_NAMES) - 1, round(wanted))]
    text = f"{_WORDS[kind]}: {label}? Level {wanted:g} ({name}) is wanted."
    return Question(kind, text, MINUTES[kind], certainty, information)


@lru_cache(maxsize=4096)
def _choice(wanted: float, essential: bool, known: tuple[float, float] | None) -> tuple[QuestionKind, float, float]:
    found = []
    for kind in MINUTES:
        certainty, information = expected(wanted, kind, known)
        if certainty >= SURE_ENOUGH[essential]:
            return kind, certainty, information
        found.append((kind, certainty, information))
    return max(found, key=lambda item: item[2])


def expected(wanted: float, kind: QuestionKind, known: tuple[float, float] | None) -> tuple[float, float]:
    """How sure one expects to be after the answer (0.5-1), and the bits it is expected to tell (0-1).

    The levels 0 to 5 are cut into ``CELLS`` cells with the probabilities of what is known (mean and deviation, or
    None), the answer is the true level with the error of its source; both figures are sums over levels and answers.
    """
    prior = [1.0 / CELLS] * CELLS if known is None else _normal(*known)
    met = [level >= wanted - TOLERANCE for level in _LEVELS]
    spread = ERROR / sqrt(TRUST[_ANSWERED_BY[kind]])
    total = sum(prior)
    before = sum(weight for weight, is_met in zip(prior, met, strict=True) if is_met) / total
    certainty = after = 0.0
    for answer in _LEVELS:
        yes = no = 0.0
        for level, weight, is_met in zip(_LEVELS, prior, met, strict=True):
            part = weight * _reported(answer, level, spread)
            if is_met:
                yes += part
            else:
                no += part
        certainty += max(yes, no)
        if yes + no > 0:
            after += (yes + no) * _bits(yes / (yes + no))
    return round(certainty / total, 6), max(0.0, round(_bits(before) - after / total, 6))


def _normal(mean: float, deviation: float) -> list[float]:
    half = HIGHEST / CELLS / 2
    return [
        max(1e-12, chance_of(level - half, mean, deviation) - chance_of(level + half, mean, deviation))
        for level in _LEVELS
    ]


@lru_cache(maxsize=CELLS * CELLS * len(MINUTES))
def _reported(answer: float, level: float, spread: float) -> float:
    """The probability that a level is reported as the cell of ``answer``; the ends take what would lie beyond them."""
    half = HIGHEST / CELLS / 2
    low = 1.0 if answer == _LEVELS[0] else chance_of(answer - half, level, spread)
    high = 0.0 if answer == _LEVELS[-1] else chance_of(answer + half, level, spread)
    return low - high


def _bits(probability: float) -> float:
    if probability <= 0.0 or probability >= 1.0:
        return 0.0
    return -probability * log2(probability) - (1 - probability) * log2(1 - probability)
