"""Changes to one credential at a time: tagged like an import's, and recommended from the next answer on.

Words are matched to skills before the transaction; whether the credential is still the one that the change was worked
out for is asked inside it.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

from skillmatch.domain.access.audit import AccessNote
from skillmatch.domain.base.errors import ConflictError, InputError, NotFoundError
from skillmatch.domain.base.identity import check_id
from skillmatch.domain.base.report import Severity
from skillmatch.domain.catalogue.credential import Basis, Catalogue, Credential, Outcome
from skillmatch.domain.skills.feedback import Context
from skillmatch.interop.batch import Located
from skillmatch.service.audit.audit import AuditTrail
from skillmatch.service.core import lookups
from skillmatch.service.core.context import WorkspaceContext
from skillmatch.service.core.decisions import ASSUMED_LEVEL, settle_catalogue, settled
from skillmatch.service.core.progress import silent
from skillmatch.service.core.snapshot import Snapshot
from skillmatch.service.core.words import TURNS, overtaken, pointed
from skillmatch.service.imports.catalogue import circle_from
from skillmatch.service.imports.report import Account, ImportOptions
from skillmatch.service.imports.tagging import tag
from skillmatch.store import Kind

_READ = ("title", "description", "level", "outcomes", "requires_skills")
"""What the skills of a credential are read from; where it stays the same, they stay too."""


@dataclass(frozen=True, slots=True)
class KeptCredential:
    """A credential as everybody sees it, and as somebody would send it: skills in the provider's words."""

    shown: Credential
    sent: Credential


@dataclass(frozen=True, slots=True)
class WrittenCredential:
    """A credential as everybody sees it now, and whether it was new."""

    credential: Credential
    created: bool


class Credentials:
    """The credentials of the catalogue, looked up, written and removed one at a time."""

    def __init__(self, context: WorkspaceContext, audit: AuditTrail) -> None:
        self._context = context
        self._audit = audit

    def get(self, given: str) -> Credential:
        """A credential by our id or the customer's own. Raises ``NotFoundError``, which names near ones.

        >>> workspace.catalogue.credentials.get("A-001").title
        'Clear Communication at Work'
        """
        return lookups.find_credential(self._context.snapshot(), given)

    def write(
        self, credential_id: str, change: Callable[[KeptCredential | None], Credential], *, by: str
    ) -> WrittenCredential:
        """Add a credential or change it; its offerings stay.

        ``change`` is given what is stored (None where there is nothing) and returns the credential as somebody would
        send it, or raises; it may be called again when others were quicker. What is taught is matched to skills as in
        an import: words that mean none surely enough are kept as unmapped. Raises ``InputError`` for a skill or a
        credential that it requires and nobody knows, and for one that would require itself.
        """
        check_id(credential_id)
        for _ in range(TURNS):
            with self._context.store.reading() as view:
                snapshot, raw = self._context.snapshots.current(view), view.credential_or_none(credential_id)
            kept = None
            if raw is not None:
                kept = KeptCredential(snapshot.catalogue.credentials[credential_id], as_sent(raw))
            wanted = change(kept)
            if wanted.id != credential_id:
                raise ValueError("a change keeps the credential's id")
            wanted = _with_known_prerequisites(wanted, raw, snapshot)
            if raw is not None and kept is not None and _reading(wanted) == _reading(kept.sent):
                wanted = replace(
                    wanted, outcomes=raw.outcomes, unmapped=raw.unmapped, requires_skills=raw.requires_skills
                )
            else:
                wanted = self._tagged(wanted, snapshot)
            with self._context.store.writing() as writer:
                now = self._context.snapshots.current(writer)
                if (
                    writer.credential_or_none(credential_id) == raw
                    and now.taxonomy_version == snapshot.taxonomy_version
                ):
                    _check_prerequisites(wanted, now)
                    counted = writer.put_credentials([wanted])
                    action = "credentials.change" if raw is not None else "credentials.add"
                    detail = {"credential": credential_id, "changed": counted.added + counted.changed}
                    self._audit.record(AccessNote(by, action, (), detail))
                    return WrittenCredential(_shown(wanted, now), raw is None)
        raise overtaken(credential_id)

    def remove(self, credential_id: str, *, allow: Callable[[Credential], None], by: str) -> None:
        """Remove a credential with its offerings; awards of it stay with the people who have them.

        ``allow`` is given the stored credential inside the transaction; what it raises stops the removal. Raises
        ``NotFoundError``, and ``ConflictError`` where other credentials require it or a stack holds it.
        """
        with self._context.store.writing() as writer:
            catalogue = self._context.snapshots.current(writer).catalogue
            stored = catalogue.credentials.get(credential_id)
            if stored is None:
                near = lookups.near_ids(credential_id, catalogue.credentials)
                raise NotFoundError("credential", credential_id, near)
            allow(stored)
            holder = _holder(catalogue, credential_id)
            if holder:
                raise ConflictError(f"'{credential_id}' is needed by {holder}.", remedy="Change or remove that first.")
            writer.remove(Kind.CREDENTIAL, credential_id)
            self._audit.record(AccessNote(by, "credentials.remove", (), {"credential": credential_id}))

    def _tagged(self, wanted: Credential, snapshot: Snapshot) -> Credential:
        account = Account("catalogue", "request", ImportOptions())
        tagged = tag([Located(wanted, 1)], "", account, snapshot, self._context.linking, silent)
        if not tagged:
            refusal = next(item for item in account.findings if item.severity is Severity.REJECTED)
            raise InputError(refusal.message, field="requires_skills")
        return tagged[0].value


def as_sent(stored: Credential) -> Credential:
    """A stored credential as somebody would send it: what was stated, in the provider's words, without offerings."""
    level = stored.level or ASSUMED_LEVEL
    words = {item.given or item.skill_id: item.level for item in stored.outcomes if item.basis is Basis.STATED}
    words |= {item: level for item in stored.unmapped if item not in words}
    outcomes = tuple(Outcome(given, reached, given=given) for given, reached in words.items())
    return replace(stored, outcomes=outcomes, unmapped=(), offerings=())


def _reading(item: Credential) -> tuple[object, ...]:
    return tuple(getattr(item, name) for name in _READ)


def _shown(item: Credential, snapshot: Snapshot) -> Credential:
    """The credential as a snapshot will hold it: skills that the overlay left, words as people settled them."""
    if not (snapshot.overlaid.meanings or snapshot.feedback):
        return item
    decisions = settled(snapshot.feedback, snapshot.overlaid, Context.CATALOGUE)
    return settle_catalogue(Catalogue.of([item]), snapshot.overlaid, decisions).credentials[item.id]


def _with_known_prerequisites(wanted: Credential, raw: Credential | None, snapshot: Snapshot) -> Credential:
    """The credential with our ids of those that it requires."""
    there = () if raw is None else raw.requires_credentials
    found: list[str] = []
    for place, given in enumerate(wanted.requires_credentials):
        with pointed(f"requires_credentials/{place}"):
            found.append(given if given in there else lookups.find_credential(snapshot, given).id)
    return replace(wanted, requires_credentials=tuple(dict.fromkeys(found)))


def _check_prerequisites(wanted: Credential, snapshot: Snapshot) -> None:
    circle = circle_from(wanted.id, snapshot.catalogue.credentials | {wanted.id: wanted})
    if circle is not None:
        raise InputError(f"it would require itself: {' needs '.join(circle)}.", field="requires_credentials")


def _holder(catalogue: Catalogue, credential_id: str) -> str:
    """What cannot do without a credential, or nothing."""
    for other in catalogue.credentials.values():
        if credential_id in other.requires_credentials:
            return f"credential '{other.id}'"
    return next((f"stack '{stack.id}'" for stack in catalogue.stacks if credential_id in stack.credential_ids), "")
