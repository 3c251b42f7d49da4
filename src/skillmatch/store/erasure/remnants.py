"""Whether words of erased people are left between the rows of the workspace, as a process of its own finds out."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterable
from pathlib import Path

from skillmatch.store.engine.failures import Failure, coded
from skillmatch.store.erasure import remnant_search

SECONDS = 600
"""How long the look may take: 100 MB take about a second."""


def left_between_rows(database: Path, words: Iterable[str]) -> bool:
    """Whether one of the words stands in a database file outside its rows; its log must have been emptied before.

    Raises ``WorkspaceError`` when nobody could look.
    """
    given = json.dumps({"path": str(database), "words": sorted(set(words))}, ensure_ascii=True)
    command = [sys.executable, "-I", "-S", str(Path(remnant_search.__file__))]
    try:
        done = subprocess.run(  # noqa: S603 - our own program, no shell
            command, input=given, capture_output=True, text=True, check=True, timeout=SECONDS
        )
        return bool(json.loads(done.stdout))
    except (OSError, ValueError, subprocess.SubprocessError) as error:
        raise coded(
            Failure.OTHER,
            f"nobody could look for remnants in '{database.name}' ({type(error).__name__}).",
            "It is tried again later.",
        ) from error


def is_database(path: Path) -> bool:
    """Whether a file of a workspace is SQLite's, so that only SQLite may open it: a database, its log, or a lock."""
    return path.name.endswith((".db", "-wal", "-shm", "-journal", ".lock"))
