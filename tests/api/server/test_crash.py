"""Killed in the midst of mixed writes, the server loses nothing that it acknowledged, and is soon back."""

from __future__ import annotations

import json
import os
import random
import shutil
import signal
import sqlite3
import subprocess
import sys
import threading
import time
import urllib.request
from contextlib import suppress
from pathlib import Path

import httpx
import pytest

from skillmatch.client import Client, ClientError

COMMAND = "import sys; from skillmatch.cli.main import run; sys.exit(run())"
KILLS, READY_WITHIN = 100, 4.0


def start(folder: Path, port: int) -> tuple[subprocess.Popen[bytes], float]:
    """The server, once it is ready, and after how many seconds that was."""
    begun = time.monotonic()
    command = [sys.executable, "-c", COMMAND, "--workspace", str(folder), "serve", "--port", str(port)]
    environment = {**os.environ, "SKILLMATCH_REQUESTS_PER_MINUTE": "1000000"}
    process = subprocess.Popen(
        [*command, "--log-level", "error"], env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    while time.monotonic() - begun < 60:
        with suppress(OSError), urllib.request.urlopen(f"http://127.0.0.1:{port}/ready", timeout=5):
            return process, time.monotonic() - begun
        time.sleep(0.02)
    raise AssertionError("the server did not become ready")


def free_port() -> int:
    import socket

    with socket.create_server(("127.0.0.1", 0)) as found:
        return int(found.getsockname()[1])


class Writers:
    """Threads that add and change people of their own, and remember what was acknowledged."""

    def __init__(self, address: str, key: str, count: int) -> None:
        self.acknowledged: dict[str, str] = {}
        self._address, self._key = address, key
        self._stop = threading.Event()
        self._threads = [threading.Thread(target=self._write, args=(number,), daemon=True) for number in range(count)]

    def __enter__(self) -> Writers:
        for thread in self._threads:
            thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._stop.set()
        for thread in self._threads:
            thread.join(30)

    def _write(self, number: int) -> None:
        turn = 0
        with Client(self._address, self._key, tries=1, timeout=10) as api:
            while not self._stop.is_set():
                turn += 1
                path = f"/v1/people/crash/{number}-{turn % 10}"
                name = f"Turn {turn}"
                try:
                    api.upsert(path, {"name": name, "unit": f"Unit {turn}"})
                except ClientError:
                    # Unanswered, so it may have been made or not: what is stored is then either of the two.
                    self.acknowledged.pop(path, None)
                    time.sleep(0.02)
                else:
                    self.acknowledged[path] = name


@pytest.mark.slow
@pytest.mark.timeout(3600)
def test_a_hundred_sudden_deaths(pristine: Path, tmp_path: Path) -> None:
    from skillmatch.matching.encoders.ngram_encoder import NgramEncoder
    from skillmatch.service.workspace import Workspace

    folder = Path(shutil.copytree(pristine, tmp_path / "w"))
    with Workspace.open(folder, encoder=NgramEncoder()) as workspace:
        key = workspace.keys.create("crash", ["admin"], by="tests").text
    chance, port = random.Random(7), free_port()
    slowest, checked = 0.0, 0
    process, _ = start(folder, port)
    for _ in range(KILLS):
        with Writers(f"http://127.0.0.1:{port}", key, 3) as writers:
            time.sleep(chance.uniform(0.05, 0.8))
            process.send_signal(signal.SIGKILL)
            process.wait()
        with sqlite3.connect(folder / "workspace.db") as database:
            assert database.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        process, seconds = start(folder, port)
        slowest = max(slowest, seconds)
        with Client(f"http://127.0.0.1:{port}", key) as api:
            for path, name in writers.acknowledged.items():
                assert api.get(path)["name"] == name
                checked += 1
    process.terminate()
    assert process.wait(60) == 0
    assert checked > KILLS
    print(json.dumps({"kills": KILLS, "acknowledged": checked, "slowest_s": round(slowest, 2)}))
    assert slowest <= READY_WITHIN * 2  # what it has to be is measured in benchmarks; a crowded machine may double it


CLIENTS, TURNS, PEOPLE = 32, 1_000, 8
KEPT = ("etag", "location", "content-type", "content-length")
"""The headers that a replay has as the first answer had them; others (the request's id, what is left to the caller)
belong to the request."""


class Racer:
    """Adds one to counters of people that others count up, too, on the state it has read; sends much of it twice."""

    def __init__(self, address: str, key: str, number: int) -> None:
        self._http = httpx.Client(base_url=address, headers={"Authorization": f"Bearer {key}"}, timeout=120)
        self._number = number
        self._chance = random.Random(number)
        self.made = [0] * PEOPLE
        self.replayed = self.refused = 0
        self.wrong: list[str] = []

    def run(self) -> None:
        with self._http:
            for turn in range(TURNS):
                self._turn(turn)

    def _turn(self, turn: int) -> None:
        which = self._chance.randrange(PEOPLE)
        path = f"/v1/people/race/{which}"
        stored = self._http.get(path)
        count = int(stored.json()["unit"])
        headers = {"If-Match": stored.headers["etag"], "Idempotency-Key": f"{self._number}-{turn}"}
        first = self._put(path, count + 1, headers)
        self.made[which] += first.status_code == 200
        self.refused += first.status_code == 412
        if first.status_code not in (200, 412):
            self.wrong.append(f"{turn}: {first.status_code} {first.text[:200]}")
        if turn % 5 == 0:
            again = self._put(path, count + 1, headers)
            same = again.content == first.content and again.status_code == first.status_code
            same &= all(again.headers.get(name) == first.headers.get(name) for name in KEPT)
            if not same or again.headers.get("idempotency-replayed") != "true":
                self.wrong.append(f"{turn}: {first.content!r} {first.headers} {again.content!r} {again.headers}")
            self.replayed += 1

    def _put(self, path: str, count: int, headers: dict[str, str]) -> httpx.Response:
        """The answer; a server that had no time (503) is asked again, under the same key."""
        for _ in range(20):
            answer = self._http.put(path, json={"name": "Counter", "unit": str(count)}, headers=headers)
            if answer.status_code != 503:
                return answer
            time.sleep(0.2)
        return answer


@pytest.mark.slow
@pytest.mark.timeout(3600)
def test_many_clients_on_the_same_people_lose_no_update(live_many: tuple[str, str]) -> None:
    """One chain of versions for each person, no update lost, and replays that are the first answer byte for byte."""
    address, key = live_many
    with Client(address, key) as api:
        for which in range(PEOPLE):
            api.upsert(f"/v1/people/race/{which}", {"name": "Counter", "unit": "0"})
        racers = [Racer(address, key, number) for number in range(CLIENTS)]
        threads = [threading.Thread(target=racer.run) for racer in racers]
        begun = time.monotonic()
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        made = [sum(racer.made[which] for racer in racers) for which in range(PEOPLE)]
        assert [problem for racer in racers for problem in racer.wrong] == []
        assert [int(api.get(f"/v1/people/race/{which}")["unit"]) for which in range(PEOPLE)] == made
    refused, replayed = (sum(getattr(racer, name) for racer in racers) for name in ("refused", "replayed"))
    figures = {"upserts": CLIENTS * TURNS, "made": sum(made), "refused": refused, "replays": replayed}
    print(json.dumps(figures | {"seconds": round(time.monotonic() - begun)}))
    assert sum(made) + refused == CLIENTS * TURNS
    assert sum(made) >= TURNS  # enough changes got through for the race to be one
    assert replayed == CLIENTS * TURNS / 5


@pytest.fixture
def live_many(pristine: Path, tmp_path: Path) -> object:
    from skillmatch.matching.encoders.ngram_encoder import NgramEncoder
    from skillmatch.service.workspace import Workspace

    folder = Path(shutil.copytree(pristine, tmp_path / "w"))
    with Workspace.open(folder, encoder=NgramEncoder()) as workspace:
        key = workspace.keys.create("race", ["admin"], by="tests").text
    port = free_port()
    process, _ = start(folder, port)
    yield f"http://127.0.0.1:{port}", key
    process.terminate()
    assert process.wait(60) == 0
