"""The audit: whatever is edited, deleted or reordered shows; erasing a person does not break it."""

from __future__ import annotations

import sqlite3
import threading
import zlib
from collections.abc import Iterator
from pathlib import Path

import pytest

from skillmatch.domain.access.audit import ERASE, AccessNote
from skillmatch.domain.base.errors import NotFoundError, WorkspaceError
from skillmatch.store.audit.check import check_audit
from skillmatch.store.audit.log import AuditLog

AT = "2026-06-01T12:00:00+00:00"


@pytest.fixture
def log(tmp_path: Path) -> Iterator[AuditLog]:
    opened = AuditLog(tmp_path, wait=5.0)
    yield opened
    opened.close()


def note(person: str = "own/P1", action: str = "recommend") -> AccessNote:
    return AccessNote("key-1", action, (person,), {"path": f"/people/{person}", "role": "own/R1"}, {"skillmatch": "1"})


def filled(log: AuditLog, count: int = 5) -> None:
    for number in range(1, count + 1):
        log.record(note(f"own/P{number}"), f"answer {number}".encode(), AT)


def sql(log: AuditLog, *statements: str) -> None:
    with sqlite3.connect(log.path) as connection:
        for statement in statements:
            connection.execute(statement)
    connection.close()


def test_an_unused_audit_is_no_file_and_whole(log: AuditLog) -> None:
    check = check_audit(log)
    assert (check.whole, check.lines) == (True, 0)
    assert list(log.lines()) == []
    assert not log.path.exists()
    with pytest.raises(NotFoundError):
        log.line(1)


def test_lines_follow_each_other_and_name_nobody(log: AuditLog) -> None:
    filled(log)
    check = check_audit(log)
    assert (check.whole, check.lines, check.answers) == (True, 5, 5), check.wrong
    assert [line.seq for line in log.lines(after=2)] == [3, 4, 5]
    line = log.line(1)
    assert "P1" not in str(line.to_json())
    assert line.detail["path"] == f"/people/subject:{line.subjects[0]}"
    assert log.people()[line.subjects[0]] == "own/P1"
    assert log.answer(line.answer) == b"answer 1"
    assert check_audit(log, (check.lines, check.head)).whole
    assert [found.seq for found in log.lines(subject=line.subjects[0])] == [1]


def test_ids_are_masked_as_whole_words_only(log: AuditLog) -> None:
    made = log.record(AccessNote("P1", "read", ("own/P1",), {"query": "P1,P10 own/P1 XP1"}), None, AT)
    mark = f"subject:{made.subjects[0]}"
    assert made.detail == {"query": f"{mark},P10 {mark} XP1"}
    assert made.caller == mark


EDITS = {
    "caller": ["UPDATE lines SET caller = 'nobody' WHERE seq = 3"],
    "time": ["UPDATE lines SET at = '2020-01-01T00:00:00+00:00' WHERE seq = 1"],
    "detail": ["UPDATE lines SET detail = '{}' WHERE seq = 2"],
    "subject": ["UPDATE lines SET subjects = '[]' WHERE seq = 2"],
    "version": ['UPDATE lines SET versions = \'{"skillmatch":"2"}\' WHERE seq = 2'],
    "answer of another": ["UPDATE lines SET answer = (SELECT answer FROM lines WHERE seq = 1) WHERE seq = 2"],
    "broken JSON": ["UPDATE lines SET detail = '{' WHERE seq = 4"],
    "deleted first": ["DELETE FROM lines WHERE seq = 1"],
    "deleted middle": ["DELETE FROM lines WHERE seq = 3"],
    "deleted last": ["DELETE FROM lines WHERE seq = 5"],
    "deleted all": ["DELETE FROM lines"],
    "deleted last and closed": ["DELETE FROM lines WHERE seq = 5", "UPDATE head SET seq = 4"],
    "deleted and renumbered": ["DELETE FROM lines WHERE seq = 2", "UPDATE lines SET seq = seq - 1 WHERE seq > 2"],
    "swapped": [
        "UPDATE lines SET seq = 99 WHERE seq = 2",
        "UPDATE lines SET seq = 2 WHERE seq = 3",
        "UPDATE lines SET seq = 3 WHERE seq = 99",
    ],
    "inserted": [
        "INSERT INTO lines SELECT 6, at, caller, action, subjects, detail, versions, snapshot, question, result,"
        " answer, hash, hash FROM lines WHERE seq = 5"
    ],
    "answer deleted": ["DELETE FROM answers WHERE hash = (SELECT answer FROM lines WHERE seq = 2)"],
    "answer and key deleted": [
        "DELETE FROM answers WHERE hash = (SELECT answer FROM lines WHERE seq = 2)",
        "DELETE FROM keys WHERE person_id = 'own/P2'",
    ],
    "answer damaged": ["UPDATE answers SET data = x'00' WHERE hash = (SELECT answer FROM lines WHERE seq = 2)"],
    "answer replaced": [
        f"UPDATE answers SET data = x'{zlib.compress(b'better').hex()}'"
        " WHERE hash = (SELECT answer FROM lines WHERE seq = 2)"
    ],
    "end forgotten": ["DELETE FROM head"],
}


@pytest.mark.parametrize("edits", EDITS.values(), ids=EDITS.keys())
def test_what_is_done_to_the_log_shows(log: AuditLog, edits: list[str]) -> None:
    filled(log)
    log.close()
    sql(log, *edits)
    check = check_audit(log)
    assert not check.whole


def test_a_log_written_anew_shows_against_a_line_noted_elsewhere(log: AuditLog, tmp_path: Path) -> None:
    filled(log)
    kept = (3, log.line(3).hash)
    (tmp_path / "forged").mkdir()
    forged = AuditLog(tmp_path / "forged")
    for number in range(5):
        forged.record(note(f"own/P{number}", "nothing"), None, AT)
    assert check_audit(forged).whole
    assert not check_audit(forged, kept).whole
    forged.close()


def test_forgetting_a_person_keeps_the_log_whole_and_leaves_no_byte(log: AuditLog, tmp_path: Path) -> None:
    filled(log)
    log.record(note("own/P2"), b"Petra", AT)
    subject = log.pseudonym("own/P2")
    line, gone = log.forget("own/P2", "Kim", AT)
    assert (line.action, line.subjects, gone) == (ERASE, (subject,), 2)
    check = check_audit(log)
    assert (check.whole, check.erased) == (True, 2), check.wrong
    assert subject not in log.people()
    again, gone = log.forget("own/P2", "Kim", AT)  # nothing is known any more that would tell it is the same person
    assert (gone, subject in again.subjects) == (0, False)
    log.sweep(rebuild=True)
    written = b"".join(path.read_bytes() for path in tmp_path.iterdir())
    assert b"own/P2" not in written
    assert b"own/P3" in written


def test_threads_share_commits_and_no_note_is_lost(log: AuditLog) -> None:
    def write(name: int) -> None:
        for number in range(20):
            log.record(note(f"own/T{name}"), f"{name} {number}".encode(), AT)

    threads = [threading.Thread(target=write, args=(name,)) for name in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    check = check_audit(log)
    assert (check.lines, check.answers, check.whole) == (160, 160, True), check.wrong


def test_two_programs_write_one_chain(log: AuditLog, tmp_path: Path) -> None:
    other = AuditLog(tmp_path)
    for number in range(10):
        (log if number % 2 else other).record(note(), b"same", AT)
    other.close()
    check = check_audit(log)
    assert (check.lines, check.answers, check.whole) == (10, 1, True), check.wrong


def test_a_note_that_cannot_be_written_is_an_error_for_its_caller(log: AuditLog, tmp_path: Path) -> None:
    filled(log, 1)
    with sqlite3.connect(log.path) as holder:
        holder.execute("PRAGMA user_version = 9")
    holder.close()
    log.close()
    with pytest.raises(WorkspaceError) as caught:
        log.record(note(), None, AT)
    assert caught.value.code == "workspace_newer"
