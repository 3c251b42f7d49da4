"""Evidence to profile: what all that was said about a person adds up to on a day."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from skillmatch.domain.answer import rounded
from skillmatch.domain.credential import Catalogue
from skillmatch.domain.gap import Attainment, Profile
from skillmatch.domain.person import Evidence, EvidenceSource, Person
from skillmatch.gaps.awards import expiry, held_on

TRUST: dict[EvidenceSource, float] = {
    EvidenceSource.ASSESSMENT: 1.0,
    EvidenceSource.AWARD: 0.9,
    EvidenceSource.MANAGER: 0.8,
    EvidenceSource.PEER: 0.6,
    EvidenceSource.SELF: 0.5,
    EvidenceSource.INFERRED: 0.3,
}
"""How far each source is believed (0-1). Our own ordering of the sources, an assumption and not a measurement."""

HALF_LIFE_DAYS = 3 * 365.25
"""After so many days a piece of evidence weighs half as much against newer ones (our assumption)."""

UNSTATED_ASSESSMENT_TRUST = 0.7
"""An award whose course names no assessment is believed less than one that was examined."""

LIKELY = 0.5
"""From this probability on, an outcome is what a credential teaches; below it is more likely wrong than right."""


def build_profile(person: Person, catalogue: Catalogue, as_of: date) -> Profile:
    """Derive what a person can do on ``as_of`` from evidence and from the awards they hold.

    The level of a skill is the mean of the levels said, each weighted by the trust in its source, its own
    confidence and its age (half after ``HALF_LIFE_DAYS``). An award says "at least": it can raise that mean and
    never lowers it, so that a beginner's badge takes nothing from an expert. Confidence is the chance that at
    least one piece is right, taking the weights as chances: ``1 - product(1 - weight)``.

    Evidence from the future or past its expiry does not count; neither does an award that expired, was revoked,
    or whose link to the skill is not even ``LIKELY``. The order of evidence is irrelevant. Pieces are kept newest
    first.
    """
    pieces: dict[str, list[tuple[float, Evidence]]] = {}
    for piece in (*person.evidence, *_from_awards(person, catalogue, as_of)):
        if piece.on > as_of or (piece.expires is not None and piece.expires <= as_of):
            continue
        weight = _weight(piece, as_of)
        if weight > 0:
            pieces.setdefault(piece.skill_id, []).append((weight, piece))
    return Profile(person.id, as_of, {skill: _combine(skill, said) for skill, said in sorted(pieces.items())})


def _weight(piece: Evidence, as_of: date) -> float:
    age = (as_of - piece.on).days
    return rounded(TRUST[piece.source] * piece.confidence * float(0.5 ** (age / HALF_LIFE_DAYS)))


def _combine(skill_id: str, said: list[tuple[float, Evidence]]) -> Attainment:
    said.sort(key=_newest_first)
    doubt = 1.0
    for weight, _ in said:
        doubt *= 1.0 - weight
    return Attainment(skill_id, rounded(_level(said)), rounded(1.0 - doubt), tuple(piece for _, piece in said))


def _level(said: list[tuple[float, Evidence]]) -> float:
    """The weighted mean of the levels said, without the awards that would lower it."""
    total = points = 0.0
    for weight, piece in sorted(said, key=lambda entry: (entry[1].source is EvidenceSource.AWARD, -entry[1].level)):
        if piece.source is not EvidenceSource.AWARD or not total or piece.level > points / total:
            total += weight
            points += weight * piece.level
    return points / total


def _newest_first(entry: tuple[float, Evidence]) -> tuple[int, float, str, float, str, date]:
    weight, piece = entry
    return (-piece.on.toordinal(), -weight, piece.source, piece.level, piece.note, piece.expires or date.max)


def _from_awards(person: Person, catalogue: Catalogue, as_of: date) -> Iterator[Evidence]:
    """What the credentials held on ``as_of`` say: their outcomes at the levels they reach."""
    for award in held_on(person.awards, catalogue, as_of):
        credential = catalogue.credentials.get(award.credential_id)
        if credential is None:
            continue
        examined = credential.assessment.strip().lower() not in ("", "none")
        for outcome in credential.outcomes:
            if outcome.probability >= LIKELY:
                yield Evidence(
                    skill_id=outcome.skill_id,
                    level=outcome.level,
                    source=EvidenceSource.AWARD,
                    on=award.issued,
                    confidence=outcome.probability * (1.0 if examined else UNSTATED_ASSESSMENT_TRUST),
                    expires=expiry(award, catalogue),
                    note=credential.title,
                )
