"""Calibration: a logistic model trained by our own command, served from plain numbers, never from a pickle.

``models/linker/linker.json`` holds the weights, the thresholds and the figures; ``linker.sha256`` beside it holds
the hash of that file and is checked when it is loaded. Boosted trees were tried and refused: they ranked no
better on job adverts, were five times slower, and nobody could read them.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from skillmatch.domain.base.errors import ModelError, NotFoundError
from skillmatch.files.resources import resource
from skillmatch.matching.encoder import Floats
from skillmatch.matching.features import FEATURES
from skillmatch.matching.weights import sha256

FORMAT = 4
_WORDS = FEATURES.index("text_words")
_NAMED = [FEATURES.index(name) for name in ("whole_label", "whole_alias", "whole_loose")]

SCALED = tuple(
    name for name in FEATURES if name.startswith(("meaning", "letters", "demand")) or name.endswith("_covered")
)
TERMS = len(FEATURES) + len(SCALED)
_SCALED = [FEATURES.index(name) for name in SCALED]

Reals = NDArray[np.float64]


@dataclass(frozen=True)
class Calibration:
    """What the linker needs from training, for one set-up (with the encoder, or without it).

    ``weights`` make log-odds of the :func:`terms`; ``curve`` makes of those, by the :func:`curve_terms`, log-odds
    that hold for the texts people ask about (both end with their constant). ``threshold`` is the least probability
    of a link to be used, ``strict`` the least for links that nobody asked for (see ``infer_skills``).
    """

    weights: Reals
    curve: Reals
    threshold: float
    strict: float

    def probabilities(self, rows: Floats) -> Reals:
        """The probability (0-1, rounded to 1e-6) of each feature row, ``(n_rows,)``."""
        odds = curve_terms(self.odds(rows), rows) @ self.curve[:-1] + self.curve[-1]
        found: Reals = np.round(1 / (1 + np.exp(-np.clip(odds, -40, 40))), 6)
        return found

    def odds(self, rows: Floats) -> Reals:
        """Log-odds before the curve; they rank the skills of one text."""
        found: Reals = terms(rows) @ self.weights[:-1] + self.weights[-1]
        return found


def terms(rows: Floats) -> Reals:
    """What ``weights`` weigh: every feature, then the ``SCALED`` ones times the (log) length of the text in words.

    What a phrase shares with a name says more than what a sentence shares with it.
    """
    every = rows.astype(np.float64)
    return np.hstack([every, every[:, _SCALED] * np.log1p(every[:, _WORDS])[:, None]])


def curve_terms(odds: Reals, rows: Floats) -> Reals:
    """What ``curve`` weighs, ``(n_rows, 6)``: odds, length, both multiplied, and how the whole text is a name."""
    length = np.log1p(rows[:, _WORDS].astype(np.float64))
    return np.hstack([np.stack([odds, length, odds * length], axis=1), rows[:, _NAMED].astype(np.float64)])


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
        if sha256(path) != path.with_suffix(".sha256").read_text(encoding="ascii").strip():
            raise ModelError("linker.json is not the file that training wrote.", remedy=_REMEDY)
        content = json.loads(path.read_text(encoding="utf-8"))
        if content["format"] != FORMAT or tuple(content["features"]) != FEATURES:
            raise ModelError("linker.json belongs to another version of skillmatch.", remedy=_REMEDY)
        full, letters_only = (_calibration(content[part]) for part in ("full", "letters_only"))
        return LinkerModel(str(content["version"]), str(content["encoder_id"]), full, letters_only)
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise ModelError(f"the linker's model cannot be read: {error}.", remedy=_REMEDY) from error


def _calibration(content: dict[str, Any]) -> Calibration:
    weights, curve = (np.array(content[name], dtype=np.float64) for name in ("weights", "curve"))
    if weights.shape != (TERMS + 1,) or curve.shape != (len(_NAMED) + 4,):
        raise ValueError(f"it has {weights.shape} and {curve.shape} weights")
    if not (np.isfinite(weights).all() and np.isfinite(curve).all()):
        raise ValueError("a weight is not a number")
    return Calibration(weights, curve, float(content["threshold"]), float(content["strict"]))


_REMEDY = "Reinstall skillmatch, or train it again: python -m benchmarks.train_linker"
