"""The trained model is plain numbers, guarded by its hash."""

from __future__ import annotations

import hashlib
import json
import shutil
from pathlib import Path

import numpy as np
import pytest

from skillmatch.domain.base.errors import ModelError
from skillmatch.matching.calibration import SCALED, TERMS, Calibration, curve_terms, load_model, terms
from skillmatch.matching.features import FEATURES

MODEL = ("linker.json", "linker.sha256")


@pytest.fixture
def copy(repository: Path, tmp_path: Path) -> Path:
    for name in MODEL:
        shutil.copy(repository / "models" / "linker" / name, tmp_path)
    return tmp_path


def rewrite(folder: Path, **changes: object) -> None:
    """Change the model's content and its hash with it, as a wrong training run would."""
    content = json.loads((folder / "linker.json").read_text())
    content |= changes
    (folder / "linker.json").write_text(json.dumps(content))
    (folder / "linker.sha256").write_text(hashlib.sha256((folder / "linker.json").read_bytes()).hexdigest())


def test_the_model_in_the_repository_loads() -> None:
    model = load_model()
    assert model.encoder_id.startswith("skill-encoder@")
    for part in (model.full, model.letters_only):
        assert 0 < part.threshold <= part.strict < 1


def test_a_changed_byte_is_refused(copy: Path) -> None:
    path = copy / "linker.json"
    path.write_bytes(path.read_bytes().replace(b"0", b"1", 1))
    with pytest.raises(ModelError, match="not the file that training wrote"):
        load_model(copy)


def test_other_features_are_refused(copy: Path) -> None:
    rewrite(copy, features=["one"])
    with pytest.raises(ModelError, match="another version"):
        load_model(copy)


@pytest.mark.parametrize("weights", [[1.0], [float("nan")] * (TERMS + 1), "no numbers"])
def test_wrong_weights_are_refused(copy: Path, weights: object) -> None:
    content = json.loads((copy / "linker.json").read_text())
    rewrite(copy, full={**content["full"], "weights": weights})
    with pytest.raises(ModelError, match="cannot be read"):
        load_model(copy)


@pytest.mark.parametrize("name", MODEL)
def test_a_missing_file_is_refused(copy: Path, name: str) -> None:
    (copy / name).unlink()
    with pytest.raises(ModelError, match="cannot be read"):
        load_model(copy)


def test_the_formula_can_be_followed_by_hand() -> None:
    row = np.zeros((1, len(FEATURES)), dtype=np.float32)
    row[0, FEATURES.index("meaning")] = 0.5
    row[0, FEATURES.index("text_words")] = np.e - 1  # so that the log of (1 + words) is 1
    weights = np.zeros(TERMS + 1)
    weights[FEATURES.index("meaning")] = 2.0  # 2 * 0.5
    weights[len(FEATURES) + SCALED.index("meaning")] = 4.0  # 4 * 0.5 * 1
    weights[-1] = -1.0
    calibration = Calibration(weights, np.array([1.0, 0.5, 0, 0, 0, 0, -2.5]), 0.5, 0.9)
    assert calibration.odds(row)[0] == pytest.approx(2.0)
    # 1 * 2.0 + 0.5 * 1 - 2.5 = 0, and the logistic of 0 is a half
    assert calibration.probabilities(row)[0] == pytest.approx(0.5, abs=1e-5)
    assert terms(row).shape == (1, TERMS)
    assert curve_terms(np.zeros(1), row).shape == (1, 6)
