"""Holding: how likely it is that what a person claims to know is so."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from skillmatch.domain.base.answer import rounded
from skillmatch.domain.catalogue.credential import Catalogue
from skillmatch.domain.people.claim import Claim
from skillmatch.domain.people.person import Evidence, EvidenceSource, Person
from skillmatch.gaps.assessment import Reference, profiled
from skillmatch.gaps.reach import TOLERANCE
from skillmatch.gaps.weighing import LIKELY

NOTHING_TO_JUDGE = 0.5
"""A claimed credential without outcomes is as likely held as not (our assumption)."""


def chance_to_hold(claim: Claim, person: Person, as_of: date, reference: Reference) -> float:
    """The probability (0-1) that a claim holds: that the person is at the level claimed, or at all of an outcome's.

    The claim itself counts as the person's own word of the day it was submitted, beside all other evidence. What is
    learned together is known together, so of several outcomes the least likely one decides (our assumption).
    """
    wanted = _wanted(claim, reference.catalogue)
    if not wanted:
        return NOTHING_TO_JUDGE
    own = [Evidence(skill, level, EvidenceSource.SELF, claim.submitted) for skill, level in wanted.items()]
    said = replace(person, evidence=(*person.evidence, *own))
    profile = profiled(said, max(as_of, claim.submitted), reference).profile
    known = {skill: profile.attainments.get(skill) for skill in wanted}
    chances = (0.0 if found is None else found.chance_of(wanted[skill] - TOLERANCE) for skill, found in known.items())
    return rounded(min(chances))


def _wanted(claim: Claim, catalogue: Catalogue) -> dict[str, float]:
    if claim.skill_id is not None and claim.level is not None:
        return {claim.skill_id: claim.level}
    credential = catalogue.credentials.get(claim.credential_id or "")
    if credential is None:
        return {}
    return {item.skill_id: item.level for item in credential.outcomes if item.probability >= LIKELY}
