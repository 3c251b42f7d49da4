"""The program as a process: how it ends, what it leaves, and what its help loads."""

from __future__ import annotations

import json
import os
import pty
import select
import shutil
import signal
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

PROGRAM = (sys.executable, "-c", "import sys; from skillmatch.cli.main import run; sys.exit(run())")
HEAVY = ("numpy", "rich", "sqlalchemy", "pydantic", "sklearn", "torch", "openpyxl", "uvicorn", "skillmatch.service")

Start = Callable[..., "subprocess.Popen[bytes]"]


@pytest.fixture
def folder(template: Path, tmp_path: Path) -> Path:
    """A workspace with everything in it."""
    return Path(shutil.copytree(template, tmp_path / "workspace"))


@pytest.fixture
def start(folder: Path) -> Iterator[Start]:
    """Starts the program on that workspace; what a failed test leaves running is ended."""
    started: list[subprocess.Popen[bytes]] = []
    # Tests that run in the background inherit "ignore Ctrl-C", and so would the program.
    former = signal.signal(signal.SIGINT, signal.default_int_handler)

    def begin(*words: str | Path, **streams: object) -> subprocess.Popen[bytes]:
        environment = {**os.environ, "SKILLMATCH_WORKSPACE": str(folder), "COLUMNS": "80"}
        given = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE, "env": environment, **streams}
        process = subprocess.Popen([*PROGRAM, *map(str, words)], **given)
        started.append(process)
        return process

    yield begin
    signal.signal(signal.SIGINT, former)
    for process in started:
        if process.poll() is None:
            process.kill()


def test_exit_codes(start: Start):
    for words, code in ((("people", "list"), 0), (("gap", "nobody", "R1"), 2), (("frobnicate",), 2)):
        process = start(*words)
        _, err = process.communicate(timeout=60)
        assert process.returncode == code, err.decode()
        assert b"Traceback" not in err


def test_help_loads_nothing_heavy():
    code = "import sys; from skillmatch.cli.main import run; run(['--help']); print(*sys.modules, file=sys.stderr)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    loaded = done.stderr.split()
    assert "typer" in loaded
    assert [name for name in loaded if name.startswith(HEAVY)] == []


@pytest.mark.parametrize(
    "words",
    [("people", "list"), ("--help",), pytest.param(("people", "list", "--json"), marks=pytest.mark.slow)],
)
def test_a_broken_pipe_is_silent(start: Start, words: tuple[str, ...]):
    process = start(*words)
    assert process.stdout
    process.stdout.close()
    assert process.wait(timeout=60) == 0
    assert process.stderr
    assert process.stderr.read() == b""


def test_a_broken_pipe_does_not_hide_that_an_import_failed(start: Start, tmp_path: Path):
    (tmp_path / "staff.csv").write_text("id,name\nE9,\n")
    process = start("people", "import", tmp_path / "staff.csv")
    assert process.stdout
    process.stdout.close()
    assert process.wait(timeout=60) == 2


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs a device that is always full")
@pytest.mark.parametrize(
    "words", [("people", "list"), pytest.param(("people", "list", "--json"), marks=pytest.mark.slow)]
)
def test_a_full_disk_under_the_output_is_told(start: Start, words: tuple[str, ...]):
    with Path("/dev/full").open("wb") as full:
        process = start(*words, stdout=full)
        _, err = process.communicate(timeout=60)
    assert process.returncode == 2
    assert b"the answer cannot be written" in err.lower()
    assert b"Traceback" not in err


def test_output_that_nobody_opened(folder: Path):
    quoted = " ".join(f"'{word}'" for word in (*PROGRAM, "people", "list", "--workspace", str(folder)))
    done = subprocess.run(["/bin/sh", "-c", f"{quoted} >&-"], capture_output=True, check=False)
    assert (done.returncode, done.stderr) == (0, b"")


def test_a_terminal_without_umlauts(start: Start, tmp_path: Path):
    (tmp_path / "staff.csv").write_text("id,name\nE9,J\u00f6rg \u0160imi\u0107\n", encoding="utf-8")
    assert start("people", "import", tmp_path / "staff.csv").wait(timeout=60) == 0
    environment = {**os.environ, "SKILLMATCH_WORKSPACE": str(tmp_path / "workspace"), "PYTHONIOENCODING": "ascii"}
    out, _ = start("people", "show", "E9", env=environment).communicate(timeout=60)
    assert b"J?rg ?imi?" in out
    out, _ = start("people", "show", "E9", "--json", env=environment).communicate(timeout=60)
    assert json.loads(out.decode("utf-8"))["name"] == "J\u00f6rg \u0160imi\u0107"


def test_colour_only_on_a_terminal_and_never_against_no_color(start: Start, folder: Path):
    words = ("gap", "E1", "R1", "--as-of", "2026-03-01")
    out, _ = start(*words).communicate(timeout=60)
    assert b"\x1b[" not in out
    base = {**os.environ, "SKILLMATCH_WORKSPACE": str(folder), "COLUMNS": "80", "TERM": "xterm-256color"}
    assert b"\x1b[33mpartial" in _on_terminal(start, *words, env={**base, "NO_COLOR": ""})
    plain = _on_terminal(start, *words, env={**base, "NO_COLOR": "1"})
    assert b"\x1b[33m" not in plain
    assert b"partial" in plain


def test_ctrl_c_in_an_import_leaves_things_as_they_were(start: Start, tmp_path: Path):
    rows = "".join(f"N{number},Name {number},Unit {number % 7}\n" for number in range(300_000))
    (tmp_path / "people.csv").write_text("id,name,unit\n" + rows)
    terminal, other_end = pty.openpty()
    process = start("people", "import", tmp_path / "people.csv", stderr=other_end)
    os.close(other_end)
    seen = _read_until(terminal, b"reading people.csv")  # progress is shown, because this is a terminal
    process.send_signal(signal.SIGINT)
    seen += _read_until(terminal, b"half written")
    out, _ = process.communicate(timeout=60)
    os.close(terminal)
    assert process.returncode == 130, seen.decode()
    assert out == b""
    left, _ = start("people", "list", "--json").communicate(timeout=60)
    assert [item["id"] for item in json.loads(left)["items"]] == ["own/E1", "own/E2"]


def test_serve_until_ctrl_c(start: Start, folder: Path):
    process = start("serve", "--port", "0", "--json", "--open")
    assert process.stdout
    lines = []
    while not lines or lines[-1] != b"}\n":
        lines.append(process.stdout.readline())
    told = json.loads(b"".join(lines))
    assert told["workspace"] == str(folder)
    with urllib.request.urlopen(f"{told['address']}/v1/people/own/E1", timeout=60) as answer:
        assert json.load(answer)["name"] == "Ana Ruiz"
    process.send_signal(signal.SIGINT)
    assert process.wait(timeout=60) == 0


def _on_terminal(start: Start, *words: str, env: dict[str, str]) -> bytes:
    """What the program prints on a terminal."""
    terminal, other_end = pty.openpty()
    process = start(*words, stdout=other_end, env=env)
    os.close(other_end)
    seen = _read_until(terminal, None)
    process.communicate(timeout=60)
    os.close(terminal)
    return seen


def _read_until(descriptor: int, wanted: bytes | None, seconds: float = 60) -> bytes:
    """What comes from a descriptor up to and with the bytes wanted, or up to its end when None."""
    seen = b""
    deadline = time.monotonic() + seconds
    while wanted is None or wanted not in seen:
        ready, _, _ = select.select([descriptor], [], [], max(0.0, deadline - time.monotonic()))
        assert ready, f"waited in vain for {wanted!r}; saw {seen!r}"
        try:
            chunk = os.read(descriptor, 65_536)
        except OSError:  # how Linux ends a terminal whose other end is closed
            chunk = b""
        if not chunk:
            assert wanted is None, f"ended without {wanted!r}; saw {seen!r}"
            break
        seen += chunk
    return seen
