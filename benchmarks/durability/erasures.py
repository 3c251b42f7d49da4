"""What it costs to erase many people over HTTP, and whether any word of them is left once it has become quiet."""

from __future__ import annotations

import re
import shutil
import sqlite3
import time
from contextlib import closing
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import httpx

from benchmarks.durability.processes import Process, Server
from skillmatch.domain.people.person import Evidence, EvidenceSource, StoredPerson
from skillmatch.store import Store


@dataclass(frozen=True)
class Cost:
    """Milliseconds of the median and of the slowest answer, and of a plain write's median; seconds of all and until
    nothing was owed; how many were still named."""

    count: int
    megabytes: float
    write: float
    median: float
    slowest: float
    seconds: float
    swept_after: float
    left: int


def name_of(number: int) -> str:
    """A name that nobody else has."""
    return f"Zeb{number:06}ulon Quix{number:06}"


def fill(folder: Path, people: int) -> None:
    """A workspace of that many people, in which each is named in a note about another."""
    with Store.open(folder, create=True) as store:
        for start in range(0, people, 5_000):
            with store.writing() as change:
                change.put_people([_person(one, people) for one in range(start, min(people, start + 5_000))])


def _person(number: int, people: int) -> StoredPerson:
    notes = (f"seen by {name_of((number + 1) % people)}", "", "course of last year", "asked twice")
    said = [
        Evidence(f"own/skill-{(number * 7 + place) % 300}", 2.0, EvidenceSource.MANAGER, date(2026, 3, 1), note=note)
        for place, note in enumerate(notes)
    ]
    return StoredPerson(f"hr/x{number:06}y", name_of(number), unit=f"Unit {number % 40}", evidence=tuple(said))


def measure(folder: Path, people: int, count: int) -> Cost:
    """Erase ``count`` of ``people`` one after the other, then wait until nothing is owed to them."""
    shutil.rmtree(folder, ignore_errors=True)
    filling = Process.of(lambda: fill(folder, people) or 0)
    if filling.wait():
        raise RuntimeError("the workspace could not be filled")
    megabytes = (folder / "workspace.db").stat().st_size / 1e6
    erased = [(number * 7_919) % people for number in range(count)]
    server = Server.of(folder, 1)
    try:
        times = []
        with httpx.Client(base_url=server.address, timeout=60) as client:
            write = _plain_write(client)
            begun = time.perf_counter()
            for one in erased:
                asked = time.perf_counter()
                client.delete(f"/v1/people/hr/x{one:06}y", headers={"If-Match": "*"}).raise_for_status()
                times.append(time.perf_counter() - asked)
        took = time.perf_counter() - begun
        while _owed(folder):
            time.sleep(0.2)
        swept = time.perf_counter() - begun - took
    finally:
        server.process.kill()
    times.sort()
    left = words_left(folder, {f"{one:06}" for one in erased})
    return Cost(count, megabytes, 1e3 * write, 1e3 * times[len(times) // 2], 1e3 * times[-1], took, swept, left)


def _plain_write(client: httpx.Client) -> float:
    times = []
    for number in range(50):
        asked = time.perf_counter()
        client.put(f"/v1/people/other/{number}", json={"name": f"Other {number}"}).raise_for_status()
        times.append(time.perf_counter() - asked)
    return sorted(times)[len(times) // 2]


def _owed(folder: Path) -> int:
    with closing(sqlite3.connect(folder / "workspace.db", timeout=30)) as database:
        return int(database.execute("SELECT count(*) FROM owed_erasures").fetchone()[0])


def words_left(folder: Path, numbers: set[str]) -> int:
    """How many of the people with these numbers are still named in any byte of the workspace's files."""
    found: set[str] = set()
    for path in folder.rglob("*"):
        if path.is_file():
            data = path.read_bytes()
            found.update(match[1].decode() for match in re.finditer(rb"x(\d{6})y", data))
            found.update(match[1].decode() for match in re.finditer(rb"(?:Zeb|Quix)(\d{6})", data))
    return len(found & numbers)
