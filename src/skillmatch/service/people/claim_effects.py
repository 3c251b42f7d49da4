"""What stands behind a claim: whom it concerns, what recognising it writes, and what that would change."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from skillmatch.domain.advice.pathway import Pace
from skillmatch.domain.base.errors import ConflictError
from skillmatch.domain.people.claim import Claim, Decision, Verdict
from skillmatch.domain.people.claim_views import ClaimLine, ClaimWorth, Effect
from skillmatch.domain.people.person import Award, Evidence, Person
from skillmatch.domain.roles.role import Role
from skillmatch.gaps.awards import held_on
from skillmatch.gaps.holding import chance_to_hold
from skillmatch.service.advice.case import NO_LIMITS, NO_PREFERENCE, Case
from skillmatch.service.core import lookups
from skillmatch.service.core.snapshot import Snapshot
from skillmatch.store import Change, View


def line_of(claim: Claim, snapshot: Snapshot) -> ClaimLine:
    """The claim with the words for what is claimed."""
    if claim.skill_id is not None:
        meant = snapshot.overlaid.meant(claim.skill_id)
        return ClaimLine(claim, snapshot.labels.get(meant, claim.skill_id))
    credential = snapshot.catalogue.credentials.get(claim.credential_id or "")
    return ClaimLine(claim, (claim.credential_id or "") if credential is None else credential.title)


def goal_of(person: Person, snapshot: Snapshot, role: str | None) -> Role | None:
    """The role that is meant: the one named, else the person's own; None where they have none."""
    return lookups.find_role(snapshot, role) if role is not None else snapshot.roles.get(person.role_id or "")


def check_new(claim: Claim, person: Person, snapshot: Snapshot, day: date) -> None:
    """Raise ``ConflictError`` where a credential is claimed that the person holds on ``day``: it counts already."""
    if any(award.credential_id == claim.credential_id for award in held_on(person.awards, snapshot.catalogue, day)):
        remedy = "There is nothing to recognise: the award counts already."
        raise ConflictError(f"{person.id} holds '{claim.credential_id}' already.", remedy=remedy)


def check_recognition(claim: Claim, person: Person, snapshot: Snapshot) -> None:
    """Raise ``ConflictError`` where what a decision recognises would take the place of another award."""
    award = claim.recognises()
    if not isinstance(award, Award):
        return
    others = replace(person, awards=tuple(item for item in person.awards if item != award))
    check_new(claim, others, snapshot, award.issued)
    if any((item.credential_id, item.issued) == (award.credential_id, award.issued) for item in others.awards):
        raise ConflictError(
            f"{person.id} has another record of '{award.credential_id}' from {award.issued}.",
            remedy="Decide the claim on another day, or correct the award.",
        )


def recognise(claim: Claim, change: Change) -> None:
    """Write what a decision recognises, if anything."""
    match claim.recognises():
        case Evidence() as piece:
            change.add_evidence([(claim.person_id, piece)])
        case Award() as award:
            change.put_awards([(claim.person_id, award)])
        case None:
            pass


def with_recognised(person: Person, claim: Claim) -> Person:
    """The person with what a decided claim recognises."""
    match claim.recognises():
        case Evidence() as piece:
            return replace(person, evidence=(*person.evidence, piece))
        case Award() as award:
            return replace(person, awards=(*person.awards, award))
        case None:
            return person


def effect_of(before: Person, after: Person, role: Role, snapshot: Snapshot, day: date, pace: Pace) -> Effect:
    """What the way to a role looks like for a person before and after."""
    then, now = (Case.of(snapshot, person, role, day) for person in (before, after))
    paths = [case.pathway(pace, NO_LIMITS, NO_PREFERENCE) for case in (then, now)]
    return Effect(role.id, role.title, then.gap.coverage, now.gap.coverage, paths[0].hours, paths[1].hours)


def worth_of(claim: Claim, person: Person, role: Role | None, snapshot: Snapshot, day: date, pace: Pace) -> ClaimWorth:
    """What checking an open claim is worth on a day: how likely it holds, and what accepting it would change."""
    meant = None if claim.skill_id is None else snapshot.overlaid.meant(claim.skill_id)
    today = replace(claim, skill_id=meant)
    chance = chance_to_hold(today, person, day, snapshot.reference)
    effect = None
    if role is not None:
        supposed = today.decided(Decision(Verdict.ACCEPT, "supposed", "what if it holds", day))
        effect = effect_of(person, with_recognised(person, supposed), role, snapshot, day, pace)
    return ClaimWorth(line_of(claim, snapshot), chance, effect)


def settled_claim(given: Claim, known: dict[str, Claim], snapshot: Snapshot, view: View) -> Claim:
    """A claim from a file with our ids, decided as the file says, or as it was decided before.

    Raises ``NotFoundError`` for unknown names and ``ConflictError`` where it contradicts what is stored.
    """
    person = snapshot.person(lookups.find_person(view, given.person_id))
    credential, skill = given.credential_id, given.skill_id
    found = replace(
        given,
        person_id=person.id,
        credential_id=None if credential is None else lookups.find_credential(snapshot, credential).id,
        skill_id=None if skill is None else lookups.find_skill(snapshot, skill).id,
    )
    before = known.get(found.id)
    if before is not None and replace(before, decision=None) != replace(found, decision=None):
        raise ConflictError(f"claim '{found.id}' was submitted otherwise before.", remedy="Give it another id.")
    if before is not None and before.decision is not None:
        if found.decision is not None and found.decision != before.decision:
            before.decided(found.decision)  # raises: it tells who decided it before
        return before
    check_recognition(found, person, snapshot)
    return found
