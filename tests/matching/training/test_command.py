"""The training path on a small ESCO: train, stop, resume, load, serve; and what is refused."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from safetensors.numpy import load, load_file

from skillmatch.cli.main import run
from skillmatch.domain.base.errors import ModelError
from skillmatch.matching.encoder import BASE_ENCODER, Encoder
from skillmatch.matching.encoders.make import make_encoder
from skillmatch.matching.encoders.tuned_encoder import TunedEncoder
from skillmatch.matching.tuned.merged import merged_model
from skillmatch.matching.tuned.weights import load_tuned, merged_bytes, save_tuned, tuned_weights
from skillmatch.matching.weights import ModelFiles, published_model

pytestmark = pytest.mark.encoder
FILES = ("delta.safetensors", "table.safetensors", "encoder.json")
TEXTS = ["weld metal", "You bake bread every morning, and knead dough by hand.", "", "Java"]


def quick(data: Path, folder: Path, *more: str) -> int:
    folders = ["--data", str(data), "--out", str(folder / "out"), "--work", str(folder / "work")]
    return run(["train", "--quick", *folders, *more])


@pytest.fixture(scope="module")
def trained(data: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("trained")
    assert quick(data, folder) == 0
    return folder / "out"


@pytest.fixture
def copied(trained: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(trained, tmp_path / "copied"))


def test_a_stopped_and_resumed_run_gives_the_same_bytes(data: Path, trained: Path, tmp_path: Path) -> None:
    assert quick(data, tmp_path, "--until", "3") == 0
    assert not (tmp_path / "out").exists()
    assert quick(data, tmp_path, "--resume") == 0
    assert [(tmp_path / "out" / name).read_bytes() for name in FILES] == [(trained / n).read_bytes() for n in FILES]


@pytest.mark.slow
def test_another_seed_gives_other_weights_and_cannot_resume(data: Path, trained: Path, tmp_path: Path) -> None:
    assert quick(data, tmp_path, "--seed", "2", "--table-steps", "0") == 0
    assert (tmp_path / "out" / FILES[0]).read_bytes() != (trained / FILES[0]).read_bytes()
    assert not (tmp_path / "out" / "table.safetensors").exists()
    assert quick(data, tmp_path, "--seed", "3", "--table-steps", "0", "--resume") == 2


def test_a_stopped_run_that_is_saved_says_so(data: Path, tmp_path: Path) -> None:
    assert quick(data, tmp_path, "--until", "2", "--save-stopped", "--table-steps", "0") == 0
    training = json.loads((tmp_path / "out" / "encoder.json").read_text(encoding="utf-8"))["training"]
    assert (training["steps_done"], training["settings"]["steps"]) == (2, 8)
    assert "--until 2 --save-stopped" in training["command"]


def test_training_tells_the_right_skills_from_the_others_better(trained: Path, tmp_path: Path) -> None:
    asked = ["join metal by welding", "make bread", "look after patients", "control stock", "make sales"]
    labels = ["weld metal", "bake bread", "care for patients", "manage stock", "sell products"]

    def surety(encoder: Encoder) -> float:
        scores = 20 * encoder.encode(asked) @ encoder.encode(labels).T
        return float(np.mean(np.diag(scores) - np.log(np.exp(scores).sum(axis=1))))

    before = surety(make_encoder(BASE_ENCODER))
    assert surety(TunedEncoder(trained, cache_folder=tmp_path, fused=False)) > before


def test_what_serves_is_the_model_that_was_trained(trained: Path, tmp_path: Path) -> None:
    served = TunedEncoder(trained, cache_folder=tmp_path, fused=False)
    loaded = load_tuned(trained).encode(TEXTS, normalize_embeddings=True)
    assert np.abs(served.encode(TEXTS) - loaded).max() < 1e-5


def test_a_fused_likeness_is_the_weighted_mean_of_both(trained: Path, tmp_path: Path) -> None:
    fused = TunedEncoder(trained, cache_folder=tmp_path)
    single = TunedEncoder(trained, cache_folder=tmp_path, fused=False)
    table = tuned_weights(trained).table()
    both, one, two = fused.encode(TEXTS), single.encode(TEXTS), table.encode(TEXTS, table.tokenizer())
    assert both.shape == (len(TEXTS), fused.dim)
    assert np.abs(both @ both.T - (0.65 * one @ one.T + 0.35 * two @ two.T)).max() < 1e-5
    assert fused.id.startswith(single.id)
    assert fused.id != single.id


def test_the_merged_folder_is_made_again_when_it_is_damaged(trained: Path, tmp_path: Path) -> None:
    files = merged_model(tmp_path, folder=trained)
    (files.folder / "model.safetensors").write_bytes(b"half of it")
    assert merged_model(tmp_path, folder=trained) == files
    files.verify()


def test_changed_weights_are_refused(copied: Path) -> None:
    path = copied / "delta.safetensors"
    damaged = bytearray(path.read_bytes())
    damaged[-1] ^= 1
    path.write_bytes(damaged)
    with pytest.raises(ModelError, match="SHA-256"):
        tuned_weights(copied)


def _other_base(record: dict[str, object]) -> None:
    record["base"] = {"name": "other", "sha256": "0" * 64}


def _other_format(record: dict[str, object]) -> None:
    record["format"] = "skillmatch-encoder/99"


def _no_files(record: dict[str, object]) -> None:
    del record["files"]


@pytest.mark.parametrize(
    ("change", "message"),
    [(_other_base, "another base"), (_other_format, "format"), (_no_files, "cannot be read")],
)
def test_a_record_that_does_not_fit_is_refused(
    copied: Path, change: Callable[[dict[str, object]], None], message: str
) -> None:
    path = copied / "encoder.json"
    record = json.loads(path.read_text(encoding="utf-8"))
    change(record)
    path.write_text(json.dumps(record), encoding="utf-8")
    with pytest.raises(ModelError, match=message):
        load_tuned(copied)


@pytest.mark.slow
def test_a_base_that_is_not_the_published_one_is_refused(trained: Path, tmp_path: Path) -> None:
    base = published_model()
    fake = tmp_path / "base"
    fake.mkdir()
    for name in base.hashes:
        (fake / name).write_bytes(b"not it")
    with pytest.raises(ModelError, match="published"):
        tuned_weights(trained, base=ModelFiles(base.name, fake))


def test_missing_files_are_named(copied: Path, tmp_path: Path) -> None:
    (copied / "table.safetensors").unlink()
    with pytest.raises(ModelError, match=r"table\.safetensors"):
        tuned_weights(copied)
    with pytest.raises(ModelError, match=r"encoder\.json"):
        tuned_weights(tmp_path / "nowhere")


def test_a_broken_checkpoint_is_an_error_with_a_remedy(
    data: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "work").mkdir()
    (tmp_path / "work" / "checkpoint.pt").write_bytes(b"nothing")
    assert quick(data, tmp_path, "--resume", "--table-steps", "0") == 2
    assert "Delete it" in capsys.readouterr().err


def test_a_folder_without_esco_is_an_error(tmp_path: Path) -> None:
    assert quick(tmp_path, tmp_path) == 2


def test_half_of_the_change_lies_half_way(tmp_path: Path) -> None:
    base = published_model()
    name = "encoder.layer.0.output.dense.bias"
    before = load_file(base.folder / "model.safetensors")[name]
    for keep in (0.5, 1.0):
        save_tuned(tmp_path / str(keep), {name: before + 1}, base=base, keep=keep, training={})
    moved = [load(merged_bytes(tuned_weights(tmp_path / str(keep))))[name] - before for keep in (0.5, 1.0)]
    assert np.abs(moved[0] - 0.5).max() < 1e-3
    assert np.abs(moved[1] - 1.0).max() < 1e-3
