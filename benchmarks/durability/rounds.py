"""Rounds of erasing, commands, imports and writes, each ended by killing the server at a random point."""

from __future__ import annotations

import random
import sqlite3
import threading
import time
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path

import httpx

from benchmarks.durability.processes import Process, Server

WRITES, ROWS = 20, 10
LINGERING = 0.02
"""Seconds after an answered write in which the server is killed at the latest."""


@dataclass
class Tally:
    """What came of the rounds."""

    rounds: int = 0
    acknowledged: int = 0
    erased: int = 0
    lost: set[str] = field(default_factory=set)
    back: set[str] = field(default_factory=set)
    unsound: list[str] = field(default_factory=list)
    locks_changed: int = 0
    failed_commands: int = 0

    @property
    def sound(self) -> bool:
        """Whether nothing at all went wrong."""
        return not (self.lost or self.back or self.unsound or self.locks_changed or self.failed_commands)

    def report(self, workers: int) -> str:
        """One row of the report."""
        whole = f"{self.rounds - len(self.unsound)} of {self.rounds}"
        figures = (workers, self.rounds, self.acknowledged, len(self.lost), self.erased, len(self.back), whole)
        return f"| {' | '.join(map(str, (*figures, self.locks_changed, self.failed_commands)))} |"


HEAD = (
    "| workers | rounds | writes acknowledged | lost | erased | back again | sound | locks changed | failures |\n"
    "| --- | --- | --- | --- | --- | --- | --- | --- | --- |"
)


class Rounds:
    """Rounds on one workspace; what was acknowledged in any of them has to be there after each."""

    def __init__(self, folder: Path, workers: int, seed: int) -> None:
        self.tally = Tally()
        self._folder, self._workers, self._random = folder, workers, random.Random(seed)
        self._there: set[str] = set()
        self._gone: set[str] = set()

    def run(self) -> None:
        """One more round."""
        number = self.tally.rounds
        server = Server.of(self._folder, self._workers)
        listing = importing = None
        try:
            with httpx.Client(base_url=server.address, timeout=60) as client:
                self._put(client, f"r{number}-first")
                for _ in range(4 * self._workers):  # each worker opens the audit before the locks are looked at
                    client.get(f"/v1/people/hr/r{number}-first")
                before = server.locks(self._folder)
                self._erase(client)
                listing = Process.command("--workspace", str(self._folder), "people", "list")
                self.tally.failed_commands += listing.wait() != 0
                self.tally.locks_changed += not before <= server.locks(self._folder)
                importing = self._import(number)
                writing = threading.Thread(target=self._write, args=(client, number), daemon=True)
                writing.start()
                wanted = self.tally.acknowledged + self._random.randint(0, WRITES)
                while writing.is_alive() and self.tally.acknowledged < wanted:
                    time.sleep(0.001)
                time.sleep(self._random.uniform(0, LINGERING))
                server.process.kill()
                writing.join()
        finally:
            if importing is not None and importing.wait() == 0:
                self._there.update(f"hr/i{number}-{row}" for row in range(ROWS))
                self.tally.acknowledged += ROWS
        self.tally.rounds += 1
        self._check(number)

    def _put(self, client: httpx.Client, own_id: str) -> None:
        answer = client.put(
            f"/v1/people/hr/{own_id}", json={"name": f"Person {own_id}"}, headers={"If-None-Match": "*"}
        )
        if answer.status_code == 201:
            self._there.add(f"hr/{own_id}")
            self.tally.acknowledged += 1

    def _write(self, client: httpx.Client, number: int) -> None:
        for place in range(WRITES):
            try:
                self._put(client, f"r{number}-{place}")
            except httpx.HTTPError:
                return

    def _erase(self, client: httpx.Client) -> None:
        person = self._random.choice(sorted(self._there))
        answer = client.delete(f"/v1/people/{person}", headers={"If-Match": "*"})
        if answer.is_success:
            self._there.remove(person)
            self._gone.add(person)
            self.tally.erased += 1
        else:
            self.tally.failed_commands += 1

    def _import(self, number: int) -> Process:
        path = self._folder.with_name(f"{self._folder.name}-import.csv")
        path.write_text(
            "id,name\n" + "".join(f"i{number}-{row},Imported {row}\n" for row in range(ROWS)), encoding="utf-8"
        )
        return Process.command("--workspace", str(self._folder), "people", "import", str(path), "--source", "hr")

    def _check(self, number: int) -> None:
        """Look at the workspace as a second program that opens it after the crash."""
        with closing(sqlite3.connect(self._folder / "workspace.db", timeout=30)) as database:
            (verdict,) = database.execute("PRAGMA integrity_check").fetchone()
            found = {row[0] for row in database.execute("SELECT id FROM people WHERE id LIKE 'hr/%'")}
        with closing(sqlite3.connect(self._folder / "audit.db", timeout=30)) as audit:
            (also,) = audit.execute("PRAGMA integrity_check").fetchone()
        if (verdict, also) != ("ok", "ok"):
            self.tally.unsound.append(f"round {number}: {verdict} {also}")
        self.tally.lost |= self._there - found
        self.tally.back |= self._gone & found
