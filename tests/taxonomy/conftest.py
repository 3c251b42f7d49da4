"""Small taxonomies written as text, so that a reader of a test sees the whole of its data."""

from __future__ import annotations

import itertools
import zipfile
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

Files = Mapping[str, str]


@pytest.fixture
def folder(tmp_path: Path) -> Callable[..., Path]:
    """Writes files by name and content into a new folder, which may be given a name."""
    counter = itertools.count()

    def write(files: Files, name: str = "") -> Path:
        target = tmp_path / str(next(counter)) / (name or "given")
        target.mkdir(parents=True)
        for file, content in files.items():
            (target / file).parent.mkdir(parents=True, exist_ok=True)
            (target / file).write_bytes(content.encode())
        return target

    return write


@pytest.fixture
def archive(tmp_path: Path) -> Callable[..., Path]:
    """Writes files by name and content into a new zip archive."""

    def write(files: Files, name: str = "given.zip") -> Path:
        path = tmp_path / name
        with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as packed:
            for file, content in files.items():
                packed.writestr(file, content)
        return path

    return write
