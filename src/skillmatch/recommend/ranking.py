"""Rank the credentials that close a gap, with reasons that add up exactly to each score."""

from __future__ import annotations

from dataclasses import dataclass
from math import fsum
from typing import NamedTuple

from skillmatch.domain import checks
from skillmatch.domain.advice import Advice, Exclusion, Reason, Recommendation
from skillmatch.domain.answer import Status, rounded
from skillmatch.domain.credential import Credential
from skillmatch.domain.gap import Gap, GapItem, GapState
from skillmatch.gaps.gap import share
from skillmatch.recommend.candidates import Candidate, Hit, RoleOffers
from skillmatch.recommend.exclusions import why_excluded, why_needless
from skillmatch.recommend.lift import level_after
from skillmatch.recommend.prerequisites import missing_prerequisite
from skillmatch.recommend.situation import Situation

UNKNOWN_WORTH = 0.5
"""What closing an unknown requirement counts in a score: the person may have the skill already (our assumption)."""


class _Standing(NamedTuple):
    """Where a person stands with a requirement: the level, None when unknown, and the share of it that this is."""

    level: float | None
    share: float


class _Part(NamedTuple):
    """One requirement's part in a score."""

    score: float
    gain: float
    hit: Hit
    before: float | None
    after: float


@dataclass(frozen=True, slots=True)
class _Scored:
    score: float
    candidate: Candidate
    parts: tuple[_Part, ...]


def rank(gap: Gap, offers: RoleOffers, situation: Situation, limit: int) -> Advice:
    """The best ``limit`` (1 or more) credentials for one person towards the role of ``offers``, and what was left out.

    A credential's gain is the coverage that it is expected to add: over the requirements it teaches, the sum of
    ``weight / total weight * (share after - share before) * probability of the link``. The level before is the
    one attained, or the one to expect from what the person has already begun; the level after is that of
    ``level_after``. Its score is that gain, an unknown requirement counting ``UNKNOWN_WORTH`` of it, divided by
    the effort (see ``Preference``); each requirement's part is a reason, rounded before the sum is taken. Ties
    are broken by id. Raises ``InputError`` for a limit below 1, ``ValueError`` when the gap is not one to the role
    of the offers.
    """
    offers.expect(gap)
    checks.number(limit, "limit", least=1)
    standings = {item.requirement.skill_id: _standing(item, situation) for item in gap.items}
    scored: list[_Scored] = []
    excluded: list[Exclusion] = []
    for candidate in offers.candidates:
        entry = _score(candidate, standings)
        exclusion = _why_out(candidate.credential, entry, offers, situation)
        if exclusion is not None:
            excluded.append(exclusion)
        elif entry is not None:
            scored.append(entry)
    scored.sort(key=lambda entry: (-entry.score, entry.candidate.credential.id))
    return Advice(
        person_id=gap.person_id,
        role_id=gap.role_id,
        role_title=gap.role_title,
        status=_status(gap, found=bool(scored)),
        coverage=gap.coverage,
        recommendations=tuple(_recommendation(entry, offers) for entry in scored[:limit]),
        excluded=tuple(excluded),
        as_of=gap.as_of,
        versions=gap.versions,
    )


def _standing(item: GapItem, situation: Situation) -> _Standing:
    level = situation.underway.get(item.requirement.skill_id, item.attained)
    return _Standing(level, share(item.requirement, level or 0.0))


def _score(candidate: Candidate, standings: dict[str, _Standing]) -> _Scored | None:
    """The credential with its score, or None when it adds nothing."""
    parts = []
    for hit in candidate.hits:
        before = standings[hit.need.skill_id]
        if before.share < 1.0:
            after = level_after(before.level or 0.0, hit.outcome.level)
            gain = hit.worth * (share(hit.need, after) - before.share)
            score = rounded(gain * (UNKNOWN_WORTH if before.level is None else 1.0) / candidate.effort)
            if score > 0:
                parts.append(_Part(score, gain, hit, before.level, after))
    if not parts:
        return None
    return _Scored(rounded(fsum(part.score for part in parts)), candidate, tuple(parts))


def _why_out(
    credential: Credential, entry: _Scored | None, offers: RoleOffers, situation: Situation
) -> Exclusion | None:
    if entry is None:
        # It would add nothing. People still look for what they hold, and ask where it is.
        return why_needless(credential, situation)
    return why_excluded(credential, situation) or missing_prerequisite(credential, situation, offers.labels)


def _recommendation(entry: _Scored, offers: RoleOffers) -> Recommendation:
    credential = entry.candidate.credential
    reasons = [
        Reason(
            skill_id=part.hit.need.skill_id,
            label=offers.labels.get(part.hit.need.skill_id, part.hit.need.skill_id),
            contribution=part.score,
            level_before=part.before,
            level_after=part.after,
            basis=part.hit.outcome.basis,
            probability=part.hit.outcome.probability,
        )
        for part in entry.parts
    ]
    reasons.sort(key=lambda reason: (-reason.contribution, reason.skill_id))
    return Recommendation(
        credential_id=credential.id,
        title=credential.title,
        issuer=credential.issuer,
        score=entry.score,
        gain=rounded(fsum(part.gain for part in entry.parts)),
        hours=credential.hours,
        cost=credential.cost,
        currency=credential.currency,
        reasons=tuple(reasons),
    )


def _status(gap: Gap, *, found: bool) -> Status:
    if gap.status is Status.INSUFFICIENT_DATA:
        return Status.INSUFFICIENT_DATA
    if all(item.state in (GapState.MET, GapState.EXCEEDS) for item in gap.items):
        return Status.NOTHING_TO_CLOSE
    return gap.status if found else Status.NO_RECOMMENDATION
