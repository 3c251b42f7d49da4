"""Audit: every read and decision about people recorded, shown, checked, exported, and answers given back."""

from __future__ import annotations

import hashlib
import zlib
from collections.abc import Iterator
from datetime import datetime
from itertools import islice
from pathlib import Path

from skillmatch.domain.access.audit import AccessNote, Again, AuditCheck, AuditLine, AuditLines, Replay
from skillmatch.domain.base.answer import canonical_json, content_hash
from skillmatch.domain.base.errors import ConflictError, InputError, NotFoundError, SkillmatchError
from skillmatch.domain.base.moments import utc_text
from skillmatch.files.writing import write_text
from skillmatch.service.advice.advisor import Advisor
from skillmatch.service.audit.questions import ask_again
from skillmatch.service.core import lookups
from skillmatch.service.core.context import WorkspaceContext
from skillmatch.store.audit.check import check_audit
from skillmatch.store.audit.lines import unmasked


class AuditTrail:
    """The audit of a workspace. It is a file of its own, so that recording never waits for an import."""

    def __init__(self, context: WorkspaceContext, advisor: Advisor) -> None:
        self._context = context
        self._advisor = advisor

    def record(self, note: AccessNote, answer: bytes | None = None) -> AuditLine:
        """Write down an access, with the bytes that were answered where they are to be given back one day.

        It is on the disk when this returns: record first, then answer. Calls from several threads share commits.
        Of somebody who was erased after the state that is answered from, nothing is kept but the line.
        Raises ``WorkspaceError``: then the answer should not be given.
        """
        line = self._context.audit_log.record(note, answer, self._context.clock().isoformat())
        erased = self._context.store.erased_since(note.subjects)
        for person_id in erased:
            self._context.audit_log.forget_again(person_id, line.at)
        if erased:
            self._context.audit_log.sweep()
        return line

    def lines(
        self,
        *,
        after: int = 0,
        limit: int | None = None,
        person: str | None = None,
        caller: str | None = None,
        action: str | None = None,
        since: datetime | None = None,
        until: datetime | None = None,
        upto: int | None = None,
    ) -> AuditLines:
        """Lines of the audit behind number ``after`` (up to ``upto``), in order.

        All, or those about a ``person`` (also one not stored), by a ``caller``, of an ``action``, from ``since`` on,
        before ``until``. Raises ``InputError`` for moments without an offset.
        """
        subject = None
        if person is not None:
            subject = self._context.audit_log.pseudonym(self._person_id(person))
            if subject is None:
                return AuditLines((), {})
        found = self._context.audit_log.lines(
            after=after,
            upto=upto,
            subject=subject,
            caller=caller,
            action=action,
            since=None if since is None else utc_text(since, "since"),
            until=None if until is None else utc_text(until, "until"),
        )
        return self._named(tuple(islice(found, limit)))

    def end(self) -> int:
        """The number of the last line; 0 when nothing was recorded."""
        return self._context.audit_log.end()[0]

    def line(self, seq: int) -> AuditLines:
        """One line, and whom it is about. Raises ``NotFoundError``."""
        return self._named((self._context.audit_log.line(seq),))

    def _named(self, found: tuple[AuditLine, ...]) -> AuditLines:
        people = self._context.audit_log.people()
        return AuditLines(found, {one: people[one] for item in found for one in item.subjects if one in people})

    def verify(self, kept: tuple[int, str] | None = None) -> AuditCheck:
        """Whether the log is whole; ``kept`` is the number and hash of a line that was noted elsewhere.

        >>> workspace.audit.verify().whole
        True
        """
        return check_audit(self._context.audit_log, kept)

    def export_to(self, path: Path) -> int:
        """Write all lines to an .ndjson file, one JSON object each; returns how many.

        Whoever has the file can check it: each hash is the SHA-256 of the canonical JSON of the line's other keys.
        Raises ``InputError`` for another ending, ``WorkspaceError``.
        """
        if path.suffix.lower() not in (".ndjson", ".jsonl"):
            raise InputError(f"'{path.name}' does not end in .ndjson or .jsonl.", field="path", remedy="Rename it.")
        found = [canonical_json(line.to_json()) for line in self._context.audit_log.lines()]
        write_text(path, "".join(f"{line}\n" for line in found))
        return len(found)

    def replay(self, seq: int) -> Replay:
        """The answer of a line, byte for byte, and whether today's program gives the same one.

        What an answer says is compared, not how it was presented. Raises ``NotFoundError`` for an unknown line,
        ``ConflictError`` where the kept bytes are not those of the line.
        """
        line = self._context.audit_log.line(seq)
        answer = self._answer_of(line)
        again, moved, detail = self._again(line)
        if answer is None and line.answer:
            detail = "the answer went with an erased person"
        return Replay(line, answer, again, moved, detail)

    def answers_about(self, person_id: str, *, answers: bool = True) -> Iterator[tuple[AuditLine, bytes | None]]:
        """Every line about a person with its answer (None without ``answers``), in order."""
        subject = self._context.audit_log.pseudonym(person_id)
        if subject is not None:
            for line in self._context.audit_log.lines(subject=subject):
                yield line, self._answer_of(line) if answers else None

    def _answer_of(self, line: AuditLine) -> bytes | None:
        if not line.answer:
            return None
        try:
            found = self._context.audit_log.answer(line.answer)
        except zlib.error:
            found = b""
        if found is not None and hashlib.sha256(found).hexdigest() != line.answer:
            raise ConflictError(
                f"the answer kept for line {line.seq} was changed.", remedy="Restore the audit from a backup."
            )
        return found

    def _again(self, line: AuditLine) -> tuple[Again, tuple[str, ...], str]:
        if line.question is None or not line.result:
            return Again.UNKNOWN, (), "the line holds no question that can be asked again"
        now = self._context.snapshot().versions.to_json()
        moved = tuple(name for name in sorted(now) if line.versions.get(name, now[name]) != now[name])
        asked = unmasked(line.question, self._context.audit_log.people())
        try:
            found = ask_again(self._advisor, asked)
        except (SkillmatchError, KeyError, TypeError, ValueError) as error:
            return Again.UNKNOWN, moved, f"the question cannot be asked any more: {error}"
        same = content_hash(found) == line.result
        return (Again.SAME if same else Again.DIFFERENT), moved, ""

    def _person_id(self, given: str) -> str:
        try:
            with self._context.store.reading() as view:
                return lookups.find_person(view, given).id
        except NotFoundError:
            return given
