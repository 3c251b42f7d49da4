"""What a test wants to know of a workspace's database files: who opens them by hand, and which locks lie on them."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from skillmatch.store.erasure.remnants import is_database

_watched: list[OpenedByHand] = []
_hooked = False


@dataclass
class OpenedByHand:
    """The database files of a folder that Python opened while it was watched, with the place that did."""

    folder: Path
    found: list[str] = field(default_factory=list)

    def see(self, given: object) -> None:
        """Look at the path that somebody opens."""
        if isinstance(given, str | bytes | os.PathLike):
            path = Path(os.path.abspath(os.fsdecode(given)))  # noqa: PTH100 - resolve() would follow links
            if path.is_relative_to(self.folder) and is_database(path):
                frame = sys._getframe(3)
                self.found.append(f"{path.name} by {frame.f_code.co_filename}:{frame.f_lineno}")


def _hook(event: str, arguments: tuple[Any, ...]) -> None:
    if event == "open":
        for one in _watched:
            one.see(arguments[0])


@contextmanager
def opened_by_hand(folder: Path) -> Iterator[OpenedByHand]:
    """Watch for Python opening a database file of a folder, in any thread; SQLite's own opening is not seen."""
    global _hooked
    if not _hooked:
        sys.addaudithook(_hook)  # cannot be taken away again
        _hooked = True
    watching = OpenedByHand(folder.absolute())
    _watched.append(watching)
    try:
        yield watching
    finally:
        _watched.remove(watching)


def locks_on(folder: Path, process: int | None = None) -> set[tuple[str, str, str, str]]:
    """The locks that a process holds on a folder's databases: file, kind, first and last byte. Linux only."""
    names = {path.stat().st_ino: path.name for path in folder.rglob("*") if path.is_file() and is_database(path)}
    found = set()
    for line in Path("/proc/locks").read_text(encoding="ascii").splitlines():
        _, kind, _, how, owner, where, first, last = line.replace("-> ", "").split()[:8]
        inode = int(where.rpartition(":")[2])
        if kind == "POSIX" and int(owner) == (process or os.getpid()) and inode in names:
            found.add((names[inode], how, first, last))
    return found


_ANOTHER_PROGRAM = """
import json, sqlite3, sys
verdicts, people = [], []
for name in ("workspace.db", "audit.db"):
    database = sqlite3.connect(f"{sys.argv[1]}/{name}", timeout=30)
    verdicts += [row[0] for row in database.execute("PRAGMA integrity_check")]
    if name == "workspace.db":
        people = [row[0] for row in database.execute("SELECT id FROM people")]
    database.close()
print(json.dumps([verdicts, people]))
"""


def seen_elsewhere(folder: Path) -> tuple[list[str], set[str]]:
    """What a second process that opens and closes a workspace sees: what its integrity checks say, whom it knows."""
    command = [sys.executable, "-c", _ANOTHER_PROGRAM, str(folder)]
    done = subprocess.run(command, capture_output=True, text=True, check=True, timeout=60)
    verdicts, people = json.loads(done.stdout)
    return verdicts, set(people)
