"""Disputes, learning events, audit, erasure, backups and jobs on the command line."""

from __future__ import annotations

import json
import sqlite3
from pathlib import Path

from tests.cli.conftest import DAY, Cli

KIM = ("--author", "Kim")


def test_an_objection_is_decided_and_the_answer_changes(filled: Cli) -> None:
    asked = ("recommend", "E1", "R1", "--as-of", DAY, "--language", "en", "--json")
    assert "own/C1" in [item["credential_id"] for item in filled(*asked).document["recommendations"]]
    ended = filled("disputes", "raise", "E1", "--credential", "C1", "--reason", "I teach it.", "--on", DAY, "--json")
    dispute = ended.document["id"]
    assert "Clean wards" in filled("disputes", "list", "--open").out
    ended = filled("disputes", "decide", dispute, "upheld", "--note", "True.", *KIM, "--on", DAY)
    assert (ended.code, "upheld by Kim" in ended.out) == (0, True)
    excluded = {item["credential_id"]: item for item in filled(*asked).document["excluded"]}
    assert excluded["own/C1"]["reason"] == "disputed"
    assert "they objected to it" in filled("recommend", "E1", "R1", "--as-of", DAY).out
    assert "True." in filled("why", "E1", "R1", "C1", "--as-of", DAY).out
    assert filled("disputes", "decide", dispute, "rejected", "--note", "No.", *KIM).code == 2
    assert filled("disputes", "raise", "E1", "--reason", "No.").code == 2


def test_events_and_their_bad_rows(filled: Cli, tmp_path: Path) -> None:
    path = tmp_path / "events.ndjson"
    lines = [
        {"id": "1", "person": "E1", "kind": "completed", "date": DAY, "credential": "C1"},
        {"id": "2", "person": "E9", "kind": "completed", "date": DAY, "credential": "C1"},
    ]
    path.write_text("".join(json.dumps(line) + "\n" for line in lines))
    ended = filled("events", "import", path)
    assert (ended.code, "E9" in ended.out) == (2, True), ended
    assert filled("events", "import", path, "--keep-going").code == 0
    assert "completed" in filled("events", "list", "--person", "E1").out
    assert "Clean wards" in filled("people", "show", "E1").out


def test_a_person_is_handed_everything_and_erased(filled: Cli, tmp_path: Path) -> None:
    ended = filled("people", "export", "E1", tmp_path / "ana.zip", *KIM)
    assert (ended.code, "evidence: 4" in ended.out) == (0, True)
    ended = filled("people", "erase", "E1", *KIM)
    assert (ended.code, "--yes" in ended.err) == (2, True)
    ended = filled("people", "erase", "E1", "--yes", *KIM)
    assert (ended.code, "4 evidence" in ended.out) == (0, True)
    assert filled("people", "show", "E1").code == 2
    listed = filled("audit", "list").out
    assert "people.export" in listed and "people.erase" in listed and "erased (" in listed
    for path in (tmp_path / "workspace").rglob("*"):
        assert path.is_dir() or b"Ana Ruiz" not in path.read_bytes()


def test_the_audit_is_checked_and_shows_tampering(filled: Cli, tmp_path: Path) -> None:
    assert filled("audit", "verify").code == 0
    assert "Nothing" in filled("audit", "list").out
    filled("people", "export", "E1", tmp_path / "ana.json", *KIM)
    checked = filled("audit", "verify", "--json").document
    kept = f"{checked['lines']}:{checked['head']}"
    assert f"--kept {kept}" in filled("audit", "verify").out.replace("\n", " ")
    assert filled("audit", "verify", "--kept", kept).code == 0
    assert filled("audit", "verify", "--kept", "1:no").code == 2
    assert filled("audit", "export", tmp_path / "audit.ndjson").code == 0
    assert json.loads((tmp_path / "audit.ndjson").read_text())["action"] == "people.export"
    assert "unknown" in filled("audit", "replay", "1").out
    assert filled("audit", "replay", "1", "--output", tmp_path / "answer").code == 2
    assert filled("audit", "replay", "7").code == 2
    with sqlite3.connect(tmp_path / "workspace" / "audit.db") as connection:
        connection.execute("UPDATE lines SET caller = 'Nobody'")
    connection.close()
    ended = filled("audit", "verify")
    assert (ended.code, "was changed" in ended.out) == (2, True)


def test_backup_restore_and_migrate(filled: Cli, tmp_path: Path) -> None:
    backup = tmp_path / "one.backup"
    assert filled("backup", backup).code == 0
    assert filled("backup", backup).code == 2
    assert filled("restore", backup).code == 2
    assert filled("people", "erase", "E1", "--yes", *KIM).code == 0
    assert filled("restore", backup, "--overwrite").code == 0
    assert "Ana Ruiz" in filled("people", "show", "E1").out
    assert "Nothing to do" in filled("migrate").out
    with sqlite3.connect(tmp_path / "workspace" / "workspace.db") as connection:
        connection.execute("UPDATE alembic_version SET version_num = '0004'")
    connection.close()
    ended = filled("people", "list")
    assert (ended.code, "skillmatch migrate" in ended.err) == (2, True)


def test_jobs(filled: Cli) -> None:
    assert "no job" in filled("jobs", "list").out
    assert "no job" in filled("jobs", "run").out
    assert filled("jobs", "cancel", "job-1").code == 2
