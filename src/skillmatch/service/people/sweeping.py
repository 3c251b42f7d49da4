"""Sweeping up after erasures: names out of what others wrote and signed, and remnants out of the files.

An erasure deletes everything of a person's own at once and puts the rest down as owed, in the same transaction. The
rest costs one walk over everything that people wrote, however many were erased, so it is done for all of them together.
Whatever stops a sweep, what is owed stays owed until one has come to its end.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace

from skillmatch.domain.base.answer import canonical_json
from skillmatch.domain.people.erasure import Swept
from skillmatch.service.core.linking import text_key
from skillmatch.service.core.snapshot import Snapshot
from skillmatch.service.jobs.files import ERRORS, JOBS
from skillmatch.service.plans.archive import file_of, record_of, without_people
from skillmatch.store import Store, View
from skillmatch.store.audit.log import AuditLog
from skillmatch.store.engine.session import chunks
from skillmatch.store.erasure import mentions as elsewhere
from skillmatch.store.erasure.mentions import Mention
from skillmatch.store.erasure.owed import OwedErasure, forget_words, owed, settle
from skillmatch.store.erasure.remnants import left_between_rows
from skillmatch.store.erasure.words import NOBODY, ErasedWords

SMALL = 4 * 1024**2
"""Bytes of a database that is written anew in about the time of a write; a larger one is looked through first."""

AT_A_TIME = 50
"""Rows written in one transaction, so that no other writer waits for long."""

TRIES = 5
"""How often a log is tried to be emptied while another program reads, a twentieth of a second apart."""


@dataclass(frozen=True)
class Sweep:
    """Does what is owed to erased people, for all of them together."""

    store: Store
    audit: AuditLog
    snapshot: Callable[[], Snapshot]

    def owed(self) -> int:
        """To how many erased people something is owed."""
        with self.store.reading() as view:
            found = owed(view)
        return len(found.people) + found.remnants

    def __call__(self) -> Swept:
        """Do it. Where readers hold a log, or the disk refuses, the rest stays owed. Raises ``WorkspaceError``."""
        with self.store.reading() as view:
            found = owed(view)
        if not found:
            return Swept(done=True)
        counts = self._elsewhere(found.people)
        with self.store.writing() as change:
            forget_words(change, found.people)
        if not self._logs_emptied():
            return Swept(False, len(found.people), counts)
        unknown = found.remnants > 0  # whose words an earlier sweep forgot before it came to its end
        anew = unknown or self.store.size() <= SMALL or self._remnants(found.people)
        if anew and not self.store.sweep(rebuild=True):
            return Swept(False, len(found.people), counts)
        self.audit.sweep(rebuild=True)
        with self.store.writing() as change:
            settle(change)
        return Swept(self._logs_emptied(), len(found.people), counts)

    def _elsewhere(self, people: Sequence[OwedErasure]) -> dict[str, int]:
        """Take people's words out of what concerns others; returns of how many things of each kind."""
        with self.store.reading() as view:
            taken = elsewhere.namesakes(view, (one.name for one in people))
        names = {one.name for one in people} - taken  # a namesake keeps their name
        everything = ErasedWords(word for one in people for word in one.words)
        within = ErasedWords(name for name in names if len(name.split()) > 1)  # one word may be just a word there
        with self.store.writing() as change:
            signed = elsewhere.sign_as_nobody(change, names)
        return {
            "plans": self._plans(people, names),
            "vectors": self._vectors(people),
            "jobs": self._out_of(everything, elsewhere.in_jobs),
            "signatures": signed + (self._out_of(within, elsewhere.in_texts) if within else 0),
            "lists of rows": self._lists_of_rows(everything),
        }

    def _out_of(self, words: ErasedWords, search: Callable[[View, ErasedWords], Iterator[Mention]]) -> int:
        with self.store.reading() as view:
            found = list(search(view, words))
        count = 0
        for some in chunks(found, AT_A_TIME):
            with self.store.writing() as change:
                count += elsewhere.take_out(change, words, some)
        return count

    def _plans(self, people: Sequence[OwedErasure], names: set[str]) -> int:
        stand_ins = {one.person_id: one.stand_in for one in people}
        as_written = ErasedWords(canonical_json(word)[1:-1] for word in (*stand_ins, *names))
        count = 0
        with self.store.reading() as view:
            kept = view.plan_summaries()
        for summary in kept:
            with self.store.reading() as view:
                if not as_written.stand_in(view.plan_record(summary.id).document):
                    continue
            with self.store.writing() as change:
                record = change.plan_record(summary.id)
                file = file_of(record)
                moved = without_people(file, stand_ins) or file
                approvals = tuple(
                    replace(one, by=NOBODY, caller="") if one.by in names else one for one in moved.approvals
                )
                moved = replace(moved, approvals=approvals, by=NOBODY if moved.by in names else moved.by)
                if moved != file:
                    change.put_plan(record_of(record.id, record.kept, record.by, moved))
                    change.forget_old_text()
                    count += 1
        return count

    def _vectors(self, people: Sequence[OwedErasure]) -> int:
        """Forget the vectors of their words, but not where a skill bears the same name."""
        with self.store.reading() as view:
            held = view.held_vectors({key for one in people for key in one.vectors})
        if not held:
            return 0
        skills = self.snapshot().taxonomy.skills.values()
        known = {text_key(name) for skill in skills for name in (skill.label, *skill.aliases, skill.description)}
        with self.store.writing() as change:
            return change.forget_vectors(held - known)

    def _lists_of_rows(self, words: ErasedWords) -> int:
        """Delete the lists of rejected rows in which somebody is named."""
        count = 0
        for path in sorted((self.store.folder / JOBS).glob(f"*/{ERRORS}")):
            if words.stand_in(path.read_text(encoding="utf-8", errors="replace")):
                path.unlink(missing_ok=True)
                count += 1
        return count

    def _remnants(self, people: Sequence[OwedErasure]) -> bool:
        return left_between_rows(self.store.path, (word for one in people for word in one.words))

    def _logs_emptied(self) -> bool:
        for attempt in range(TRIES):
            if attempt:
                time.sleep(0.05)
            if self.store.sweep() and self.audit.sweep():
                return True
        return False
