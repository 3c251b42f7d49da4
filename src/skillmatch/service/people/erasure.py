"""Erasure: everything about a person deleted and overwritten, and what is owed beyond that put down and done."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from skillmatch.domain.base import checks
from skillmatch.domain.people.claim import Claim
from skillmatch.domain.people.dispute import Dispute
from skillmatch.domain.people.erasure import Erased, Swept
from skillmatch.domain.people.person import StoredPerson
from skillmatch.domain.people.waiting import WaitingLine
from skillmatch.service.core import lookups
from skillmatch.service.core.context import WorkspaceContext
from skillmatch.service.core.linking import text_key
from skillmatch.service.people.sweeping import SMALL, Sweep
from skillmatch.store import Change, Kind
from skillmatch.store.engine.json_columns import external_of
from skillmatch.store.erasure.meanwhile import note_erasure
from skillmatch.store.erasure.owed import owe
from skillmatch.store.erasure.remnants import is_database
from skillmatch.store.tables.waiting import waiting_of

_BRACKETS = re.compile(r"\[([^\[\]]+)\]")


class Erasure:
    """The right to be forgotten."""

    def __init__(self, context: WorkspaceContext) -> None:
        self._context = context

    def erase(self, person: str, *, by: str) -> Erased:
        """Delete a person with everything about them, overwrite the bytes, and say so in the audit.

        Evidence, lines that wait to be placed, awards, claims, disputes, learning events, keys and answers about them
        go at once. In kept plans a stand-in takes their place; where others wrote or signed with their name, "erased
        person" does, unless somebody else has the same name; lists of rejected rows that name them go. In a small
        workspace that is done at once, too; in a large one it is owed, ``swept`` is False, and :meth:`sweep` does it
        for everybody together (a server does so by itself, moments later). Lines of the audit stay, and cannot be
        told to be about them. Backups and exports made before are not in the workspace: delete them yourself. Imports
        that were handed in before leave them out, and plans that are searched for end with a stand-in. Raises
        ``NotFoundError``.
        """
        checks.text(by, "by", most=500)
        with self._context.store.reading() as view:
            owner = lookups.find_person(view, person)
        caller = "the person" if by.strip() in (owner.name, owner.id, external_of(owner.id)) else by.strip()
        line, answers = self._context.audit_log.forget(owner.id, caller, self._context.clock().isoformat())
        subject = line.subjects[0]
        with self._context.store.writing() as change:
            stand_in = f"erased/{subject[:12]}"
            counts = _erase_rows(change, change.person(owner.id), stand_in)
            note_erasure(change, owner.id, stand_in)
        with self._context.store.writing() as change:  # nobody is added meanwhile
            if change.missing(Kind.PERSON, [owner.id]):
                answers += self._context.audit_log.forget_again(owner.id, line.at)
        counts["answers"] = answers
        self._context.audit_log.sweep()
        if self._context.store.size() > SMALL:
            return Erased(subject, line.seq, counts, swept=False, left=())
        swept = self.sweep()
        return Erased(subject, line.seq, counts, False, tuple(self._files_with(owner.name))).after(swept)

    def sweep(self) -> Swept:
        """Do what is owed to everybody who was erased: see :meth:`erase`. Raises ``WorkspaceError``."""
        return self._sweep()

    def erasures_owed(self) -> int:
        """To how many erased people something is owed."""
        return self._sweep.owed()

    @property
    def _sweep(self) -> Sweep:
        return Sweep(self._context.store, self._context.audit_log, self._context.snapshot)

    def _files_with(self, word: str) -> Iterator[str]:
        """The files of a small workspace in which a word stands."""
        folder, bare = self._context.store.folder, word.encode()
        for path in sorted(path for path in folder.rglob("*") if path.is_file()):
            if path == self._context.store.path:
                found = bare in self._context.store.image()
            else:
                found = not is_database(path) and bare in path.read_bytes()
            if found:
                yield str(path.relative_to(folder))


@dataclass(frozen=True)
class _Known:
    """What is to go with a person."""

    person: StoredPerson
    claims: list[Claim]
    disputes: list[Dispute]
    waiting: tuple[WaitingLine, ...]

    def texts(self) -> set[str]:
        """Every text about them that an encoder may have been given, and the words quoted in notes."""
        notes = [*(piece.note for piece in self.person.evidence), *(line.note for line in self.waiting)]
        quoted = [words for note in notes for words in _BRACKETS.findall(note)]
        said = [item.text for item in self.claims] + [item.reason for item in self.disputes]
        said += [line.words for line in self.waiting]
        return {text for text in (self.person.name, *notes, *quoted, *said) if text}


def _erase_rows(change: Change, owner: StoredPerson, stand_in: str) -> dict[str, int]:
    about = _Known(owner, change.claims(owner.id), change.disputes(owner.id), waiting_of(change, owner.id))
    counts = {
        "evidence": len(owner.evidence),
        "waiting lines": len(about.waiting),
        "awards": len(owner.awards),
        "claims": len(about.claims),
        "disputes": len(about.disputes),
        "learning events": len(change.events(owner.id)),
    }
    counts["API keys"] = change.drop_keys_of(owner.id)
    change.remove(Kind.PERSON, owner.id)
    change.blank_answers()  # what was answered to requests with a key may name them
    owe(change, owner.id, owner.name, stand_in, {text_key(text) for text in about.texts()})
    return counts
