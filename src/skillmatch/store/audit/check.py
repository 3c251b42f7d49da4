"""Checking the audit: is every line there, in its order, as it was written; and every answer, byte for byte."""

from __future__ import annotations

import hashlib
import zlib

from skillmatch.domain.access.audit import ERASE, START, AuditCheck
from skillmatch.domain.base.errors import SkillmatchError
from skillmatch.store.audit.log import AuditLog

MOST = 100
"""Things that are wrong which are listed; a log with more is beyond reading."""


def check_audit(log: AuditLog, kept: tuple[int, str] | None = None) -> AuditCheck:
    """Read the whole log and say what is wrong with it.

    ``kept`` is the number and hash of a line that somebody noted elsewhere: without it a log rewritten from some line
    to its end, its noted end included, would pass.
    """
    wrong: list[str] = []
    erased: set[str] = set()
    wanted: dict[str, tuple[int, tuple[str, ...]]] = {}
    count, previous, seen = 0, START, -1
    held_kept = kept is None
    end = log.end()
    try:
        while count > seen:  # once more where others have written meanwhile
            seen = count
            for line in log.lines(after=count):
                if line.seq != count + 1:
                    wrong.append(f"line {count + 1} is missing: line {line.seq} comes next")
                if line.previous != previous:
                    wrong.append(f"line {line.seq} does not follow the line before it")
                if line.hash != line.sealed_hash():
                    wrong.append(f"line {line.seq} was changed: its hash does not match what it says")
                held_kept = held_kept or kept == (line.seq, line.hash)
                if line.action == ERASE:
                    erased.update(line.subjects)
                if line.answer:
                    wanted[line.answer] = (line.seq, line.subjects)
                count, previous = line.seq, line.hash
            end = log.end()
    except (ValueError, KeyError, TypeError) as error:
        wrong.append(f"line {count + 1} cannot be read: {error}")
        return AuditCheck(count, previous, 0, 0, tuple(wrong[:MOST]))
    if end != (count, previous):
        wrong.append(f"the log ends with line {count}, and line {end[0]} ({end[1][:16]}) was noted as its end")
    if not held_kept and kept is not None:
        wrong.append(f"line {kept[0]} with the hash {kept[1][:16]} is not in the log: it was rewritten")
    there = set(log.answer_hashes()) if count else set()
    gone = 0
    for digest, (seq, subjects) in wanted.items():
        if digest not in there:
            if erased.isdisjoint(subjects):
                wrong.append(f"the answer of line {seq} is missing, and nobody whom it concerns was erased")
            else:
                gone += 1
            continue
        if not _sound(log, digest):
            wrong.append(f"the answer of line {seq} was changed")
    wrong += [f"an answer ({digest[:16]}) belongs to no line" for digest in sorted(there - wanted.keys())]
    return AuditCheck(count, previous, len(there), gone, tuple(wrong[:MOST]))


def _sound(log: AuditLog, digest: str) -> bool:
    try:
        data = log.answer(digest)
    except (zlib.error, SkillmatchError):
        return False
    return data is not None and hashlib.sha256(data).hexdigest() == digest
