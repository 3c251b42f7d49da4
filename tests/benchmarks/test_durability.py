"""A few rounds of the benchmark that kills the server, and a small one of many erasures."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest


@pytest.mark.slow
@pytest.mark.skipif(sys.platform != "linux", reason="reads /proc/locks")
@pytest.mark.parametrize(
    "parts",
    [["--rounds", "4", "--workers", "1", "--erasures", "0"], ["--rounds", "0", "--people", "3000", "--erasures", "60"]],
)
def test_nothing_acknowledged_is_lost_and_nothing_erased_is_left(repository: Path, parts: list[str]) -> None:
    command = [sys.executable, "-m", "benchmarks.durability", *parts]
    done = subprocess.run(command, capture_output=True, text=True, cwd=repository)
    if "--people" in parts:
        assert "0 of them still named in any byte" in done.stdout, done.stdout + done.stderr
    else:
        assert done.returncode == 0, done.stdout + done.stderr
