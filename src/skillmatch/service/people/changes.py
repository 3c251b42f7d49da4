"""Changes to one person at a time, as HR systems send them: each checked like an import, in one transaction.

Whoever asks decides inside the transaction whether the change is to be made to what is stored (a state that nobody
has seen must not be overwritten), and each change stands in the audit before it counts.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date

from skillmatch.domain.access.audit import AccessNote
from skillmatch.domain.base.errors import ConflictError, InputError, NotFoundError
from skillmatch.domain.base.identity import check_id
from skillmatch.domain.people.person import Evidence, Person, StoredPerson
from skillmatch.service.audit.audit import AuditTrail
from skillmatch.service.core import lookups
from skillmatch.service.core.context import WorkspaceContext
from skillmatch.service.core.snapshot import Snapshot
from skillmatch.store import View, evidence_id

FIELDS = ("name", "unit", "role_id", "languages", "hours_per_week")
"""What a change may set; evidence and awards have ways of their own."""

Allow = Callable[[StoredPerson], None]
"""Called with the stored person before anything is written; what it raises stops the change."""


@dataclass(frozen=True, slots=True)
class Written:
    """A person as they are stored now, and whether they were new."""

    person: Person
    created: bool


@dataclass(frozen=True, slots=True)
class KeptEvidence:
    """A piece of evidence under its id, which is made from what it says: another statement has another id."""

    id: str
    piece: Evidence


class PersonChanges:
    """One person, or one piece of evidence, written at a time."""

    def __init__(self, context: WorkspaceContext, audit: AuditTrail) -> None:
        self._context = context
        self._audit = audit

    def write(self, person_id: str, change: Callable[[StoredPerson | None], StoredPerson], *, by: str) -> Written:
        """Add a person or change their own fields (``FIELDS``); what is known of them beyond these stays.

        ``change`` is given the stored person (None where there is none) and returns them as they should be, or raises.
        Their role may be named as usual. Raises ``InputError`` for a role that nobody knows.
        """
        check_id(person_id)
        with self._context.store.writing() as writer:
            snapshot = self._context.snapshots.current(writer)
            stored = _stored(writer, person_id)
            wanted = _settled(change(stored), stored, snapshot)
            if wanted.id != person_id:
                raise ValueError("a change keeps the person's id")
            changed = [name for name in FIELDS if stored is None or getattr(wanted, name) != getattr(stored, name)]
            if changed:
                writer.put_people([replace(wanted, evidence=(), awards=())])
            action = "people.add" if stored is None else "people.change"
            self._audit.record(AccessNote(by, action, (person_id,), {"fields": changed}))
            return Written(snapshot.person(writer.person(person_id)), stored is None)

    def evidence(self, person_id: str) -> tuple[KeptEvidence, ...]:
        """Everything that was said about a person, by our id, in the order of skill, day and source.

        Raises ``NotFoundError``.

        >>> workspace.people.evidence("own/P-037")[0].piece.skill_id in workspace.snapshot().labels
        True
        """
        with self._context.store.reading() as view:
            return _kept(view, self._context.snapshots.current(view), person_id)

    def add_evidence(self, person_id: str, piece: Evidence, *, allow: Allow, by: str) -> KeptEvidence:
        """Add a statement about a person; its skill may be named as usual.

        Raises ``InputError`` for an unknown skill or a day to come, ``ConflictError`` for what was said before in the
        very same words, ``NotFoundError`` for an unknown person.
        """
        with self._context.store.writing() as writer:
            snapshot = self._context.snapshots.current(writer)
            stored = writer.person(person_id)
            allow(stored)
            sound = _sound(piece, snapshot, self._context.day(snapshot, None), "")
            made = evidence_id(sound)
            if made in {evidence_id(item) for item in stored.evidence}:
                raise ConflictError(
                    f"this was said before; it is kept as '{made}'.",
                    remedy="Send what has changed (day, level, source, note), or nothing.",
                )
            writer.add_evidence([(person_id, sound)])
            self._audit.record(AccessNote(by, "evidence.add", (person_id,), {"evidence": made}))
            return KeptEvidence(made, sound)

    def replace_evidence(
        self,
        person_id: str,
        pieces: Sequence[Evidence],
        *,
        allow: Callable[[StoredPerson, tuple[KeptEvidence, ...]], None],
        by: str,
    ) -> tuple[KeptEvidence, ...]:
        """Make ``pieces`` all that is said about a person; what was said otherwise is erased.

        Raises as :meth:`add_evidence` does.
        """
        with self._context.store.writing() as writer:
            snapshot = self._context.snapshots.current(writer)
            allow(writer.person(person_id), _kept(writer, snapshot, person_id))
            day = self._context.day(snapshot, None)
            sound = [_sound(piece, snapshot, day, f"items/{place}/") for place, piece in enumerate(pieces)]
            counted = writer.replace_evidence(person_id, sound)
            detail = {"pieces": len(sound), "added": counted.added}
            self._audit.record(AccessNote(by, "evidence.replace", (person_id,), detail))
            return _kept(writer, snapshot, person_id)

    def remove_evidence(self, person_id: str, piece_id: str, *, allow: Allow, by: str) -> None:
        """Erase one statement about a person. Raises ``NotFoundError``."""
        with self._context.store.writing() as writer:
            stored = writer.person(person_id)
            allow(stored)
            left = [item for item in stored.evidence if evidence_id(item) != piece_id]
            if len(left) == len(stored.evidence):
                raise NotFoundError("piece of evidence", piece_id)
            writer.replace_evidence(person_id, left)
            self._audit.record(AccessNote(by, "evidence.remove", (person_id,), {"evidence": piece_id}))


def _stored(view: View, person_id: str) -> StoredPerson | None:
    try:
        return view.person(person_id)
    except NotFoundError:
        return None


def _kept(view: View, snapshot: Snapshot, person_id: str) -> tuple[KeptEvidence, ...]:
    stored = view.person(person_id)
    shown = snapshot.person(stored).evidence
    return tuple(KeptEvidence(evidence_id(item), piece) for item, piece in zip(stored.evidence, shown, strict=True))


def _settled(wanted: StoredPerson, stored: StoredPerson | None, snapshot: Snapshot) -> StoredPerson:
    """The person with our id of their role, and languages in lower case, as codes do not differ by case."""
    role_id = wanted.role_id
    if role_id is not None and (stored is None or role_id != stored.role_id):
        try:
            role_id = lookups.find_role(snapshot, role_id).id
        except NotFoundError as error:
            raise InputError(error.message, field="role_id", remedy=error.remedy) from error
    return replace(wanted, role_id=role_id, languages=tuple(item.lower() for item in wanted.languages))


def _sound(piece: Evidence, snapshot: Snapshot, today: date, where: str) -> Evidence:
    if piece.on > today:
        raise InputError(
            f"{piece.on} lies in the future.", field=f"{where}on", remedy=f"Today is {today}: correct the date."
        )
    try:
        return replace(piece, skill_id=lookups.find_skill(snapshot, piece.skill_id).id)
    except NotFoundError as error:
        raise InputError(error.message, field=f"{where}skill", remedy=error.remedy) from error
