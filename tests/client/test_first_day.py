"""The recipe of an HR system's first day runs as it is written, against the server that ``skillmatch serve`` starts."""

from __future__ import annotations

import csv
import json
import os
import re
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import httpx
import pytest
from tests.live_files import seen_elsewhere

from skillmatch.service.demo import fill_with_demo
from skillmatch.service.workspace import Workspace

SKILLMATCH = str(Path(sys.executable).with_name("skillmatch"))


@pytest.mark.encoder
@pytest.mark.skipif(shutil.which("curl") is None, reason="needs curl")
def test_the_first_day_of_an_hr_system(repository: Path, tmp_path: Path) -> None:
    text = (repository / "docs" / "recipes" / "first-day.md").read_text(encoding="utf-8")
    (script,) = re.findall(r"^```bash\n(.*?)^```", text, re.DOTALL | re.MULTILINE)
    with Workspace.open(tmp_path / "workspace", create=True) as workspace:
        fill_with_demo(workspace)
    environment = os.environ | {"SKILLMATCH_WORKSPACE": str(tmp_path / "workspace")}
    made = subprocess.run(
        [SKILLMATCH, "keys", "create", "HR system", "--scope", "admin", "--author", "Mia Holt", "--json"],
        capture_output=True,
        text=True,
        env=environment,
        check=True,
    )
    environment["SKILLMATCH_KEY"] = json.loads(made.stdout)["key"]
    server = subprocess.Popen(
        [SKILLMATCH, "serve", "--port", "0"],
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
        env=environment,
    )
    try:
        environment["SKILLMATCH_ADDRESS"] = _address(server)
        done = subprocess.run(
            ["bash", "-euo", "pipefail", "-c", script],
            capture_output=True,
            text=True,
            env=environment,
            cwd=tmp_path,
            timeout=120,
        )
        # Another program comes and goes; what is acknowledged after that is there although the server is killed.
        verdicts, people = seen_elsewhere(tmp_path / "workspace")
        assert set(verdicts) == {"ok"}
        assert "hr/4711" not in people
        put = httpx.put(
            f"{environment['SKILLMATCH_ADDRESS']}/v1/people/hr/4712",
            json={"name": "Ben Cole"},
            headers={"Authorization": f"Bearer {environment['SKILLMATCH_KEY']}"},
        )
        assert put.status_code == 201, put.text
    finally:
        server.send_signal(signal.SIGKILL)
        server.wait(30)
    verdicts, people = seen_elsewhere(tmp_path / "workspace")
    assert set(verdicts) == {"ok"}
    assert "hr/4712" in people
    assert done.returncode == 0, done.stdout[-3000:] + done.stderr[-1000:]
    before, after = (json.loads((tmp_path / f"{name}.json").read_text()) for name in ("before", "after"))
    first, then = ([item["credential_id"] for item in found["recommendations"]] for found in (before, after))
    assert "hr/C-1" in first
    assert "hr/C-1" not in then
    assert "hr/C-2" in then
    plan = json.loads((tmp_path / "plan.json").read_text())["result"]["plan"]
    assert plan["coverage"] <= plan["coverage_bound"]
    with (tmp_path / "managers.csv").open(newline="", encoding="utf-8-sig") as file:
        assert next(csv.reader(file))[:2] == ["unit", "person"]
    assert (tmp_path / "gone.txt").read_text().strip() == "404"


def _address(server: subprocess.Popen[str]) -> str:
    """Where the server says that it listens, once it does."""
    assert server.stdout is not None
    until = time.monotonic() + 60
    while time.monotonic() < until:
        line = server.stdout.readline()
        found = re.search(r"http://127\.0\.0\.1:\d+", line)
        if found:
            return found[0]
        assert server.poll() is None, "the server ended"
    raise AssertionError("the server did not say where it listens")
