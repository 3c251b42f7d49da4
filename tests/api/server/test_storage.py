"""No room left, or nothing may be written: a problem that says so, nothing half written, and on without a restart."""

from __future__ import annotations

import json
import os
import resource
import shutil
import subprocess
import sys
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import event
from starlette.testclient import TestClient

from skillmatch.client import Client, UnavailableError
from skillmatch.matching.encoders.ngram_encoder import NgramEncoder
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


COMMAND = "import sys; from skillmatch.cli.main import run; sys.exit(run())"


@contextmanager
def served(folder: Path) -> Iterator[Client]:
    """A client of a server on the workspace."""
    with running(folder) as (api, _):
        yield api


@contextmanager
def running(folder: Path) -> Iterator[tuple[Client, subprocess.Popen[str]]]:
    """A client of a server on the workspace, and the server's process."""
    with Workspace.open(folder, encoder=NgramEncoder()) as workspace:
        key = workspace.keys.create("disk", ["admin"], by="tests").text
    arguments = ["--workspace", str(folder), "serve", "--port", "0", "--json", "--log-level", "error"]
    with subprocess.Popen([sys.executable, "-c", COMMAND, *arguments], stdout=subprocess.PIPE, text=True) as process:
        try:
            assert process.stdout is not None
            told = ""
            while "}" not in told:
                told += process.stdout.readline()
            with Client(json.loads(told)["address"], key, tries=1) as api:
                yield api, process
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


WRITES: list[tuple[str, str, Any]] = [
    ("PUT", "/v1/people/disk/during", {"name": "During"}),
    ("POST", "/v1/people", {"source": "disk", "external_id": "during", "name": "During"}),
    ("POST", "/v1/people/disk/before/claims", {"skill": "Communication", "level": 3, "text": "I can."}),
    ("POST", "/v1/plans", {"scenario": {"name": "During", "covers": []}}),
]
READS = ["/v1/roles", "/v1/stacks", "/v1/skills/Communication", "/v1/credentials", "/v1/team"]
"""What says something of nobody in particular; what does is told only when the audit can note that it was."""


@contextmanager
def unwritable(process: subprocess.Popen[str]) -> Iterator[None]:
    """Whatever a server writes is refused by the system inside the block, to files that it has open, too.

    No file system can be made read-only while a server has its database open; a limit of the process does the same.
    """
    _, most = resource.prlimit(process.pid, resource.RLIMIT_FSIZE)
    resource.prlimit(process.pid, resource.RLIMIT_FSIZE, (0, most))
    try:
        yield
    finally:
        resource.prlimit(process.pid, resource.RLIMIT_FSIZE, (most, most))


def test_a_server_that_may_only_read_answers_reads_and_recovers_without_a_restart(
    pristine: Path, tmp_path: Path
) -> None:
    folder = Path(shutil.copytree(pristine, tmp_path / "w"))
    with running(folder) as (api, process):
        api.upsert("/v1/people/disk/before", big(0))
        for path in READS:
            api.get(path)
        with unwritable(process):
            for method, path, body in WRITES:
                for headers in ({}, {"Idempotency-Key": f"{method} {path}"}):
                    with pytest.raises(UnavailableError) as refused:
                        api.request(method, path, body, headers=headers)
                    assert refused.value.status in (503, 507), (method, path)
                    assert refused.value.code in ("workspace_full", "workspace_disk", "workspace_read_only")
                    assert str(folder) not in str(refused.value)
            for path in READS:
                assert api.get(path)["status"] in ("ok", "partial", "insufficient_data")
            for path in ("/health", "/ready"):
                with urllib.request.urlopen(str(api._http.base_url).rstrip("/") + path, timeout=10) as answered:
                    assert answered.status == 200

        method, path, body = WRITES[0]  # the same request under the same key, now that it can be made
        again = api.request(method, path, body, headers={"Idempotency-Key": f"{method} {path}"})
        assert (again.status, again.headers.get("idempotency-replayed")) == (201, None)
        kept = {item["id"] for item in api.items("/v1/people", limit=200) if item["id"].startswith("disk/")}
        assert kept == {"disk/before", "disk/during"}
        assert "I can." not in str(api.get("/v1/people/disk/before/claims"))
    with Workspace.open(folder, encoder=NgramEncoder()) as workspace:
        assert workspace.audit.verify().whole


@pytest.mark.parametrize("mode", ["folder", "file"])
def test_a_workspace_that_may_only_be_read_is_said_so_before_anything_is_served(small_disk: Path, mode: str) -> None:
    place, target = str(small_disk.parent), str(small_disk / "workspace.db")
    closed, opened = {
        "folder": (["mount", "-o", "remount,ro", place], ["mount", "-o", "remount,rw", place]),
        "file": (["mount", "--bind", "-o", "ro", target, target], ["umount", target]),
    }[mode]
    if subprocess.run(closed, capture_output=True, check=False).returncode:
        pytest.skip("nothing can be mounted to be read only here")
    command = [sys.executable, "-c", COMMAND, "--workspace", str(small_disk), "serve", "--port", "0"]
    try:
        done = subprocess.run(command, capture_output=True, text=True, timeout=60, check=False)
    finally:
        subprocess.run(opened, check=True)
    assert done.returncode != 0
    assert "read-only" in done.stderr
    assert "Traceback" not in done.stderr
    with served(small_disk) as api:
        assert api.upsert("/v1/people/disk/after", big(0)) == "added"


@contextmanager
def asked_only(workspace: Workspace) -> Iterator[None]:
    """The database of a workspace takes questions and no changes inside the block."""
    engine = workspace._context.store._engine
    only = True

    def told(connection: Any, *_: Any) -> None:
        connection.execute(f"PRAGMA query_only = {int(only)}")

    event.listen(engine, "checkout", told)
    try:
        yield
    finally:
        only = False
    # connections of other threads are told so when they are next taken out


def test_a_database_that_takes_questions_only_is_said_so(own: Workspace, as_caller: Callable[..., TestClient]) -> None:
    """Where nothing can be mounted: the database itself is told to take no changes."""
    client = as_caller("admin")
    assert client.get("/v1/roles").status_code == 200
    with asked_only(own):
        refused = client.put("/v1/people/own/during", json={"name": "During"})
        assert (refused.status_code, refused.json()["code"]) == (503, "workspace_read_only")
        assert refused.headers["content-type"] == "application/problem+json"
        for path in READS:
            assert client.get(path).status_code == 200
    assert client.put("/v1/people/own/during", json={"name": "During"}).status_code == 201
