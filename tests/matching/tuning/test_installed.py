"""What is in force: put there at once, checked when read, and taken back."""

from __future__ import annotations

from pathlib import Path

import pytest

from skillmatch.domain.base.errors import ModelError
from skillmatch.matching.tuning.installed import FOLDER, POINTER, Installed, install, read_installed, remove, staging
from skillmatch.matching.tuning.serving import DamagedEncoder, own_encoder

FILES = {"encoder.json": "{}", "linker.json": "{}", "linker.sha256": "0", "delta.safetensors": "weights"}


def put(workspace: Path, number: int = 1) -> Installed:
    with staging(workspace) as staged:
        for name, text in FILES.items():
            (staged / name).write_text(text + " " * number)
        return install(workspace, staged, {"feedback": number})


def test_the_latest_is_in_force_and_alone(tmp_path: Path):
    put(tmp_path, 1)
    second = put(tmp_path, 2)
    assert read_installed(tmp_path) == second
    assert sorted(path.name for path in (tmp_path / FOLDER).iterdir()) == sorted([second.folder.name, POINTER])
    second.verify()
    assert put(tmp_path, 2) == second


def test_without_installing_nothing_is_left(tmp_path: Path):
    with pytest.raises(KeyboardInterrupt), staging(tmp_path) as staged:
        (staged / "encoder.json").write_text("{}")
        raise KeyboardInterrupt
    assert not list(tmp_path.iterdir())
    assert read_installed(tmp_path) is None
    first = put(tmp_path)
    with pytest.raises(KeyboardInterrupt), staging(tmp_path):
        raise KeyboardInterrupt
    assert read_installed(tmp_path) == first


def test_removing(tmp_path: Path):
    assert not remove(tmp_path)
    put(tmp_path)
    assert remove(tmp_path)
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize("name", [POINTER, "encoder.json", "linker.json"])
@pytest.mark.parametrize("text", ["", "{}", '{"format": "other"}', None])
def test_damage_is_an_error_with_a_way_out(tmp_path: Path, name: str, text: str | None):
    folder = put(tmp_path).folder
    path = tmp_path / FOLDER / POINTER if name == POINTER else folder / name
    if text is None:
        path.write_bytes(path.read_bytes()[:-1] + b"\xff")
    else:
        path.write_text(text)
    with pytest.raises(ModelError) as caught:
        read_installed(tmp_path)
    assert "tune --remove" in caught.value.remedy
    encoder = own_encoder(tmp_path, cache_folder=tmp_path, threads=1)
    assert isinstance(encoder, DamagedEncoder)
    with pytest.raises(ModelError):
        encoder.encode(["x"])
    assert remove(tmp_path)
    assert own_encoder(tmp_path, cache_folder=tmp_path, threads=1) is None


def test_damaged_weights_are_found_by_looking_at_them(tmp_path: Path):
    installed = put(tmp_path)
    (installed.folder / "delta.safetensors").write_text("other")
    assert read_installed(tmp_path) == installed
    with pytest.raises(ModelError, match=r"delta\.safetensors"):
        installed.verify()
