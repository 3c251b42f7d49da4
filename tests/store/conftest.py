"""A workspace to test with, and real second processes that use one."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

import skillmatch
from skillmatch.store import Store

Child = Callable[..., "subprocess.Popen[str]"]

PRELUDE = "import json, sys; from pathlib import Path; from skillmatch.store import *; folder = Path(sys.argv[1])\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Where a workspace may be made."""
    return tmp_path / "workspace"


@pytest.fixture(scope="session")
def empty(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An empty workspace, to be copied and never touched."""
    folder = tmp_path_factory.mktemp("empty") / "workspace"
    Store.open(folder, create=True).close()
    return folder


@pytest.fixture
def store(empty: Path, folder: Path) -> Iterator[Store]:
    """An empty workspace, open."""
    shutil.copytree(empty, folder)
    with Store.open(folder, wait=5.0) as opened:
        yield opened


@pytest.fixture
def child() -> Iterator[Child]:
    """Starts another Python that runs ``code``, with ``Store`` imported and ``folder`` set; speaks by lines."""
    started: list[subprocess.Popen[str]] = []
    environment = {**os.environ, "PYTHONPATH": str(Path(skillmatch.__file__).parents[1]), "OMP_NUM_THREADS": "1"}

    def start(folder: Path, code: str | Path, *args: object) -> subprocess.Popen[str]:
        program = [str(code)] if isinstance(code, Path) else ["-c", PRELUDE + code]
        process = subprocess.Popen(
            [sys.executable, *program, str(folder), *map(str, args)],
            env=environment,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        started.append(process)
        return process

    yield start
    for process in started:
        process.kill()
        process.communicate()
