"""``skillmatch serve`` as a process on one core, and ``wrk`` on another."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

SERVER_CORE, LOAD_CORE = "0", "1"
COMMAND = "import sys; from skillmatch.cli.main import run; sys.exit(run())"


@dataclass(frozen=True)
class Load:
    """What a load measured: answers a second, milliseconds of the median and of the slowest hundredth, failures."""

    per_second: float
    p50: float
    p99: float
    failures: int


@dataclass(frozen=True)
class Served:
    """A running server: its process, its address, and the seconds from its start until it was ready."""

    process: subprocess.Popen[bytes]
    address: str
    ready_after: float

    def memory_mb(self) -> float:
        """Its resident memory now."""
        status = Path(f"/proc/{self.process.pid}/status").read_text()
        found = re.search(r"VmRSS:\s+(\d+) kB", status)
        assert found
        return int(found[1]) / 1024


def pinned(core: str) -> list[str]:
    """What binds a command to a core, where that can be had."""
    return ["taskset", "-c", core] if shutil.which("taskset") else []


@contextmanager
def served(place: Path, port: int = 8123) -> Iterator[Served]:
    """The workspace in a folder, served openly on the loopback until the block ends."""
    command = [*pinned(SERVER_CORE), sys.executable, "-c", COMMAND, "--workspace", str(place)]
    command += ["serve", "--open", "--port", str(port), "--log-level", "warning"]
    environment = {**os.environ, "SKILLMATCH_REQUESTS_PER_MINUTE": "1000000", "SKILLMATCH_THREADS": "1"}
    begun = time.perf_counter()
    with subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL) as process:
        address = f"http://127.0.0.1:{port}"
        try:
            while True:
                with suppress(OSError), urllib.request.urlopen(f"{address}/ready", timeout=5):
                    break
                if process.poll() is not None or time.perf_counter() - begun > 120:
                    raise RuntimeError("the server did not become ready")
                time.sleep(0.02)
            yield Served(process, address, time.perf_counter() - begun)
        finally:
            process.terminate()
            process.wait(60)


def wrk(address: str, paths: Sequence[str], *, seconds: int, connections: int, body: str | None = None) -> Load:
    """Ask for paths, one after the other, over so many connections for so many seconds; a body makes it a POST."""
    listed = ",".join(json.dumps(path) for path in paths)
    script = f"local paths = {{{listed}}}\nlocal n = 0\n"
    if body is not None:
        script += (
            f'wrk.method = "POST"\nwrk.body = {json.dumps(body)}\nwrk.headers["Content-Type"] = "application/json"\n'
        )
    script += "request = function()\n  n = n % #paths + 1\n  return wrk.format(nil, paths[n])\nend\n"
    with tempfile.NamedTemporaryFile("w", suffix=".lua") as file:
        file.write(script)
        file.flush()
        command = [
            *pinned(LOAD_CORE),
            "wrk",
            "-t1",
            f"-c{connections}",
            f"-d{seconds}s",
            "--timeout",
            "30s",
            "--latency",
        ]
        done = subprocess.run([*command, "-s", file.name, address], capture_output=True, text=True, check=True)
    return read_wrk(done.stdout)


def read_wrk(text: str) -> Load:
    """What wrk printed, as numbers."""
    failed = re.search(r"Non-2xx or 3xx responses: (\d+)", text)
    broken = re.search(r"Socket errors: connect (\d+), read (\d+), write (\d+), timeout (\d+)", text)
    rate = re.search(r"Requests/sec:\s+([\d.]+)", text)
    assert rate, text
    failures = int(failed[1]) if failed else 0
    failures += sum(map(int, broken.groups())) if broken else 0
    return Load(float(rate[1]), _percentile(text, "50%"), _percentile(text, "99%"), failures)


def _percentile(text: str, name: str) -> float:
    found = re.search(rf"\s{name}\s+([\d.]+)(us|ms|s|m)\b", text)
    assert found, text
    return float(found[1]) * {"us": 0.001, "ms": 1.0, "s": 1000.0, "m": 60_000.0}[found[2]]
