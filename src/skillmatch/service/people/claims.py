"""Claims of prior learning: handed in, decided by a named person, and which one to check first."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from skillmatch.domain.access.signer import Signer
from skillmatch.domain.advice.pathway import Pace
from skillmatch.domain.base.errors import ConflictError, NotFoundError
from skillmatch.domain.base.report import ImportReport
from skillmatch.domain.people.claim import Claim, Decision, Verdict, claim_id
from skillmatch.domain.people.claim_views import ClaimLine, ClaimList, ClaimWorths, Decided
from skillmatch.files.tables import open_table
from skillmatch.files.writing import write_table
from skillmatch.interop.claims import export_claims, read_claims
from skillmatch.service.core import lookups
from skillmatch.service.core.context import WorkspaceContext
from skillmatch.service.core.two_hands import handed_in, refuse_own, signer_of
from skillmatch.service.imports.report import NOTHING, Account, ImportOptions
from skillmatch.service.people.claim_effects import (
    check_new,
    check_recognition,
    effect_of,
    goal_of,
    line_of,
    recognise,
    settled_claim,
    worth_of,
)

USUAL_PACE = Pace(hours_per_week=5, weeks=52)
"""The pace at which hours saved are counted where none is given: five hours a week for a year (our assumption)."""


class Claims:
    """What people say that they know already, and what becomes of it."""

    def __init__(self, context: WorkspaceContext) -> None:
        self._context = context

    def all(self, person: str | None = None, *, undecided: bool = False) -> ClaimList:
        """All claims or one person's; with ``undecided`` only those that nobody decided yet.

        Raises ``NotFoundError`` for an unknown person.

        >>> workspace.claims.all(undecided=True).lines
        ()
        """
        with self._context.store.reading() as view:
            snapshot = self._context.snapshots.current(view)
            found = view.claims(None if person is None else lookups.find_person(view, person).id)
        return ClaimList(tuple(line_of(item, snapshot) for item in found if not undecided or item.decision is None))

    def submit(
        self,
        person: str,
        *,
        credential: str | None = None,
        skill: str | None = None,
        level: float | None = None,
        text: str,
        links: tuple[str, ...] = (),
        on: date | None = None,
        by: Signer | None = None,
    ) -> ClaimLine:
        """Hand in a claim: a credential's outcomes, or a skill at a level (0-5); ``text`` says what it rests on.

        The same claim handed in twice on a day is one. ``by`` is who hands it in, where that was proved. Raises
        ``NotFoundError`` for unknown names, ``ConflictError`` for a credential that the person holds, ``InputError``
        for a claim of neither or both.
        """
        with self._context.store.writing() as change:
            snapshot = self._context.snapshots.current(change)
            day = self._context.day(snapshot, on)
            owner = snapshot.person(lookups.find_person(change, person))
            wanted = None if credential is None else lookups.find_credential(snapshot, credential).id
            meant = None if skill is None else lookups.find_skill(snapshot, skill).id
            text = text.strip()
            made_id = claim_id(owner.id, wanted or meant or "", level, day, text)
            claim = Claim(made_id, owner.id, day, text, wanted, meant, level, links)
            known = {item.id: item for item in change.claims(owner.id)}
            if made_id in known:
                return line_of(known[made_id], snapshot)
            check_new(claim, owner, snapshot, day)
            change.put_claims([claim], handed_in_by=handed_in(change, by))
        return line_of(claim, snapshot)

    def decide(
        self,
        claim: str,
        verdict: Verdict,
        *,
        by: Signer | str,
        reason: str,
        level: float | None = None,
        on: date | None = None,
        role: str | None = None,
        pace: Pace = USUAL_PACE,
    ) -> Decided:
        """Decide a claim once and for all; what it recognises is written with the decision, or neither is.

        The effect is told towards ``role``, else towards the person's own. Raises ``ConflictError`` for a claim that
        was decided before, or that whoever handed it in or is its person would decide; ``NotFoundError`` for an
        unknown one, ``InputError`` for a decision before the claim.
        """
        with self._context.store.writing() as change:
            snapshot = self._context.snapshots.current(change)
            day = self._context.day(snapshot, on)
            found, signer = change.claim(claim), signer_of(change, by)
            before = snapshot.person(change.person(found.person_id))
            decided = found.decided(Decision(verdict, signer.name, reason.strip(), day, level))
            refuse_own(change, signer, before, change.claim_handed_in_by(found.id), f"handed in claim '{found.id}'")
            goal = goal_of(before, snapshot, role)
            check_recognition(decided, before, snapshot)
            change.put_claims([decided])
            recognise(decided, change)
            after = snapshot.person(change.person(decided.person_id))
        effect = None if goal is None else effect_of(before, after, goal, snapshot, day, pace)
        return Decided(line_of(decided, snapshot), effect)

    def worths(
        self,
        person: str | None = None,
        *,
        role: str | None = None,
        pace: Pace = USUAL_PACE,
        as_of: date | None = None,
    ) -> ClaimWorths:
        """The open claims submitted by ``as_of``, those whose check is expected to save most hours first.

        A check is worth the probability that the claim holds times the hours that accepting all of it saves on the
        best pathway to ``role``, or to the person's own. That a part of it may hold is not counted. Raises
        ``NotFoundError`` for an unknown person or role.
        """
        with self._context.store.reading() as view:
            snapshot = self._context.snapshots.current(view)
            day = self._context.day(snapshot, as_of)
            found = view.claims(None if person is None else lookups.find_person(view, person).id)
            waiting = [item for item in found if item.decision is None and item.submitted <= day]
            owners = {item.id: snapshot.person(item) for item in view.people(ids={one.person_id for one in waiting})}
        worths = []
        for item in waiting:
            owner = owners[item.person_id]
            worths.append(worth_of(item, owner, goal_of(owner, snapshot, role), snapshot, day, pace))
        worths.sort(key=lambda item: (-item.worth, item.line.claim.id))
        return ClaimWorths(tuple(worths), pace, day, snapshot.versions)

    def import_from(self, path: Path, *, dry_run: bool = False, keep_going: bool = False) -> ImportReport:
        """Take the claims of a .csv or .xlsx file with their decisions, all or none.

        A decision in the file decides an open claim; one that differs from the decision made is rejected, and a row
        without a decision leaves the one that was made. Raises ``InputError`` for a file that cannot be read.
        """
        account = Account("claims", path.name, ImportOptions(dry_run=dry_run, keep_going=keep_going))
        batch = read_claims(open_table(path), today=self._context.today())
        account.findings += batch.findings
        counted = NOTHING
        with self._context.store.writing() as change:
            snapshot = self._context.snapshots.current(change)
            known = {item.id: item for item in change.claims()}
            sound = []
            for item in batch.items:
                try:
                    sound.append(settled_claim(item.value, known, snapshot, change))
                except (NotFoundError, ConflictError) as error:
                    field = error.what if isinstance(error, NotFoundError) else "id"
                    account.reject(path.name, item.line, field, error.message, error.remedy)
            if account.may_write:
                counted = change.put_claims(sound)
                for claim in sound:
                    if claim != known.get(claim.id):
                        recognise(claim, change)
        return account.report(counted, {"claims": len(sound)}, applied=account.may_write)

    def export_to(self, path: Path) -> int:
        """Write all claims with their decisions to a .csv or .xlsx file; returns how many.

        Raises ``InputError``, ``WorkspaceError``.
        """
        with self._context.store.reading() as view:
            table = export_claims(view.claims())
        return write_table(path, table.header, table.rows)
