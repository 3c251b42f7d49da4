"""The server as a process of its own: it says where it is, answers, and ends when told to."""

from __future__ import annotations

import json
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

import psutil
import pytest

from skillmatch.api.crew import Crew, ServingError
from skillmatch.api.server.serve import address_of, listen, serve
from skillmatch.domain.access.job import Job, JobStatus
from skillmatch.domain.base.errors import InputError
from skillmatch.matching.encoders.ngram_encoder import NgramEncoder
from skillmatch.service.workspace import Workspace

PROGRAM = """
import sys
from pathlib import Path
from skillmatch.api.http.access import OPEN
from skillmatch.api.server.serve import serve
serve(Path(sys.argv[1]), port=0, access=OPEN, ready=lambda address: print(address, flush=True))
"""


def test_it_says_where_it_is_answers_and_ends_when_interrupted(demo: Workspace) -> None:
    command = [sys.executable, "-c", PROGRAM, str(demo.folder)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        address = process.stdout.readline().strip()
        with urllib.request.urlopen(f"{address}/v1/roles", timeout=30) as response:
            listed = json.load(response)
        process.send_signal(signal.SIGINT)
        _, complaints = process.communicate(timeout=30)

    assert address.startswith("http://127.0.0.1:")
    assert len(listed["items"]) == len(demo.roles.all())
    assert "Exception" not in complaints


def test_the_address_of_a_listener_can_be_typed_into_a_browser() -> None:
    with listen("127.0.0.1", 0) as listener:
        port = listener.getsockname()[1]
        assert address_of(listener, "localhost") == f"http://localhost:{port}"
        assert address_of(listener, "::1") == f"http://[::1]:{port}"


def wait_for(address: str, seconds: float = 30.0) -> None:
    """Wait until the server says that it is ready."""
    ends = time.monotonic() + seconds
    while True:
        with suppress(OSError), urllib.request.urlopen(f"{address}/ready", timeout=5):
            return
        assert time.monotonic() < ends
        time.sleep(0.1)


@contextmanager
def served(folder: Path, *options: str) -> Iterator[tuple[subprocess.Popen[str], str]]:
    """The command ``serve`` as a process, and its address once it is ready."""
    command = [
        sys.executable,
        "-c",
        COMMAND,
        "serve",
        "--open",
        "--port",
        "0",
        "--json",
        "--workspace",
        str(folder),
        *options,
    ]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as process:
        try:
            assert process.stdout is not None
            told = ""
            while "}" not in told:
                line = process.stdout.readline()
                assert line, process.stderr.read() if process.stderr else ""
                told += line
            address = json.loads(told)["address"]
            wait_for(address)
            yield process, address
        finally:
            process.kill()


COMMAND = "import sys; from skillmatch.cli.main import run; sys.exit(run())"


def handed_in(folder: Path, table: Path) -> str:
    with Workspace.open(folder, encoder=NgramEncoder()) as workspace:
        return workspace.jobs.submit("import", {"what": "people", "source": "own"}, by="test", file=table).id


def done(folder: Path, job_id: str, seconds: float = 30.0) -> Job:
    ends = time.monotonic() + seconds
    with Workspace.open(folder, encoder=NgramEncoder()) as workspace:
        while not (job := workspace.jobs.get(job_id)).status.final and time.monotonic() < ends:
            time.sleep(0.1)
    return job


@pytest.mark.parametrize("workers", [1, 2])
def test_the_command_answers_does_the_jobs_once_and_ends_in_peace(tmp_path: Path, workers: int) -> None:
    folder = tmp_path / "w"
    Workspace.open(folder, create=True, encoder=NgramEncoder()).close()
    table = tmp_path / "people.csv"
    table.write_text("id,name\nP1,Ada Berg\n")

    with served(folder, "--workers", str(workers)) as (process, address):
        job = done(folder, handed_in(folder, table))
        with urllib.request.urlopen(f"{address}/metrics", timeout=30) as response:
            figures = response.read().decode()
        started = [" ".join(item.cmdline()) for item in psutil.Process(process.pid).children(recursive=True)]
        process.send_signal(signal.SIGTERM)
        _, log = process.communicate(timeout=30)

    assert (job.status, job.attempts) == (JobStatus.DONE, 1)
    assert 'route="/ready",status="200"' in figures
    assert sum("job_process" in item for item in started) == 1
    assert sum("api.server.prefork" in item for item in started) == (workers + 1 if workers > 1 else 0)
    assert process.returncode == 0
    lines = [json.loads(line) for line in log.splitlines()]
    assert not [line for line in lines if line["level"] in ("warning", "error")]
    assert "Ada" not in log


def test_requests_under_way_are_answered_before_the_end(tmp_path: Path) -> None:
    folder = tmp_path / "w"
    Workspace.open(folder, create=True, encoder=NgramEncoder()).close()
    with served(folder) as (process, address):
        host, port = address.removeprefix("http://").split(":")
        with socket.create_connection((host, int(port)), timeout=20) as connection:
            connection.sendall(b"POST /v1/skills/normalise HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 2\r\n\r\n{")
            time.sleep(0.5)
            process.send_signal(signal.SIGTERM)
            time.sleep(0.5)
            connection.sendall(b"}")
            answer = connection.recv(65_536)
        assert answer.startswith(b"HTTP/1.1 4")
        assert process.wait(timeout=30) == 0


def test_the_other_processes_end_when_the_first_is_killed(tmp_path: Path) -> None:
    folder = tmp_path / "w"
    Workspace.open(folder, create=True, encoder=NgramEncoder()).close()
    with served(folder, "--workers", "2") as (process, address):
        process.kill()
        process.wait(timeout=10)
        ends = time.monotonic() + 20
        with pytest.raises(OSError):  # asked until nobody answers
            while time.monotonic() < ends:
                urllib.request.urlopen(f"{address}/health", timeout=5).close()
                time.sleep(0.2)


def answering(process: subprocess.Popen[str]) -> list[psutil.Process]:
    """The processes that answer: those forked from the one that made the application."""
    (first,) = [
        item for item in psutil.Process(process.pid).children() if "skillmatch.api.server.prefork" in item.cmdline()
    ]
    return first.children()


KEEPING = """
import os, sys
from skillmatch.api.server.json_log import configure
from skillmatch.api.server.keeping import keep
configure("warning")
sys.exit(keep(2, lambda: 7, os.getppid()))
"""


def test_processes_that_die_three_times_in_a_row_are_told_of_and_given_up() -> None:
    done = subprocess.run([sys.executable, "-c", KEEPING], capture_output=True, text=True, timeout=60)
    lines = [json.loads(line) for line in done.stderr.splitlines()]
    assert done.returncode == 1
    assert [(line["level"], line.get("ended"), line.get("in_a_row")) for line in lines] == [
        ("warning", "status 7", 1),
        ("warning", "status 7", 2),
        ("warning", "status 7", 3),
        ("error", None, None),
    ]


@pytest.mark.slow
def test_a_process_that_dies_is_told_of_and_followed_up_until_three_died_in_a_row(tmp_path: Path) -> None:
    folder = tmp_path / "w"
    Workspace.open(folder, create=True, encoder=NgramEncoder()).close()
    with served(folder, "--workers", "2", "--log-level", "warning") as (process, address):
        killed: set[int] = set()
        for _ in range(3):
            ends = time.monotonic() + 30
            while len(alive := [item for item in answering(process) if item.pid not in killed]) < 2:
                assert time.monotonic() < ends
                time.sleep(0.05)
            if killed:
                wait_for(address)
            alive[0].kill()
            killed.add(alive[0].pid)
        _, log = process.communicate(timeout=60)

    *deaths, end, said = [json.loads(line) for line in _documents(log)]
    assert [(line["level"], line["ended"], line["in_a_row"]) for line in deaths] == [
        ("warning", "SIGKILL", number) for number in (1, 2, 3)
    ]
    assert end["level"] == "error"
    assert said["error"]["code"] == "serving_failed"
    assert process.returncode not in (0, None)


def _documents(text: str) -> list[str]:
    """The JSON documents in a text, each from a line that begins one to the next such line."""
    found: list[str] = []
    for line in text.splitlines():
        if line.startswith("{"):
            found.append("")
        found[-1] += line
    return found


@pytest.mark.slow
def test_what_the_processes_cannot_do_is_an_error_and_not_an_end_in_peace(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SKILLMATCH_OIDC_ISSUER", "http://not-encrypted.example.org")
    folder = tmp_path / "w"
    Workspace.open(folder, create=True, encoder=NgramEncoder()).close()
    with (
        listen("127.0.0.1", 0) as listener,
        Crew(2, folder, listener, host="127.0.0.1", log_level="error", open_=False) as crew,
        pytest.raises(ServingError, match="status 1"),
    ):
        crew.answer()


@pytest.mark.parametrize("options", [{"workers": 0}, {"workers": 65}, {"log_level": "loud"}])
def test_options_that_make_no_sense_are_refused_before_anything_is_opened(
    tmp_path: Path, options: dict[str, Any]
) -> None:
    with pytest.raises(InputError):
        serve(tmp_path / "missing", **options)
