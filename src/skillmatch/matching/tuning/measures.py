"""Measures: how well a linker agrees with decisions that it has not seen, and when one linker is better."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from skillmatch.domain.base.errors import ModelError
from skillmatch.domain.text.link import LinkAnswer
from skillmatch.matching.decisions import NO_DECISIONS
from skillmatch.matching.linker import Linker
from skillmatch.matching.tuning.lessons import Lesson

TOP = 30  # links of a text that are looked at; a skill further down has probability 0
LEAST_CHANCE = 0.001  # probabilities are taken as at least this and at most 1 less it, so no single one decides
BINS = 10
SURE = 1.645
"""The mean gain must be this many standard errors above 0: one in twenty by chance alone (one-sided normal)."""
GUARD_RIGHT = 0.01
GUARD_LOSS = 0.03


@dataclass(frozen=True, slots=True)
class Measures:
    """How a linker does on lessons; None where no decision says anything about it.

    ``right_first`` is the share of texts with a meaning whose best link is right, ``rp5`` the R-precision of their
    first five. ``on_rejects`` is the mean probability given to rejected skills (of blocked texts: to the best link),
    ``log_loss`` the mean over all decisions in nats, ``calibration_error`` (ECE) that of best links in ten bins.
    """

    texts: int = 0
    decisions: int = 0
    meant_texts: int = 0
    right_first: float | None = None
    rp5: float | None = None
    rejects: int = 0
    on_rejects: float | None = None
    log_loss: float | None = None
    judged_links: int = 0
    calibration_error: float | None = None
    losses: tuple[float, ...] = ()

    def to_json(self) -> dict[str, Any]:
        """The documented shape; the losses of single decisions are left out."""
        names = self.__slots__[:-1]
        return {name: getattr(self, name) for name in names}


def measure(linker: Linker, lessons: Sequence[Lesson]) -> Measures:
    """Measure a linker with people's own decisions switched off: they would answer for it. Raises ``ModelError``."""
    if linker.decisions is not NO_DECISIONS:
        raise ValueError("a linker that heeds decisions cannot be measured on them")
    answers = linker.link([lesson.text for lesson in lessons], top=TOP, abstain=False)
    if any(answer.degraded for answer in answers):
        raise ModelError("the encoder failed while it was measured.", remedy="Run 'skillmatch doctor'.")
    first: list[float] = []
    five: list[float] = []
    rejects: list[float] = []
    losses: list[float] = []
    judged: list[tuple[float, bool]] = []
    for lesson, answer in zip(lessons, answers, strict=True):
        chances = {link.skill_id: link.probability for link in answer.links}
        best = answer.links[0] if answer.links else None
        wrong = [chances.get(skill, 0.0) for skill in lesson.never]
        if lesson.blocked:
            wrong.append(best.probability if best else 0.0)
        rejects += wrong
        losses += [-math.log1p(-_within(chance)) for chance in wrong]
        losses += [-math.log(_within(chances.get(skill, 0.0))) for skill in lesson.means]
        if lesson.means:
            first.append(float(best is not None and best.skill_id in lesson.means))
            five.append(_r_precision(lesson, answer))
        if best is not None and (lesson.means or lesson.blocked or best.skill_id in lesson.never):
            judged.append((best.probability, best.skill_id in lesson.means))
    return Measures(
        texts=len(lessons),
        decisions=len(losses),
        meant_texts=len(first),
        right_first=_mean(first),
        rp5=_mean(five),
        rejects=len(rejects),
        on_rejects=_mean(rejects),
        log_loss=_mean(losses),
        judged_links=len(judged),
        calibration_error=_calibration_error(judged),
        losses=tuple(losses),
    )


def why_not(before: Measures, after: Measures, guarded: Measures, guarded_after: Measures) -> str:
    """Why the tuned linker must not be put in force, in words; "" when it may.

    It must lose less on held-out decisions, by more than chance explains, be right at least as often, and on the
    guard fall behind the packaged one by no more than 0.01 (right first) and 0.03 nats.
    """
    gains = np.array(before.losses) - np.array(after.losses)
    error = float(gains.std(ddof=1) / math.sqrt(len(gains))) if len(gains) > 1 else math.inf
    if not gains.size or gains.mean() <= max(SURE * error, 1e-6):
        return "it is not surely better on the decisions that were held out"
    if (after.right_first or 0) < (before.right_first or 0) or (after.rp5 or 0) < (before.rp5 or 0):
        return "it ranks fewer held-out texts right"
    if (guarded_after.right_first or 0) < (guarded.right_first or 0) - GUARD_RIGHT:
        return "it finds fewer of the taxonomy's own names"
    if (guarded_after.log_loss or 0) > (guarded.log_loss or 0) + GUARD_LOSS:
        return "its probabilities got worse on the taxonomy's own names and on texts that mean no skill"
    return ""


def _within(chance: float) -> float:
    return min(1 - LEAST_CHANCE, max(LEAST_CHANCE, chance))


def _r_precision(lesson: Lesson, answer: LinkAnswer) -> float:
    found = sum(link.skill_id in lesson.means for link in answer.links[:5])
    return found / min(5, len(lesson.means))


def _mean(values: Sequence[float]) -> float | None:
    return round(float(np.mean(values)), 6) if values else None


def _calibration_error(judged: Sequence[tuple[float, bool]]) -> float | None:
    if not judged:
        return None
    chances = np.array([chance for chance, _ in judged])
    right = np.array([hit for _, hit in judged], dtype=np.float64)
    bins = np.minimum((chances * BINS).astype(np.int64), BINS - 1)
    gaps = [abs(float((chances - right)[bins == one].sum())) for one in range(BINS)]
    return round(sum(gaps) / len(judged), 6)
