"""The curve set anew: two numbers that stretch and shift the packaged one, held close to it by a prior."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from skillmatch.domain.base.errors import ModelError
from skillmatch.matching.calibration import Calibration, LinkerModel, Reals, curve_terms
from skillmatch.matching.candidates import find_candidates
from skillmatch.matching.features import pair_features
from skillmatch.matching.linker import CHUNK, Linker, cut
from skillmatch.matching.tuning.lessons import Lesson

STRETCH_SPREAD = 0.2
SHIFT_SPREAD = 0.4
"""Standard deviations of the prior around "as packaged" (1 and 0): an assumption of ours. A dozen decisions then move
a probability by a few hundredths, and a hundred that agree may move it as far as they say."""
LEAST_STRETCH = 0.25  # never 0 or less: what ranks higher must stay the more probable
LINKS = 10  # best links of a text that are looked at
_STEPS = 50
_PRIOR = np.array([1.0, 0.0])


@dataclass(frozen=True, slots=True)
class Refit:
    """``stretch`` times the packaged log-odds plus ``shift`` are the new ones; ``pairs`` were looked at."""

    stretch: float
    shift: float
    pairs: int

    def of(self, calibration: Calibration) -> Calibration:
        """The calibration with this refit; its thresholds, being probabilities, stay."""
        curve = calibration.curve * self.stretch
        curve[-1] += self.shift
        return replace(calibration, curve=curve)


def refit(linker: Linker, model: LinkerModel, lessons: Sequence[Lesson]) -> Refit:
    """The most probable stretch and shift, given what lessons say about the best links of their texts.

    Of a text that means a skill all other links count as wrong (an assumption: a decision names the main thing);
    of one with rejections only those links that were rejected count. Raises ``ModelError``.
    """
    odds: list[float] = []
    right: list[bool] = []
    for start in range(0, len(lessons), CHUNK):
        block = lessons[start : start + CHUNK]
        for lesson, links in zip(block, _best_odds(linker, model, [one.text for one in block]), strict=True):
            for skill_id, value in links:
                known = bool(lesson.means) or lesson.blocked or skill_id in lesson.never
                if known:
                    odds.append(value)
                    right.append(skill_id in lesson.means)
    return fit(np.array(odds), np.array(right, dtype=np.float64))


def fit(odds: Reals, right: NDArray[np.float64]) -> Refit:
    """Logistic regression on the odds with a normal prior, by Newton's method; convex, so there is one answer.

    The stretch is held at ``LEAST_STRETCH`` where the decisions contradict the ranking.
    """
    rows = np.stack([np.clip(odds, -12, 12), np.ones(len(odds))], axis=1)
    found = _newton(rows, right, _PRIOR.copy(), free=np.array([True, True]))
    if found[0] < LEAST_STRETCH:
        found = _newton(rows, right, np.array([LEAST_STRETCH, 0.0]), free=np.array([False, True]))
    stretch, shift = (round(float(value), 6) for value in found)
    return Refit(stretch, shift, len(odds))


def _newton(rows: Reals, right: Reals, start: Reals, free: NDArray[np.bool_]) -> Reals:
    """The minimum over the free numbers, with steps halved until they go down."""
    weight = np.diag([STRETCH_SPREAD**-2, SHIFT_SPREAD**-2])

    def cost(at: Reals) -> float:
        value, moved = rows @ at, at - _PRIOR
        return float((np.logaddexp(0, value) - right * value).sum() + moved @ weight @ moved / 2)

    found = start
    for _ in range(_STEPS):
        chance = 1 / (1 + np.exp(-np.clip(rows @ found, -500, 500)))
        slope = rows.T @ (chance - right) + weight @ (found - _PRIOR)
        bend = (rows * (chance * (1 - chance))[:, None]).T @ rows + weight
        step = np.zeros(2)
        step[free] = np.linalg.solve(bend[np.ix_(free, free)], slope[free])
        while np.abs(step).max() > 1e-12 and cost(found - step) > cost(found):
            step = step / 2
        found = found - step
        if np.abs(step).max() < 1e-10:
            break
    return found


def _best_odds(linker: Linker, model: LinkerModel, texts: Sequence[str]) -> list[list[tuple[str, float]]]:
    """For each text the log-odds of its best links, best first."""
    compared = [cut(text) for text in texts]
    if linker.encoder is None:
        raise ModelError("there is no encoder to set a curve for.", remedy="Set the default encoder.")
    found = find_candidates(linker.index, compared, linker.encoder.encode(compared), LINKS)
    rows = pair_features(linker.index, found)
    calibration = model.full
    odds = curve_terms(calibration.odds(rows), rows) @ calibration.curve[:-1] + calibration.curve[-1]
    order = np.lexsort((found.skill, -np.round(odds, 6), found.text))
    bounds = np.searchsorted(found.text, np.arange(len(texts) + 1))
    return [
        [
            (linker.index.skill_ids[int(found.skill[pair])], float(odds[pair]))
            for pair in order[bounds[row] : bounds[row + 1]][:LINKS].tolist()
        ]
        for row in range(len(texts))
    ]
