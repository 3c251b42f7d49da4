"""``python -m benchmarks.api.shared``: does one caller, or a busy machine, shut anybody out of two processes?

Hogs: eight programs that only compute, on however many cores; seconds until the server is ready, and deaths that it
tells of. Half-sent: 150 bodies of an employee's key that never end, and 200 connections whose headers never do, while
an administrator asks. Quotas: how many requests a minute's worth of promises lets through. It needs no data.
"""

from __future__ import annotations

import argparse
import http.client
import json
import os
import socket
import subprocess
import sys
import tempfile
import threading
import time
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from benchmarks.api.server import COMMAND
from benchmarks.api.table import Table
from skillmatch.matching.encoders.ngram_encoder import NgramEncoder
from skillmatch.service.demo import fill_with_demo
from skillmatch.service.workspace import Workspace

HOGS, HALF_SENT, SLOW = 8, 150, 200
QUOTA = 60
HOG = "while True: pass"


@dataclass(frozen=True)
class Asked:
    """What somebody saw who asked again and again: milliseconds (median, slowest hundredth), and refusals."""

    p50: float
    p99: float
    refused: int


@contextmanager
def serving(place: Path, log: Path, **settings: str) -> Iterator[tuple[int, float]]:
    """Two workers on the workspace in a folder: their port, and the seconds until they were ready."""
    command = [sys.executable, "-c", COMMAND, "--workspace", str(place), "--json", "serve"]
    command += ["--port", "0", "--workers", "2", "--log-level", "warning"]
    begun = time.perf_counter()
    with (
        log.open("w") as errors,
        subprocess.Popen(
            command, stdout=subprocess.PIPE, stderr=errors, text=True, env=os.environ | settings
        ) as process,
    ):
        try:
            assert process.stdout is not None
            told = ""
            while "}" not in told:
                line = process.stdout.readline()
                assert line, log.read_text()
                told += line
            address = json.loads(told)["address"]
            while True:
                with suppress(OSError), urllib.request.urlopen(f"{address}/ready", timeout=30):
                    break
                assert process.poll() is None and time.perf_counter() - begun < 300, log.read_text()
                time.sleep(0.05)
            yield int(address.rpartition(":")[2]), time.perf_counter() - begun
        finally:
            process.terminate()
            process.wait(60)


@contextmanager
def hogs(many: int) -> Iterator[None]:
    """Programs that only compute."""
    with ExitStack() as things:
        for _ in range(many):
            hog = things.enter_context(subprocess.Popen([sys.executable, "-c", HOG]))
            things.callback(hog.kill)
        yield


def ask(port: int, key: str, until: Callable[[], bool], pause: float = 0.01) -> Asked:
    """Read and write as somebody with a key, a connection for each request, until that is over."""
    taken, refused = [], 0
    headers = {"Authorization": f"Bearer {key}", "Content-Type": "application/json"}
    body = json.dumps({"texts": ["wound care"]})
    while not until():
        for method, path, sent in (("GET", "/v1/roles", None), ("POST", "/v1/skills/normalise", body)):
            begun = time.perf_counter()
            link = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
            link.request(method, path, sent, headers)
            refused += link.getresponse().status >= 400
            link.close()
            taken.append((time.perf_counter() - begun) * 1000)
        time.sleep(pause)
    taken.sort()
    return Asked(taken[len(taken) // 2], taken[int(len(taken) * 0.99)], refused)


def for_seconds(seconds: float) -> Callable[[], bool]:
    """Says when so many seconds are over."""
    ends = time.monotonic() + seconds
    return lambda: time.monotonic() > ends


@contextmanager
def held_open(port: int, many: int, words: bytes) -> Iterator[list[socket.socket]]:
    """Connections on which the same is said, and one more byte every second on those that the server keeps open."""
    over = threading.Event()
    links: list[socket.socket] = []

    def dial() -> socket.socket:
        link = socket.create_connection(("127.0.0.1", port), timeout=30)
        link.sendall(words)
        return link

    def drip() -> None:
        while not over.wait(1.0):
            for link in list(links):
                try:
                    link.sendall(b"x")
                    link.setblocking(False)
                    with suppress(BlockingIOError):
                        if not link.recv(65_536):
                            raise ConnectionResetError
                    link.settimeout(30)
                except OSError:
                    link.close()
                    links.remove(link)

    for _ in range(many):
        links.append(dial())
    thread = threading.Thread(target=drip, daemon=True)
    thread.start()
    try:
        yield links
    finally:
        over.set()
        thread.join()
        for link in links:
            link.close()


def half_sent(key: str) -> bytes:
    """A request whose body does not end."""
    head = f"POST /v1/skills/normalise HTTP/1.1\r\nHost: 127.0.0.1\r\nAuthorization: Bearer {key}\r\n"
    return (head + "Content-Type: application/json\r\nContent-Length: 500000\r\n\r\n{").encode()


def granted(port: int, key: str, seconds: float) -> int:
    """How many requests were answered by somebody who asks as often as they can."""
    found, over = 0, for_seconds(seconds)
    while not over():
        link = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
        link.request("GET", "/v1/skills?q=a", headers={"Authorization": f"Bearer {key}"})
        found += link.getresponse().status == 200
        link.close()
    return found


def main() -> int:
    """Measure; 0 when every target is met."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.api.shared", description=__doc__)
    parser.add_argument("--seconds", type=float, default=10.0, help="length of each trial")
    parser.add_argument("--json", type=Path, help="also write the table here")
    options = parser.parse_args()
    table = Table()
    with tempfile.TemporaryDirectory() as folder:
        place, log = Path(folder) / "workspace", Path(folder) / "log"
        with Workspace.open(place, create=True, encoder=NgramEncoder()) as workspace:
            fill_with_demo(workspace)
            admin = workspace.keys.create("Admin", ["admin"], by="benchmark").text
            own = workspace.keys.create("Employee", ["self"], person="own/P-037", by="benchmark").text
        with hogs(HOGS), serving(place, log) as (_, seconds):
            table.add(f"two processes beside {HOGS} hogs, ready", seconds, "s", 30)
        table.add("deaths told of", log.read_text().count("died"), "", 0)
        with serving(place, log) as (port, _):
            ask(port, admin, for_seconds(20))  # until every process has loaded its encoder
            quiet = ask(port, admin, for_seconds(options.seconds))
            table.add("an administrator alone, p99", quiet.p99, "ms", float("inf"))
            for name, many, words in (
                (f"{HALF_SENT} half-sent bodies of an employee", HALF_SENT, half_sent(own)),
                (f"{SLOW} connections without end of headers", SLOW, b"GET /v1/roles HTTP/1.1\r\nHost: 127"),
            ):
                with held_open(port, many, words):
                    beside = ask(port, admin, for_seconds(options.seconds))
                table.add(f"beside {name}, p99", beside.p99, "ms", 2 * quiet.p99)
                table.add(f"beside {name}, refused", beside.refused, "", 0)
                quiet = ask(port, admin, for_seconds(options.seconds))  # again: a busy machine changes its mind
        with serving(place, log, SKILLMATCH_REQUESTS_PER_MINUTE=str(QUOTA)) as (port, _):
            found = granted(port, admin, options.seconds)
        promised = QUOTA + QUOTA * options.seconds / 60
        table.add(f"of {promised:g} requests promised, granted", found, "", 1.1 * promised)
        table.add("granted at least", found, "", 0.9 * promised, least=True)
    if options.json:
        options.json.write_text(json.dumps(table.rows, indent=2) + "\n")
    return 0 if all(row["met"] for row in table.rows) else 1


if __name__ == "__main__":
    sys.exit(main())
