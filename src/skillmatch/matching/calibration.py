"""Calibration: boosted trees trained by our own command, served from plain arrays, never from a pickle.

``models/linker/linker.json`` holds the trees, the two lines that turn their sum into a probability, the thresholds
and the figures; ``linker.sha256`` beside it holds the hash of that file and is checked whenever it is loaded.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from skillmatch.domain.errors import ModelError, NotFoundError
from skillmatch.files.resources import resource
from skillmatch.matching.encoder import Floats
from skillmatch.matching.features import FEATURES
from skillmatch.matching.weights import sha256

FORMAT = 1
WORDS = FEATURES.index("text_words")


@dataclass(frozen=True)
class Trees:
    """A forest of boosted trees: arrays ``(n_trees, n_nodes)``; a leaf's children are itself, so that walks end."""

    feature: NDArray[np.int16]
    limit: Floats
    left: NDArray[np.int16]
    right: NDArray[np.int16]
    value: Floats
    depth: int
    base: float

    def sums(self, rows: Floats) -> NDArray[np.float64]:
        """The summed leaves (log-odds) of each feature row, ``(n_rows,)``."""
        total = np.full(len(rows), self.base, dtype=np.float64)
        every = np.arange(len(rows))
        for tree in range(len(self.feature)):
            feature, limit, left, right = self.feature[tree], self.limit[tree], self.left[tree], self.right[tree]
            node = np.zeros(len(rows), dtype=np.int16)
            for _ in range(self.depth):
                node = np.where(rows[every, feature[node]] <= limit[node], left[node], right[node])
            total += self.value[tree][node]
        return total


@dataclass(frozen=True)
class Calibration:
    """What the linker needs from training, for one set-up (with the encoder, or without it).

    The probability is a logistic curve of the trees' sum whose slope and offset move with the text's length in
    words; ``threshold`` is the least probability of a link to be used, ``strict`` the least for links that nobody
    asked for (see :func:`skillmatch.matching.infer.infer_skills`).
    """

    trees: Trees
    curve: tuple[float, float, float, float]  # slope, offset, slope per log word, offset per log word
    threshold: float
    strict: float

    def probabilities(self, rows: Floats) -> NDArray[np.float64]:
        """The probability of each feature row, rounded to 1e-6."""
        slope, offset, slope_words, offset_words = self.curve
        sums = self.trees.sums(rows)
        length = np.log1p(rows[:, WORDS].astype(np.float64))
        return np.round(_logistic((slope + slope_words * length) * sums + offset + offset_words * length), 6)


@dataclass(frozen=True)
class LinkerModel:
    """The trained model as loaded: its version, and a calibration with and without the encoder."""

    version: str
    encoder_id: str
    full: Calibration
    letters_only: Calibration


def load_model(folder: Path | None = None) -> LinkerModel:
    """The model in a folder (``models/linker`` when None). Raises ``ModelError`` unless it is whole and ours."""
    try:
        return _load((folder or resource("models", "linker")).resolve())
    except NotFoundError as error:
        raise ModelError("the linker's model is not there.", remedy=_REMEDY) from error


@lru_cache(maxsize=4)
def _load(folder: Path) -> LinkerModel:
    path = folder / "linker.json"
    try:
        expected = path.with_suffix(".sha256").read_text(encoding="ascii").strip()
        if sha256(path) != expected:
            raise ModelError("linker.json is not the file that training wrote.", remedy=_REMEDY)
        content = json.loads(path.read_text(encoding="utf-8"))
        if content["format"] != FORMAT or tuple(content["features"]) != FEATURES:
            raise ModelError("linker.json belongs to another version of skillmatch.", remedy=_REMEDY)
        return LinkerModel(
            str(content["version"]),
            str(content["encoder_id"]),
            _calibration(content["full"]),
            _calibration(content["letters_only"]),
        )
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise ModelError(f"the linker's model cannot be read: {error}.", remedy=_REMEDY) from error


def _calibration(content: dict[str, Any]) -> Calibration:
    trees = content["trees"]
    forest = Trees(
        feature=np.array(trees["feature"], dtype=np.int16),
        limit=np.array(trees["limit"], dtype=np.float32),
        left=np.array(trees["left"], dtype=np.int16),
        right=np.array(trees["right"], dtype=np.int16),
        value=np.array(trees["value"], dtype=np.float32),
        depth=int(trees["depth"]),
        base=float(trees["base"]),
    )
    slope, offset, slope_words, offset_words = (float(value) for value in content["curve"])
    curve = (slope, offset, slope_words, offset_words)
    return Calibration(forest, curve, float(content["threshold"]), float(content["strict"]))


def _logistic(values: NDArray[np.float64]) -> NDArray[np.float64]:
    result: NDArray[np.float64] = 1 / (1 + np.exp(-np.clip(values, -40, 40)))
    return result


_REMEDY = "Reinstall skillmatch, or train it again: python -m benchmarks.train_linker"
