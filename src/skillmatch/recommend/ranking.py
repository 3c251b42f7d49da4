"""Rank the credentials that close a gap, with reasons that add up exactly to each score."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import fsum

from skillmatch.domain.advice.advice import Advice, Exclusion, Reason, ReasonKind, Recommendation, WouldFit
from skillmatch.domain.base import checks
from skillmatch.domain.base.answer import Status, rounded
from skillmatch.domain.catalogue.credential import Basis, Credential
from skillmatch.domain.people.gap import Gap, GapState
from skillmatch.gaps.reach import EXCEEDS_BY
from skillmatch.recommend.candidates import Candidate, RoleOffers
from skillmatch.recommend.chances import interval
from skillmatch.recommend.exclusions import in_the_way, why_needless
from skillmatch.recommend.fit import FLOOR, Fits
from skillmatch.recommend.lift import level_after, teaches
from skillmatch.recommend.next_step import find_next_step
from skillmatch.recommend.prerequisites import missing_prerequisite
from skillmatch.recommend.scored import Part, Scored
from skillmatch.recommend.situation import Situation
from skillmatch.recommend.standing import Standing, standings
from skillmatch.recommend.variety import varied

UNKNOWN_WORTH = 0.5
"""What closing an unknown requirement counts in a score: the person may have the skill already (our assumption)."""

BENEATH_WORTH = 0.2
"""What it counts where the credential leads to a level that the person exceeds in another of its skills: who is far
beyond a course in one thing has most likely met the rest of it (our assumption). No data scientist wants the course
on the foundations of machine learning for the one part of it that nobody has asked about."""


FIT_WORTH = 0.1
"""The part of a role that a course with a perfect fit is taken to bring forward beyond the skills that are known of it
(our assumption): it ranks courses where a role asks for a hundred skills and a course names three."""

STATED_ELSEWHERE = 0.3
"""What the fit counts of a course that says itself what it teaches and names nothing that the role asks for: whoever
takes care of buildings takes care of nobody (our assumption)."""

UNFIT_WORTH = 0.1
"""What the skills of a course still count where it does not fit at all: a word in common is hardly a reason."""

MOST_WANTED = 8
"""So many requirements are told as what would fit."""

ENOUGH = 0.1
"""A credential that closes this much of a role is worth recommending whatever its words sound like."""


@dataclass(frozen=True)
class Ranking:
    """All candidates of a role for one person: those that may be recommended, unordered, and those left out.

    ``barred`` holds the scores of those left out that would add something. ``unfit`` counts those that would add
    something and fit so badly that nobody would sign it.
    """

    scored: tuple[Scored, ...]
    excluded: tuple[Exclusion, ...]
    barred: Mapping[str, Scored]
    fits: Fits | None = None
    unfit: int = 0

    @classmethod
    def of(cls, gap: Gap, offers: RoleOffers, situation: Situation) -> Ranking:
        """Score every candidate, and look for what speaks against it."""
        now = standings(gap.items, situation)
        scored: list[Scored] = []
        excluded: list[Exclusion] = []
        barred: dict[str, Scored] = {}
        rises = [now[skill].rise(level).more if now[skill].share < 1.0 else 0.0 for skill, level in offers.rungs]
        barriers = in_the_way(offers, situation)
        fits = None
        if offers.fit is not None and any(standing.share < 1.0 for standing in now.values()):
            own = situation.person.role_id == gap.role_id
            fits = offers.fit.of(gap, situation.shown, offers.labels, own=own)
        unfit = 0
        for candidate in offers.candidates:
            entry = _score(candidate, now, rises, situation.levels, fits)
            if entry is not None and fits is not None and _is_unfit(entry, fits):
                unfit += 1
                entry = None
            # Of what would add nothing only what is held is told: people look for it, and ask where it is.
            exclusion = why_needless(candidate.credential, situation)
            if entry is not None and exclusion is None:
                exclusion = barriers.get(candidate.credential.id) or missing_prerequisite(
                    candidate.credential, situation, offers.labels
                )
            if exclusion is not None:
                excluded.append(exclusion)
                if entry is not None:
                    barred[entry.id] = entry
            elif entry is not None:
                scored.append(entry)
        return cls(tuple(scored), tuple(excluded), barred, fits, unfit)

    def best(self, limit: int) -> list[tuple[float, Scored]]:
        """The best ``limit`` of them with their fresh scores, see ``varied``.

        What adds nothing to those above it is a choice in their place only where it likely does the same.
        """
        found = varied(self.scored, limit)
        if all(fresh > 0 or _is_likely(entry) for fresh, entry in found):
            return found
        return [pair for pair in varied(self.scored, len(self.scored)) if pair[0] > 0 or _is_likely(pair[1])][:limit]


def rank(gap: Gap, offers: RoleOffers, situation: Situation, limit: int) -> Advice:
    """The best ``limit`` (1 or more) credentials for one person towards the role of ``offers``, and what was left out.

    A credential's gain is the coverage that it adds when it works out: over the requirements it teaches, the sum of
    ``weight / total weight * (share after - share before) * probability of the link``, on average over the levels
    at which the person may stand. The level before is the one attained, or the one to expect from what the person
    has already begun; the level after is that of ``level_after``. Its score is that gain times its chance to work
    out, an unknown requirement counting ``UNKNOWN_WORTH`` of it (or ``BENEATH_WORTH``), divided by the effort (see
    ``Preference``); each requirement's part is a reason, rounded before the sum is taken. Where the offers have a
    ``fit``, those parts count the more the better the whole credential suits, and the fit is a part and a reason of
    its own; below ``FLOOR`` nothing is recommended. The list is ordered by what each adds to those above it, see
    ``varied``. Raises ``InputError`` for a limit below 1, ``ValueError`` when
    the gap is not one to the role of the offers.
    """
    offers.expect(gap)
    checks.number(limit, "limit", least=1)
    ranking = Ranking.of(gap, offers, situation)
    recommendations = tuple(
        as_recommendation(entry, fresh, offers, ranking.fits) for fresh, entry in ranking.best(limit)
    )
    status = _status(gap, ranking)
    return Advice(
        person_id=gap.person_id,
        role_id=gap.role_id,
        role_title=gap.role_title,
        status=status,
        coverage=gap.coverage,
        recommendations=recommendations,
        excluded=ranking.excluded,
        as_of=gap.as_of,
        versions=gap.versions,
        next_step=find_next_step(recommendations, offers, situation),
        would_fit=_would_fit(gap) if status is Status.NOTHING_FITS else (),
    )


def _score(
    candidate: Candidate,
    now: Mapping[str, Standing],
    rises: Sequence[float],
    levels: Mapping[str, float],
    fits: Fits | None,
) -> Scored | None:
    """The credential with its score, or None when it adds nothing; ``rises`` are by rung of the offers."""
    parts = []
    weight, fit = candidate.weight, 0.0
    if fits is not None:
        weight *= UNFIT_WORTH + (1.0 - UNFIT_WORTH) * fits.suit(candidate.credential.id)
        states = any(outcome.basis is not Basis.INFERRED for outcome in candidate.credential.outcomes)
        alone = STATED_ELSEWHERE if states and not candidate.hits else 1.0
        fit = rounded(alone * FIT_WORTH * fits.of(candidate.credential.id) * candidate.ease)
    unknown = None
    for hit in candidate.hits:
        more = rises[hit.rung]
        if more > 0.0:
            before = now[hit.need.skill_id]
            gain = hit.worth * more
            worth = 1.0
            if before.level is None:
                if unknown is None:
                    unknown = BENEATH_WORTH if _is_beneath(candidate.credential, levels) else UNKNOWN_WORTH
                worth = unknown
            score = rounded(gain * worth * weight)
            if score > 0:
                parts.append(Part(score, gain, hit, before.share + more, before))
    if not parts and not fit:
        return None
    return Scored(rounded(fsum([fit, *(part.score for part in parts)])), candidate, tuple(parts), fit)


def _is_unfit(entry: Scored, fits: Fits) -> bool:
    return fits.suit(entry.id) < FLOOR and fsum(part.gain for part in entry.parts) < ENOUGH


def _is_likely(entry: Scored) -> bool:
    return entry.fit > 0 or any(teaches(part.hit.outcome) for part in entry.parts)


def _is_beneath(credential: Credential, levels: Mapping[str, float]) -> bool:
    """Whether the person exceeds a level that it is likely to lead to."""
    return any(
        levels.get(outcome.skill_id, 0.0) >= outcome.level + EXCEEDS_BY and teaches(outcome)
        for outcome in credential.outcomes
    )


def as_recommendation(entry: Scored, fresh: float, offers: RoleOffers, fits: Fits | None = None) -> Recommendation:
    """A scored candidate as it is told, with its reasons, its chance and the interval of its closure."""
    credential, chance = entry.candidate.credential, entry.candidate.chance
    reasons = [
        Reason(
            skill_id=part.hit.need.skill_id,
            label=offers.labels.get(part.hit.need.skill_id, part.hit.need.skill_id),
            contribution=part.score,
            level_before=part.standing.level,
            level_after=level_after(part.standing.level or 0.0, part.hit.outcome.level),
            basis=part.hit.outcome.basis,
            probability=part.hit.outcome.probability,
            level_required=part.hit.need.level,
        )
        for part in entry.parts
    ]
    if fits is not None and entry.fit > 0:
        words, suits = fits.words(credential.id), fits.suit(credential.id)
        reasons.append(Reason(None, words, entry.fit, None, None, Basis.INFERRED, suits, kind=ReasonKind.FIT))
    reasons.sort(key=lambda reason: (-reason.contribution, reason.skill_id or ""))
    gain = fsum(part.gain for part in entry.parts)
    low, high = _closure_interval(entry, gain, offers)
    return Recommendation(
        credential_id=credential.id,
        title=credential.title,
        issuer=credential.issuer,
        score=entry.score,
        gain=rounded(gain),
        hours=credential.hours,
        cost=credential.cost,
        currency=credential.currency,
        reasons=tuple(reasons),
        chance=chance,
        closure=rounded(gain * chance.both),
        low=rounded(low),
        high=rounded(high),
        fresh=fresh,
    )


def _closure_interval(entry: Scored, gain: float, offers: RoleOffers) -> tuple[float, float]:
    """The 80 % interval of the closure: both the chance to work out and the level today may be other than thought.

    The closure is the product of two independent figures; it is taken for a Beta, on the span from 0 to all that
    the credential could close, with the mean and variance of that product.
    """
    if not entry.parts:
        return 0.0, 0.0
    mean, variance = offers.chances.moments(entry.candidate.credential)
    doubt = fsum(part.hit.worth**2 * part.standing.rise(part.hit.outcome.level).variance for part in entry.parts)
    most = min(1.0, fsum(part.hit.worth for part in entry.parts))
    square = (mean * mean + variance) * (gain * gain + doubt)
    low, high = interval(mean * gain / most, (square - (mean * gain) ** 2) / most**2)
    return low * most, high * most


def _status(gap: Gap, ranking: Ranking) -> Status:
    if gap.status is Status.INSUFFICIENT_DATA and ranking.scored:
        return Status.INSUFFICIENT_DATA
    if all(item.state in (GapState.MET, GapState.EXCEEDS) for item in gap.items):
        return Status.INSUFFICIENT_DATA if gap.status is Status.INSUFFICIENT_DATA else Status.NOTHING_TO_CLOSE
    if ranking.scored:
        return gap.status
    if ranking.unfit and not ranking.barred:
        return Status.NOTHING_FITS
    return Status.INSUFFICIENT_DATA if gap.status is Status.INSUFFICIENT_DATA else Status.NO_RECOMMENDATION


def _would_fit(gap: Gap) -> tuple[WouldFit, ...]:
    """What weighs most of what is open; of equals what is asked for at the highest level."""
    lacking = [item for item in gap.items if item.state not in (GapState.MET, GapState.EXCEEDS)]
    lacking.sort(key=lambda item: (-item.requirement.weight, -item.requirement.level, item.requirement.skill_id))
    return tuple(
        WouldFit(item.requirement.skill_id, item.label, item.requirement.level) for item in lacking[:MOST_WANTED]
    )
