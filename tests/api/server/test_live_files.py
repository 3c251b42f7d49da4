"""No operation opens a live database file by hand, and each leaves SQLite's locks as they were.

Whoever opens such a file and closes it again drops all locks that SQLite holds on it for the process; the next program
that closes the workspace then deletes the write-ahead log, and acknowledged writes with it.
"""

from __future__ import annotations

import ast
import re
import sys
from pathlib import Path

import pytest
from starlette.testclient import TestClient
from tests.live_files import locks_on, opened_by_hand

from skillmatch.service.access.outbound import HOSTS
from skillmatch.service.workspace import Workspace

from ..calls import ALL, with_things

OPENS = {
    "open",
    "read_bytes",
    "read_text",
    "write_bytes",
    "write_text",
    "touch",
    "copy",
    "copy2",
    "copyfile",
    "copytree",
}
"""What opens a file by hand, as a function or a method."""

WHOLE_FOLDERS = {"rglob", "iterdir", "walk", "scandir", "copytree"}
"""What comes upon files that nobody named."""

OPENERS_OF_WORKSPACES = {"Workspace", "Store", "invocation", "self"}
"""Names before ``.open`` that stand for no file."""

NOT_LIVE = {
    "service/operations/backup.py": "copies that SQLite made, and folders that nobody has open yet",
    "store/erasure/remnant_search.py": "a program of its own, in a process that has nothing open",
}
"""Modules that may open database files by hand, and why nothing is live there."""


QUICK = {
    "export_table",
    "get_person",
    "health",
    "person_gap",
    "put_person",
    "list_jobs",
    "verify_audit",
    "erase_person",
}
"""A few of each kind, for every run."""


@pytest.mark.skipif(sys.platform != "linux", reason="reads /proc/locks")
@pytest.mark.parametrize("names", [QUICK, pytest.param(set(ALL), marks=pytest.mark.slow)], ids=["some", "all"])
def test_every_operation_leaves_the_files_to_sqlite_and_the_locks_as_they_were(
    own: Workspace, own_client: TestClient, monkeypatch: pytest.MonkeyPatch, names: set[str]
) -> None:
    monkeypatch.setenv(HOSTS, "hooks.example.org")
    own_client.get("/v1/people/own/P-037")
    before = locks_on(own.folder)
    assert {name for name, *_ in before} >= {"workspace.db", "audit.db", "workspace.db-shm", "audit.db-shm"}
    last = ["remove_person", "erase_person"]  # the examples of all others speak of the person
    answered = set()
    with opened_by_hand(own.folder) as watched:
        for name in sorted(names, key=lambda one: (one in last, one)):
            call = with_things(ALL[name], own)
            answer = call.send(own_client)
            if answer.is_success:
                answered.add(name)
            assert watched.found == [], name
            assert locks_on(own.folder) == before, name
    assert "erase_person" in answered
    assert len(answered) > 0.8 * len(names), names - answered


def test_the_watch_sees_what_it_is_for(own: Workspace, tmp_path: Path) -> None:
    before = locks_on(own.folder) if sys.platform == "linux" else set()
    with opened_by_hand(own.folder) as watched:
        (own.folder / "workspace.db").read_bytes()
    assert [found.split()[0] for found in watched.found] == ["workspace.db"]
    assert sys.platform != "linux" or locks_on(own.folder) != before


def _suspicious(source: str) -> bool:
    """Whether a module opens files by hand and may come upon a database: by its name, or in the whole workspace."""
    named = "DATABASE" in source or re.search(r"""\.db["']|-wal["']|-shm["']""", source) is not None
    whole = re.search(r"(store|workspace)\.folder|\.folder\.(rglob|iterdir|walk)", source) is not None
    if not named and not whole:
        return False
    called = {
        part.attr if isinstance(part, ast.Attribute) else getattr(part, "id", "")
        for part in (node.func for node in ast.walk(ast.parse(source)) if isinstance(node, ast.Call))
        if not (isinstance(part, ast.Attribute) and getattr(part.value, "id", "") in OPENERS_OF_WORKSPACES)
    }
    return bool(called & OPENS) and (named or bool(called & WHOLE_FOLDERS))


def test_no_module_opens_what_may_be_a_live_database(repository: Path) -> None:
    source = repository / "src" / "skillmatch"
    found = {
        path.relative_to(source).as_posix(): path.read_text(encoding="utf-8") for path in sorted(source.rglob("*.py"))
    }
    suspicious = {name for name, text in found.items() if _suspicious(text) and "is_database(" not in text}
    assert suspicious - NOT_LIVE.keys() == set()


def test_the_scan_sees_what_it_is_for() -> None:
    assert _suspicious('def size(folder):\n    return len((folder / "workspace.db").read_bytes())\n')
    assert _suspicious('def hold(workspace):\n    return [p.open() for p in workspace.folder.rglob("*")]\n')
    assert not _suspicious("def text(path):\n    return path.read_text()\n")
