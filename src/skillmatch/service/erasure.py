"""Erasure: everything about a person deleted and overwritten, and everything known of one handed over."""

from __future__ import annotations

import re
import time
from dataclasses import dataclass, replace
from pathlib import Path

from skillmatch.domain import checks
from skillmatch.domain.claim import Claim
from skillmatch.domain.dispute import Dispute
from skillmatch.domain.erasure import Erased
from skillmatch.domain.person import Person
from skillmatch.service import lookups
from skillmatch.service.audit import Auditing
from skillmatch.service.job_files import ERRORS, JOBS
from skillmatch.service.linking import text_key
from skillmatch.service.stored_plans import file_of, record_of, without_person
from skillmatch.store import Change, Kind
from skillmatch.store.erased_meanwhile import note_erasure
from skillmatch.store.erasure import NOBODY, names_in

TRIES = 10
"""How often the logs are tried to be emptied while another program reads, a fifth of a second apart."""

_BRACKETS = re.compile(r"\[([^\[\]]+)\]")


class Erasing(Auditing):
    """The right to be forgotten."""

    def erase_person(self, person: str, *, by: str) -> Erased:
        """Delete a person with everything about them, overwrite the bytes, and say so in the audit.

        Evidence, awards, claims, disputes, learning events, cached vectors of their words, answers about them and
        lists of rejected rows that name them go; in kept plans a stand-in takes their place; where they signed
        something, "erased person" does, unless somebody else has the same name. Lines of the audit stay, and cannot
        be told to be about them. Backups and exports made before are not in the workspace: delete them yourself.
        Imports that were handed in before leave them out, and plans that are searched for end with a stand-in.
        Raises ``NotFoundError``.
        """
        checks.text(by, "by", most=500)
        with self._store.reading() as view:
            owner = lookups.find_person(view, person)
        external = owner.id.partition("/")[2]
        caller = "the person" if by.strip() in (owner.name, owner.id, external) else by.strip()
        line, answers = self._audit.forget(owner.id, caller, self._clock().isoformat())
        stand_in = f"erased/{line.subjects[0][:12]}"
        names = [owner.name, owner.id, external]
        with self._store.writing() as change:
            counts = _erase_rows(change, change.person(owner.id), names, stand_in, set(self.snapshot_names()))
            note_erasure(change, owner.id, stand_in)
        counts["answers"] = answers
        counts["lists of rows"] = self._forget_rows(names)
        swept = self._sweep([owner.name, owner.id])
        left = tuple(self._files_with(owner.name))
        return Erased(line.subjects[0], line.seq, counts, swept, left)

    def snapshot_names(self) -> list[str]:
        """All names of the skills in use."""
        skills = self.snapshot().taxonomy.skills.values()
        return [name for skill in skills for name in (skill.label, *skill.aliases, skill.description)]

    def _forget_rows(self, names: list[str]) -> int:
        """Delete the lists of rejected rows in which a person is named."""
        count = 0
        for path in sorted((self._store.folder / JOBS).glob(f"*/{ERRORS}")):
            if names_in(path.read_text(encoding="utf-8", errors="replace"), names):
                path.unlink()
                count += 1
        return count

    def _sweep(self, words: list[str]) -> bool:
        """Empty the logs; where deleting left remnants in the files, write them anew."""
        swept = False
        for _ in range(TRIES):
            swept = self._store.sweep() and self._audit.sweep()
            if swept:
                break
            time.sleep(0.2)
        if swept and self._holds("workspace.db", words):
            swept = self._store.sweep(rebuild=True)
        if swept and self._holds("audit.db", words):
            swept = self._audit.sweep(rebuild=True)
        return swept

    def _holds(self, name: str, words: list[str]) -> bool:
        path = self._store.folder / name
        return path.exists() and any(_in_file(path, word.encode()) for word in words)

    def _files_with(self, word: str) -> list[str]:
        folder = self._store.folder
        found = sorted(path for path in folder.rglob("*") if path.is_file())
        return [str(path.relative_to(folder)) for path in found if _in_file(path, word.encode())]


@dataclass(frozen=True)
class _Known:
    """What is to go with a person."""

    person: Person
    claims: list[Claim]
    disputes: list[Dispute]

    def texts(self) -> set[str]:
        """Every text about them that an encoder may have been given, and the words quoted in notes."""
        notes = [piece.note for piece in self.person.evidence]
        quoted = [words for note in notes for words in _BRACKETS.findall(note)]
        said = [item.text for item in self.claims] + [item.reason for item in self.disputes]
        return {text for text in (self.person.name, *notes, *quoted, *said) if text}


def _erase_rows(change: Change, owner: Person, names: list[str], stand_in: str, known: set[str]) -> dict[str, int]:
    about = _Known(owner, change.claims(owner.id), change.disputes(owner.id))
    counts = {
        "evidence": len(owner.evidence),
        "awards": len(owner.awards),
        "claims": len(about.claims),
        "disputes": len(about.disputes),
        "learning events": len(change.events(owner.id)),
    }
    counts["API keys"] = change.drop_keys_of(owner.id)
    alone = change.namesakes(owner.name) == 1
    change.remove(Kind.PERSON, owner.id)
    counts["plans"] = 0
    for summary in change.plan_summaries():
        record = change.plan_record(summary.id)
        file = file_of(record)
        moved = without_person(file, owner.id, stand_in)
        if alone and any(item.by == owner.name for item in file.approvals):
            moved = moved or file
            signed = tuple(replace(one, by=NOBODY) if one.by == owner.name else one for one in moved.approvals)
            moved = replace(moved, approvals=signed)
        if moved is not None:
            change.put_plan(record_of(record.id, record.kept, record.by, moved))
            counts["plans"] += 1
    counts["vectors"] = change.forget_vectors({text_key(text) for text in about.texts() - known})
    change.blank_answers()  # what was answered to requests with a key may name them
    counts["jobs"] = change.replace_in_jobs(names)
    counts["signatures"] = change.replace_name(owner.name) if alone else 0
    return counts


def _in_file(path: Path, word: bytes, block: int = 1 << 22) -> bool:
    """Whether bytes stand in a file, however large it is."""
    with path.open("rb") as file:
        before = b""
        while data := file.read(block):
            if word in before + data:
                return True
            before = data[-len(word) :]
    return False
