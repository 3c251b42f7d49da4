"""Disputes: raised by or for a person, decided once by somebody else, heeded by every answer from then on."""

from __future__ import annotations

from datetime import date

from skillmatch.domain.access.signer import Signer
from skillmatch.domain.access.webhook import WebhookEvent
from skillmatch.domain.people.dispute import (
    Dispute,
    DisputeDecision,
    DisputeLine,
    DisputeList,
    DisputeVerdict,
    dispute_id,
)
from skillmatch.domain.people.person import EvidenceSource
from skillmatch.service.core import lookups
from skillmatch.service.core.context import WorkspaceContext
from skillmatch.service.core.events import announce
from skillmatch.service.core.snapshot import Snapshot
from skillmatch.service.core.two_hands import handed_in, refuse_own, signer_of


class Disputes:
    """What people object to, and what becomes of it."""

    def __init__(self, context: WorkspaceContext) -> None:
        self._context = context

    def all(self, person: str | None = None, *, undecided: bool = False) -> DisputeList:
        """All disputes or one person's, decided ones too; with ``undecided`` only those that nobody decided yet.

        Raises ``NotFoundError`` for an unknown person.

        >>> workspace.disputes.all(undecided=True).lines
        ()
        """
        with self._context.store.reading() as view:
            snapshot = self._context.snapshots.current(view)
            found = view.disputes(None if person is None else lookups.find_person(view, person).id)
        kept = [item for item in found if not undecided or item.decision is None]
        return DisputeList(tuple(_line(item, snapshot) for item in kept))

    def submit(
        self,
        person: str,
        *,
        skill: str | None = None,
        credential: str | None = None,
        source: EvidenceSource | None = None,
        reason: str,
        on: date | None = None,
        by: Signer | None = None,
    ) -> DisputeLine:
        """Object to what is said of a skill (by one source only, if given) or to a credential that is recommended.

        The same dispute raised twice on a day is one. ``by`` is who hands it in, where that was proved. Raises
        ``NotFoundError`` for unknown names, ``InputError`` for a dispute of neither or both.
        """
        with self._context.store.writing() as change:
            snapshot = self._context.snapshots.current(change)
            day = self._context.day(snapshot, on)
            owner = lookups.find_person(change, person)
            meant = None if skill is None else lookups.find_skill(snapshot, skill).id
            wanted = None if credential is None else lookups.find_credential(snapshot, credential).id
            reason = reason.strip()
            made_id = dispute_id(owner.id, meant or wanted or "", source.value if source else "", day, reason)
            made = Dispute(made_id, owner.id, day, reason, meant, wanted, source)
            known = {item.id: item for item in change.disputes(owner.id)}
            if made_id not in known:
                change.put_disputes([made], handed_in_by=handed_in(change, by))
            return _line(known.get(made_id, made), snapshot)

    def decide(
        self,
        dispute: str,
        verdict: DisputeVerdict,
        *,
        by: Signer | str,
        note: str,
        level: float | None = None,
        on: date | None = None,
    ) -> DisputeLine:
        """Decide a dispute once and for all; every answer for that day and later ones heeds it.

        ``level`` (0-5) is what an upheld dispute about a skill corrects to; without it, what was said just counts no
        more. Raises ``ConflictError`` for one that was decided before, or that the person or who raised it would
        decide, ``NotFoundError`` for an unknown one, ``InputError`` for a decision before it was raised.
        """
        with self._context.store.writing() as change:
            snapshot = self._context.snapshots.current(change)
            given = change.dispute(dispute)
            owner = change.person(given.person_id)
            signer = signer_of(change, by)
            decision = DisputeDecision(verdict, signer.name, note.strip(), self._context.day(snapshot, on), level)
            decided = given.decided(decision)
            refuse_own(change, signer, owner, change.dispute_handed_in_by(given.id), f"raised dispute '{given.id}'")
            change.put_disputes([decided])
            data = {
                "dispute_id": given.id,
                "person_id": owner.id,
                "verdict": verdict.value,
                "on": decision.on.isoformat(),
            }
            announce(change, WebhookEvent.DISPUTE_DECIDED, data, self._context.clock(), person_id=owner.id)
        return _line(decided, snapshot)


def _line(item: Dispute, snapshot: Snapshot) -> DisputeLine:
    if item.skill_id is not None:
        meant = snapshot.overlaid.meant(item.skill_id)
        return DisputeLine(item, snapshot.labels.get(meant, item.skill_id))
    credential = snapshot.catalogue.credentials.get(item.credential_id or "")
    return DisputeLine(item, (item.credential_id or "") if credential is None else credential.title)
