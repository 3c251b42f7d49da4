"""No room left, or nothing may be written: a problem that says so, nothing half written, and on without a restart."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

import pytest

from skillmatch.client import Client, UnavailableError
from skillmatch.matching.ngram_encoder import NgramEncoder
from skillmatch.service.workspace import Workspace

SIZE_MB = 24


@pytest.fixture
def small_disk(pristine: Path, tmp_path: Path) -> Iterator[Path]:
    """A copy of the demo on a file system of its own, with little room; skipped where none can be mounted."""
    place = tmp_path / "disk"
    place.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", f"size={SIZE_MB}m", "tmpfs", str(place)]
    if os.geteuid() != 0 or subprocess.run(mount, capture_output=True, check=False).returncode:
        pytest.skip("a file system of limited size can be mounted by root only, and not in every container")
    try:
        shutil.copytree(pristine, place / "w")
        yield place / "w"
    finally:
        subprocess.run(["umount", "-l", str(place)], check=False)


@contextmanager
def served(folder: Path) -> Iterator[Client]:
    """A client of a server on the workspace."""
    with Workspace.open(folder, encoder=NgramEncoder()) as workspace:
        key = workspace.create_key("disk", ["admin"], by="tests").text
    command = "import sys; from skillmatch.cli.main import run; sys.exit(run())"
    arguments = ["--workspace", str(folder), "serve", "--port", "0", "--json", "--log-level", "error"]
    with subprocess.Popen([sys.executable, "-c", command, *arguments], stdout=subprocess.PIPE, text=True) as process:
        try:
            assert process.stdout is not None
            told = ""
            while "}" not in told:
                told += process.stdout.readline()
            with Client(json.loads(told)["address"], key, tries=1) as api:
                yield api
        finally:
            process.terminate()
            assert process.wait(60) == 0


def big(number: int) -> dict[str, Any]:
    """A person with as many languages as are taken."""
    return {"name": f"Person {number} " + "x" * 400, "unit": "y" * 400}


def test_a_full_disk_is_said_so_and_recovers_without_a_restart(small_disk: Path) -> None:
    with served(small_disk) as api:
        filler = small_disk / "filler"
        with filler.open("wb", buffering=0) as file, suppress(OSError):
            while True:
                file.write(b"0" * 65_536)
        stored: list[int] = []
        refused: UnavailableError | None = None
        for number in range(200):
            try:
                api.upsert(f"/v1/people/disk/{number}", big(number))
                stored.append(number)
            except UnavailableError as error:
                refused = error
                break
        assert refused is not None
        assert (refused.status, refused.code) == (507, "workspace_full")
        with urllib.request.urlopen(str(api._http.base_url).rstrip("/") + "/health", timeout=10) as answer:
            assert answer.status == 200

        filler.unlink()
        assert api.upsert("/v1/people/disk/after", big(0)) == "added"
        kept = {item["id"] for item in api.items("/v1/people", limit=200) if item["id"].startswith("disk/")}
        assert kept == {f"disk/{number}" for number in stored} | {"disk/after"}


def test_a_workspace_that_may_only_be_read_is_said_so_and_recovers(small_disk: Path) -> None:
    with served(small_disk) as api:
        place = str(small_disk.parent)
        api.upsert("/v1/people/disk/before", big(0))
        if subprocess.run(["mount", "-o", "remount,ro", place], capture_output=True, check=False).returncode:
            pytest.skip("a file system in use cannot be made read-only here")
        try:
            with pytest.raises(UnavailableError) as refused:
                api.upsert("/v1/people/disk/during", big(1))
            assert refused.value.status == 503
            assert refused.value.code.startswith("workspace")
        finally:
            subprocess.run(["mount", "-o", "remount,rw", place], check=True)
        assert api.upsert("/v1/people/disk/after", big(2)) == "added"
        kept = {item["id"] for item in api.items("/v1/people", limit=200) if item["id"].startswith("disk/")}
        assert kept == {"disk/before", "disk/after"}
